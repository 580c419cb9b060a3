import { setImmediate } from 'node:timers/promises';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { decodeJwt } from 'jose';
import * as z from 'zod/mini';
import type { EpochMs, MaisonId } from '../../protocol/index.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { naming, renamedText, type Renamed } from './renamed.ts';

/** Rows of one step: a boutique's taps wait for no more than these. */
const rowsPerStep = 50;

/** A text that may tell of somebody, and how another takes its place; false where it has been written anew meanwhile. */
interface Told {
  readonly text: string;
  readonly write: (text: string) => Promise<boolean>;
}

/** Some texts of a table, and after which key the next are; null where there are none. */
interface Page {
  readonly told: readonly Told[];
  readonly next: string | null;
}

/** Reads the texts of a Maison's table that may tell of an advisor, page by page. */
type Walk = (tx: Tx, maisonId: MaisonId, advisorId: string, after: string) => Promise<Page>;

/** A table of a Maison's whose rows tell of advisors in one text each. */
interface TellingTable {
  readonly table:
    'sale_steps' | 'oms_orders' | 'oms_appointments' | 'oms_clients' | 'oms_notes' | 'oms_replies';
  readonly text: string;
  /** What tells one row of a Maison from every other; pages go by it. */
  readonly key: 'id' | 'key';
  /** Only what is as new as this. */
  readonly since?: { readonly column: string; readonly atMs: EpochMs };
}

const tellingTables: readonly TellingTable[] = [
  { table: 'sale_steps', text: 'body', key: 'id' },
  { table: 'oms_orders', text: 'body', key: 'id' },
  { table: 'oms_appointments', text: 'body', key: 'id' },
  { table: 'oms_clients', text: 'facts', key: 'id' },
  { table: 'oms_notes', text: 'record', key: 'key' },
];

/** What the embedded OMS answers again. */
const repliesSince = (atMs: EpochMs): TellingTable => ({
  table: 'oms_replies',
  text: 'reply',
  key: 'key',
  since: { column: 'at_ms', atMs },
});

/** Reads such a table page by page. */
function through({ table, text: column, key: keyColumn, since }: TellingTable): Walk {
  const [from, text, key] = [sql.table(table), sql.ref(column), sql.ref<string>(keyColumn)];
  const asNew = since ? sql`${sql.ref(since.column)} >= ${since.atMs}` : sql`1 = 1`;
  return async (tx, maisonId, advisorId, after) => {
    const { rows } = await sql<{ key: string; text: string }>`
      select ${key} as key, ${text} as text from ${from}
      where maison_id = ${maisonId} and ${asNew} and ${key} > ${after} and ${telling(column, advisorId)}
      order by ${key} limit ${rowsPerStep}`.execute(tx);
    const told = rows.map((row) => ({
      text: row.text,
      write: async (renamed: string) => {
        const { numAffectedRows } = await sql`
          update ${from} set ${text} = ${renamed}
          where maison_id = ${maisonId} and ${key} = ${row.key} and ${text} = ${row.text}`.execute(tx);
        return numAffectedRows !== undefined && numAffectedRows > 0n;
      },
    }));
    return { told, next: rows.length < rowsPerStep ? null : (rows.at(-1)?.key ?? null) };
  };
}

