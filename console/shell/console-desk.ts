import type { Activation, ActivationRequest } from '../../protocol/activation.ts';
import type {
  BoardDevice,
  BoardPasskey,
  ConsoleSignInRequest,
  EnrolmentReply,
  EnrolmentRequest,
} from '../../protocol/console.ts';
import type { Answer, WireError } from '../../protocol/errors.ts';
import type { StoreId } from '../../protocol/ids.ts';
import type { CancelTimer, Clock } from '../../sdk/core/clock.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { Link } from '../../sdk/sync/link.ts';
import type { PasskeyCeremony } from '../../sdk/session/passkey-ceremony.ts';
import { AdvisorDeeds } from './advisor-deeds.ts';
import { OwnPasskeys } from './own-passkeys.ts';
import type { AuditFilter, ConsoleClient } from './console-client.ts';
import { blank, unread, type ConsoleState, type Section } from './console-state.ts';

/** How often an open section is read again. */
const readEveryMs = 5_000;

/** The console's rules: who is signed in, what is read, what is done. It draws nothing. */
export class ConsoleDesk {
  readonly state = new ValueStore<ConsoleState>({
    session: 'unread',
    ended: false,
    busy: false,
    refusal: null,
    ...blank,
  });
  /** This browser's own line, where it is or may become a console of a house. */
  readonly link: Link | null;
  /** The operator's passkeys; null where this page can have none. */
  readonly own: OwnPasskeys | null;
  readonly advisorDeeds: AdvisorDeeds;
  readonly #client: ConsoleClient;
  readonly #clock: Clock;
  /** What keeps a late answer of an earlier question from speaking for a later one. */
  #auditRound = 0;

  constructor(deps: {
    client: ConsoleClient;
    clock: Clock;
    link: Link | null;
    ceremony: PasskeyCeremony | null;
  }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
    this.link = deps.link;
    this.advisorDeeds = new AdvisorDeeds(deps.client, async (work) => {
      const answer = await this.#deed(work);
      await this.#read('advisors');
      return answer;
    });
    const signIn = (request: ConsoleSignInRequest) => this.signIn(request);
    this.own = deps.ceremony && new OwnPasskeys({ client: deps.client, ceremony: deps.ceremony, signIn });
  }

  /** Finds out who is signed in; with a code from the address, enrols this browser and signs it in. */
  async open(enrolCode: string | null = null): Promise<void> {
    const answer = await this.#client.session();
    if (!answer.ok) return this.#set({ session: 'unreachable' });
    this.#set({ session: answer.value.session });
    if (!enrolCode || !this.link || this.link.state.get().identity) return;
    const enrolled = await this.link.enrol(enrolCode);
    if (enrolled.ok) await this.signInAsConsole();
    else this.#set({ refusal: enrolled.error });
  }

  /** Signs this browser in by the key with which it was enrolled. */
  async signInAsConsole(): Promise<void> {
    const token = await this.link?.token();
    if (!token) return;
    if (token.ok) await this.signIn({ by: 'device-token', token: token.value });
    else this.#set({ refusal: token.error });
  }

  async signIn(request: ConsoleSignInRequest): Promise<void> {
    this.#set({ busy: true, refusal: null });
    const answer = await this.#client.signIn(request);
    if (!answer.ok) return this.#set({ busy: false, refusal: answer.error });
    this.#set({ ...blank, busy: false, ended: false, session: answer.value.session });
  }

  async signOut(): Promise<void> {
    const answer = await this.#deed(() => this.#client.signOut());
    if (answer.ok) this.#set({ ...blank, session: null, ended: false });
  }

  /** Somebody is at work. */
  async touch(): Promise<void> {
    if (typeof this.state.get().session === 'string' || this.state.get().session === null) return;
    const answer = await this.#client.touch();
    if (answer.ok) this.#set({ session: answer.value.session });
    else this.#hear(answer.error);
  }

  /** Reads a section now and again and again, until what is returned is called. */
  watch(section: Section): Unsubscribe {
    let cancel: CancelTimer = () => {};
    let stopped = false;
    const round = async (): Promise<void> => {
      if (document.visibilityState === 'visible') await this.#read(section);
      if (!stopped) cancel = this.#clock.after(readEveryMs, () => void round());
    };
    void round();
    return () => {
      stopped = true;
      cancel();
    };
  }

  async enrol(request: EnrolmentRequest): Promise<Answer<EnrolmentReply>> {
    const answer = await this.#deed(() => this.#client.enrol(request));
    await this.#read('devices');
    return answer;
  }

  /** True when the device is out. */
  async revoke({ id }: BoardDevice): Promise<boolean> {
    return await this.#change('devices', () => this.#client.revoke(id));
  }

  async withdrawLink(id: string): Promise<boolean> {
    return await this.#change('devices', () => this.#client.withdrawLink(id));
  }

  /** The activation; null where it was refused. */
  async makeActivation(request: ActivationRequest): Promise<Activation | null> {
    const answer = await this.#deed(() => this.#client.makeActivation(request));
    await this.#read('activations');
    return answer.ok ? answer.value.activation : null;
  }

