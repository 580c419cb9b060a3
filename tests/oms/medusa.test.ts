import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import * as z from 'zod/mini';
import { beforeAll, describe, expect, it } from 'vitest';
import { maisonKeys, verifyAttribution } from '../../examples/attribution/verify-attribution.ts';
import { systemClock } from '../../server/core/clock.ts';
import { newId, systemRandom } from '../../server/core/random.ts';
import type { Fetch } from '../../server/oms/http-caller.ts';
import { HintFeed } from '../../server/oms/hint-feed.ts';
import { IdMapping } from '../../server/oms/id-mapping.ts';
import { MedusaConnector } from '../../server/oms/medusa/medusa-connector.ts';
import type { HouseUnderTest, OrderDraft } from '../../protocol/connector/index.ts';
import { itConforms } from '../server/support/conformance.ts';
import { openVisit } from '../server/support/known-visit.ts';
import { TestServer } from '../server/support/test-server.ts';
import { valueOf } from '../server/support/visit.ts';

/** What `npm run test:oms` has planted in a running Medusa. */
const Seeded = z.object({
  url: z.string(),
  apiKey: z.string(),
  locations: z.tuple([z.string(), z.string()]),
  sku: z.string(),
  itemId: z.string(),
  customerId: z.string(),
  regionId: z.string(),
  channels: z.tuple([z.string(), z.string()]),
});

const storeId = 'norde-marais';
const otherStoreId = 'norde-mayfair';
const sku = 'fjord-51.tortoise';

