import * as z from 'zod/mini';
import type {
  Answer,
  CommandId,
  CommandPayload,
  MaisonId,
  SaleLines,
  SaleOrder,
  SessionId,
  SoldLine,
} from '../../protocol/index.ts';
import { OrderAttribution, type OmsConnector, type OmsId } from '../../protocol/connector/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Device } from '../devices/device-registry.ts';
import type { HoldBook } from '../holds/hold-book.ts';
import type { HoldRow } from '../holds/hold-rows.ts';
import type { Houses } from '../houses/houses.ts';
import type { Pieces } from '../houses/pieces.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import { askHouse } from './ask-house.ts';
import { attributeSubject } from './attribute-letter.ts';
import type { AttributionDesk } from './attribution-desk.ts';
import { writeDraft } from './house-draft.ts';
import type { KeptWhileAsked } from './kept-while-asked.ts';
import { samePieces, takenHolds } from './order-lines.ts';
import type { SaleReader } from './sale-reader.ts';
import { notOffered, type SaleStepRow, type SaleSteps } from './sale-steps.ts';
import { bodyOf, OrderBody } from './step-bodies.ts';

const keptMs = 30 * 24 * 3_600_000;

interface OrderDeps {
  readonly steps: SaleSteps;
  readonly reader: SaleReader;
  readonly houses: Houses;
  readonly pieces: Pieces;
  readonly connectors: Connectors;
  readonly holds: HoldBook;
  readonly kept: KeptWhileAsked;
  readonly letters: LetterBox;
  readonly attribution: AttributionDesk;
  readonly audit: AuditLog;
  /** Reads the house's level of a piece again; whether that went well. */
  readonly readAgain: (maisonId: MaisonId, storeId: string, sku: string) => Promise<boolean>;
}

/** Orders in the house's own system: drafted beside the client, placed by who closes, attributed line by line. The till takes the payment. */
export class Orders {
  readonly #deps: OrderDeps;

  constructor(deps: OrderDeps) {
    this.#deps = deps;
    // Whoever was credited is told to the house however long it is away.
    deps.letters.carry('out', attributeSubject, async (maisonId, body) => {
      const { connector } = deps.connectors.of(maisonId);
      await connector.attributeOrder(z.parse(OrderAttribution, body));
    });
  }

  /** Writes the visit's draft, or writes it anew with these lines. */
  async prepare(
    device: Device,
    commandId: CommandId,
    sessionId: SessionId,
    lines: SaleLines,
  ): Promise<Answer<{ order: SaleOrder }>> {
    const { steps, reader, connectors } = this.#deps;
    const asker = await steps.asker(device, sessionId);
    if (!asker.ok) return asker;
    const { maisonId } = device;
    const { connector } = connectors.of(maisonId);
    if (!connector.capabilities.has('orders')) return notOffered('orders');
    const sold = await this.#priced(maisonId, lines);
    if (!sold.ok) return sold;
    const { session, advisorId } = asker.value;
    const begun = await steps.database.transact(async (tx) => {
      // The visit's one draft: two prepared at once would be two orders.
      await tx
        .updateTable('sessions')
        .set((eb) => ({ head_seq: eb.ref('head_seq') }))
        .where('id', '=', sessionId)
        .execute();
      const open = await tx
        .selectFrom('sale_steps')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('kind', '=', 'order')
        .where('state', 'in', ['asking', 'draft'])
        .executeTakeFirst();
      if (open) return done(open);
      return await steps.begin(tx, device, commandId, {
        kind: 'order',
        state: 'asking',
        storeId: session.store_id,
        sessionId,
        advisorId,
        body: { omsId: null, revision: 0, lines: sold.value, record: null },
        untilMs: steps.clock.nowMs() + keptMs,
      });
    });
    if (!begun.ok) return begun;
    const row = begun.value;
    if (row.state === 'placed') return done({ order: reader.order(row) });
    const moved = await this.#draft(connector, row, sold.value);
    if (!moved.ok) return moved;
    steps.tell(moved.value);
    return done({ order: reader.order(moved.value) });
  }

