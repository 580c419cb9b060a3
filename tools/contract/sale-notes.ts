import type { Appointment, CommandName, FollowUp, SaleOrder, VisitNote } from '../../protocol/index.ts';
import type { CommandNote } from './command-notes.ts';
import { advisor, exampleNowMs, sessionId, sku, store } from './examples.ts';

const inSession = ['not-found', 'session-ended'] as const;
const asked = ['not-found', 'not-offered', 'oms-unavailable'] as const;

const at = { id: store.id, name: store.name, city: store.city, timeZone: store.timeZone };
const run = {
  id: 'r1Kx8mQe4ZtW',
  sessionId,
  sku,
  state: 'asked',
  kioskName: 'Mirror 1',
  askedBy: advisor,
  runner: null,
  askedAtMs: exampleNowMs,
  changedAtMs: exampleNowMs,
} as const;
const transfer = {
  id: 't5Pq2nWs7YvB',
  sku,
  from: { id: 'norde-mayfair', name: 'Mayfair', city: 'London', timeZone: 'Europe/London' },
  expectedAtMs: exampleNowMs + 172_800_000,
  askedAtMs: exampleNowMs,
};
const collection = {
  id: 'c9Lm4rTx1DfG',
  sessionId,
  sku,
  at,
  holdId: 'h3Jb6kVz0NcR',
  state: 'waiting',
  code: '7KQ2M9',
  untilMs: exampleNowMs + 172_800_000,
  reservedBy: advisor,
} as const;
/** The appointment of the examples. */
export const appointment = {
  id: 'a2Hs7uYp5EwK',
  at,
  advisor,
  startsAtMs: exampleNowMs + 86_400_000,
  durationMs: 2_700_000,
  skus: [sku],
  state: 'booked',
} as const satisfies Appointment;
const order: SaleOrder = {
  id: 'o8Gd3vXn6MqT',
  orderId: 'dft_01HZX',
  state: 'draft',
  revision: 2,
  lines: [{ sku, quantity: 1, amountMinor: 42_000, currency: 'EUR' }],
  record: null,
  changedAtMs: exampleNowMs,
};

const note: VisitNote = {
  occasion: 'gift',
  decision: 'thinking',
  next: { step: 'call', dueOn: '2026-12-04', sku, line: 'When the green one has come' },
};
const followUp: FollowUp = {
  id: 'f4Wb8sLk2NjQ',
  state: 'open',
  step: 'call',
  dueOn: '2026-12-04',
  sku,
  line: 'When the green one has come',
  occasion: note.occasion,
  decision: note.decision,
  notedAtMs: exampleNowMs,
  notedBy: advisor,
  owner: advisor,
  lastDay: '2026-12-27',
  changedAtMs: exampleNowMs,
};

type SaleCommandName = Extract<
  CommandName,
  | `sale.${string}`
  | `wish-list.${string}`
  | `run.${string}`
  | `transfer.${string}`
  | `collection.${string}`
  | `appointment.${string}`
  | `order.${string}`
  | `follow-up.${string}`
  | 'session.conclude'
>;

