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
import { OrderAttribution, type OmsConnector, type OmsOrder } from '../../protocol/connector/index.ts';
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
import type { AttributionDesk } from './attribution-desk.ts';
import { clientOfSale } from './client-of-sale.ts';
import type { SaleReader } from './sale-reader.ts';
import { notOffered, type SaleStepRow, type SaleSteps } from './sale-steps.ts';
import { bodyOf, OrderBody } from './step-bodies.ts';

const subject = 'order.attribute';
const keptMs = 30 * 24 * 3_600_000;

interface OrderDeps {
  readonly steps: SaleSteps;
  readonly reader: SaleReader;
  readonly houses: Houses;
  readonly pieces: Pieces;
  readonly connectors: Connectors;
  readonly holds: HoldBook;
  readonly letters: LetterBox;
  readonly attribution: AttributionDesk;
  readonly audit: AuditLog;
  /** Has the house's levels of these pieces read again. */
  readonly readAgain: (maisonId: MaisonId, storeId: string, sku: string) => void;
}

/** Orders in the house's own system: drafted beside the client, placed by who closes, attributed line by line. The till takes the payment. */
export class Orders {
  readonly #deps: OrderDeps;

  constructor(deps: OrderDeps) {
    this.#deps = deps;
    // Whoever was credited is told to the house however long it is away.
    deps.letters.carry('out', subject, async (maisonId, body) => {
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
    const row = await steps.database.transact(async (tx) => {
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
      if (open) return open;
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
    if (row.state === 'placed') return done({ order: reader.order(row) });
    const written = await this.#write(connector, row, sold.value);
    if (!written.ok) return written;
    const moved = await steps.move(steps.database.db, row, ['asking', 'draft'], {
      state: 'draft',
      body: JSON.stringify({
        omsId: written.value.id,
        revision: written.value.revision,
        lines: sold.value,
        record: null,
      }),
    });
    if (!moved) return refuse('conflict', 'The order was placed meanwhile.');
    steps.tell(moved);
    return done({ order: reader.order(moved) });
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
    const row = await steps.find(device, 'order', orderId);
    if (row?.session_id !== sessionId) return refuse('not-found', 'There is no such order in this visit.');
    if (row.state === 'placed') return done({ order: reader.order(row) });
    const body = bodyOf(OrderBody, row);
    if (row.state !== 'draft' || body.omsId === null || body.revision !== revision)
      return refuse('conflict', 'The order has changed. Read it again.');
    const closer = closedBy ?? asker.value.advisorId;
    const colleagues = await houses.advisors(maisonId, row.store_id);
    if (!colleagues.some(({ id }) => id === closer))
      return refuse('not-found', 'There is no such advisor in this boutique.');
    const record = await attribution.recordOf(maisonId, {
      orderId: body.omsId,
      sessionId,
      channel: 'boutique',
      storeId: row.store_id,
      closedBy: [closer],
      agreedAssistingPercent,
      closedAtMs: steps.clock.nowMs(),
      lines: body.lines,
    });
    if (!record.ok) return record;
    const { connector } = connectors.of(maisonId);
    const { omsId } = body;
    const placed = await askHouse(() => connector.placeOrder({ orderId: omsId, revision }));
    if (!placed.ok) return placed;
    switch (placed.value.kind) {
      case 'placed':
        break;
      case 'none-free':
        return refuse('out-of-stock', `Nothing of ${placed.value.sku} is free in the house’s books.`);
      case 'moved-on':
      case 'unknown-order':
        return refuse('conflict', 'The house has changed the order meanwhile. Prepare it again.');
    }
    const signed = await attribution.sign(record.value);
    const { revision: placedRevision } = placed.value.order;
    const moved = await steps.database.transact(async (tx) => {
      const now = await steps.move(tx, row, ['draft'], {
        state: 'placed',
        body: JSON.stringify({ ...body, revision: placedRevision, record: signed }),
      });
      if (!now) return undefined;
      await attribution.keep(tx, record.value, signed);
      await this.#deps.letters.post(tx, {
        maisonId,
        direction: 'out',
        subject,
        body: { orderId: omsId, attribution: { advisorId: closer, sessionId, record: signed } },
      });
      await this.#deps.audit.note(tx, {
        maisonId,
        storeId: row.store_id,
        actor: { kind: 'advisor', id: closer },
        action: 'sale.order-placed',
        subject: row.id,
      });
      return now;
    });
    this.#deps.letters.wake();
    await this.#settleHolds(row, body.lines);
    steps.tell(row);
    const now = moved ?? (await steps.find(device, 'order', orderId)) ?? row;
    return done({ order: reader.order(now) });
  }

