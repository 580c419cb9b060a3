import type { ClientReference } from '../client-reference.ts';
import type { Sku, StoreId } from '../ids.ts';
import type {
  AppointmentAsk,
  AppointmentCancel,
  AppointmentMove,
  AppointmentOutcome,
  AttributeOutcome,
  CancelOutcome,
  ClientErase,
  ClientOutcome,
  ConsentOutcome,
  ConsentRecord,
  ContextAsk,
  ContextOutcome,
  DraftOutcome,
  EraseOutcome,
  MoveOutcome,
  OrderAttribution,
  OrderDraft,
  OrderPlacement,
  OrderUpdate,
  PlaceOutcome,
  UpdateOutcome,
} from './client-calls.ts';
import type { ForgetOutcome, NoteOutcome, NoteRecord, NotesForget } from './note-calls.ts';
import type {
  CommitOutcome,
  ExtendOutcome,
  HoldAsk,
  HoldCommit,
  HoldExtension,
  HoldOutcome,
  HoldRelease,
  LevelOutcome,
  OmsCatalogue,
  OmsCursor,
  OmsHint,
  OmsReading,
  ReleaseOutcome,
  TransferAsk,
  TransferOutcome,
  TransferTimes,
} from './stock-calls.ts';

/**
 * What a system can do beyond telling its levels, which each one must. Without `holds` the kit keeps its own ledger over
 * the levels; without `subscribe` it reads everything anew on a schedule.
 */
export const omsCapabilities = [
  'catalogue',
  'subscribe',
  'holds',
  'clients',
  'consents',
  'context',
  'notes',
  'orders',
  'appointments',
  'appointment-changes',
  'transfers',
] as const;
export type OmsCapability = (typeof omsCapabilities)[number];

/** Who hears hints. */
export interface OmsListener {
  /** Something may have changed; `cursor` is how far hints have been read with this one. */
  hint(hint: OmsHint, cursor: OmsCursor): void;
  /** Hints were missed and cannot be had again: everything must be read anew. `cursor` is where hints go on from. */
  gap(cursor: OmsCursor): void;
}

/**
 * One Maison's order-management system as the kit needs it. It is made for a Maison and knows no other.
 *
 * - Outcomes are what the system may say by rights. Whatever else happens is thrown as an `OmsFault`: a system that does
 *   not answer is `unavailable`, and a call of a capability that is missing is `unsupported`.
 * - It never invents a level and never sums changes: every level is absolute, read now, with the system's own revision.
 * - A call with a `key` is an intention: however often it arrives, it is done once and answered the same.
 */
export interface OmsConnector {
  /** The name that levels carry as their `source`. */
  readonly name: string;
  readonly capabilities: ReadonlySet<OmsCapability>;

  /** Every level of the Maison. */
  levels(): Promise<OmsReading>;
  level(storeId: StoreId, sku: Sku): Promise<LevelOutcome>;
  /**
   * Tells of changes after `cursor` until the returned function is called. Where it is null or no longer known, a gap is
   * told first. The same change may be told twice and in any order.
   */
  subscribe(cursor: OmsCursor | null, listener: OmsListener): () => void;
  catalogue(): Promise<OmsCatalogue>;

  /** Keeps one piece back. Never more are held and promised than are on hand. */
  hold(ask: HoldAsk): Promise<HoldOutcome>;
  extendHold(extension: HoldExtension): Promise<ExtendOutcome>;
  releaseHold(release: HoldRelease): Promise<ReleaseOutcome>;
  commitHold(commit: HoldCommit): Promise<CommitOutcome>;

  findClient(reference: ClientReference): Promise<ClientOutcome>;
  recordConsent(record: ConsentRecord): Promise<ConsentOutcome>;
  /** Tells facts of the purposes that are asked for, and of no other. It is asked anew each time: the kit keeps none of it. */
  readContext(ask: ContextAsk): Promise<ContextOutcome>;
  /** Forgets the client, with all that was said and asked for by them. Afterwards nobody is known by their card. */
  eraseClient(erase: ClientErase): Promise<EraseOutcome>;

  /**
   * Writes a note into the client's record. `readContext` tells it for the purpose `remember` until its `endsAtMs`, and no longer; an
   * erasure takes it with everything else.
   */
  recordNote(record: NoteRecord): Promise<NoteOutcome>;
  /** Forgets every note of the client. */
  forgetNotes(forget: NotesForget): Promise<ForgetOutcome>;

  /** Drafts promise nothing; a placed order takes its pieces, and the holds that its lines name. */
  draftOrder(draft: OrderDraft): Promise<DraftOutcome>;
  updateOrder(update: OrderUpdate): Promise<UpdateOutcome>;
  placeOrder(placement: OrderPlacement): Promise<PlaceOutcome>;
  attributeOrder(attribution: OrderAttribution): Promise<AttributeOutcome>;

  bookAppointment(ask: AppointmentAsk): Promise<AppointmentOutcome>;
  moveAppointment(move: AppointmentMove): Promise<MoveOutcome>;
  cancelAppointment(cancel: AppointmentCancel): Promise<CancelOutcome>;
  requestTransfer(ask: TransferAsk): Promise<TransferOutcome>;
  /** How long pieces are on their way; pairs that are not named are not known. */
  transferTimes(): Promise<TransferTimes>;
}