describe('the Medusa connector, against a running Medusa', () => {
  let seeded: z.infer<typeof Seeded>;
  let connector: MedusaConnector;
  let connect: (via: Fetch) => MedusaConnector;
  let isDown = false;
  let house: HouseUnderTest;
  const feed = new HintFeed();
  let seq = 0;

  const admin = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${seeded.url}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${seeded.apiKey}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as unknown;
  };
  const salesChannels = () => ({
    [storeId]: seeded.channels[0],
    [otherStoreId]: seeded.channels[1],
  });
  const location = (store: string) => seeded.locations[store === storeId ? 0 : 1];

  beforeAll(() => {
    seeded = z.parse(Seeded, JSON.parse(process.env['VITRINE_TEST_MEDUSA'] ?? ''));
    const names = new IdMapping({
      stores: { [storeId]: seeded.locations[0], [otherStoreId]: seeded.locations[1] },
      skus: { [sku]: seeded.sku },
    });
    connect = (via) =>
      new MedusaConnector(
        {
          baseUrl: seeded.url,
          apiKey: seeded.apiKey,
          names,
          feed,
          orders: { regionId: seeded.regionId, salesChannels: salesChannels() },
        },
        { fetch: via, clock: systemClock, random: systemRandom },
      );
    connector = connect(async (url, init) => {
      if (isDown) throw new TypeError('cut off');
      return await fetch(url, init);
    });
    house = {
      connector,
      storeId,
      otherStoreId,
      sku,
      unknownSku: 'fjord-51.nowhere',
      setOnHand: async (store, piece, onHand) => {
        const path = `/admin/inventory-items/${seeded.itemId}/location-levels/${location(store)}`;
        await admin('POST', path, { stocked_quantity: onHand });
        seq += 1;
        feed.deliver(seq, [{ storeId: store, sku: piece }]);
      },
      nowMs: () => Date.now(),
      advance: null,
      cutOff: async () => {
        isDown = true;
        return async () => void (isDown = false);
      },
      client: { card: seeded.customerId, id: seeded.customerId },
      advisorId: 'noemie-caron',
      newKey: () => newId(systemRandom),
    };
  });

  const unasked = [
    'lets go of a hold when', // its clock is the real one
    'books an advisor',
    'moves an appointment',
    'asks another boutique',
    'tells what it knows',
    'forgets a client',
    'writes a note', // nothing in Medusa ends by itself, or tells notes back
    'tells no note',
    'forgets every note',
  ];
  itConforms(() => house, unasked);

  /** So many pieces, and nothing reserved: what was ordered before has been fetched. */
  const onBareShelf = async (onHand: number) => {
    const place = new URLSearchParams({ inventory_item_id: seeded.itemId, location_id: location(storeId) });
    const { reservations } = (await admin('GET', `/admin/reservations?limit=200&${place.toString()}`)) as {
      reservations: { id: string }[];
    };
    for (const { id } of reservations) await admin('DELETE', `/admin/reservations/${id}`);
    await house.setOnHand(storeId, sku, onHand);
  };

  it('lets go of holds that have run out when it reads everything, and of nothing else', async () => {
    await onBareShelf(3);
    const nowMs = Date.now();
    const over = { key: house.newKey(), storeId, sku, expiresAtMs: nowMs - 1 };
    const living = { key: house.newKey(), storeId, sku, expiresAtMs: nowMs + 600_000 };
    await connector.hold(over);
    const held = await connector.hold(living);
    // One that the house has made itself has no end.
    const own = { inventory_item_id: seeded.itemId, location_id: location(storeId), quantity: 1 };
    const { reservation } = (await admin('POST', '/admin/reservations', own)) as {
      reservation: { id: string };
    };
    const { levels } = await connector.levels();
    const level = levels.find((one) => one.storeId === storeId && one.sku === sku);
    expect(level).toMatchObject({ onHand: 3, promised: 2 });
    await admin('DELETE', `/admin/reservations/${reservation.id}`);
    if (held.kind === 'held') await connector.releaseHold({ holdId: held.hold.id });
  });

  /** What a free reservation is asked with, past the connector: the status. */
  const rivalAsks = async () => {
    const body = { inventory_item_id: seeded.itemId, location_id: location(storeId), quantity: 1 };
    const response = await fetch(`${seeded.url}/admin/reservations`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${seeded.apiKey}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    await response.body?.cancel();
    return response.status;
  };
  const heldAlone = async () => {
    await onBareShelf(1);
    const ask = { key: house.newKey(), storeId, sku, expiresAtMs: Date.now() + 600_000 };
    const outcome = await connector.hold(ask);
    if (outcome.kind !== 'held') throw new Error(outcome.kind);
    return outcome.hold.id;
  };

  it('lets nobody else take the piece while it leaves with its client', async () => {
    const holdId = await heldAlone();
    const answers: number[] = [];
    const watched = connect(async (url, init) => {
      const response = await fetch(url, init);
      if (init.method !== 'GET') answers.push(await rivalAsks());
      return response;
    });
    expect(await watched.commitHold({ holdId })).toMatchObject({ kind: 'committed', level: { onHand: 0 } });
    // After each of its writes another buyer has asked, and was refused.
    expect(answers).toEqual([400, 400, 400]);
  });

  it('lets a piece leave once, wherever the connection breaks on the way, by the same commit again', async () => {
    for (let lasts = 0; lasts < 3; lasts += 1) {
      const holdId = await heldAlone();
      let writes = 0;
      const breaking = connect(async (url, init) => {
        const response = await fetch(url, init);
        if (init.method === 'POST' && (writes += 1) > lasts) throw new TypeError('broke');
        if (init.method === 'DELETE' && lasts === 2) throw new TypeError('broke');
        return response;
      });
      await expect(breaking.commitHold({ holdId })).rejects.toMatchObject({ code: 'unavailable' });
      await connector.commitHold({ holdId });
      expect(await connector.level(storeId, sku)).toMatchObject({ level: { onHand: 0, promised: 0 } });
    }
  });

  it('ends a commit that broke off when it reads everything', async () => {
    const holdId = await heldAlone();
    let writes = 0;
    const breaking = connect(async (url, init) => {
      if (init.method === 'POST' && (writes += 1) > 1) throw new TypeError('broke');
      return await fetch(url, init);
    });
    await expect(breaking.commitHold({ holdId })).rejects.toMatchObject({ code: 'unavailable' });
    expect(await connector.level(storeId, sku)).toMatchObject({ level: { onHand: 1, promised: 1 } });
    expect(await connector.releaseHold({ holdId })).toEqual({ kind: 'ended' });
    const { levels } = await connector.levels();
    const level = levels.find((one) => one.storeId === storeId && one.sku === sku);
    expect(level).toMatchObject({ onHand: 0, promised: 0 });
  });

  it('keeps each consent with the customer, and what lay there before', async () => {
    const record = {
      clientId: seeded.customerId,
      purpose: 'marketing',
      granted: true,
      textVersion: '3',
      locale: 'fr',
      method: 'own-phone',
      atMs: Date.now(),
    } as const;
    const keys = [house.newKey(), house.newKey()];
    await admin('POST', `/admin/customers/${seeded.customerId}`, { metadata: { vip: 'yes' } });
    await Promise.all(keys.map((key) => connector.recordConsent({ ...record, key })));
    const { customer } = (await admin('GET', `/admin/customers/${seeded.customerId}`)) as {
      customer: { metadata: Record<string, unknown> };
    };
    expect(customer.metadata['vip']).toBe('yes');
    for (const key of keys) {
      expect(customer.metadata[`vitrine_consent_${key}`]).toMatchObject({
        purpose: 'marketing',
        granted: true,
      });
    }
  });

  describe('orders', () => {
    const MedusaOrder = z.object({
      id: z.string(),
      is_draft_order: z.boolean(),
      version: z.int(),
      metadata: z.record(z.string(), z.unknown()),
      items: z.array(
        z.object({
          id: z.string(),
          quantity: z.int(),
          variant_sku: z.string(),
          metadata: z.record(z.string(), z.unknown()),
        }),
      ),
    });
    const inMedusa = async (id: string) => {
      const reply = await admin(
        'GET',
        `/admin/orders/${id}?fields=id,is_draft_order,version,metadata,*items`,
      );
      return z.parse(z.object({ order: MedusaOrder }), reply).order;
    };
    const reserved = async () => {
      const place = new URLSearchParams({ inventory_item_id: seeded.itemId, location_id: location(storeId) });
      const reply = await admin('GET', `/admin/reservations?limit=200&${place.toString()}`);
      const Rows = z.object({ reservations: z.array(z.object({ line_item_id: z.nullable(z.string()) })) });
      return z.parse(Rows, reply).reservations.map(({ line_item_id: item }) => item);
    };
    const inChannel = async () => {
      const query = `sales_channel_id[]=${seeded.channels[0]}&fields=id`;
      const Count = z.object({ count: z.int() });
      const kinds = ['draft-orders', 'orders'].map((kind) => admin('GET', `/admin/${kind}?${query}`));
      return (await Promise.all(kinds)).map((reply) => z.parse(Count, reply).count);
    };
    const draftOf = (holdId: string | null = null): OrderDraft => ({
      key: house.newKey(),
      storeId,
      clientId: null,
      lines: [{ sku, quantity: 1, holdId }],
    });
    const drafted = async (draft = draftOf()) => {
      const outcome = await connector.draftOrder(draft);
      if (outcome.kind !== 'drafted') throw new Error(outcome.kind);
      return outcome.order;
    };

    it('go from the advisor’s tablet to Medusa, with the last piece that was held and a record of who is credited', async () => {
      await onBareShelf(1);
      const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-medusa-'));
      const norde = {
        kind: 'medusa',
        baseUrl: seeded.url,
        apiKey: seeded.apiKey,
        stores: { [storeId]: seeded.locations[0], [otherStoreId]: seeded.locations[1] },
        skus: { [sku]: seeded.sku },
        orders: { regionId: seeded.regionId, salesChannels: salesChannels() },
      };
      const configured = { schemaVersion: 1, maisons: { norde } };
      await writeFile(join(dataDir, 'connectors.json'), JSON.stringify(configured), { mode: 0o600 });
      const before = await inChannel();
      const server = await TestServer.start({ dataDir });
      try {
        const { tablet, sessionId } = await openVisit(server);
        // The server reads Medusa's levels while it starts.
        const held = async () => (await tablet.command('hold.place', { sessionId, sku })).ok;
        await expect.poll(held, { timeout: 20_000 }).toBe(true);
        const prepare = { sessionId, lines: [{ sku, quantity: 1 }] };
        const { order } = valueOf(await tablet.command('order.prepare', prepare));
        const draft = await inMedusa(order.orderId ?? '');
        expect(draft).toMatchObject({
          is_draft_order: true,
          metadata: { vitrine_store: storeId, vitrine_attribution: { advisorId: 'noemie-caron', sessionId } },
          items: [
            {
              variant_sku: seeded.sku,
              quantity: 1,
              metadata: { vitrine_hold: expect.stringMatching(/^resitem_/) },
            },
          ],
        });
        // The client's hold keeps the piece, and the draft promises nothing beside it.
        expect(await reserved()).toEqual([null]);
        const placing = {
          sessionId,
          orderId: order.id,
          revision: order.revision,
          closedBy: 'theo-vasseur',
          agreedAssistingPercent: null,
        };
        for (const answer of [
          await tablet.command('order.place', placing),
          await tablet.command('order.place', placing),
        ])
          expect(valueOf(answer).order).toMatchObject({ state: 'placed', orderId: draft.id });
        await expect
          .poll(async () => (await inMedusa(draft.id)).metadata['vitrine_attribution'])
          .toHaveProperty('record');
        const placed = await inMedusa(draft.id);
        expect(placed.is_draft_order).toBe(false);
        // The reservation is the order's own now: whoever hands the piece over in Medusa takes it off the shelf.
        expect(await reserved()).toEqual([placed.items[0]?.id]);
        const [drafts = 0, orders = 0] = before;
        expect(await inChannel()).toEqual([drafts, orders + 1]);
        const { record } = z.parse(z.object({ record: z.string() }), placed.metadata['vitrine_attribution']);
        const keys = maisonKeys(server.url, 'norde');
        expect(await verifyAttribution(record, 'norde', keys)).toMatchObject({
          orderId: placed.id,
          sessionId,
          assistedBy: [{ advisorId: 'noemie-caron' }],
          closedBy: [{ advisorId: 'theo-vasseur' }],
          lines: [{ sku, quantity: 1 }],
        });
        await expect(verifyAttribution(record, 'aurelle', keys)).rejects.toThrow('This order is of norde.');
      } finally {
        await server.stop();
        await rm(dataDir, { recursive: true, force: true });
      }
    });

    it('are drafted once, wherever the connection breaks on the way, and by two nodes at once', async () => {
      await onBareShelf(0);
      const [before = 0] = await inChannel();
      for (let lasts = 0; lasts < 5; lasts += 1) {
        let writes = 0;
        const breaking = connect(async (url, init) => {
          const response = await fetch(url, init);
          if (init.method === 'POST' && (writes += 1) > lasts) throw new TypeError('broke');
          return response;
        });
        const draft = draftOf();
        await breaking.draftOrder(draft).catch(() => null);
        const nodes = [connect(fetch), connect(fetch)];
        const order = await drafted(draft);
        const again = await Promise.all(nodes.map((node) => node.draftOrder(draft)));
        for (const outcome of again) expect(outcome).toEqual({ kind: 'drafted', order });
        expect(order).toMatchObject({ storeId, state: 'draft', lines: draft.lines });
      }
      expect((await inChannel())[0]).toBe(before + 5);
      const draft = draftOf();
      await Promise.allSettled([connect(fetch), connect(fetch)].map((node) => node.draftOrder(draft)));
      await drafted(draft);
      expect((await inChannel())[0]).toBe(before + 6);
    });

    it('are placed once, and their holds let go, wherever the connection breaks on the way', async () => {
      for (const shelf of [1, 3]) {
        for (let lasts = 0; lasts < 3; lasts += 1) {
          await onBareShelf(shelf);
          const hold = await connector.hold({
            key: house.newKey(),
            storeId,
            sku,
            expiresAtMs: Date.now() + 600_000,
          });
          if (hold.kind !== 'held') throw new Error(hold.kind);
          const { id: orderId, revision } = await drafted(draftOf(hold.hold.id));
          let writes = 0;
          const breaking = connect(async (url, init) => {
            const response = await fetch(url, init);
            if (init.method !== 'GET' && (writes += 1) > lasts) throw new TypeError('broke');
            return response;
          });
          await breaking.placeOrder({ orderId, revision }).catch(() => null);
          const placed = await connector.placeOrder({ orderId, revision });
          expect(placed).toMatchObject({ kind: 'placed', order: { id: orderId, state: 'placed' } });
          expect(await reserved()).toEqual([(await inMedusa(orderId)).items[0]?.id]);
        }
      }
    });

    it('have the lines that staff gave them in Medusa, and are then not placed unseen', async () => {
      await onBareShelf(3);
      const { id: orderId, revision } = await drafted();
      const edit = `/admin/draft-orders/${orderId}/edit`;
      const [item] = (await inMedusa(orderId)).items;
      await admin('POST', edit, {});
      await admin('POST', `${edit}/items/item/${item?.id}`, { quantity: 2 });
      await admin('POST', `${edit}/confirm`, {});
      const late = await connector.placeOrder({ orderId, revision });
      expect(late).toMatchObject({
        kind: 'moved-on',
        order: { state: 'draft', lines: [{ sku, quantity: 2 }] },
      });
      expect(await reserved()).toEqual([]);
      const seen = late.kind === 'moved-on' ? late.order.revision : 0;
      expect(await connector.placeOrder({ orderId, revision: seen })).toMatchObject({ kind: 'placed' });
    });

    it('of the kit are its own alone, and of clients whom the house knows', async () => {
      const own = { region_id: seeded.regionId, sales_channel_id: seeded.channels[0] };
      const { draft_order: theirs } = (await admin('POST', '/admin/draft-orders', own)) as {
        draft_order: { id: string };
      };
      const placement = { orderId: theirs.id, revision: 1 };
      expect(await connector.placeOrder(placement)).toEqual({ kind: 'unknown-order' });
      await admin('DELETE', `/admin/draft-orders/${theirs.id}`);
      const unknown = { ...draftOf(), clientId: 'cus_00000000000000000000000000' };
      expect(await connector.draftOrder(unknown)).toEqual({ kind: 'unknown-client' });
      const { clientId } = await drafted({ ...draftOf(), clientId: seeded.customerId });
      expect(clientId).toBe(seeded.customerId);
    });
  });
});