  /** The draft in the house's system, by its own outcome. */
  async #write(
    connector: OmsConnector,
    row: SaleStepRow,
    sold: readonly SoldLine[],
  ): Promise<Answer<OmsOrder>> {
    const { steps } = this.#deps;
    const before = bodyOf(OrderBody, row);
    const holds = await this.#holdsOf(row);
    const lines = sold.map(({ sku, quantity }) => ({
      sku,
      quantity,
      holdId: holds.find((hold) => hold.sku === sku && hold.native === 'held')?.oms_hold_id ?? null,
    }));
    if (before.omsId !== null) {
      const { omsId: orderId, revision } = before;
      const updated = await askHouse(() => connector.updateOrder({ orderId, revision, lines }));
      if (!updated.ok) return updated;
      switch (updated.value.kind) {
        case 'updated':
          return done(updated.value.order);
        case 'unknown-sku':
          return refuse('unknown-sku', `The house does not count ${updated.value.sku} here.`);
        case 'moved-on': {
          const { order } = updated.value;
          // Somebody changed it there: our lines are written over theirs, by the revision that is theirs.
          if (order.state === 'placed')
            return refuse('conflict', 'The house has placed this order meanwhile.');
          const again = await askHouse(() =>
            connector.updateOrder({ orderId, revision: order.revision, lines }),
          );
          if (!again.ok) return again;
          return again.value.kind === 'updated'
            ? done(again.value.order)
            : refuse('conflict', 'The house is changing this order. Try again.');
        }
        case 'unknown-order':
          return refuse('conflict', 'The house has forgotten this order.');
      }
    }
    const clientId = await clientOfSale(steps.database.db, row.session_id, 'after-sale', steps.clock.nowMs());
    const drafted = await askHouse(() =>
      connector.draftOrder({ key: row.id, storeId: row.store_id, clientId, lines }),
    );
    if (!drafted.ok) return drafted;
    switch (drafted.value.kind) {
      case 'drafted': {
        // So that an order which closes elsewhere finds back to the visit.
        const attribution = { advisorId: row.advisor_id, sessionId: row.session_id };
        const { id: orderId } = drafted.value.order;
        const attributed = await askHouse(() => connector.attributeOrder({ orderId, attribution }));
        if (!attributed.ok) return attributed;
        return done(attributed.value.kind === 'attributed' ? attributed.value.order : drafted.value.order);
      }
      case 'unknown-sku':
        return refuse('unknown-sku', `The house does not count ${drafted.value.sku} here.`);
      case 'unknown-client':
        return refuse('client-unknown', 'The house does not know this client any more.');
    }
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
      .execute();
  }

  /** One hold for each piece that was sold; the OMS has taken its own with the order. */
  async #settleHolds(row: SaleStepRow, lines: readonly SoldLine[]): Promise<void> {
    const holds = await this.#holdsOf(row);
    const used = lines.flatMap(({ sku, quantity }) =>
      holds.filter((hold) => hold.sku === sku).slice(0, quantity),
    );
    await this.#deps.holds.settle(
      row.store_id,
      used.map(({ id }) => id),
      'ordered',
    );
    for (const { sku } of lines) this.#deps.readAgain(row.maison_id, row.store_id, sku);
  }
}
