import type { ConsoleSignInRequest } from '../../protocol/console.ts';
import type { WireError } from '../../protocol/errors.ts';
import type { OperatorPasskey } from '../../protocol/operator-passkey.ts';
import { PasskeyIntroduction, PasskeyProof } from '../../protocol/passkey.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import { ceremonyWord, type PasskeyCeremony } from '../../sdk/session/passkey-ceremony.ts';
import type { ConsoleClient } from './console-client.ts';

/** What there is to say about the last attempt. */
export type OwnPasskeyWord =
  'made' | 'revoked' | 'cancelled' | 'already' | 'refused' | 'token-first' | 'unreachable' | 'other';

/** What the console knows of the operator's passkeys. */
export interface OwnPasskeysState {
  readonly busy: boolean;
  readonly said: OwnPasskeyWord | null;
  readonly passkeys: readonly OperatorPasskey[] | 'unread' | 'failed';
}

/** The operator's own passkeys: signing in by one, making one, taking one back. */
export class OwnPasskeys {
  readonly state = new ValueStore<OwnPasskeysState>({ busy: false, said: null, passkeys: 'unread' });
  readonly #client: ConsoleClient;
  readonly #ceremony: PasskeyCeremony;
  readonly #signIn: (request: ConsoleSignInRequest) => Promise<void>;

  constructor(deps: {
    client: ConsoleClient;
    ceremony: PasskeyCeremony;
    /** Exchanges the answer for a session; says itself where it is refused. */
    signIn: (request: ConsoleSignInRequest) => Promise<void>;
  }) {
    this.#client = deps.client;
    this.#ceremony = deps.ceremony;
    this.#signIn = deps.signIn;
  }

  async signIn(): Promise<void> {
    await this.#attempt(async () => {
      const asked = await this.#client.passkeyQuestion();
      if (!asked.ok) return wordOf(asked.error);
      const proof = PasskeyProof.parse(await this.#ceremony.answer(asked.value.question));
      await this.#signIn({ by: 'passkey', proof });
      return null;
    });
  }

  /** True when there is one more. */
  async make(name: string): Promise<boolean> {
    await this.#attempt(async () => {
      const invited = await this.#client.passkeyInvitation();
      if (!invited.ok) return wordOf(invited.error);
      const introduction = PasskeyIntroduction.parse(await this.#ceremony.make(invited.value.invitation));
      const made = await this.#client.makePasskey({ name, introduction });
      return made.ok ? 'made' : wordOf(made.error);
    });
    await this.read();
    return this.state.get().said === 'made';
  }

  async revoke(id: string): Promise<void> {
    await this.#attempt(async () => {
      const answer = await this.#client.revokeOwnPasskey(id);
      return answer.ok || answer.error.code === 'not-found' ? 'revoked' : wordOf(answer.error);
    });
    await this.read();
  }

  async read(): Promise<void> {
    const answer = await this.#client.ownPasskeys();
    if (answer.ok) this.#set({ passkeys: answer.value.passkeys });
    else if (this.state.get().passkeys === 'unread') this.#set({ passkeys: 'failed' });
  }

  /** What was said was for whoever was there. */
  forget(): void {
    this.state.set({ busy: false, said: null, passkeys: 'unread' });
  }

  async #attempt(work: () => Promise<OwnPasskeyWord | null>): Promise<void> {
    if (this.state.get().busy) return;
    this.#set({ busy: true, said: null });
    try {
      this.#set({ said: await work() });
    } catch (thrown) {
      this.#set({ said: ceremonyWord(thrown) });
    } finally {
      this.#set({ busy: false });
    }
  }

  #set(change: Partial<OwnPasskeysState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

function wordOf({ code }: WireError): OwnPasskeyWord {
  if (code === 'unreachable') return 'unreachable';
  if (code === 'passkey-refused') return 'refused';
  return code === 'forbidden' ? 'token-first' : 'other';
}
