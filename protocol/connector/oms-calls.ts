import * as z from 'zod/mini';
import {
  AppointmentAsk,
  AppointmentOutcome,
  AttributeOutcome,
  ClientOutcome,
  ClientReference,
  ConsentOutcome,
  ConsentRecord,
  DraftOutcome,
  OrderAttribution,
  OrderDraft,
  OrderPlacement,
  OrderUpdate,
  PlaceOutcome,
  UpdateOutcome,
} from './client-calls.ts';
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
  levels: { needs: null, writes: false, request: nothing, reply: OmsReading },
  level: { needs: null, writes: false, request: OmsHint, reply: LevelOutcome },
  catalogue: { needs: 'catalogue', writes: false, request: nothing, reply: OmsCatalogue },
  hold: { needs: 'holds', writes: true, request: HoldAsk, reply: HoldOutcome },
  extendHold: { needs: 'holds', writes: true, request: HoldExtension, reply: ExtendOutcome },
  releaseHold: { needs: 'holds', writes: true, request: HoldRelease, reply: ReleaseOutcome },
  commitHold: { needs: 'holds', writes: true, request: HoldCommit, reply: CommitOutcome },
  findClient: { needs: 'clients', writes: false, request: ClientReference, reply: ClientOutcome },
  recordConsent: { needs: 'consents', writes: true, request: ConsentRecord, reply: ConsentOutcome },
  draftOrder: { needs: 'orders', writes: true, request: OrderDraft, reply: DraftOutcome },
  updateOrder: { needs: 'orders', writes: true, request: OrderUpdate, reply: UpdateOutcome },
  placeOrder: { needs: 'orders', writes: true, request: OrderPlacement, reply: PlaceOutcome },
  attributeOrder: { needs: 'orders', writes: true, request: OrderAttribution, reply: AttributeOutcome },
  bookAppointment: {
    needs: 'appointments',
    writes: true,
    request: AppointmentAsk,
    reply: AppointmentOutcome,
  },
  requestTransfer: { needs: 'transfers', writes: true, request: TransferAsk, reply: TransferOutcome },
  transferTimes: { needs: 'transfers', writes: false, request: nothing, reply: TransferTimes },
} as const;

export type OmsCallName = keyof typeof omsCalls;
export type OmsRequest<Name extends OmsCallName> = z.infer<(typeof omsCalls)[Name]['request']>;
export type OmsReply<Name extends OmsCallName> = z.infer<(typeof omsCalls)[Name]['reply']>;
