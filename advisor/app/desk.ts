import type { Advisor } from '../../protocol/device.ts';
import type { Answer, WireError } from '../../protocol/errors.ts';
import { readTypedCode, type KeptVisit, type OfferEnd } from '../../protocol/handoff.ts';
import type { AdvisorId, HoldId, OfferId, PieceId, SessionId, Sku } from '../../protocol/ids.ts';
import { mostWorn, takeOff, wearWith } from '../../protocol/look.ts';
import { findWorn, piecesIn, type Catalogue } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import type { VisitNote } from '../../protocol/visit-note.ts';
import type { ProposedLook, Spot, StoryPage } from '../../protocol/together.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { Link, LinkState } from '../../sdk/sync/link.ts';
import { callsChange } from './calls-change.ts';

/** Something the advisor asked for that waits for its answer, or was refused. */
export interface Asked {
  readonly busy: boolean;
  readonly refusal: WireError | null;
}

/** What an advisor can ask for while with a client. */
export type ActionName =
  'wear' | 'list' | 'lead' | 'tell' | 'point' | 'propose' | 'keep' | 'hold' | 'release' | 'close' | 'go';

/** What the tablet knows beside the line's own state; gone with the page. */
export interface DeskState {
  readonly enrolment: Asked;
  readonly advisors: readonly Advisor[] | 'unread' | 'failed';
  /** Who of them is signed in on a tablet here, as far as was read last. */
  readonly present: readonly AdvisorId[];
  readonly signIn: Asked;
  /** The change of the advisor's PIN; `done` until they do something else. */
  readonly pinChange: Asked & { readonly done: boolean };
  readonly claim: Asked;
  /** What was typed was no code at all; it was not sent. */
  readonly claimMistyped: boolean;
  /** The secret of a mirror's mark that was read before anyone had signed in. */
  readonly waitingSecret: string | null;
  /** How the last call ended that this tablet had claimed. */
  readonly ended: OfferEnd['reason'] | null;
  readonly visits: readonly KeptVisit[] | 'unread' | 'failed';
  readonly action: Asked & { readonly name: ActionName | null };
  /** The list that was opened last in this visit: how many of its pieces came, and how many the house has no more. */
  readonly list: { readonly came: number; readonly gone: number } | null;
  /** The mirror whose visit was closed last, until the advisor does something else. */
  readonly closedAt: string | null;
}

const calm: Asked = { busy: false, refusal: null };
const asking: Asked = { busy: true, refusal: null };

const atFirst: DeskState = {
  enrolment: calm,
  advisors: 'unread',
  present: [],
  signIn: calm,
  pinChange: { ...calm, done: false },
  claim: calm,
  claimMistyped: false,
  waitingSecret: null,
  ended: null,
  visits: 'unread',
  action: { ...calm, name: null },
  list: null,
  closedAt: null,
};

/** The advisor's side of the conversation: what they ask for, and what became of it. Screens are views of it. */
export class Desk {
  readonly link: Link;
  readonly state = new ValueStore<DeskState>(atFirst);
  readonly #catalogue: Catalogue;
  #before: LinkState | null = null;
  #claimed: OfferId | null = null;

  constructor(link: Link, catalogue: Catalogue) {
    this.link = link;
    this.#catalogue = catalogue;
  }

