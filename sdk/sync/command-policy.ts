import { offerLifetimeMs } from '../../protocol/handoff.ts';
import type { CommandName } from '../../protocol/realtime.ts';

/** How a command waits for its answer. */
export interface CommandPolicy {
  /** `read`: asked past the queue; `memory`: queued, gone with a reload; `disk`: queued, and sent even after a reload. */
  readonly keep: 'read' | 'memory' | 'disk';
  /** After this time without an answer it is given up. */
  readonly maxAgeMs: number;
}

const momentMs = 30_000;
const minuteMs = 60_000;
const dayMs = 12 * 60 * 60_000;

/** A command whose intention is over when the person has walked on is bounded; what must be made true waits a day. */
export const commandPolicies: Readonly<Record<CommandName, CommandPolicy>> = {
  'stock.read': { keep: 'read', maxAgeMs: momentMs },
  'stock.elsewhere': { keep: 'read', maxAgeMs: momentMs },
  'session.read': { keep: 'read', maxAgeMs: momentMs },
  'advisor.list': { keep: 'read', maxAgeMs: momentMs },
  'advisor.visits': { keep: 'read', maxAgeMs: momentMs },
  // Past the queue: a report keeps no wish of a client waiting, and an old one is of no use.
  'device.report': { keep: 'read', maxAgeMs: momentMs },
  // An offer's secret is shown at once or not at all.
  'offer.open': { keep: 'memory', maxAgeMs: momentMs },
  'offer.claim': { keep: 'memory', maxAgeMs: momentMs },
  // The summary is the client's visit: it is never written to the kiosk's disk.
  'offer.confirm': { keep: 'memory', maxAgeMs: offerLifetimeMs },
  'offer.cancel': { keep: 'disk', maxAgeMs: offerLifetimeMs },
  'offer.decline': { keep: 'disk', maxAgeMs: offerLifetimeMs },
  // A PIN is never written to disk.
  'advisor.sign-in': { keep: 'memory', maxAgeMs: momentMs },
  'advisor.start': { keep: 'memory', maxAgeMs: momentMs },
  'advisor.change-pin': { keep: 'memory', maxAgeMs: momentMs },
  'advisor.sign-out': { keep: 'disk', maxAgeMs: dayMs },
  'passkey.ask': { keep: 'read', maxAgeMs: momentMs },
  'passkey.list': { keep: 'read', maxAgeMs: momentMs },
  'passkey.invite': { keep: 'read', maxAgeMs: momentMs },
  // Proofs are never written to disk, and are stale within two minutes.
  'passkey.sign-in': { keep: 'memory', maxAgeMs: momentMs },
  'passkey.make': { keep: 'memory', maxAgeMs: momentMs },
  'passkey.remove': { keep: 'memory', maxAgeMs: momentMs },
  'session.wear': { keep: 'disk', maxAgeMs: minuteMs },
  // What one does with another who is there is of the moment; a touch that took the lead must be heard.
  'session.lead': { keep: 'memory', maxAgeMs: minuteMs },
  'session.tell': { keep: 'memory', maxAgeMs: momentMs },
  'session.point': { keep: 'memory', maxAgeMs: 10_000 },
  'session.propose': { keep: 'memory', maxAgeMs: momentMs },
  'session.answer': { keep: 'memory', maxAgeMs: minuteMs },
  'call.go': { keep: 'memory', maxAgeMs: momentMs },
  'call.leave': { keep: 'memory', maxAgeMs: momentMs },
  'call.pass': { keep: 'memory', maxAgeMs: momentMs },
  'session.keep': { keep: 'disk', maxAgeMs: dayMs },
  // What was measured is never written to the kiosk's disk, and is of no use once the advisor has gone.
  'session.share-measure': { keep: 'memory', maxAgeMs: minuteMs },
  'session.close': { keep: 'disk', maxAgeMs: dayMs },
  'client.read': { keep: 'read', maxAgeMs: momentMs },
  // A card's number is never written to a disk, and a question is one of the moment.
  'client.ask': { keep: 'memory', maxAgeMs: momentMs },
  'client.decline': { keep: 'memory', maxAgeMs: momentMs },
  'client.consent': { keep: 'memory', maxAgeMs: momentMs },
  'client.invite': { keep: 'memory', maxAgeMs: momentMs },
  // Whoever takes a yes back is heard, also when the line comes back in an hour.
  'client.withdraw': { keep: 'disk', maxAgeMs: dayMs },
  'client.erase': { keep: 'disk', maxAgeMs: dayMs },
  'sale.read': { keep: 'read', maxAgeMs: momentMs },
  'sale.board': { keep: 'read', maxAgeMs: momentMs },
  'appointment.slots': { keep: 'read', maxAgeMs: momentMs },
  'appointment.mark': { keep: 'memory', maxAgeMs: momentMs },
  'wish-list.open': { keep: 'memory', maxAgeMs: momentMs },
  // The client stands there with their phone held up: now, or it is told that it cannot be.
  'wish-list.show': { keep: 'read', maxAgeMs: 10_000 },
  // What keeps pieces, colleagues or time from others is asked for now or not at all.
  'run.ask': { keep: 'disk', maxAgeMs: minuteMs },
  'transfer.ask': { keep: 'disk', maxAgeMs: minuteMs },
  'collection.reserve': { keep: 'disk', maxAgeMs: minuteMs },
  'appointment.book': { keep: 'disk', maxAgeMs: minuteMs },
  'appointment.move': { keep: 'disk', maxAgeMs: minuteMs },
  'order.prepare': { keep: 'disk', maxAgeMs: minuteMs },
  'order.place': { keep: 'disk', maxAgeMs: minuteMs },
  // What a colleague has done is true also when the line comes back later.
  'run.move': { keep: 'disk', maxAgeMs: dayMs },
  'collection.end': { keep: 'disk', maxAgeMs: dayMs },
  // What was agreed with a client is never written to the tablet's disk.
  'session.conclude': { keep: 'memory', maxAgeMs: momentMs },
  'follow-up.list': { keep: 'read', maxAgeMs: momentMs },
  'follow-up.client': { keep: 'read', maxAgeMs: momentMs },
  // What was done is true also when the line comes back later.
  'follow-up.change': { keep: 'disk', maxAgeMs: dayMs },
  // A client who does not come is waited for by nobody, also when the line comes back later.
  'appointment.cancel': { keep: 'disk', maxAgeMs: dayMs },
  // A hold that appears long after it was asked for would keep a piece from a client who is in the boutique.
  'hold.place': { keep: 'disk', maxAgeMs: minuteMs },
  'hold.release': { keep: 'disk', maxAgeMs: dayMs },
};
