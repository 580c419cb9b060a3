import * as z from 'zod/mini';
import { SoldLine } from './attribution.ts';
import { Advisor } from './device.ts';
import { EpochMs, HoldId, Locale, MaisonId, SaleStepId, SessionId, Sku, StoreId } from './ids.ts';
import { VisitOccasion } from './visit-note.ts';

/** A boutique as far as a request needs to name it. */
export const SalePlace = z.object({ id: StoreId, name: z.string(), city: z.string(), timeZone: z.string() });
export type SalePlace = z.infer<typeof SalePlace>;

/** Where a piece is that was asked for from the back room. */
export const RunState = z.enum(['asked', 'on-its-way', 'here', 'not-found', 'cancelled']);
export type RunState = z.infer<typeof RunState>;

/** A colleague is asked to bring a piece. */
export const Run = z.object({
  id: SaleStepId,
  sessionId: SessionId,
  sku: Sku,
  state: RunState,
  /** The mirror at which the client waits. */
  kioskName: z.string(),
  askedBy: Advisor,
  /** Who brings it; null until somebody has taken it on. */
  runner: z.nullable(Advisor),
  askedAtMs: EpochMs,
  changedAtMs: EpochMs,
});
export type Run = z.infer<typeof Run>;

/** So long a piece waits to be collected where its house has settled nothing. */
export const usualCollectionHours = 48;

/** In which states a colleague is still to bring a piece, or to say that it cannot be found. */
export const openRuns: readonly Run['state'][] = ['asked', 'on-its-way'];

/** A piece that another boutique sends. */
export const SaleTransfer = z.object({
  id: SaleStepId,
  sku: Sku,
  from: SalePlace,
  /** When it should be here, where the house says so. */
  expectedAtMs: z.nullable(EpochMs),
  askedAtMs: EpochMs,
});
export type SaleTransfer = z.infer<typeof SaleTransfer>;

/** What the client says at the counter. Six letters of `typedCodeAlphabet`. */
export const CollectionCode = z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{6}$/));

/** A piece that waits for the client in a boutique. */
export const Collection = z.object({
  id: SaleStepId,
  sessionId: SessionId,
  sku: Sku,
  at: SalePlace,
  holdId: HoldId,
  state: z.enum(['waiting', 'collected', 'ended']),
  code: CollectionCode,
  untilMs: EpochMs,
  reservedBy: Advisor,
});
export type Collection = z.infer<typeof Collection>;

/** A time that an advisor keeps for the client. */
export const Appointment = z.object({
  id: SaleStepId,
  at: SalePlace,
  advisor: Advisor,
  startsAtMs: EpochMs,
  durationMs: z.int().check(z.positive()),
  skus: z.array(Sku).check(z.maxLength(50)),
  state: z.enum(['booked', 'cancelled']),
});
export type Appointment = z.infer<typeof Appointment>;

/** The order that was prepared in the house's own system. The till takes the payment. */
export const SaleOrder = z.object({
  id: SaleStepId,
  /** What the house calls it. */
  orderId: z.string(),
  state: z.enum(['draft', 'placed']),
  revision: z.int().check(z.nonnegative()),
  lines: z.array(SoldLine),
  /** The signed attribution, once it is placed. */
  record: z.nullable(z.string()),
  changedAtMs: EpochMs,
});
export type SaleOrder = z.infer<typeof SaleOrder>;

/** Everything on the way from love to sale in one visit. */
export const SaleReading = z.object({
  /** What the house's system can do; whatever it cannot is not shown. */
  offered: z.object({
    transfers: z.boolean(),
    appointments: z.boolean(),
    /** Whether one can be moved and cancelled from here. */
    appointmentChanges: z.boolean(),
    orders: z.boolean(),
  }),
  /** How a visit is noted: the occasions that the house offers. Null where its system keeps no notes. */
  notes: z.nullable(z.object({ occasions: z.array(VisitOccasion).check(z.minLength(1)) })),
  runs: z.array(Run),
  transfers: z.array(SaleTransfer),
  collections: z.array(Collection),
  appointments: z.array(Appointment),
  order: z.nullable(SaleOrder),
  /** Whether the region lets advisors agree on their split. */
  agreement: z.boolean(),
});
export type SaleReading = z.infer<typeof SaleReading>;

/** A boutique's open requests: what is to be brought, and what waits for its client. */
export const SaleBoard = z.object({ runs: z.array(Run), collections: z.array(Collection) });
export type SaleBoard = z.infer<typeof SaleBoard>;

/** When an advisor has time. */
export const AppointmentSlots = z.object({
  durationMs: z.int().check(z.positive()),
  startsAtMs: z.array(EpochMs).check(z.maxLength(2_000)),
});
export type AppointmentSlots = z.infer<typeof AppointmentSlots>;

/** What the client's phone reads off the mirror. */
export const TakeawayMark = z.object({
  secret: z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/)),
  expiresAtMs: EpochMs,
});
export type TakeawayMark = z.infer<typeof TakeawayMark>;

/** How long a mark is good: a phone is found, held up, and its calendar opened. */
export const takeawayMs = 15 * 60_000;

/** `POST /api/appointments/take`, from the client's own phone. */
export const TakeawayRequest = z.object({
  secret: TakeawayMark.shape.secret,
  /** The language that the phone's page speaks; the boutique's where it is left out. */
  locale: z.optional(Locale),
});
export const TakeawayReply = z.object({
  maisonId: MaisonId,
  maisonName: z.string(),
  appointment: Appointment,
  /** The appointment as iCalendar (RFC 5545); of one that is cancelled, what takes it out of a calendar (RFC 5546). */
  ics: z.string(),
});
export type TakeawayReply = z.infer<typeof TakeawayReply>;

const line = z.object({ sku: Sku, quantity: z.int().check(z.positive(), z.maximum(20)) });

/** What an order is to hold; each piece once. */
export const SaleLines = z.array(line).check(
  z.minLength(1),
  z.maxLength(50),
  z.refine((lines) => new Set(lines.map(({ sku }) => sku)).size === lines.length),
);
export type SaleLines = z.infer<typeof SaleLines>;
