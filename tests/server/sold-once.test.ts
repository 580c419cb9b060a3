import { afterEach, describe, expect, it } from 'vitest';
import type { SaleOrder, SessionId } from '../../protocol/index.ts';
import { omsCapabilities } from '../../protocol/connector/index.ts';
import { countedWithinMs } from '../../server/stock/given-pieces.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { openVisit } from './support/known-visit.ts';
import type { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';

let connected: ConnectedServer;
afterEach(() => connected.stop());

/** Places a draft as it was told, the advisor themselves closing. */
function placing(sessionId: SessionId, { id, revision }: Pick<SaleOrder, 'id' | 'revision'>) {
  return { sessionId, orderId: id, revision, closedBy: null, agreedAssistingPercent: null };
}

/** How many the server has read of. */
async function availableIn(server: TestServer): Promise<number | undefined> {
  const levels = await server.inDatabase((db) =>
    db
      .selectFrom('stock_levels')
      .select('on_hand')
      .where('sku', '=', sku)
      .where('store_id', '=', storeId)
      .execute(),
  );
  return levels[0]?.on_hand;
}

/** A house that keeps no holds, with so many pieces left, one of them held; `gate` is what whoever asks for the level of one piece waits for. */
async function lastPiece(gate: () => Promise<void>, onHand = 1) {
  connected = await ConnectedServer.start(
    { capabilities: omsCapabilities.filter((one) => one !== 'holds') },
    {
      fetch: async (url, init) => {
        if (url.endsWith('/levels/one')) await gate();
        return await fetch(url, init);
      },
    },
  );
  const { server, system, house } = connected;
  await system.setOnHand(storeId, sku, onHand);
  await house.tell(server.url, 'norde', [{ storeId, sku }]);
  const seller = await openVisit(server);
  const other = await openVisit(server, 'theo-vasseur');
  const { tablet, sessionId } = seller;
  await expect.poll(() => availableIn(server), { timeout: 20_000 }).toBe(onHand);
  const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
  const lines = [{ sku, quantity: 1 }];
  const { order } = valueOf(await tablet.command('order.prepare', { sessionId, lines }));
  const place = () => tablet.command('order.place', placing(sessionId, order));
  const tryToHold = () => other.tablet.command('hold.place', { sessionId: other.sessionId, sku });
  const stateOf = async () => {
    const rows = await server.inDatabase((db) =>
      db.selectFrom('holds').select('state').where('id', '=', hold.id).execute(),
    );
    return rows[0]?.state;
  };
  return { place, tryToHold, stateOf, seller, others: other };
}

it('a piece that an order has taken is nobody’s while the house’s new level has not been read', async () => {
  let asked = 0;
  let isShut = false;
  const opened = Promise.withResolvers<void>();
  const { place, tryToHold, stateOf } = await lastPiece(async () => {
    asked += 1;
    if (isShut) await opened.promise;
  });
  isShut = true;
  const before = asked;
  const answer = place();
  await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(before);
  const meanwhile = await tryToHold();
  opened.resolve();
  expect(codeOf(meanwhile)).toBe('out-of-stock');
  expect(valueOf(await answer).order.state).toBe('placed');
  expect(codeOf(await tryToHold())).toBe('out-of-stock');
  expect(await stateOf()).toBe('committed');
});

it('where the level cannot be read, the hold keeps the piece until it runs out', async () => {
  let isAway = false;
  const { place, tryToHold, stateOf } = await lastPiece(async () => {
    if (isAway) throw new TypeError('away');
  });
  isAway = true;
  const answer = place();
  const tick = setInterval(() => connected.server.clock.advance(200), 20);
  expect(valueOf(await answer).order.state).toBe('placed');
  clearInterval(tick);
  expect(codeOf(await tryToHold())).toBe('out-of-stock');
  expect(await stateOf()).toBe('active');
});

it('the last piece, held for the visit, is the one that waits to be collected, and nobody’s in between', async () => {
  const { tryToHold, stateOf, seller } = await lastPiece(async () => undefined);
  const { tablet, sessionId } = seller;
  const [reserved, ...meanwhile] = await Promise.all([
    tablet.command('collection.reserve', { sessionId, storeId, sku }),
    ...Array.from({ length: 8 }, tryToHold),
  ]);
  expect(valueOf(reserved).collection.state).toBe('waiting');
  expect(meanwhile.map(codeOf)).toEqual(Array.from({ length: 8 }, () => 'out-of-stock'));
  expect(await stateOf()).toBe('released');
  expect(codeOf(await tryToHold())).toBe('out-of-stock');
});

it('a house that keeps holds goes on keeping the same one; where it does not answer, the visit keeps it', async () => {
  let isAway = true;
  connected = await ConnectedServer.start(
    {},
    {
      fetch: async (url, init) => {
        if (isAway && url.endsWith('/holds/extend')) throw new TypeError('away');
        return await fetch(url, init);
      },
    },
  );
  const { server, system, house } = connected;
  await system.setOnHand(storeId, sku, 1);
  await house.tell(server.url, 'norde', [{ storeId, sku }]);
  const { tablet, sessionId } = await openVisit(server);
  await expect.poll(() => availableIn(server), { timeout: 20_000 }).toBe(1);
  valueOf(await tablet.command('hold.place', { sessionId, sku }));
  const held = () =>
    server.inDatabase((db) =>
      db
        .selectFrom('holds')
        .select(['purpose', 'oms_hold_id as omsId'])
        .where('state', '=', 'active')
        .execute(),
    );
  const [kept] = await held();
  const reserve = () => tablet.command('collection.reserve', { sessionId, storeId, sku });
  const tick = setInterval(() => server.clock.advance(200), 20);
  expect(codeOf(await reserve())).toBe('oms-unavailable');
  clearInterval(tick);
  expect(await held()).toEqual([kept]);
  isAway = false;
  const { collection } = valueOf(await reserve());
  expect(collection.state).toBe('waiting');
  expect(await held()).toEqual([{ purpose: 'collection', omsId: kept?.omsId }]);
  expect(house.heard.map(({ call }) => call)).not.toContain('releaseHold');
  // Given back, it is free in the house again.
  valueOf(await tablet.command('collection.end', { collectionId: collection.id, how: 'released' }));
  await expect.poll(() => availableIn(server), { timeout: 20_000 }).toBe(1);
});

it('a piece held for one client is neither ordered nor sent away for another', async () => {
  const { stateOf, others } = await lastPiece(async () => undefined);
  const { tablet, sessionId } = others;
  const { order } = valueOf(
    await tablet.command('order.prepare', { sessionId, lines: [{ sku, quantity: 1 }] }),
  );
  expect(codeOf(await tablet.command('order.place', placing(sessionId, order)))).toBe('out-of-stock');
  const abroad = await openVisit(connected.server, 'imogen-clarke', 'norde-mayfair');
  const ask = { sessionId: abroad.sessionId, fromStoreId: storeId, sku };
  expect(codeOf(await abroad.tablet.command('transfer.ask', ask))).toBe('out-of-stock');
  expect(await stateOf()).toBe('active');
  expect(connected.house.heard.map(({ call }) => call)).not.toContain('placeOrder');
  expect(connected.house.heard.map(({ call }) => call)).not.toContain('requestTransfer');
});

it('what is taken while the house is asked is free again after a no, and gone after a yes', async () => {
  const { others, stateOf, tryToHold } = await lastPiece(async () => undefined, 2);
  const { tablet, sessionId } = others;
  const { server, house } = connected;
  const held = async () => {
    const rows = await server.inDatabase((db) =>
      db.selectFrom('holds').select(['state', 'purpose']).where('session_id', '=', sessionId).execute(),
    );
    return rows.map(({ state, purpose }) => `${purpose} ${state}`).toSorted();
  };
  const prepare = async () =>
    valueOf(await tablet.command('order.prepare', { sessionId, lines: [{ sku, quantity: 1 }] })).order;
  const first = await prepare();
  house.mischief.push((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ kind: 'none-free', sku: 'NRD/FJ51/TRT' }));
  });
  expect(codeOf(await tablet.command('order.place', placing(sessionId, first)))).toBe('out-of-stock');
  expect(await held()).toEqual(['collection released']);
  const order = await prepare();
  expect(valueOf(await tablet.command('order.place', placing(sessionId, order))).order.state).toBe('placed');
  expect(await held()).toEqual(['collection committed', 'collection released']);
  expect(codeOf(await tryToHold())).toBe('out-of-stock');
  expect(await stateOf()).toBe('active');
});