/** What was told in the visits that they led. */
const visits: Walk = async (tx, maisonId, advisorId, after) => {
  const sessions = await tx
    .selectFrom('sessions')
    .select('id')
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', advisorId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(rowsPerStep)
    .execute();
  const last = sessions.at(-1);
  if (!last) return { told: [], next: null };
  const ids = sessions.map(({ id }) => id);
  const facts = await tx
    .selectFrom('session_events')
    .select(['session_id', 'seq', 'fact as text'])
    .where('session_id', 'in', ids)
    .where('fact', 'like', naming(advisorId))
    .execute();
  const told = facts.map(({ session_id: sessionId, seq, text }) => ({
    text,
    write: async (fact: string) => {
      const { numUpdatedRows } = await tx
        .updateTable('session_events')
        .set({ fact })
        .where('session_id', '=', sessionId)
        .where('seq', '=', seq)
        .where('fact', '=', text)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  }));
  return { told, next: last.id };
};

/** Answers that devices may ask for again, device by device. */
const answers =
  (sinceMs: EpochMs): Walk =>
  async (tx, maisonId, advisorId, after) => {
    const device = await tx
      .selectFrom('devices')
      .select('id')
      .where('maison_id', '=', maisonId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (!device) return { told: [], next: null };
    const rows = await tx
      .selectFrom('command_answers')
      .select(['command_id as key', 'answer as text'])
      .where('device_id', '=', device.id)
      .where('answered_at_ms', '>=', sinceMs)
      .where(telling('answer', advisorId))
      .execute();
    const told = rows.map(({ key, text }) => ({
      text,
      write: async (answer: string) => {
        const { numUpdatedRows } = await tx
          .updateTable('command_answers')
          .set({ answer })
          .where('device_id', '=', device.id)
          .where('command_id', '=', key)
          .where('answer', '=', text)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
    }));
    return { told, next: device.id };
  };

/**
 * Renames an advisor in everything that tells of them in text, some rows at a time: each step is a short transaction, and others have
 * their turn between two. Records of sales are replaced by those that are kept now. It may be broken off and begun anew.
 */
export async function renameToldTexts(database: Database, maisonId: MaisonId, who: Renamed): Promise<void> {
  const walks = [...[...tellingTables, repliesSince(0)].map(through), visits, answers(0)];
  for (const walk of walks) {
    let after: string | null = '';
    while (after !== null) {
      const from: string = after;
      after = await database.transact((tx) => renamePage(tx, walk, maisonId, who, from));
      await setImmediate();
    }
  }
}

/** The same of what was answered since, in the transaction after which nothing names them any more. */
export async function renameLateTexts(
  tx: Tx,
  maisonId: MaisonId,
  who: Renamed,
  sinceMs: EpochMs,
): Promise<void> {
  for (const walk of [through(repliesSince(sinceMs)), answers(sinceMs)]) {
    let after: string | null = '';
    while (after !== null) after = await renamePage(tx, walk, maisonId, who, after);
  }
}

/** After which key to go on; the same one again where a text was written anew while it was read. */
async function renamePage(
  tx: Tx,
  walk: Walk,
  maisonId: MaisonId,
  who: Renamed,
  after: string,
): Promise<string | null> {
  const { told, next } = await walk(tx, maisonId, who.from, after);
  const records = await keptRecords(
    tx,
    maisonId,
    who.from,
    told.map(({ text }) => text),
  );
  let isWhole = true;
  for (const { text, write } of told) {
    const renamed = renamedText(text, who, records);
    if (renamed !== text && !(await write(renamed))) isWhole = false;
  }
  return isWhole ? next : after;
}

/** What tells of an order names it. */
export const ofAnOrder = z.object({ orderId: z.string() });

/** For each signed record in these texts that names an advisor, the one that is kept of its order now. */
async function keptRecords(
  tx: Tx,
  maisonId: MaisonId,
  advisorId: string,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const orders = new Map<string, string>();
  for (const [record] of texts.flatMap((text) => Array.from(text.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/gu)))) {
    const content = decodeJwt(record);
    const order = z.safeParse(ofAnOrder, content);
    if (order.success && namesAdvisor(content, advisorId)) orders.set(record, order.data.orderId);
  }
  if (orders.size === 0) return new Map();
  const rows = await tx
    .selectFrom('attributions')
    .select(['order_id', 'record'])
    .where('maison_id', '=', maisonId)
    .where('order_id', 'in', Array.from(new Set(orders.values())))
    .execute();
  const kept = new Map(rows.map(({ order_id: orderId, record }) => [orderId, record]));
  return new Map(Array.from(orders, ([record, orderId]) => [record, kept.get(orderId) ?? record] as const));
}

/** Whether what a signed record says names an advisor. */
export function namesAdvisor(content: unknown, advisorId: string): boolean {
  return JSON.stringify(content).includes(JSON.stringify(advisorId));
}

/** Text that may name somebody: by their id, or by a signed record of a sale. */
function telling(column: string, advisorId: string): RawBuilder<SqlBool> {
  const text = sql.ref(column);
  return sql<SqlBool>`(${text} like ${naming(advisorId)} or ${text} like ${'%"record":"%'})`;
}