/** The commands between a piece that is loved and the till. */
export const saleNotes: { readonly [Name in SaleCommandName]: CommandNote<Name> } = {
  'sale.read': {
    summary: 'Everything on the way from love to sale in this visit, and what the house’s system can do.',
    refusals: ['not-found'],
    payload: { sessionId },
    reply: {
      offered: { transfers: true, appointments: true, appointmentChanges: true, orders: true },
      notes: { occasions: ['gift', 'anniversary', 'looking'] },
      runs: [run],
      transfers: [transfer],
      collections: [collection],
      appointments: [appointment],
      order,
      agreement: true,
    },
  },
  'sale.board': {
    summary: 'What is to be brought in this boutique, and what waits there for its client.',
    refusals: [],
    payload: {},
    reply: { runs: [run], collections: [collection] },
  },
  'run.ask': {
    summary: 'Asks the colleagues to bring a piece from the back room.',
    refusals: [...inSession, 'unknown-sku'],
    payload: { sessionId, sku },
    reply: { run },
  },
  'run.move': {
    summary:
      'A colleague takes a request on, brings the piece or cannot find it; whoever asked may take it back.',
    refusals: ['not-found'],
    payload: { runId: run.id, to: 'on-its-way' },
    reply: { run: { ...run, state: 'on-its-way', runner: advisor } },
  },
  'transfer.ask': {
    summary: 'Has another boutique send a piece; the house’s system promises it there.',
    refusals: [...asked, 'out-of-stock', 'unknown-sku'],
    payload: { sessionId, fromStoreId: 'norde-mayfair', sku },
    reply: { transfer },
  },
  'collection.reserve': {
    summary: 'Keeps a piece for the client to collect, in this boutique or another.',
    refusals: ['not-found', 'unknown-sku', 'out-of-stock', 'hold-ended', 'oms-unavailable'],
    payload: { sessionId, storeId: store.id, sku },
    reply: { collection },
  },
  'collection.end': {
    summary: 'The client has it, or does not want it any more.',
    refusals: ['not-found', 'hold-ended'],
    payload: { collectionId: collection.id, how: 'collected' },
    reply: { collection: { ...collection, state: 'collected' } },
  },
  'appointment.slots': {
    summary: 'When an advisor of this boutique has time.',
    refusals: ['not-found'],
    payload: { advisorId: advisor.id },
    reply: { durationMs: appointment.durationMs, startsAtMs: [appointment.startsAtMs] },
  },
  'appointment.book': {
    summary: 'Keeps an advisor’s time for the client, in the house’s own diary.',
    refusals: [...asked, 'unknown-sku', 'client-unknown'],
    payload: { sessionId, advisorId: advisor.id, startsAtMs: appointment.startsAtMs, skus: [sku] },
    reply: { appointment },
  },
  'appointment.move': {
    summary: 'Moves an appointment to another time of the same advisor’s, in the house’s own diary.',
    refusals: asked,
    payload: {
      sessionId,
      appointmentId: appointment.id,
      startsAtMs: appointment.startsAtMs + appointment.durationMs,
    },
    reply: { appointment: { ...appointment, startsAtMs: appointment.startsAtMs + appointment.durationMs } },
  },
  'appointment.cancel': {
    summary: 'Strikes an appointment out of the house’s own diary; its time is free again.',
    refusals: asked,
    payload: { sessionId, appointmentId: appointment.id },
    reply: { appointment: { ...appointment, state: 'cancelled' } },
  },
  'appointment.mark': {
    summary:
      'A mark by which the client’s phone takes the appointment, or its cancellation, good for a quarter of an hour.',
    refusals: ['not-found'],
    payload: { sessionId, appointmentId: appointment.id },
    reply: { secret: 'Zk3c9Xw0rT5vB8nM1qLpYs', expiresAtMs: exampleNowMs + 900_000 },
  },
  'wish-list.open': {
    summary: 'Opens the list that a client brought along, by the code that the advisor read.',
    refusals: [...asked, 'code-unknown', 'code-expired', 'wrong-store'],
    payload: { sessionId, secret: 'Zk3c9Xw0rT5vB8nM1qLpYs' },
    reply: { pieces: [{ pieceId: 'fjord-51', variantId: 'tortoise' }], gone: [] },
  },
  'wish-list.show': {
    summary: 'Opens the list that a client held before the mirror themselves, with or without an advisor.',
    refusals: ['code-unknown', 'code-expired', 'wrong-store'],
    payload: { secret: 'Zk3c9Xw0rT5vB8nM1qLpYs' },
    reply: { pieces: [{ pieceId: 'fjord-51', variantId: 'tortoise' }], gone: [] },
  },
  'order.prepare': {
    summary: 'Writes the visit’s draft in the house’s own system, or writes it anew.',
    refusals: [...asked, 'unknown-sku', 'client-unknown'],
    payload: { sessionId, lines: [{ sku, quantity: 1 }] },
    reply: { order },
  },
  'order.place': {
    summary: 'Places the draft with its signed attribution. The till takes the payment.',
    refusals: ['not-found', 'out-of-stock', 'oms-unavailable'],
    payload: { sessionId, orderId: order.id, revision: 2, closedBy: null, agreedAssistingPercent: null },
    reply: { order: { ...order, state: 'placed', revision: 3, record: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln' } },
  },
  'session.conclude': {
    summary: 'Closes the visit with a note for the client’s record, where they said yes to being remembered.',
    refusals: [...inSession, 'not-offered', 'consent-missing', 'line-refused', 'unknown-sku'],
    payload: { sessionId, note },
    reply: {},
  },
  'follow-up.list': {
    summary: 'What the advisor who is signed in has promised, and what is everybody’s in this boutique.',
    refusals: [],
    payload: {},
    reply: { today: '2026-11-27', followUps: [followUp] },
  },
  'follow-up.change': {
    summary: 'A task is done, put off, or handed to a colleague or to all of them.',
    refusals: ['not-found'],
    payload: { followUpId: followUp.id, change: { kind: 'done' } },
    reply: {},
  },
  'follow-up.client': {
    summary: 'Who the client of a task is, asked of the house now and kept nowhere.',
    refusals: ['not-found', 'consent-missing', 'client-unknown', 'oms-unavailable'],
    payload: { followUpId: followUp.id },
    reply: { name: 'Bastien Roux', locale: 'fr' },
  },
};
