import { expect, it } from 'vitest';
import type {
  AttributeOutcome,
  DraftOutcome,
  OmsOrder,
  OrderDraft,
  PlaceOutcome,
  UpdateOutcome,
} from '../../protocol/connector/index.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { HouseOrders, isAttributedSo, wantedOf } from './house-orders.ts';
import { PlatformConnector } from './platform-connector.ts';

const order: OmsOrder = {
  id: 'order-1',
  storeId: 'norde-marais',
  clientId: null,
  state: 'draft',
  revision: 1,
  lines: [],
  attribution: null,
};

/** Begins what it is asked for, and ends it only when it is told to. */
class SlowOrders extends HouseOrders {
  readonly begun: string[] = [];
  readonly #ends: (() => void)[] = [];

  protected override async drafted({ key }: OrderDraft): Promise<DraftOutcome> {
    await this.#until(`draft ${key}`);
    return { kind: 'drafted', order };
  }
  protected override async updated(): Promise<UpdateOutcome> {
    await this.#until('update');
    return { kind: 'updated', order };
  }
  protected override async placed(): Promise<PlaceOutcome> {
    return await this.taking(order.storeId, async () => {
      await this.#until('place');
      return { kind: 'placed', order };
    });
  }
  protected override async attributed(): Promise<AttributeOutcome> {
    await this.#until('attribute');
    return { kind: 'attributed', order };
  }

  async #until(what: string): Promise<void> {
    this.begun.push(what);
    await new Promise<void>((resolve) => this.#ends.push(resolve));
  }

  /** Ends the first that has begun, and lets what waits for it go on. */
  async end(): Promise<void> {
    this.#ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

class Platform extends PlatformConnector {
  readonly name = 'platform';
  readonly capabilities = new Set<never>();

  constructor(orders: HouseOrders | null) {
    const level = {
      storeId: 'norde-marais',
      sku: 'nord-39.blue',
      onHand: 2,
      promised: 0,
      inbound: 0,
      revision: 1,
    };
    super({
      clock: new ManualClock(5_000),
      stock: {
        levels: async (asOfMs) => ({ asOfMs, levels: [level] }),
        find: async (_storeId, sku) => (sku === level.sku ? { level } : null),
        items: async () => [],
      },
      orders,
    });
  }
}

const draft = (key: string): OrderDraft => ({ key, storeId: order.storeId, clientId: null, lines: [] });

it('tells a level as of when it was read, and of no piece that is not counted', async () => {
  const platform = new Platform(null);
  expect(await platform.levels()).toMatchObject({ asOfMs: 5_000 });
  expect(await platform.level('norde-marais', 'nord-39.blue')).toMatchObject({ kind: 'read', asOfMs: 5_000 });
  expect(await platform.level('norde-marais', 'other')).toEqual({ kind: 'unknown-sku' });
});

it('takes no order where the house wants none from the kit', async () => {
  const platform = new Platform(null);
  const fault = { code: 'unsupported' };
  await expect(platform.draftOrder(draft('key-1'))).rejects.toMatchObject(fault);
  await expect(platform.placeOrder({ orderId: 'order-1', revision: 1 })).rejects.toMatchObject(fault);
});

it('drafts once at a time under one key, and changes one order once at a time', async () => {
  const orders = new SlowOrders();
  const platform = new Platform(orders);
  const asked = [
    platform.draftOrder(draft('key-1')),
    platform.draftOrder(draft('key-1')),
    platform.draftOrder(draft('key-2')),
    platform.updateOrder({ orderId: 'order-1', revision: 1, lines: [] }),
    platform.placeOrder({ orderId: 'order-1', revision: 1 }),
    platform.placeOrder({ orderId: 'order-2', revision: 1 }),
  ];
  await new Promise((resolve) => setImmediate(resolve));
  expect(orders.begun).toEqual(['draft key-1', 'draft key-2', 'update', 'place']);
  await orders.end();
  expect(orders.begun).toEqual(['draft key-1', 'draft key-2', 'update', 'place', 'draft key-1']);
  await orders.end();
  await orders.end();
  // The update is over; the boutique is still taken from by the other order.
  expect(orders.begun).toHaveLength(5);
  await orders.end();
  expect(orders.begun.at(-1)).toBe('place');
  await orders.end();
  await orders.end();
  expect((await Promise.all(asked)).map(({ kind }) => kind)).toEqual([
    'drafted',
    'drafted',
    'drafted',
    'updated',
    'placed',
    'placed',
  ]);
});

it('adds up the lines of one piece, and tells one attribution from another', () => {
  const line = { sku: 'nord-39.blue', quantity: 2, holdId: null };
  expect([...wantedOf([line, { ...line, sku: 'other' }, line])]).toEqual([
    ['nord-39.blue', 4],
    ['other', 2],
  ]);
  const told = { advisorId: 'advisor-1', sessionId: 'session-1' };
  expect(isAttributedSo(told, told)).toBe(true);
  expect(isAttributedSo(null, told)).toBe(false);
  expect(isAttributedSo(told, { ...told, record: 'signed' })).toBe(false);
});