  async endActivation(id: string): Promise<boolean> {
    return await this.#change('activations', () => this.#client.endActivation(id));
  }

  async rotateTokenKey(): Promise<boolean> {
    return (await this.#deed(() => this.#client.rotateTokenKey())).ok;
  }

  async revokePasskey({ id }: BoardPasskey): Promise<boolean> {
    const answer = await this.#deed(() => this.#client.revokePasskey(id));
    await this.#read('passkeys');
    return answer.ok;
  }

  /** Shows another boutique's advisors. */
  async showAdvisorsOf(storeId: StoreId): Promise<void> {
    this.#set({ advisorStore: storeId, advisors: unread });
    await this.#read('advisors');
  }

  async replay(id: string): Promise<void> {
    await this.#change('stock', () => this.#client.replay(id));
  }

  async discard(id: string): Promise<boolean> {
    return await this.#change('stock', () => this.#client.discard(id));
  }

  async filterAudit(change: Partial<AuditFilter>): Promise<void> {
    this.#set({ audit: unread, auditFilter: { ...this.state.get().auditFilter, ...change } });
    await this.#read('audit');
  }

  async moreAudit(): Promise<void> {
    const { audit, auditFilter } = this.state.get();
    if (!audit.value?.next) return;
    const round = (this.#auditRound += 1);
    const answer = await this.#client.audit(auditFilter, audit.value.next);
    if (round !== this.#auditRound) return;
    if (!answer.ok) return this.#failed('audit', answer.error);
    const entries = [...audit.value.entries, ...answer.value.entries];
    this.#set({ audit: { value: { entries, next: answer.value.next }, failed: false } });
  }

  /** The last refusal was read, or another deed is begun. */
  forgetRefusal(): void {
    if (this.state.get().refusal) this.#set({ refusal: null });
  }

  async #read(section: Section): Promise<void> {
    switch (section) {
      case 'devices': {
        const [board, links] = await Promise.all([this.#client.devices(), this.#client.links()]);
        if (!board.ok) return this.#failed('devices', board.error);
        if (!links.ok) return this.#failed('devices', links.error);
        const value = { ...board.value, links: links.value.enrolments };
        return this.#set({ devices: { value, failed: false } });
      }
      case 'activations': {
        const answer = await this.#client.activations();
        if (!answer.ok) return this.#failed('activations', answer.error);
        const value = { ...answer.value, readAtMs: this.#clock.nowMs() };
        return this.#set({ activations: { value, failed: false } });
      }
      case 'advisors': {
        const { session, advisorStore } = this.state.get();
        const first = session && typeof session === 'object' ? session.maisons[0]?.stores[0]?.id : undefined;
        const storeId = advisorStore ?? first;
        if (storeId === undefined) return;
        if (advisorStore === null) this.#set({ advisorStore: storeId });
        const answer = await this.#client.advisors(storeId);
        // Another boutique may have been chosen meanwhile.
        if (this.state.get().advisorStore !== storeId) return;
        return answer.ok
          ? this.#set({ advisors: { value: answer.value, failed: false } })
          : this.#failed('advisors', answer.error);
      }
      case 'passkeys': {
        const answer = await this.#client.passkeys();
        return answer.ok
          ? this.#set({ passkeys: { value: answer.value, failed: false } })
          : this.#failed('passkeys', answer.error);
      }
      case 'stock': {
        const [board, letters] = await Promise.all([this.#client.stock(), this.#client.letters()]);
        if (!board.ok) return this.#failed('stock', board.error);
        if (!letters.ok) return this.#failed('stock', letters.error);
        const value = { ...board.value, letters: letters.value.letters };
        return this.#set({ stock: { value, failed: false } });
      }
      case 'audit': {
        // Whoever has read on is not thrown back to the beginning.
        if ((this.state.get().audit.value?.entries.length ?? 0) > 50) return;
        const round = (this.#auditRound += 1);
        const answer = await this.#client.audit(this.state.get().auditFilter, null);
        if (round !== this.#auditRound) return;
        return answer.ok
          ? this.#set({ audit: { value: answer.value, failed: false } })
          : this.#failed('audit', answer.error);
      }
    }
  }

  #failed(section: Section, error: WireError): void {
    if (this.#hear(error)) return;
    this.#set({ [section]: { value: this.state.get()[section].value, failed: true } });
  }

  /** Does something and reads its section anew; true when it is done. */
  async #change(section: Section, work: () => Promise<Answer<unknown>>): Promise<boolean> {
    const { ok } = await this.#deed(work);
    await this.#read(section);
    return ok;
  }

  async #deed<Value>(work: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
    this.#set({ busy: true, refusal: null });
    const answer = await work();
    this.#set({ busy: false, refusal: answer.ok ? null : answer.error });
    if (!answer.ok) this.#hear(answer.error);
    return answer;
  }

  /** True where the refusal says that the session has ended. */
  #hear(error: WireError): boolean {
    if (error.code !== 'unauthenticated') return false;
    this.#set({ ...blank, session: null, ended: true, refusal: null });
    return true;
  }

  #set(change: Partial<ConsoleState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
