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
  maisonId: MaisonId,
  key: CommandId,
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
      .values({ maison_id: maisonId, key, call, reply: JSON.stringify(reply) })
      .execute();
  }
  return reply;
}
