import process from 'node:process';
import * as z from 'zod/mini';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HouseUnderTest } from '../../protocol/connector/index.ts';
import { systemClock } from '../../server/core/clock.ts';
import { newId, systemRandom } from '../../server/core/random.ts';
import type { Fetch } from '../../server/oms/http-caller.ts';
import { IdMapping } from '../../server/oms/id-mapping.ts';
import { VendureConnector } from '../../server/oms/vendure/vendure-connector.ts';
import { itConforms } from '../server/support/conformance.ts';

const Boutique = z.object({ locationId: z.string(), channelToken: z.string(), apiKey: z.string() });

/** What `npm run test:oms` has planted in a running Vendure. */
const Seeded = z.object({
  url: z.string(),
  apiKey: z.string(),
  staffToken: z.string(),
  boutiques: z.tuple([Boutique, Boutique]),
  sku: z.string(),
  variantId: z.string(),
  gtin: z.string(),
  customerId: z.string(),
  card: z.string(),
  walkInCustomerId: z.string(),
  shippingMethodId: z.string(),
});

const storeId = 'norde-marais';
const otherStoreId = 'norde-mayfair';
const sku = 'fjord-51.tortoise';

/** A machine that runs a foreign system beside the test is slow: whoever waits does so six times as long. */
const patientClock = {
  ...systemClock,
  after: (delayMs: number, run: () => void) => systemClock.after(delayMs * 6, run),
};

/** How a connector of the test differs from the house's own. */
interface Changes {
  readonly apiKey?: string;
  readonly orders?: null;
  readonly cardField?: string;
  /** Stands between the connector and Vendure. */
  readonly fetch?: Fetch;
}

// Vendure and its database share the machine with the test.
vi.setConfig({ testTimeout: 300_000 });