it('a piece that is sent to another boutique is nobody’s here from the moment it was asked for', async () => {
  const { tryToHold } = await lastPiece(async () => undefined, 2);
  const abroad = await openVisit(connected.server, 'imogen-clarke', 'norde-mayfair');
  const ask = { sessionId: abroad.sessionId, fromStoreId: storeId, sku };
  valueOf(await abroad.tablet.command('transfer.ask', ask));
  expect(codeOf(await tryToHold())).toBe('out-of-stock');
});

/** A house that keeps no holds, or one that may be away and then is told later. */
async function aHouse(whenDown?: 'queue') {
  connected = await ConnectedServer.start(
    whenDown ? { whenDown } : { capabilities: omsCapabilities.filter((one) => one !== 'holds') },
  );
  const { server, house } = connected;
  const onHand = async () => {
    const rows = await server.inDatabase((db) =>
      db
        .selectFrom('stock_levels')
        .select('on_hand')
        .where('sku', '=', sku)
        .where('store_id', '=', storeId)
        .execute(),
    );
    return rows[0]?.on_hand;
  };
  /** Tells the server that the level is new, and waits until it has read this. */
  const told = async (pieces: number) => {
    await house.tell(server.url, 'norde', [{ storeId, sku }]);
    await expect.poll(onHand, { timeout: 20_000 }).toBe(pieces);
  };
  return { told };
}

