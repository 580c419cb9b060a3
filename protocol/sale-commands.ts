import * as z from 'zod/mini';
import { AdvisorId, EpochMs, Locale, SaleStepId, SessionId, Sku, StoreId } from './ids.ts';
import { nothing } from './nothing.ts';
import {
  AppointmentSlots,
  Appointment,
  Collection,
  Run,
  SaleBoard,
  SaleLines,
  SaleOrder,
  SaleReading,
  SaleTransfer,
  TakeawayMark,
} from './sale.ts';
import { CalendarDay } from './boutique.ts';
import { FollowUp, FollowUpChange, VisitNote } from './visit-note.ts';
import { OpenedWishList, WishListSecret } from './wish-list.ts';

/** The commands on the way from love to sale, and of what is left of a visit; among `commands`. */
export const saleCommands = {
  /** Closes the visit with a note in the client's record, where they said yes to being remembered. */
  'session.conclude': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, note: VisitNote }),
    reply: nothing,
  },
  /** What the advisor who is signed in has promised, and what is everybody's in this boutique. */
  'follow-up.list': {
    roles: ['tablet'],
    payload: nothing,
    reply: z.object({ today: CalendarDay, followUps: z.array(FollowUp) }),
  },
  'follow-up.change': {
    roles: ['tablet'],
    payload: z.object({ followUpId: SaleStepId, change: FollowUpChange }),
    reply: nothing,
  },
  /** Who the client of a task is, asked of the house now and kept nowhere. */
  'follow-up.client': {
    roles: ['tablet'],
    payload: z.object({ followUpId: SaleStepId }),
    reply: z.object({ name: z.string(), locale: z.nullable(Locale) }),
  },
  /** Everything on the way from love to sale in this visit. */
  'sale.read': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId }),
    reply: SaleReading,
  },
  /** What is to be brought in this boutique, and what waits there for its client. */
  'sale.board': { roles: ['tablet'], payload: nothing, reply: SaleBoard },
  /** Asks the colleagues to bring a piece from the back room. */
  'run.ask': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, sku: Sku }),
    reply: z.object({ run: Run }),
  },
  /** A colleague takes a request on, brings the piece or cannot find it; whoever asked may take it back. */
  'run.move': {
    roles: ['tablet'],
    payload: z.object({
      runId: SaleStepId,
      to: z.enum(['on-its-way', 'here', 'not-found', 'cancelled']),
    }),
    reply: z.object({ run: Run }),
  },
  'transfer.ask': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, fromStoreId: StoreId, sku: Sku }),
    reply: z.object({ transfer: SaleTransfer }),
  },
  /** Keeps a piece for the client to collect, in this boutique or another. */
  'collection.reserve': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, storeId: StoreId, sku: Sku }),
    reply: z.object({ collection: Collection }),
  },
  /** The client has it, or does not want it any more. By the boutique where it waits, or by who reserved it. */
  'collection.end': {
    roles: ['tablet'],
    payload: z.object({ collectionId: SaleStepId, how: z.enum(['collected', 'released']) }),
    reply: z.object({ collection: Collection }),
  },
  /** When an advisor of this boutique has time. */
  'appointment.slots': {
    roles: ['tablet'],
    payload: z.object({ advisorId: AdvisorId }),
    reply: AppointmentSlots,
  },
  'appointment.book': {
    roles: ['tablet'],
    payload: z.object({
      sessionId: SessionId,
      advisorId: AdvisorId,
      startsAtMs: EpochMs,
      skus: z.array(Sku).check(z.maxLength(50)),
    }),
    reply: z.object({ appointment: Appointment }),
  },
  /** Another time of the same advisor's. */
  'appointment.move': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, appointmentId: SaleStepId, startsAtMs: EpochMs }),
    reply: z.object({ appointment: Appointment }),
  },
  'appointment.cancel': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, appointmentId: SaleStepId }),
    reply: z.object({ appointment: Appointment }),
  },
  /** A mark by which the client's phone takes an appointment into its calendar, or out of it again. */
  'appointment.mark': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId, appointmentId: SaleStepId }),
    reply: TakeawayMark,
  },
  /** Opens the list that a client brought along, by the code that the advisor read. */
  'wish-list.open': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, secret: WishListSecret }),
    reply: OpenedWishList,
  },
  /** Opens the list that a client held before the mirror themselves, with an advisor or before there is one. */
  'wish-list.show': {
    roles: ['kiosk'],
    payload: z.object({ secret: WishListSecret }),
    reply: OpenedWishList,
  },
  /** Writes the draft in the house's own system, or writes it anew. */
  'order.prepare': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, lines: SaleLines }),
    reply: z.object({ order: SaleOrder }),
  },
  /** Places the draft, with its attribution. The till takes the payment. */
  'order.place': {
    roles: ['tablet'],
    payload: z.object({
      sessionId: SessionId,
      orderId: SaleStepId,
      revision: z.int().check(z.nonnegative()),
      /** A colleague of this boutique who closes; null for the advisor who is signed in. */
      closedBy: z.nullable(AdvisorId),
      agreedAssistingPercent: z.nullable(z.int().check(z.minimum(0), z.maximum(100))),
    }),
    reply: z.object({ order: SaleOrder }),
  },
} as const;