  /** Has these lines in the house's draft and in ours. `toldRevision`: what screens know of it, where they are not told. */
  async #draft(
    connector: OmsConnector,
    row: SaleStepRow,
    lines: readonly SoldLine[],
    toldRevision: number | null = null,
  ): Promise<Answer<SaleStepRow>> {
    const { steps } = this.#deps;
    const holds = await this.#holdsOf(row);
    const written = await writeDraft({ steps, connector, row, sold: lines, holds });
    if (!written.ok) return written;
    const { order, holdIds } = written.value;
    const moved = await steps.move(steps.database.db, row, ['asking', 'draft'], {
      state: 'draft',
      body: JSON.stringify({
        omsId: order.id,
        revision: order.revision,
        lines,
        holdIds,
        toldRevision,
        record: null,
      }),
    });
    return moved ? done(moved) : refuse('conflict', 'The order was placed meanwhile.');
  }

  /** Places the draft: the pieces leave the house's stock, the holds have done their work, and the record is signed. */
  async place(
    device: Device,
    { sessionId, orderId, revision, closedBy, agreedAssistingPercent }: CommandPayload<'order.place'>,
  ): Promise<Answer<{ order: SaleOrder }>> {
    const { steps, reader, houses, connectors, attribution } = this.#deps;
    const asker = await steps.asker(device, sessionId);
    if (!asker.ok) return asker;
    const { maisonId } = device;
    const found = await steps.find(device, 'order', orderId);
    if (found?.session_id !== sessionId) return refuse('not-found', 'There is no such order in this visit.');
    if (found.state === 'placed') return done({ order: reader.order(found) });
    const told = bodyOf(OrderBody, found);
    if (
      found.state !== 'draft' ||
      told.omsId === null ||
      (told.revision !== revision && told.toldRevision !== revision)
    )
      return refuse('conflict', 'The order has changed. Read it again.');
    const { connector } = connectors.of(maisonId);
    const current = await this.#withLateHolds(connector, found, revision);
    if (!current.ok) return current;
    const row = current.value;
    const body = bodyOf(OrderBody, row);
    const omsId = body.omsId ?? told.omsId;
    const closer = closedBy ?? asker.value.advisorId;
    const colleagues = await houses.advisors(maisonId, row.store_id);
    if (!colleagues.some(({ id }) => id === closer))
      return refuse('not-found', 'There is no such advisor in this boutique.');
    const record = await attribution.recordOf(maisonId, {
      orderId: omsId,
      sessionId,
      channel: 'boutique',
      storeId: row.store_id,
      closedBy: [closer],
      agreedAssistingPercent,
      closedAtMs: steps.clock.nowMs(),
      lines: body.lines,
    });
    if (!record.ok) return record;
    const keeper = { maisonId, storeId: row.store_id, sessionId, deviceId: device.id, takesOwn: true };
    const kept = await this.#deps.kept.take(keeper, body.lines);
    if (!kept.ok) return kept;
    const placed = await askHouse(() => connector.placeOrder({ orderId: omsId, revision: body.revision }));
    // Whether a house that did not answer has placed it is not known: what was taken for it runs out by itself.
    if (!placed.ok) return placed;
    const isPlaced =
      placed.value.kind === 'placed' ||
      (placed.value.kind === 'moved-on' &&
        placed.value.order.state === 'placed' &&
        samePieces(placed.value.order.lines, body.lines));
    if (!isPlaced) await this.#deps.kept.giveBack(row.store_id, kept.value);
    switch (placed.value.kind) {
      case 'placed':
        break;
      case 'none-free':
        return refuse('out-of-stock', `Nothing of ${placed.value.sku} is free in the house’s books.`);
      case 'moved-on':
        // The house has placed it before, and its answer was lost.
        if (isPlaced) break;
        return refuse('conflict', 'The house has changed the order meanwhile. Prepare it again.');
      case 'unknown-order':
        return refuse('conflict', 'The house has changed the order meanwhile. Prepare it again.');
    }
    const signed = await attribution.sign(record.value);
    const { revision: placedRevision } = placed.value.order;
    const moved = await steps.database.transact(async (tx) => {
      // Locked first, so that of two who place it one keeps the record.
      if (!(await steps.move(tx, row, ['draft'], { state: 'placed' }))) return undefined;
      const keptRecord = await attribution.keep(tx, record.value, signed);
      const now = await steps.move(tx, row, ['placed'], {
        body: JSON.stringify({ ...body, revision: placedRevision, record: keptRecord }),
      });
      await this.#deps.letters.post(tx, {
        maisonId,
        direction: 'out',
        subject: attributeSubject,
        body: { orderId: omsId, attribution: { advisorId: closer, sessionId, record: keptRecord } },
      });
      await this.#deps.audit.note(tx, {
        maisonId,
        storeId: row.store_id,
        actor: { kind: 'advisor', id: asker.value.advisorId },
        action: 'sale.order-placed',
        subject: row.id,
        ...(closer !== asker.value.advisorId && { reason: `closed by ${closer}` }),
      });
      return now;
    });
    this.#deps.letters.wake();
    await this.#settleHolds(row, body);
    steps.tell(row);
    const now = moved ?? (await steps.find(device, 'order', orderId)) ?? row;
    return done({ order: reader.order(now) });
  }

  /** What was held for the client since the draft was written is taken by the order too, or its piece would be missed twice. */
  async #withLateHolds(
    connector: OmsConnector,
    row: SaleStepRow,
    toldRevision: number,
  ): Promise<Answer<SaleStepRow>> {
    const { lines, holdIds } = bodyOf(OrderBody, row);
    const late = takenHolds(lines, await this.#holdsOf(row)).some((id) => !holdIds.includes(id));
    if (!late) return done(row);
    const drafted = await this.#draft(connector, row, lines, toldRevision);
    // The house may have placed it already, and the first answer was lost: whether it has, it says when it is asked to place it.
    return !drafted.ok && drafted.error.code === 'conflict' ? done(row) : drafted;
  }

  async #priced(maisonId: MaisonId, lines: SaleLines): Promise<Answer<SoldLine[]>> {
    const sold: SoldLine[] = [];
    for (const { sku, quantity } of lines) {
      const price = this.#deps.pieces.priceOf(maisonId, sku);
      if (!price) return refuse('unknown-sku', `${maisonId} has no price for ${sku}.`);
      sold.push({ sku, quantity, amountMinor: price.amountMinor * quantity, currency: price.currency });
    }
    return done(sold);
  }

  async #holdsOf({ session_id: sessionId, store_id: storeId }: SaleStepRow): Promise<HoldRow[]> {
    return await this.#deps.steps.database.db
      .selectFrom('holds')
      .selectAll()
      .where('session_id', '=', sessionId)
      .where('store_id', '=', storeId)
      .where('state', '=', 'active')
      .orderBy('created_at_ms')
      .orderBy('id')
      .execute();
  }

  /**
   * One hold for each piece that was sold: of the OMS's own those that it has taken with the order, and of ours as many as are left. One of
   * ours ends when the level has been read that lost its piece: before, the piece would look free. If it cannot be read, the hold runs out.
   */
  async #settleHolds(
    row: SaleStepRow,
    { lines, holdIds }: { readonly lines: readonly SoldLine[]; readonly holdIds: readonly OmsId[] },
  ): Promise<void> {
    const { store_id: storeId, maison_id: maisonId } = row;
    const skus = Array.from(new Set(lines.map(({ sku }) => sku)));
    const read = new Set<string>();
    await Promise.all(
      skus.map(async (sku) => {
        if (await this.#deps.readAgain(maisonId, storeId, sku)) read.add(sku);
      }),
    );
    const holds = await this.#holdsOf(row);
    const used = lines.flatMap(({ sku, quantity }) => {
      const ofPiece = holds.filter((hold) => hold.sku === sku);
      const taken = ofPiece.filter(({ oms_hold_id: id }) => id !== null && holdIds.includes(id));
      const ours = ofPiece.filter(({ native }) => native !== 'held' && read.has(sku));
      return [...taken, ...ours].slice(0, quantity);
    });
    await this.#deps.holds.settle(
      storeId,
      used.map(({ id }) => id),
      'ordered',
    );
  }
}
