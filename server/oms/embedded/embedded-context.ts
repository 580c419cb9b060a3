import * as z from 'zod/mini';
import { KnownFact, shownFacts, type MaisonId } from '../../../protocol/index.ts';
import {
  AppointmentAsk,
  type ContextAsk,
  type ContextOutcome,
  type EraseOutcome,
  type OmsId,
} from '../../../protocol/connector/index.ts';
import { sql } from 'kysely';
import type { Queries, Tx } from '../../persistence/database.ts';
import { readNotes } from './embedded-notes.ts';

const Facts = z.array(KnownFact);

/** An appointment is worth a welcome on its day: this long before and after. */
const sameDayMs = 12 * 3_600_000;

/** What the house knows of a client for these purposes. */
export async function readContext(
  db: Queries,
  maisonId: MaisonId,
  { clientId, purposes }: ContextAsk,
  nowMs: number,
): Promise<ContextOutcome> {
  const client = await db
    .selectFrom('oms_clients')
    .innerJoin('stores', 'stores.id', 'oms_clients.store_id')
    .select(['oms_clients.facts', 'stores.name as source'])
    .where('oms_clients.maison_id', '=', maisonId)
    .where('oms_clients.id', '=', clientId)
    .executeTakeFirst();
  if (!client) return { kind: 'unknown-client' };
  const rows = await db
    .selectFrom('oms_appointments')
    .selectAll()
    .where('maison_id', '=', maisonId)
    .where('starts_at_ms', '>', nowMs - sameDayMs)
    .where('starts_at_ms', '<', nowMs + sameDayMs)
    .orderBy('starts_at_ms')
    .execute();
  const appointments = rows
    .filter(({ body }) => z.parse(AppointmentAsk, JSON.parse(body)).clientId === clientId)
    .map(({ starts_at_ms: startsAtMs, advisor_id: advisorId }): KnownFact => ({
      fact: { kind: 'appointment', startsAtMs, advisorId },
      source: client.source,
      asOfMs: nowMs,
      reason: 'booked',
      purpose: 'greet',
    }));
  const notes = await readNotes(db, maisonId, clientId, nowMs);
  const facts = [...z.parse(Facts, JSON.parse(client.facts)), ...appointments, ...notes];
  return { kind: 'read', facts: shownFacts(facts, purposes) };
}

/** Forgets a client, and takes their number off whatever the house must keep: orders, appointments, its own replies. */
export async function eraseClient(tx: Tx, maisonId: MaisonId, clientId: OmsId): Promise<EraseOutcome> {
  const { numDeletedRows } = await tx
    .deleteFrom('oms_clients')
    .where('maison_id', '=', maisonId)
    .where('id', '=', clientId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return { kind: 'unknown-client' };
  await tx
    .deleteFrom('oms_consents')
    .where('maison_id', '=', maisonId)
    .where('client_id', '=', clientId)
    .execute();
  await tx
    .deleteFrom('oms_notes')
    .where('maison_id', '=', maisonId)
    .where('client_id', '=', clientId)
    .execute();
  const theirs = `"clientId":${JSON.stringify(clientId)}`;
  const nobody = '"clientId":null';
  await tx
    .updateTable('oms_orders')
    .set({ body: sql<string>`replace(body, ${theirs}, ${nobody})` })
    .where('maison_id', '=', maisonId)
    .execute();
  await tx
    .updateTable('oms_appointments')
    .set({ body: sql<string>`replace(body, ${theirs}, ${nobody})` })
    .where('maison_id', '=', maisonId)
    .execute();
  await tx
    .updateTable('oms_replies')
    .set({ reply: sql<string>`replace(reply, ${theirs}, ${nobody})` })
    .where('maison_id', '=', maisonId)
    .execute();
  return { kind: 'erased' };
}
