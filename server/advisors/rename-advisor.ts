import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { auditActions, type EpochMs } from '../../protocol/index.ts';
import type { AdvisorRow } from '../houses/advisor-rows.ts';
import type { Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { renamedText, type Renamed } from './renamed.ts';

/** Lines of the trail whose subject is an advisor. */
const aboutAdvisors = auditActions.filter((action) => /^(?:advisor|passkey)\./u.test(action));

/** Names an advisor anew wherever a Maison's rows name them, and forgets what only told who they were. */
export async function renameAdvisor(
  tx: Tx,
  row: AdvisorRow,
  who: Renamed,
  nowMs: EpochMs,
): Promise<AdvisorRow> {
  const { maison_id: maisonId, id } = row;
  await forgetWays(tx, row);
  await renameSessions(tx, maisonId, who);
  await renameSales(tx, maisonId, who);
  await renameHouse(tx, maisonId, who);
  await renameTrail(tx, maisonId, who);
  await renameAnswers(tx, maisonId, who);
  return await tx
    .updateTable('advisors')
    .set({
      id: who.to.id,
      name: who.to.name,
      title_en: who.to.title.en,
      title_fr: who.to.title.fr,
      languages: JSON.stringify(who.to.languages),
      last_sign_in_at_ms: null,
      erased_at_ms: nowMs,
    })
    .where('maison_id', '=', maisonId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** By what they signed in, and who tried to. */
async function forgetWays(tx: Tx, { maison_id: maisonId, id }: AdvisorRow): Promise<void> {
  const stores = tx.selectFrom('stores').select('id').where('maison_id', '=', maisonId);
  await tx.deleteFrom('pin_tries').where('advisor_id', '=', id).where('store_id', 'in', stores).execute();
  const devices = tx.selectFrom('devices').select('id').where('maison_id', '=', maisonId);
  await tx
    .deleteFrom('passkey_challenges')
    .where('advisor_id', '=', id)
    .where('device_id', 'in', devices)
    .execute();
}

async function renameSessions(tx: Tx, maisonId: string, who: Renamed): Promise<void> {
  const { from, to } = who;
  const events = await tx
    .selectFrom('session_events')
    .innerJoin('sessions', 'sessions.id', 'session_events.session_id')
    .select(['session_events.session_id', 'session_events.seq', 'session_events.fact'])
    .where('sessions.maison_id', '=', maisonId)
    .where('sessions.advisor_id', '=', from)
    .where('session_events.fact', 'like', naming(from))
    .execute();
  for (const { session_id: sessionId, seq, fact } of events)
    await tx
      .updateTable('session_events')
      .set({ fact: renamedText(fact, who) })
      .where('session_id', '=', sessionId)
      .where('seq', '=', seq)
      .execute();
  for (const column of ['advisor_id', 'going_advisor_id', 'passed_by_advisor_id'] as const)
    await tx
      .updateTable('offers')
      .set({ [column]: to.id })
      .where('maison_id', '=', maisonId)
      .where(column, '=', from)
      .execute();
  await tx
    .updateTable('sessions')
    .set({ advisor_id: to.id })
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', from)
    .execute();
  await tx
    .deleteFrom('client_asks')
    .where('maison_id', '=', maisonId)
    .where('advisor', 'like', naming(from))
    .execute();
}

async function renameSales(tx: Tx, maisonId: string, who: Renamed): Promise<void> {
  const { from, to } = who;
  const orders = await tx
    .selectFrom('sale_steps')
    .select(['id', 'body'])
    .where('maison_id', '=', maisonId)
    .where('kind', '=', 'order')
    .where(telling('body', from))
    .execute();
  for (const { id, body } of orders)
    await tx
      .updateTable('sale_steps')
      .set({ body: renamedText(body, who) })
      .where('id', '=', id)
      .execute();
  for (const column of ['advisor_id', 'other_id'] as const)
    await tx
      .updateTable('sale_steps')
      .set({ [column]: to.id })
      .where('maison_id', '=', maisonId)
      .where(column, '=', from)
      .execute();
}

/** What is to be said to the house's system, and what the embedded one holds. */
async function renameHouse(tx: Tx, maisonId: string, who: Renamed): Promise<void> {
  const { from, to } = who;
  const letters = tx.selectFrom('oms_letters').select(['id', 'body']).where(telling('body', from));
  for (const { id, body } of await letters.where('maison_id', '=', maisonId).execute())
    await tx
      .updateTable('oms_letters')
      .set({ body: renamedText(body, who) })
      .where('id', '=', id)
      .execute();
  for (const table of ['oms_orders', 'oms_appointments'] as const) {
    const rows = tx.selectFrom(table).select(['id', 'body']).where(telling('body', from));
    for (const { id, body } of await rows.where('maison_id', '=', maisonId).execute())
      await tx
        .updateTable(table)
        .set({ body: renamedText(body, who) })
        .where('maison_id', '=', maisonId)
        .where('id', '=', id)
        .execute();
  }
  await tx
    .updateTable('oms_appointments')
    .set({ advisor_id: to.id })
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', from)
    .execute();
  const clients = tx.selectFrom('oms_clients').select(['id', 'facts']).where('facts', 'like', naming(from));
  for (const { id, facts } of await clients.where('maison_id', '=', maisonId).execute())
    await tx
      .updateTable('oms_clients')
      .set({ facts: renamedText(facts, who) })
      .where('maison_id', '=', maisonId)
      .where('id', '=', id)
      .execute();
  const notes = tx.selectFrom('oms_notes').select(['key', 'record']).where('record', 'like', naming(from));
  for (const { key, record } of await notes.where('maison_id', '=', maisonId).execute())
    await tx
      .updateTable('oms_notes')
      .set({ record: renamedText(record, who) })
      .where('maison_id', '=', maisonId)
      .where('key', '=', key)
      .execute();
  const replies = tx.selectFrom('oms_replies').select(['call', 'key', 'reply']).where(telling('reply', from));
  for (const { call, key, reply } of await replies.where('maison_id', '=', maisonId).execute())
    await tx
      .updateTable('oms_replies')
      .set({ reply: renamedText(reply, who) })
      .where('maison_id', '=', maisonId)
      .where('call', '=', call)
      .where('key', '=', key)
      .execute();
}

/** Lines stay, with their numbers, times and deeds. */
async function renameTrail(tx: Tx, maisonId: string, { from, to }: Renamed): Promise<void> {
  await tx
    .updateTable('audit_entries')
    .set({ actor_id: to.id })
    .where('maison_id', '=', maisonId)
    .where('actor_kind', '=', 'advisor')
    .where('actor_id', '=', from)
    .execute();
  await tx
    .updateTable('audit_entries')
    .set({ subject: to.id })
    .where('maison_id', '=', maisonId)
    .where('action', 'in', aboutAdvisors)
    .where('subject', '=', from)
    .execute();
  for (const words of ['closed by', 'to'])
    await tx
      .updateTable('audit_entries')
      .set({ reason: `${words} ${to.id}` })
      .where('maison_id', '=', maisonId)
      .where('reason', '=', `${words} ${from}`)
      .execute();
}

/** Answers that devices may ask for again. */
async function renameAnswers(tx: Tx, maisonId: string, who: Renamed): Promise<void> {
  const devices = tx.selectFrom('devices').select('id').where('maison_id', '=', maisonId);
  const rows = await tx
    .selectFrom('command_answers')
    .select(['device_id', 'command_id', 'answer'])
    .where('device_id', 'in', devices)
    .where(telling('answer', who.from))
    .execute();
  for (const { device_id: deviceId, command_id: commandId, answer } of rows)
    await tx
      .updateTable('command_answers')
      .set({ answer: renamedText(answer, who) })
      .where('device_id', '=', deviceId)
      .where('command_id', '=', commandId)
      .execute();
}

/** Text in which an id stands as a JSON string. Ids are of letters, digits and hyphens. */
function naming(advisorId: string): string {
  return `%"${advisorId}"%`;
}

/** Text that may name somebody: by their id, or by a signed record of a sale. */
function telling(column: string, advisorId: string) {
  return <Table extends keyof Tables>(where: ExpressionBuilder<Tables, Table>): Expression<SqlBool> =>
    where.or(
      [naming(advisorId), '%"record":"%'].map((text) => sql<SqlBool>`${sql.ref(column)} like ${text}`),
    );
}