  /** Follows the line; returns what stops it. */
  start(): Unsubscribe {
    const stops = [
      this.link.state.subscribe(() => this.#follow()),
      this.link.events.on('offer-ended', ({ offerId, reason }) => {
        if (this.#claimed === offerId) this.#set({ ended: reason });
      }),
    ];
    this.#follow();
    return () => stops.forEach((stop) => stop());
  }

  async enrol(code: string): Promise<void> {
    this.#set({ enrolment: asking });
    this.#set({ enrolment: after(await this.link.enrol(code.trim().toUpperCase())) });
  }

  async readAdvisors(): Promise<void> {
    const answer = await this.link.command('advisor.list', {});
    if (answer.ok) this.#set({ advisors: answer.value.advisors, present: answer.value.present ?? [] });
    else if (this.state.get().advisors === 'unread') this.#set({ advisors: 'failed' });
  }

  async signIn(advisorId: AdvisorId, pin: string): Promise<void> {
    this.#set({ signIn: asking });
    this.#set({ signIn: after(await this.link.command('advisor.sign-in', { advisorId, pin })) });
  }

  /** Signs in by a start code, with the PIN that is chosen by it. */
  async startWithCode(advisorId: AdvisorId, code: string, pin: string): Promise<void> {
    this.#set({ signIn: asking });
    this.#set({ signIn: after(await this.link.command('advisor.start', { advisorId, code, pin })) });
  }

  async changePin(oldPin: string, pin: string): Promise<void> {
    this.#set({ pinChange: { ...asking, done: false } });
    const answer = await this.link.command('advisor.change-pin', { oldPin, pin });
    this.#set({ pinChange: { ...after(answer), done: answer.ok } });
  }

  clearPinChange(): void {
    this.#set({ pinChange: { ...calm, done: false } });
  }

  /** Forgets what was said about an earlier attempt. */
  clearSignIn(): void {
    this.#set({ signIn: calm });
  }

  async signOut(): Promise<void> {
    await this.link.command('advisor.sign-out', {});
    const { advisors, present } = this.state.get();
    this.#set({ ...atFirst, advisors, present });
  }

  /** What was refused has been read: the advisor goes on to something else. */
  clearRefusal(): void {
    if (this.state.get().action.refusal) this.#set({ action: { ...calm, name: null } });
  }

  /** Goes to the client whose mirror's mark was read; waits until somebody has signed in. */
  async claimSecret(secret: string): Promise<void> {
    if (!this.link.state.get().advisor) return this.#set({ waitingSecret: secret });
    this.#set({ waitingSecret: null });
    await this.#claim({ secret });
  }

  /** Goes to the client whose mirror shows this code. */
  async claimCode(typed: string): Promise<void> {
    const code = readTypedCode(typed);
    if (code === null) return this.#set({ claimMistyped: true, claim: calm, ended: null, closedAt: null });
    await this.#claim({ code });
  }

  /** "I am going", to one mirror; gives the call back; or asks a colleague to go. */
  go(callId: OfferId): Promise<void> {
    return this.#ask('go', this.link.command('call.go', { callId }));
  }

  leaveCall(callId: OfferId): Promise<void> {
    return this.#ask('go', this.link.command('call.leave', { callId }));
  }

  passCall(callId: OfferId, advisorId: AdvisorId): Promise<void> {
    return this.#ask('go', this.link.command('call.pass', { callId, advisorId }));
  }

  /** The code is being written anew. */
  clearClaim(): void {
    const { claimMistyped, claim } = this.state.get();
    if (claimMistyped || claim.refusal) this.#set({ claimMistyped: false, claim: calm });
  }

  async readVisits(): Promise<void> {
    const answer = await this.link.command('advisor.visits', {});
    if (answer.ok) this.#set({ visits: answer.value.visits });
    else if (this.state.get().visits === 'unread') this.#set({ visits: 'failed' });
  }

  /** Shows a piece in the mirror, with what is worn already; a ring `beside` the one that is looked at, or in its stead. */
  wear(worn: Worn, beside = false): Promise<void> {
    const { look = [], worn: looked = null } = this.#openSession() ?? {};
    const pieceOf = piecesIn(this.#catalogue);
    return this.#show(wearWith(look, worn, { looked, beside, pieceOf }), worn.pieceId);
  }

  /** Opens the list that the client brought along: its pieces are kept in the visit, and the first is on the mirror at once. */
  async openList(secret: string): Promise<void> {
    const session = this.#openSession();
    if (!session) return;
    const { sessionId } = session;
    this.#set({ action: { ...asking, name: 'list' }, list: null });
    const answer = await this.link.command('wish-list.open', { sessionId, secret });
    this.#set({ action: { ...after(answer), name: 'list' } });
    if (!answer.ok) return;
    const { pieces, gone } = answer.value;
    this.#set({ list: { came: pieces.length, gone: gone.length } });
    const [first] = pieces;
    if (first) await this.wear(first);
    for (const worn of pieces) {
      const sku = findWorn(this.#catalogue, worn)?.variant.sku;
      if (sku && !this.#openSession()?.kept.includes(sku)) await this.keep(sku, true);
    }
  }

  /** Takes a piece off, unless it is the last. */
  async takeOff(pieceId: PieceId): Promise<void> {
    const session = this.#openSession();
    const look = session && takeOff(session.look, pieceId);
    if (!look) return;
    const looked = session.worn?.pieceId;
    await this.#show(look, looked === pieceId ? look.at(-1)?.pieceId : looked);
  }

  async #show(look: readonly Worn[], pieceId: PieceId | undefined): Promise<void> {
    const worn = look.find((one) => one.pieceId === pieceId);
    if (!worn) return;
    await this.#act('wear', (sessionId) =>
      this.link.command('session.wear', { sessionId, worn, look: [...look], ...this.#knownLead() }),
    );
  }

  /** Takes the lead: the mirror follows this tablet until the client touches it. */
  takeLead(): Promise<void> {
    return this.#act('lead', (sessionId) =>
      this.link.command('session.lead', { sessionId, ...this.#knownLead() }),
    );
  }

  /** Opens a page of a story on the mirror, or closes the story (null). */
  tell(page: StoryPage | null): Promise<void> {
    return this.#act('tell', (sessionId) =>
      this.link.command('session.tell', { sessionId, page, ...this.#knownLead() }),
    );
  }

  /** Lights a spot of a piece on the mirror. */
  point(pieceId: PieceId, spot: Spot): Promise<void> {
    return this.#act('point', (sessionId) =>
      this.link.command('session.point', { sessionId, point: { pieceId, spot } }),
    );
  }

  /** Proposes a whole look, which the client may see on themselves. */
  propose(look: ProposedLook): Promise<void> {
    return this.#act('propose', (sessionId) => this.link.command('session.propose', { sessionId, look }));
  }

  /** Proposes a piece with what the client wears; the piece is what they look at. */
  async proposeWith(worn: Worn): Promise<void> {
    const session = this.#openSession();
    if (!session) return;
    const pieceOf = piecesIn(this.#catalogue);
    const look = wearWith(session.look, worn, { looked: session.worn, pieceOf });
    const isIt = (one: Worn): boolean => one.pieceId === worn.pieceId;
    await this.propose([...look.filter(isIt), ...look.filter((one) => !isIt(one))].slice(0, mostWorn));
  }

  /** What this tablet has heard of who leads: the client's touch that it has not heard of yet wins over what it sends. */
  #knownLead(): { readonly leadSeq?: number } {
    const session = this.#openSession();
    return session ? { leadSeq: session.lead.sinceSeq } : {};
  }

  keep(sku: Sku, kept: boolean): Promise<void> {
    return this.#act('keep', (sessionId) => this.link.command('session.keep', { sessionId, sku, kept }));
  }

  hold(sku: Sku): Promise<void> {
    return this.#act('hold', (sessionId) => this.link.command('hold.place', { sessionId, sku }));
  }

  /** Releases a hold, of the present visit or of an earlier one. */
  async release(holdId: HoldId): Promise<void> {
    await this.#ask('release', this.link.command('hold.release', { holdId }));
    if (!this.#openSession()) await this.readVisits();
  }

  close(): Promise<void> {
    return this.#act('close', (sessionId) =>
      this.link.command('session.close', { sessionId, reason: 'advisor' }),
    );
  }

  /** Closes the visit with a note in the client's record. */
  conclude(note: VisitNote): Promise<void> {
    return this.#act('close', (sessionId) => this.link.command('session.conclude', { sessionId, note }));
  }

  async #claim(payload: { readonly secret: string } | { readonly code: string }): Promise<void> {
    this.#set({ claim: asking, claimMistyped: false, ended: null, closedAt: null });
    this.#set({ claim: after(await this.link.command('offer.claim', payload)) });
  }

  async #act(name: ActionName, send: (sessionId: SessionId) => Promise<Answer<unknown>>): Promise<void> {
    const session = this.#openSession();
    if (session) await this.#ask(name, send(session.sessionId));
  }

  async #ask(name: ActionName, sent: Promise<Answer<unknown>>): Promise<void> {
    this.#set({ action: { ...asking, name } });
    this.#set({ action: { ...after(await sent), name } });
  }

  #openSession() {
    const { session } = this.link.state.get();
    return session && !session.closed ? session : null;
  }

  #follow(): void {
    const before = this.#before;
    const now = this.link.state.get();
    this.#before = now;
    this.#claimed = now.claim?.offerId ?? this.#claimed;
    const cameLive = now.status.kind === 'live' && before?.status.kind !== 'live';
    // A tablet that is opened again while somebody is signed in offers their colleagues too.
    const unnamed = !now.advisor && this.state.get().advisors === 'unread';
    if (now.status.kind === 'live' && (cameLive || unnamed)) void this.readAdvisors();
    const calls = callsChange(before?.calls ?? [], now.calls);
    if (calls.came) this.#set({ ended: null, closedAt: null });
    // What was refused of a call was true of that one, and while it was there.
    if (calls.came || calls.left) {
      if (this.state.get().claim.refusal) this.#set({ claim: calm });
      if (this.state.get().action.name === 'go') this.clearRefusal();
    }
    if (now.session?.closed && !before?.session?.closed) {
      this.#set({ closedAt: now.session.kioskName, action: { ...calm, name: null }, ended: null });
      if (now.advisor) void this.readVisits();
    }
    if (now.advisor && (cameLive || now.advisor.id !== before?.advisor?.id)) {
      void this.readVisits();
      const { waitingSecret } = this.state.get();
      if (waitingSecret) void this.claimSecret(waitingSecret);
    }
    if (now.session && !now.session.closed && now.session.sessionId !== before?.session?.sessionId)
      this.#set({ ended: null, closedAt: null, claim: calm, list: null });
  }

  #set(change: Partial<DeskState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

function after(answer: Answer<unknown>): Asked {
  return answer.ok ? calm : { busy: false, refusal: answer.error };
}