describe('the Vendure connector, against a running Vendure', () => {
  const seeded = z.parse(Seeded, JSON.parse(process.env['VITRINE_TEST_VENDURE'] ?? '{}'));
  const [marais, mayfair] = seeded.boutiques;
  let isDown = false;

  const fetchOr: Fetch = async (url, init) => {
    if (isDown) throw new TypeError('cut off');
    return await fetch(url, init);
  };
  const connect = ({ apiKey = seeded.apiKey, orders, cardField = 'loyaltyCard', fetch: via }: Changes = {}) =>
    new VendureConnector(
      {
        baseUrl: seeded.url,
        apiKey,
        names: new IdMapping({
          stores: { [storeId]: marais.locationId, [otherStoreId]: mayfair.locationId },
          skus: { [sku]: seeded.sku },
        }),
        pollMs: 20,
        cardField,
        gtinField: 'gtin',
        orders:
          orders === null
            ? null
            : {
                walkInCustomerId: seeded.walkInCustomerId,
                shippingMethodId: seeded.shippingMethodId,
                boutiques: { [storeId]: marais, [otherStoreId]: mayfair },
              },
      },
      { fetch: via ?? fetchOr, clock: patientClock, random: systemRandom },
    );

  /** What the house's own staff do, past the connector. */
  const staff = async (query: string, variables: object = {}, channelToken = marais.channelToken) => {
    const response = await fetch(seeded.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${seeded.staffToken}`,
        'vendure-token': channelToken,
      },
      body: JSON.stringify({ query, variables }),
    });
    const reply = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(reply.errors).toBeUndefined();
    return reply.data;
  };
  const count = async (store: string, onHand: number) => {
    const stockLocationId = store === storeId ? marais.locationId : mayfair.locationId;
    const input = [{ id: seeded.variantId, stockLevels: [{ stockLocationId, stockOnHand: onHand }] }];
    const channel = store === storeId ? marais.channelToken : mayfair.channelToken;
    await staff(
      'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
      { input },
      channel,
    );
  };

  let connector: VendureConnector;
  let house: HouseUnderTest;
  beforeAll(() => {
    connector = connect();
    house = {
      connector,
      storeId,
      otherStoreId,
      sku,
      unknownSku: 'fjord-51.nowhere',
      setOnHand: async (store, _piece, onHand) => await count(store, onHand),
      nowMs: () => Date.now(),
      advance: null,
      cutOff: async () => {
        isDown = true;
        return async () => void (isDown = false);
      },
      client: { card: seeded.card, id: seeded.customerId },
      advisorId: 'noemie-caron',
      newKey: () => newId(systemRandom),
    };
  });
  beforeEach(() => {
    isDown = false;
  });

  const unasked = [
    // Vendure reserves nothing without an order: holds stay on the kit's ledger.
    'holds a free piece',
    'gives the last piece',
    'answers the same key with the same hold',
    'frees a released piece',
    'lets a committed piece',
    'lets go of a hold when',
    'does not hold what',
    'holds nothing while',
    'tells what it knows',
    'forgets a client',
    'writes a note', // nothing in Vendure ends by itself, or tells notes back
    'tells no note',
    'forgets every note',
    'books an advisor',
    'moves an appointment',
    'asks another boutique',
  ];
  itConforms(() => house, unasked);

  const free = async () => {
    const outcome = await connector.level(storeId, sku);
    if (outcome.kind !== 'read') throw new Error(outcome.kind);
    return outcome.level.onHand - outcome.level.promised;
  };
  const makeFree = async (pieces: number) => {
    const outcome = await connector.level(storeId, sku);
    if (outcome.kind !== 'read') throw new Error(outcome.kind);
    await count(storeId, outcome.level.promised + pieces);
  };
  const draft = async (quantity = 1, by = connector, clientId: string | null = null) => {
    const lines = [{ sku, quantity, holdId: null }];
    const outcome = await by.draftOrder({ key: house.newKey(), storeId, clientId, lines });
    if (outcome.kind !== 'drafted') throw new Error(outcome.kind);
    return outcome.order;
  };

  describe('levels', () => {
    it('of what Vendure does not track are not told', async () => {
      const input = (trackInventory: string) => ({
        input: [{ id: seeded.variantId, trackInventory }],
      });
      const update =
        'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }';
      await staff(update, input('FALSE'));
      try {
        expect(await connector.level(storeId, sku)).toEqual({ kind: 'unknown-sku' });
        const { levels } = await connector.levels();
        expect(levels.some((level) => level.sku === sku)).toBe(false);
      } finally {
        await staff(update, input('INHERIT'));
      }
      expect((await connector.level(storeId, sku)).kind).toBe('read');
    });

    it('are refused with a wrong key, and the fault names neither the key nor anybody', async () => {
      const fault = await connect({ apiKey: 'a-key-that-was-never-made' }).levels().catch(String);
      expect(fault).toBe('OmsFault: Vendure does not let this key do that (VitrineLevels).');
    });

    it('carry their GTINs in the catalogue', async () => {
      const { items } = await connector.catalogue();
      expect(items).toContainEqual({ sku, name: 'Fjord 51 Tortoise', gtin: seeded.gtin });
    });
  });

  describe('clients', () => {
    it('are not told by their number where the house has no cards, for numbers are easily guessed', async () => {
      const noCards = new VendureConnector(
        {
          baseUrl: seeded.url,
          apiKey: seeded.apiKey,
          names: new IdMapping({ stores: {}, skus: {} }),
          pollMs: 20,
          cardField: null,
          gtinField: null,
          orders: null,
        },
        { fetch: fetchOr, clock: patientClock, random: systemRandom },
      );
      expect(Array.from(noCards.capabilities)).toEqual(['catalogue', 'subscribe', 'consents']);
      const asked = noCards.findClient({ kind: 'loyalty-card', value: seeded.customerId });
      await expect(asked).rejects.toMatchObject({ code: 'unsupported' });
    });

    it('have each consent once among their private notes, beside what staff wrote', async () => {
      const record = {
        key: house.newKey(),
        clientId: seeded.customerId,
        purpose: 'marketing',
        granted: true,
        textVersion: '3',
        locale: 'fr',
        method: 'own-phone',
        atMs: Date.UTC(2026, 10, 27),
      } as const;
      await Promise.all([
        connector.recordConsent(record),
        connect().recordConsent({ ...record, key: house.newKey() }),
      ]);
      await connector.recordConsent(record);
      const { customer } = (await staff(
        'query ($id: ID!) { customer(id: $id) { history(options: { take: 100 }) { items { isPublic data } } } }',
        { id: seeded.customerId },
        '',
      )) as { customer: { history: { items: { isPublic: boolean; data: { note?: string } }[] } } };
      const notes = customer.history.items.filter(({ data }) => data.note?.includes(record.key));
      expect(notes).toHaveLength(1);
      expect(notes[0]?.isPublic).toBe(false);
      const [, json = ''] = notes[0]?.data.note?.split('\n') ?? [];
      expect(JSON.parse(json)).toEqual({
        purpose: 'marketing',
        granted: true,
        textVersion: '3',
        locale: 'fr',
        method: 'own-phone',
        atMs: record.atMs,
        at: '2026-11-27T00:00:00.000Z',
      });
    });
  });

  describe('orders', () => {
    it('take their pieces in their own boutique, under their client or the house’s walk-in customer', async () => {
      await makeFree(2);
      const before = await connector.level(otherStoreId, sku);
      for (const clientId of [seeded.customerId, null]) {
        const { id: orderId, revision } = await draft(1, connector, clientId);
        expect((await connector.placeOrder({ orderId, revision })).kind).toBe('placed');
        const { order } = (await staff(
          'query ($id: ID!) { order(id: $id) { state customer { id } payments { method state } } }',
          { id: orderId },
        )) as { order: { customer: { id: string } } };
        expect(order).toEqual({
          state: 'PaymentSettled',
          customer: { id: clientId ?? seeded.walkInCustomerId },
          payments: [{ method: 'vitrine-boutique', state: 'Settled' }],
        });
      }
      expect(await free()).toBe(0);
      expect(await connector.level(otherStoreId, sku)).toMatchObject({
        level: before.kind === 'read' ? before.level : null,
      });
    });

    it('of a client whom the house does not know are not drafted', async () => {
      const lines = [{ sku, quantity: 1, holdId: null }];
      const outcome = await connector.draftOrder({ key: house.newKey(), storeId, clientId: '999999', lines });
      expect(outcome).toEqual({ kind: 'unknown-client' });
    });

    it('have the lines that staff gave them in Vendure, and are then not placed unseen', async () => {
      await makeFree(3);
      const { id, revision } = await draft(1);
      const { order } = (await staff('query ($id: ID!) { order(id: $id) { lines { id } } }', { id })) as {
        order: { lines: { id: string }[] };
      };
      await staff(
        `mutation ($id: ID!, $line: ID!) {
          adjustDraftOrderLine(orderId: $id, input: { orderLineId: $line, quantity: 2 }) { __typename }
        }`,
        { id, line: order.lines[0]?.id },
      );
      const late = await connector.placeOrder({ orderId: id, revision });
      expect(late).toMatchObject({
        kind: 'moved-on',
        order: { state: 'draft', lines: [{ sku, quantity: 2 }] },
      });
      expect(await free()).toBe(3);
      const seen = late.kind === 'moved-on' ? late.order.revision : 0;
      expect(await connector.placeOrder({ orderId: id, revision: seen })).toMatchObject({ kind: 'placed' });
      expect(await free()).toBe(1);
    });

    it('of the kit are its own alone: what staff drafted themselves is not known here', async () => {
      const { createDraftOrder } = (await staff('mutation { createDraftOrder { id } }')) as {
        createDraftOrder: { id: string };
      };
      const placement = { orderId: createDraftOrder.id, revision: 1 };
      expect(await connector.placeOrder(placement)).toEqual({ kind: 'unknown-order' });
    });

    it('are placed once, wherever the connection breaks on the way, by the same placement again', async () => {
      await makeFree(3);
      const { id: orderId, revision } = await draft(2);
      // Each try breaks one call later than the one before, after Vendure has heard it.
      let tries = 0;
      for (let lasts = 0; ; lasts += 1) {
        let writes = 0;
        const breaking: Fetch = async (url, init) => {
          const response = await fetch(url, init);
          const isWrite = typeof init.body === 'string' && init.body.includes('"query":"mutation');
          if (isWrite && (writes += 1) > lasts) throw new TypeError('broke');
          return response;
        };
        tries += 1;
        const outcome = await connect({ fetch: breaking })
          .placeOrder({ orderId, revision })
          .catch(() => null);
        if (outcome) {
          expect(outcome.kind).toBe('placed');
          break;
        }
      }
      expect(tries).toBeGreaterThan(3);
      expect(await free()).toBe(1);
      expect(await connector.placeOrder({ orderId, revision })).toMatchObject({ kind: 'placed' });
      expect(await free()).toBe(1);
    });

    it('of the last piece, placed at one instant, are placed by one', async () => {
      await makeFree(1);
      const orders = [await draft(), await draft(), await draft()];
      const outcomes = await Promise.all(
        orders.map(({ id: orderId, revision }) => connector.placeOrder({ orderId, revision })),
      );
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['none-free', 'none-free', 'placed']);
      expect(await free()).toBe(0);
    });
  });
});
