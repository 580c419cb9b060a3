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
import type { OmsCapability, OmsConnector, OmsListener } from './oms-connector.ts';
import { unsupported } from './oms-fault.ts';
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
  OmsReading,
  ReleaseOutcome,
  TransferAsk,
  TransferOutcome,
  TransferTimes,
} from './stock-calls.ts';

/** A connector to begin from: it must tell levels; every other call is `unsupported` until it is written. */
export abstract class HouseConnector implements OmsConnector {
  abstract readonly name: string;
  abstract readonly capabilities: ReadonlySet<OmsCapability>;
  abstract levels(): Promise<OmsReading>;
  abstract level(storeId: StoreId, sku: Sku): Promise<LevelOutcome>;

  subscribe(_cursor: OmsCursor | null, _listener: OmsListener): () => void {
    throw unsupported(this.name, 'subscribe');
  }
  catalogue(): Promise<OmsCatalogue> {
    return this.#without('catalogue');
  }
  hold(_ask: HoldAsk): Promise<HoldOutcome> {
    return this.#without('hold');
  }
  extendHold(_extension: HoldExtension): Promise<ExtendOutcome> {
    return this.#without('extendHold');
  }
  releaseHold(_release: HoldRelease): Promise<ReleaseOutcome> {
    return this.#without('releaseHold');
  }
  commitHold(_commit: HoldCommit): Promise<CommitOutcome> {
    return this.#without('commitHold');
  }
  findClient(_reference: ClientReference): Promise<ClientOutcome> {
    return this.#without('findClient');
  }
  recordConsent(_record: ConsentRecord): Promise<ConsentOutcome> {
    return this.#without('recordConsent');
  }
  readContext(_ask: ContextAsk): Promise<ContextOutcome> {
    return this.#without('readContext');
  }
  eraseClient(_erase: ClientErase): Promise<EraseOutcome> {
    return this.#without('eraseClient');
  }
  recordNote(_record: NoteRecord): Promise<NoteOutcome> {
    return this.#without('recordNote');
  }
  forgetNotes(_forget: NotesForget): Promise<ForgetOutcome> {
    return this.#without('forgetNotes');
  }
  draftOrder(_draft: OrderDraft): Promise<DraftOutcome> {
    return this.#without('draftOrder');
  }
  updateOrder(_update: OrderUpdate): Promise<UpdateOutcome> {
    return this.#without('updateOrder');
  }
  placeOrder(_placement: OrderPlacement): Promise<PlaceOutcome> {
    return this.#without('placeOrder');
  }
  attributeOrder(_attribution: OrderAttribution): Promise<AttributeOutcome> {
    return this.#without('attributeOrder');
  }
  bookAppointment(_ask: AppointmentAsk): Promise<AppointmentOutcome> {
    return this.#without('bookAppointment');
  }
  moveAppointment(_move: AppointmentMove): Promise<MoveOutcome> {
    return this.#without('moveAppointment');
  }
  cancelAppointment(_cancel: AppointmentCancel): Promise<CancelOutcome> {
    return this.#without('cancelAppointment');
  }
  requestTransfer(_ask: TransferAsk): Promise<TransferOutcome> {
    return this.#without('requestTransfer');
  }
  transferTimes(): Promise<TransferTimes> {
    return this.#without('transferTimes');
  }

  async #without(call: string): Promise<never> {
    throw unsupported(this.name, call);
  }
}
