import { setImmediate } from 'node:timers/promises';
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { decodeJwt } from 'jose';
import * as z from 'zod/mini';
import type { EpochMs, MaisonId } from '../../protocol/index.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
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

/** What screens were told at which time of a sale's order. */
const saleOrders: Walk = async (tx, maisonId, advisorId, after) => {
  const rows = await tx
    .selectFrom('sale_steps')
    .select(['id as key', 'body as text'])
    .where('maison_id', '=', maisonId)
    .where('kind', '=', 'order')
    .where(telling('body', advisorId))
    .where('id', '>', after)
    .orderBy('id')
    .limit(rowsPerStep)
    .execute();
  return pageOf(rows, ({ key, text }, body) =>
    tx.updateTable('sale_steps').set({ body }).where('id', '=', key).where('body', '=', text),
  );
};

const houseTexts = (['oms_orders', 'oms_appointments'] as const).map(
  (table): Walk =>
    async (tx, maisonId, advisorId, after) => {
      const rows = await tx
        .selectFrom(table)
        .select(['id as key', 'body as text'])
        .where('maison_id', '=', maisonId)
        .where(telling('body', advisorId))
        .where('id', '>', after)
        .orderBy('id')
        .limit(rowsPerStep)
        .execute();
      return pageOf(rows, ({ key, text }, body) =>
        tx
          .updateTable(table)
          .set({ body })
          .where('maison_id', '=', maisonId)
          .where('id', '=', key)
          .where('body', '=', text),
      );
    },
);

const clientFacts: Walk = async (tx, maisonId, advisorId, after) => {
  const rows = await tx
    .selectFrom('oms_clients')
    .select(['id as key', 'facts as text'])
    .where('maison_id', '=', maisonId)
    .where('facts', 'like', naming(advisorId))
    .where('id', '>', after)
    .orderBy('id')
    .limit(rowsPerStep)
    .execute();
  return pageOf(rows, ({ key, text }, facts) =>
    tx
      .updateTable('oms_clients')
      .set({ facts })
      .where('maison_id', '=', maisonId)
      .where('id', '=', key)
      .where('facts', '=', text),
  );
};

const notes: Walk = async (tx, maisonId, advisorId, after) => {
  const rows = await tx
    .selectFrom('oms_notes')
    .select(['key', 'record as text'])
    .where('maison_id', '=', maisonId)
    .where('record', 'like', naming(advisorId))
    .where('key', '>', after)
    .orderBy('key')
    .limit(rowsPerStep)
    .execute();
  return pageOf(rows, ({ key, text }, record) =>
    tx
      .updateTable('oms_notes')
      .set({ record })
      .where('maison_id', '=', maisonId)
      .where('key', '=', key)
      .where('record', '=', text),
  );
};

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
  const { told } = pageOf(
    facts.map((row) => ({ ...row, key: row.session_id })),
    ({ session_id: sessionId, seq, text }, fact) =>
      tx
        .updateTable('session_events')
        .set({ fact })
        .where('session_id', '=', sessionId)
        .where('seq', '=', seq)
        .where('fact', '=', text),
  );
  return { told, next: last.id };
};

/** What the embedded OMS answers again. */
const replies =
  (sinceMs: EpochMs): Walk =>
  async (tx, maisonId, advisorId, after) => {
    const rows = await tx
      .selectFrom('oms_replies')
      .select(['key', 'reply as text'])
      .where('maison_id', '=', maisonId)
      .where('at_ms', '>=', sinceMs)
      .where(telling('reply', advisorId))
      .where('key', '>', after)
      .orderBy('key')
      .limit(rowsPerStep)
      .execute();
    return pageOf(rows, ({ key, text }, reply) =>
      tx
        .updateTable('oms_replies')
        .set({ reply })
        .where('maison_id', '=', maisonId)
        .where('key', '=', key)
        .where('reply', '=', text),
    );
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
    const { told } = pageOf(rows, ({ key, text }, answer) =>
      tx
        .updateTable('command_answers')
        .set({ answer })
        .where('device_id', '=', device.id)
        .where('command_id', '=', key)
        .where('answer', '=', text),
    );
    return { told, next: device.id };
  };

/**
 * Renames an advisor in everything that tells of them in text, some rows at a time: each step is a short transaction, and others have
 * their turn between two. Records of sales are replaced by those that are kept now. It may be broken off and begun anew.
 */
export async function renameToldTexts(database: Database, maisonId: MaisonId, who: Renamed): Promise<void> {
  const walks = [saleOrders, ...houseTexts, clientFacts, notes, visits, replies(0), answers(0)];
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
  for (const walk of [replies(sinceMs), answers(sinceMs)]) {
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

const ofAnOrder = z.object({ orderId: z.string() });

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

function pageOf<Row extends { readonly key: string; readonly text: string }>(
  rows: readonly Row[],
  update: (row: Row, text: string) => { executeTakeFirst: () => Promise<{ numUpdatedRows: bigint }> },
): Page {
  return {
    told: rows.map((row) => ({
      text: row.text,
      write: async (text) => (await update(row, text).executeTakeFirst()).numUpdatedRows > 0n,
    })),
    next: rows.length < rowsPerStep ? null : (rows.at(-1)?.key ?? null),
  };
}

/** Text that may name somebody: by their id, or by a signed record of a sale. */
function telling(column: string, advisorId: string) {
  return <Table extends keyof Tables>(where: ExpressionBuilder<Tables, Table>): Expression<SqlBool> =>
    where.or(
      [naming(advisorId), '%"record":"%'].map((text) => sql<SqlBool>`${sql.ref(column)} like ${text}`),
    );
}
