import * as z from 'zod/mini';
import type { CommandId, EpochMs, MaisonId } from '../../../protocol/index.ts';
import { omsCalls, OmsFault, type OmsCallName, type OmsReply } from '../../../protocol/connector/index.ts';
import type { Database, Tx } from '../../persistence/database.ts';
import { endDueHolds, lockOms } from './embedded-shelf.ts';

/** Outcomes of an intention that was carried out. A refusal is not kept: asked again, the answer may be another. */
const kept: ReadonlySet<string> = new Set([
  'held',
  'recorded',
  'noted',
  'forgotten',
  'drafted',
  'booked',
  'moved',
  'cancelled',
  'requested',
  'erased',
]);

/** Runs one call of the embedded OMS in one transaction, under the Maison's lock, after what has run out was given back. */
export async function inOms<Value>(
  database: Database,
  maisonId: MaisonId,
  nowMs: EpochMs,
  work: (tx: Tx) => Promise<Value>,
): Promise<Value> {
  return await database.transact(async (tx) => {
    await lockOms(tx, maisonId);
    await endDueHolds(tx, maisonId, nowMs);
    return await work(tx);
  });
}

/** Carries out an intention once: the same key is answered as it was the first time. */
export async function onceInOms<Name extends OmsCallName>(
  tx: Tx,
  { maisonId, key, nowMs }: { readonly maisonId: MaisonId; readonly key: CommandId; readonly nowMs: EpochMs },
  call: Name,
  work: () => Promise<OmsReply<Name> & { readonly kind: string }>,
): Promise<OmsReply<Name>> {
  const before = await tx
    .selectFrom('oms_replies')
    .selectAll()
    .where('maison_id', '=', maisonId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (before) {
    if (before.call !== call) throw new OmsFault('refused', `The key ${key} was used for ${before.call}.`);
    return z.parse(omsCalls[call].reply, JSON.parse(before.reply)) as OmsReply<Name>;
  }
  const reply = await work();
  if (kept.has(reply.kind)) {
    await tx
      .insertInto('oms_replies')
      .values({ maison_id: maisonId, key, call, reply: JSON.stringify(reply), at_ms: nowMs })
      .execute();
  }
  return reply;
}

/**
 * For how long a reply is given again: longer than a letter is tried (a day) and than an answer may be asked for again (a week). A dead
 * letter that is replayed later yet says what stands by then, or what lies there already.
 */
export const repliesKeptMs = 30 * 24 * 3_600_000;

/** Replies forgotten in one transaction: nobody waits long for the lock. */
const repliesAtOnce = 500;

/** Forgets the replies that nobody may ask for again. Those from before replies had a date get today's. */
export async function forgetOldReplies(database: Database, nowMs: EpochMs): Promise<void> {
  while (await dateUndated(database, nowMs));
  while (await forgetSome(database, nowMs - repliesKeptMs));
}

async function dateUndated({ db }: Database, nowMs: EpochMs): Promise<boolean> {
  const rows = await db
    .selectFrom('oms_replies')
    .select(['maison_id', 'key'])
    .where('at_ms', '=', 0)
    .limit(repliesAtOnce)
    .execute();
  for (const [maisonId, keys] of keysByMaison(rows))
    await db
      .updateTable('oms_replies')
      .set({ at_ms: nowMs })
      .where('maison_id', '=', maisonId)
      .where('key', 'in', keys)
      .execute();
  return rows.length === repliesAtOnce;
}

async function forgetSome({ db }: Database, beforeMs: EpochMs): Promise<boolean> {
  const rows = await db
    .selectFrom('oms_replies')
    .select(['maison_id', 'key'])
    .where('at_ms', '>', 0)
    .where('at_ms', '<', beforeMs)
    .limit(repliesAtOnce)
    .execute();
  for (const [maisonId, keys] of keysByMaison(rows))
    await db.deleteFrom('oms_replies').where('maison_id', '=', maisonId).where('key', 'in', keys).execute();
  return rows.length === repliesAtOnce;
}

function keysByMaison(rows: readonly { readonly maison_id: MaisonId; readonly key: CommandId }[]) {
  const byMaison = Map.groupBy(rows, ({ maison_id: maisonId }) => maisonId);
  return Array.from(byMaison, ([maisonId, ofIt]) => [maisonId, ofIt.map(({ key }) => key)] as const);
}