describe('a piece that waited for its client and was given to them', () => {
  async function collected(onHand = 1, whenDown?: 'queue') {
    const house = await aHouse(whenDown);
    const { server, system } = connected;
    const count = async (pieces: number) => {
      await system.setOnHand(storeId, sku, pieces);
      await house.told(pieces);
    };
    await count(onHand);
    const { tablet, sessionId } = await openVisit(server);
    const other = await openVisit(server, 'theo-vasseur');
    const reserve = async () => {
      const asked = { sessionId, storeId, sku };
      return valueOf(await tablet.command('collection.reserve', asked)).collection.id;
    };
    const collect = async (collectionId: string) =>
      valueOf(await tablet.command('collection.end', { collectionId, how: 'collected' })).collection.state;
    const tryToHold = () => other.tablet.command('hold.place', { sessionId: other.sessionId, sku });
    return { reserve, collect, tryToHold, count };
  }

  it('is nobody’s until the till has counted it, and keeps no other piece back from then on', async () => {
    const { reserve, collect, tryToHold, count } = await collected();
    expect(await collect(await reserve())).toBe('collected');
    const refused = await tryToHold();
    expect(codeOf(refused)).toBe('out-of-stock');
    expect(refused.ok ? null : refused.error).not.toHaveProperty('nextFreeAtMs');
    await count(0);
    expect(codeOf(await tryToHold())).toBe('out-of-stock');
    await count(1);
    valueOf(await tryToHold());
  });

  it('keeps no piece back where the till was faster', async () => {
    const { reserve, collect, tryToHold, count } = await collected();
    const waiting = await reserve();
    await count(0);
    expect(await collect(waiting)).toBe('collected');
    await count(1);
    valueOf(await tryToHold());
  });

  it('is looked for for half an hour, and then the house’s count is believed', async () => {
    const { reserve, collect, tryToHold } = await collected();
    await collect(await reserve());
    connected.server.clock.advance(countedWithinMs - 1_000);
    expect(codeOf(await tryToHold())).toBe('out-of-stock');
    connected.server.clock.advance(2_000);
    await expect.poll(async () => (await tryToHold()).ok, { timeout: 20_000 }).toBe(true);
  });

  it('is counted by a house that could not be asked for it, when it is there again', async () => {
    const { reserve, collect, tryToHold } = await collected(1, 'queue');
    connected.house.isDown = true;
    expect(await collect(await reserve())).toBe('collected');
    expect(codeOf(await tryToHold())).toBe('out-of-stock');
    connected.house.isDown = false;
    await expect
      .poll(
        async () => {
          connected.server.clock.advance(61_000);
          return await connected.system.connector.level(storeId, sku);
        },
        { timeout: 20_000 },
      )
      .toMatchObject({ level: { onHand: 0, promised: 0 } });
  });
});
