import * as z from 'zod/mini';
import { ClientPurpose, clientPurposes, KnownFact } from '../client-context.ts';
import { AdvisorId, CommandId, EpochMs, Locale, SessionId, Sku, StoreId } from '../ids.ts';
import { OmsId, OrderLine } from './stock-calls.ts';

/** The little that an advisor needs to greet someone. */
export const OmsClient = z.object({
  id: OmsId,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  locale: z.nullable(Locale),
  homeStoreId: z.nullable(StoreId),
});
export type OmsClient = z.infer<typeof OmsClient>;
/** The house does not know them, or not any more. */
export const UnknownClient = z.object({ kind: z.literal('unknown-client') });
export const ClientOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found'), client: OmsClient }),
  UnknownClient,
]);
export type ClientOutcome = z.infer<typeof ClientOutcome>;

/** What a client said yes or no to, in which words, and when. A withdrawal is a record with `granted: false`. */
export const ConsentRecord = z.object({
  key: CommandId,
  clientId: OmsId,
  purpose: z.enum(['profile', 'marketing', ...clientPurposes]),
  granted: z.boolean(),
  textVersion: z.string().check(z.minLength(1), z.maxLength(64)),
  locale: Locale,
  method: z.enum(['kiosk', 'tablet', 'own-phone']),
  atMs: EpochMs,
  /** When a yes ends by itself; left out where it does not, and of a no. */
  endsAtMs: z.optional(EpochMs),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;
export const ConsentOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recorded') }),
  UnknownClient,
]);
export type ConsentOutcome = z.infer<typeof ConsentOutcome>;

/** What is asked for: the facts of these purposes, which the client has said yes to. */
export const ContextAsk = z.object({
  clientId: OmsId,
  purposes: z.array(ClientPurpose).check(z.minLength(1), z.maxLength(clientPurposes.length)),
});
export type ContextAsk = z.infer<typeof ContextAsk>;
export const ContextOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), facts: z.array(KnownFact).check(z.maxLength(100)) }),
  UnknownClient,
]);
export type ContextOutcome = z.infer<typeof ContextOutcome>;

/** The client wants to be forgotten by the house: everything that it may forget by law. */
export const ClientErase = z.object({ key: CommandId, clientId: OmsId });
export type ClientErase = z.infer<typeof ClientErase>;
export const EraseOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('erased') }),
  UnknownClient,
]);
export type EraseOutcome = z.infer<typeof EraseOutcome>;

const lines = z.array(OrderLine).check(z.minLength(1), z.maxLength(100));

/** Who served, and in which session: how a sale finds back to a mirror. Pseudonyms only. */
export const Attribution = z.object({
  advisorId: AdvisorId,
  sessionId: SessionId,
  /** The signed record of who is credited for which line (`docs/attribution.md`), once the order is placed. */
  record: z.optional(z.string().check(z.minLength(1), z.maxLength(60_000))),
});
export type Attribution = z.infer<typeof Attribution>;

export const OmsOrder = z.object({
  id: OmsId,
  storeId: StoreId,
  clientId: z.nullable(OmsId),
  state: z.enum(['draft', 'placed']),
  /** Grows with every change of the order. */
  revision: z.int().check(z.nonnegative()),
  lines: z.array(OrderLine),
  attribution: z.nullable(Attribution),
});
export type OmsOrder = z.infer<typeof OmsOrder>;

export const OrderDraft = z.object({
  key: CommandId,
  storeId: StoreId,
  clientId: z.nullable(OmsId),
  lines,
});
export type OrderDraft = z.infer<typeof OrderDraft>;
const UnknownOrderSku = z.object({ kind: z.literal('unknown-sku'), sku: Sku });
const UnknownOrder = z.object({ kind: z.literal('unknown-order') });
/** The order was changed or placed meanwhile; `order` is how it stands. */
const OrderMovedOn = z.object({ kind: z.literal('moved-on'), order: OmsOrder });
export const DraftOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('drafted'), order: OmsOrder }),
  UnknownOrderSku,
  UnknownClient,
]);
export type DraftOutcome = z.infer<typeof DraftOutcome>;

/** `revision` is the one the caller has seen; another one there is answered by `moved-on`. */
export const OrderUpdate = z.object({ orderId: OmsId, revision: z.int(), lines });
export type OrderUpdate = z.infer<typeof OrderUpdate>;
export const UpdateOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('updated'), order: OmsOrder }),
  UnknownOrderSku,
  OrderMovedOn,
  UnknownOrder,
]);
export type UpdateOutcome = z.infer<typeof UpdateOutcome>;

export const OrderPlacement = z.object({ orderId: OmsId, revision: z.int() });
export type OrderPlacement = z.infer<typeof OrderPlacement>;
export const PlaceOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('placed'), order: OmsOrder }),
  /** Nothing was taken: an order is placed whole or not at all. */
  z.object({ kind: z.literal('none-free'), sku: Sku }),
  OrderMovedOn,
  UnknownOrder,
]);
export type PlaceOutcome = z.infer<typeof PlaceOutcome>;

export const OrderAttribution = z.object({ orderId: OmsId, attribution: Attribution });
export type OrderAttribution = z.infer<typeof OrderAttribution>;
export const AttributeOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attributed'), order: OmsOrder }),
  UnknownOrder,
]);
export type AttributeOutcome = z.infer<typeof AttributeOutcome>;

export const AppointmentAsk = z.object({
  key: CommandId,
  storeId: StoreId,
  clientId: z.nullable(OmsId),
  advisorId: AdvisorId,
  startsAtMs: EpochMs,
  durationMs: z.int().check(z.minimum(60_000), z.maximum(24 * 3_600_000)),
  skus: z.array(Sku).check(z.maxLength(50)),
});
export type AppointmentAsk = z.infer<typeof AppointmentAsk>;
export const AppointmentOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('booked'), appointmentId: OmsId }),
  /** The advisor is with somebody else then. */
  z.object({ kind: z.literal('taken') }),
  UnknownClient,
]);
export type AppointmentOutcome = z.infer<typeof AppointmentOutcome>;

/** Another time of the same advisor's for the same client; the system's own number of the appointment stays. */
export const AppointmentMove = z.object({
  key: CommandId,
  appointmentId: OmsId,
  startsAtMs: EpochMs,
  durationMs: AppointmentAsk.shape.durationMs,
});
export type AppointmentMove = z.infer<typeof AppointmentMove>;
const UnknownAppointment = z.object({ kind: z.literal('unknown-appointment') });
export const MoveOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('moved') }),
  /** The advisor is with somebody else then; the appointment stays where it was. */
  z.object({ kind: z.literal('taken') }),
  UnknownAppointment,
]);
export type MoveOutcome = z.infer<typeof MoveOutcome>;

/** The client does not come: the advisor's time is free again. */
export const AppointmentCancel = z.object({ key: CommandId, appointmentId: OmsId });
export type AppointmentCancel = z.infer<typeof AppointmentCancel>;
export const CancelOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancelled') }),
  UnknownAppointment,
]);
export type CancelOutcome = z.infer<typeof CancelOutcome>;
