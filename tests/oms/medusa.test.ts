import process from 'node:process';
import * as z from 'zod/mini';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/core/clock.ts';
import { newId, systemRandom } from '../../server/core/random.ts';
import type { Fetch } from '../../server/oms/http-caller.ts';
import { HintFeed } from '../../server/oms/hint-feed.ts';
import { IdMapping } from '../../server/oms/id-mapping.ts';
import { MedusaConnector } from '../../server/oms/medusa/medusa-connector.ts';
import type { HouseUnderTest } from '../../protocol/connector/index.ts';
import { itConforms } from '../server/support/conformance.ts';

/** What `npm run test:oms` has planted in a running Medusa. */
const Seeded = z.object({
  url: z.string(),
  apiKey: z.string(),
  locations: z.tuple([z.string(), z.string()]),
  sku: z.string(),
  itemId: z.string(),
  customerId: z.string(),
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
  const location = (store: string) => seeded.locations[store === storeId ? 0 : 1];

  beforeAll(() => {
    seeded = z.parse(Seeded, JSON.parse(process.env['VITRINE_TEST_MEDUSA'] ?? ''));
    const names = new IdMapping({
      stores: { [storeId]: seeded.locations[0], [otherStoreId]: seeded.locations[1] },
      skus: { [sku]: seeded.sku },
    });
    connect = (via) =>
      new MedusaConnector(
        { baseUrl: seeded.url, apiKey: seeded.apiKey, names, feed },
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
    'drafts an order',
    'changes a draft',
    'takes the pieces of a placed',
    'lets an order',
    'remembers who served',
    'books an advisor',
    'asks another boutique',
    'tells what it knows',
    'forgets a client',
    'writes a note', // nothing in Medusa ends by itself, or tells notes back
    'tells no note',
    'forgets every note',
  ];
  itConforms(() => house, unasked);

  it('lets go of holds that have run out when it reads everything, and of nothing else', async () => {
    await house.setOnHand(storeId, sku, 3);
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
    await connector.levels();
    await house.setOnHand(storeId, sku, 1);
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
});
