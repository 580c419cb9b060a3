import * as z from 'zod/mini';
import { ClientReference } from '../client-reference.ts';
import {
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
import { ForgetOutcome, NoteOutcome, NoteRecord, NotesForget } from './note-calls.ts';
import {
  CommitOutcome,
  ExtendOutcome,
  HoldAsk,
  HoldCommit,
  HoldExtension,
  HoldOutcome,
  HoldRelease,
  LevelOutcome,
  OmsCatalogue,
  OmsHint,
  OmsReading,
  ReleaseOutcome,
  TransferAsk,
  TransferOutcome,
  TransferTimes,
} from './stock-calls.ts';

const nothing = z.object({});

/** Every call of the port that takes one message and gives one: what it takes, what it gives, and what it needs. */
export const omsCalls = {
  levels: { needs: null, request: nothing, reply: OmsReading },
  level: { needs: null, request: OmsHint, reply: LevelOutcome },
  catalogue: { needs: 'catalogue', request: nothing, reply: OmsCatalogue },
  hold: { needs: 'holds', request: HoldAsk, reply: HoldOutcome },
  extendHold: { needs: 'holds', request: HoldExtension, reply: ExtendOutcome },
  releaseHold: { needs: 'holds', request: HoldRelease, reply: ReleaseOutcome },
  commitHold: { needs: 'holds', request: HoldCommit, reply: CommitOutcome },
  findClient: { needs: 'clients', request: ClientReference, reply: ClientOutcome },
  recordConsent: { needs: 'consents', request: ConsentRecord, reply: ConsentOutcome },
  readContext: { needs: 'context', request: ContextAsk, reply: ContextOutcome },
  eraseClient: { needs: 'context', request: ClientErase, reply: EraseOutcome },
  recordNote: { needs: 'notes', request: NoteRecord, reply: NoteOutcome },
  forgetNotes: { needs: 'notes', request: NotesForget, reply: ForgetOutcome },
  draftOrder: { needs: 'orders', request: OrderDraft, reply: DraftOutcome },
  updateOrder: { needs: 'orders', request: OrderUpdate, reply: UpdateOutcome },
  placeOrder: { needs: 'orders', request: OrderPlacement, reply: PlaceOutcome },
  attributeOrder: { needs: 'orders', request: OrderAttribution, reply: AttributeOutcome },
  bookAppointment: { needs: 'appointments', request: AppointmentAsk, reply: AppointmentOutcome },
  moveAppointment: { needs: 'appointment-changes', request: AppointmentMove, reply: MoveOutcome },
  cancelAppointment: { needs: 'appointment-changes', request: AppointmentCancel, reply: CancelOutcome },
  requestTransfer: { needs: 'transfers', request: TransferAsk, reply: TransferOutcome },
  transferTimes: { needs: 'transfers', request: nothing, reply: TransferTimes },
} as const;

export type OmsCallName = keyof typeof omsCalls;
export type OmsRequest<Name extends OmsCallName> = z.infer<(typeof omsCalls)[Name]['request']>;
export type OmsReply<Name extends OmsCallName> = z.infer<(typeof omsCalls)[Name]['reply']>;
