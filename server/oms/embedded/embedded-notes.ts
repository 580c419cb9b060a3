import * as z from 'zod/mini';
import type { EpochMs, KnownFact, MaisonId } from '../../../protocol/index.ts';
import {
  NoteRecord,
  type ForgetOutcome,
  type NoteOutcome,
  type OmsId,
} from '../../../protocol/connector/index.ts';
import type { Queries, Tx } from '../../persistence/database.ts';
import { knowsClient } from './embedded-clients.ts';

/** Notes that are told at once: an advisor reads the last visits, not all. */
const notesTold = 5;

/** Lays a note down with the client. */
export async function recordNote(tx: Tx, maisonId: MaisonId, record: NoteRecord): Promise<NoteOutcome> {
  const { key, clientId, storeId, atMs, endsAtMs } = record;
  if (!(await knowsClient(tx, maisonId, clientId))) return { kind: 'unknown-client' };
  await tx
    .insertInto('oms_notes')
    .values({
      maison_id: maisonId,
      key,
      client_id: clientId,
      store_id: storeId,
      at_ms: atMs,
      ends_at_ms: endsAtMs,
      record: JSON.stringify(record),
    })
    // Told again when nobody remembers the reply any more, it lies here already.
    .onConflict((conflict) => conflict.columns(['maison_id', 'key']).doNothing())
    .execute();
  return { kind: 'noted' };
}

/** Forgets every note of a client. */
export async function forgetNotes(tx: Tx, maisonId: MaisonId, clientId: OmsId): Promise<ForgetOutcome> {
  if (!(await knowsClient(tx, maisonId, clientId))) return { kind: 'unknown-client' };
  await tx
    .deleteFrom('oms_notes')
    .where('maison_id', '=', maisonId)
    .where('client_id', '=', clientId)
    .execute();
  return { kind: 'forgotten' };
}

/** The newest notes of a client that have not ended, the newest first. */
export async function readNotes(
  db: Queries,
  maisonId: MaisonId,
  clientId: OmsId,
  nowMs: EpochMs,
): Promise<KnownFact[]> {
  const rows = await db
    .selectFrom('oms_notes')
    .innerJoin('stores', 'stores.id', 'oms_notes.store_id')
    .select(['oms_notes.record', 'stores.name as source'])
    .where('oms_notes.maison_id', '=', maisonId)
    .where('oms_notes.client_id', '=', clientId)
    .where('oms_notes.ends_at_ms', '>', nowMs)
    .orderBy('oms_notes.at_ms', 'desc')
    .orderBy('oms_notes.key')
    .limit(notesTold)
    .execute();
  return rows.map(({ record, source }) => {
    const { advisorId, atMs, note } = z.parse(NoteRecord, JSON.parse(record));
    return {
      fact: { kind: 'visit-note', advisorId, ...note },
      source,
      asOfMs: atMs,
      reason: 'agreed-to-notes',
      purpose: 'remember',
    };
  });
}
