import * as z from 'zod/mini';
import type { MaisonId, Sku } from '../../../protocol/index.ts';
import {
  OmsOrder,
  type AttributeOutcome,
  type DraftOutcome,
  type OmsId,
  type OrderAttribution,
  type OrderDraft,
  type OrderLine,
  type OrderPlacement,
  type OrderUpdate,
  type PlaceOutcome,
  type UpdateOutcome,
} from '../../../protocol/connector/index.ts';
import type { Tx } from '../../persistence/database.ts';
import { isAttributedSo } from '../house-orders.ts';
import { knowsClient } from './embedded-clients.ts';
import { endHold } from './embedded-holds.ts';
import { levelOf, movePieces } from './embedded-shelf.ts';

/** Thrown inside the placing transaction, so that nothing of the order is taken. */
export class NoneFree extends Error {
  readonly sku: Sku;

  constructor(sku: Sku) {
    super(`nothing of ${sku} is free`);
    this.sku = sku;
  }
}

/** Writes a draft down. It promises nothing. */
export async function draftOrder(
  tx: Tx,
  maisonId: MaisonId,
  { storeId, clientId, lines }: OrderDraft,
  id: OmsId,
): Promise<DraftOutcome> {
  if (clientId !== null && !(await knowsClient(tx, maisonId, clientId))) return { kind: 'unknown-client' };
  const unknown = await unknownSku(tx, maisonId, storeId, lines);
  if (unknown !== null) return { kind: 'unknown-sku', sku: unknown };
  const order: OmsOrder = { id, storeId, clientId, state: 'draft', revision: 1, lines, attribution: null };
  await tx
    .insertInto('oms_orders')
    .values({ maison_id: maisonId, id, revision: order.revision, body: JSON.stringify(order) })
    .execute();
  return { kind: 'drafted', order };
}

export async function updateOrder(
  tx: Tx,
  maisonId: MaisonId,
  { orderId, revision, lines }: OrderUpdate,
): Promise<UpdateOutcome> {
  const order = await readOrder(tx, maisonId, orderId);
  if (!order) return { kind: 'unknown-order' };
  if (order.state === 'placed' || order.revision !== revision) return { kind: 'moved-on', order };
  const unknown = await unknownSku(tx, maisonId, order.storeId, lines);
  if (unknown !== null) return { kind: 'unknown-sku', sku: unknown };
  return { kind: 'updated', order: await writeOrder(tx, maisonId, { ...order, lines }) };
}

/**
 * Takes the pieces of an order, whole or not at all. A line's hold, where it still lives, is what it takes first.
 *
 * @throws {NoneFree} the transaction is to be given up
 */
export async function placeOrder(
  tx: Tx,
  maisonId: MaisonId,
  { orderId, revision }: OrderPlacement,
): Promise<PlaceOutcome> {
  const order = await readOrder(tx, maisonId, orderId);
  if (!order) return { kind: 'unknown-order' };
  // The same placement again: the first answer may have been lost.
  if (order.state === 'placed' && order.revision === revision + 1) return { kind: 'placed', order };
  if (order.state === 'placed' || order.revision !== revision) return { kind: 'moved-on', order };
  for (const line of order.lines) {
    const held = await handOverHeld(tx, maisonId, order, line);
    const quantity = line.quantity - held;
    if (quantity === 0) continue;
    const { sku } = line;
    const left = await movePieces(tx, maisonId, 'sell', { storeId: order.storeId, sku, quantity });
    if (!left) throw new NoneFree(sku);
  }
  return { kind: 'placed', order: await writeOrder(tx, maisonId, { ...order, state: 'placed' }) };
}

/** How many pieces of the line were held for it. */
async function handOverHeld(tx: Tx, maisonId: MaisonId, order: OmsOrder, line: OrderLine): Promise<number> {
  if (line.holdId === null) return 0;
  const row = await tx
    .selectFrom('oms_holds')
    .select('id')
    .where('id', '=', line.holdId)
    .where('maison_id', '=', maisonId)
    .where('store_id', '=', order.storeId)
    .where('sku', '=', line.sku)
    .executeTakeFirst();
  return row && (await endHold(tx, maisonId, row.id, 'committed')) ? 1 : 0;
}

export async function attributeOrder(
  tx: Tx,
  maisonId: MaisonId,
  { orderId, attribution }: OrderAttribution,
): Promise<AttributeOutcome> {
  const order = await readOrder(tx, maisonId, orderId);
  if (!order) return { kind: 'unknown-order' };
  if (isAttributedSo(order.attribution, attribution)) return { kind: 'attributed', order };
  return { kind: 'attributed', order: await writeOrder(tx, maisonId, { ...order, attribution }) };
}

async function unknownSku(tx: Tx, maisonId: MaisonId, storeId: string, lines: readonly OrderLine[]) {
  for (const { sku } of lines) if (!(await levelOf(tx, maisonId, storeId, sku))) return sku;
  return null;
}

async function readOrder(tx: Tx, maisonId: MaisonId, id: OmsId): Promise<OmsOrder | null> {
  const row = await tx
    .selectFrom('oms_orders')
    .select('body')
    .where('maison_id', '=', maisonId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? z.parse(OmsOrder, JSON.parse(row.body)) : null;
}

async function writeOrder(tx: Tx, maisonId: MaisonId, changed: OmsOrder): Promise<OmsOrder> {
  const order = { ...changed, revision: changed.revision + 1 };
  await tx
    .updateTable('oms_orders')
    .set({ revision: order.revision, body: JSON.stringify(order) })
    .where('maison_id', '=', maisonId)
    .where('id', '=', order.id)
    .execute();
  return order;
}
