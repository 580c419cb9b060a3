import type { WireError } from '../../protocol/errors.ts';
import type { AdvisorId } from '../../protocol/ids.ts';
import { PasskeyIntroduction, PasskeyProof, type Passkey, type PasskeyId } from '../../protocol/passkey.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import { ceremonyWord, type PasskeyCeremony } from '../../sdk/session/passkey-ceremony.ts';
import type { Link } from '../../sdk/sync/link.ts';

/** What there is to say about the last attempt. */
export type PasskeyWord =
  'made' | 'removed' | 'cancelled' | 'already' | 'refused' | 'pin-first' | 'unreachable' | 'other';

/** What the tablet knows of passkeys; gone with the page. */
export interface PasskeyState {
  readonly busy: boolean;
  readonly said: PasskeyWord | null;
  readonly passkeys: readonly Passkey[] | 'unread' | 'failed';
}

const atFirst: PasskeyState = { busy: false, said: null, passkeys: 'unread' };

/** The advisor's passkeys: signing in by one, making one, taking one back. */
export class Passkeys {
  readonly state = new ValueStore<PasskeyState>(atFirst);
  readonly #link: Link;
  readonly #ceremony: PasskeyCeremony;
  #shownTo: AdvisorId | null = null;

  constructor(link: Link, ceremony: PasskeyCeremony) {
    this.#link = link;
    this.#ceremony = ceremony;
  }

  /** Where another person looks at the tablet, what was said to the one before is not for them. */
  shownTo(advisorId: AdvisorId | null): void {
    if (advisorId === this.#shownTo) return;
    this.#shownTo = advisorId;
    this.state.set(atFirst);
  }

  async signIn(): Promise<void> {
    await this.#attempt(async () => {
      const question = await this.#link.command('passkey.ask', {});
      if (!question.ok) return wordOf(question.error);
      const proof = PasskeyProof.parse(await this.#ceremony.answer(question.value));
      const answer = await this.#link.command('passkey.sign-in', { proof });
      return answer.ok ? null : wordOf(answer.error);
    });
  }

  async make(): Promise<void> {
    await this.#attempt(async () => {
      const invitation = await this.#link.command('passkey.invite', {});
      if (!invitation.ok) return wordOf(invitation.error);
      const introduction = PasskeyIntroduction.parse(await this.#ceremony.make(invitation.value));
      const answer = await this.#link.command('passkey.make', { introduction });
      return answer.ok ? 'made' : wordOf(answer.error);
    });
    await this.read();
  }

  async remove(passkeyId: PasskeyId): Promise<void> {
    await this.#attempt(async () => {
      const answer = await this.#link.command('passkey.remove', { passkeyId });
      return answer.ok || answer.error.code === 'not-found' ? 'removed' : wordOf(answer.error);
    });
    await this.read();
  }

  async read(): Promise<void> {
    const answer = await this.#link.command('passkey.list', {});
    if (answer.ok) this.#set({ passkeys: answer.value.passkeys });
    else if (this.state.get().passkeys === 'unread') this.#set({ passkeys: 'failed' });
  }

  async #attempt(work: () => Promise<PasskeyWord | null>): Promise<void> {
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

  #set(change: Partial<PasskeyState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

function wordOf({ code }: WireError): PasskeyWord {
  if (code === 'unreachable') return 'unreachable';
  if (code === 'passkey-refused') return 'refused';
  return code === 'forbidden' ? 'pin-first' : 'other';
}
