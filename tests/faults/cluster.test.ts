import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/persistence/database.ts';
import { freshSchema, testPostgresUrl } from '../server/support/databases.ts';
import { hasRedis, PrivateRedis } from '../server/support/private-redis.ts';
import { openBesidePostgres } from './support/beside.ts';
import { isLive, openVisit, setStock, storeId, until, type Visit } from './support/boutique.ts';
import { FaultyLink } from './support/faulty-link.ts';
import { Figures, medianOf } from './support/figures.ts';
import { breachesOf, foreignStores, wrongOnScreen } from './support/invariants.ts';
import { TestNode } from './support/two-nodes.ts';

const sku = 'fjord-51.smoke';
const changes = 20;

describe.skipIf(testPostgresUrl === null || !hasRedis)(
  'two nodes (skipped without PostgreSQL and Redis)',
  () => {
    const figures = new Figures('cluster');
    let schema: { url: string; drop: () => Promise<void> };
    let redis: PrivateRedis;
    let one: TestNode;
    let other: TestNode;
    let balancer: FaultyLink;
    let database: Database;
    let visit: Visit;
    const acknowledged = { holdIds: [] as string[], keeps: 0 };

    beforeAll(async () => {
      schema = await freshSchema(testPostgresUrl ?? '');
      redis = await PrivateRedis.start();
      const config = { databaseUrl: schema.url, redisUrl: redis.url };
      one = await TestNode.start(config);
      other = await TestNode.start(config);
      balancer = await FaultyLink.start(one.port, other.port);
      database = await openBesidePostgres(schema.url);
      const url = `http://127.0.0.1:${balancer.port}`;
      visit = await openVisit(one.child, one.desk.pin, { kiosk: url, tablet: other.desk.url });
    });
    afterAll(async () => {
      visit?.kiosk.stop();
      visit?.tablet.stop();
      await balancer?.stop();
      await one?.end();
      await other?.end();
      await database?.close();
      await redis?.stop();
      await schema?.drop();
      figures.keep();
    });

    /** Changes the shelf through a node and gives how long each change took to the mirror's screen, in milliseconds. */
    async function changeAndSee(through: TestNode, times: number): Promise<number[]> {
      const seenMs: number[] = [];
      for (let change = 0; change < times; change += 1) {
        const onHand = 10 + ((change * 7) % 80);
        await setStock(through.desk, sku, onHand + 1);
        await setStock(through.desk, sku, onHand);
        const atMs = performance.now();
        await until(visit.kiosk, ({ stock }) => stock.get(storeId)?.levels.get(sku)?.onHand === onHand);
        seenMs.push(performance.now() - atMs);
      }
      return seenMs;
    }

    /** Keeps and sets aside without a pause until `stop` is called; counts what was acknowledged. */
    function keepGoing(): () => Promise<void> {
      const over = new AbortController();
      const { kiosk, sessionId } = visit;
      const going = (async () => {
        for (let turn = 0; !over.signal.aborted; turn += 1) {
          const answer = await kiosk.command('session.keep', { sessionId, sku, kept: turn % 2 === 0 });
          if (answer.ok) acknowledged.keeps += 1;
        }
      })();
      return async () => {
        over.abort();
        await going;
      };
    }

    it('tell each other what is committed while Redis is there, is gone, and is back', async () => {
      const withMs = await changeAndSee(other, changes);
      await redis.kill();
      const withoutMs = await changeAndSee(other, 5);
      await redis.up();
      const atMs = performance.now();
      await expect
        .poll(async () => medianOf(await changeAndSee(other, 3)), { timeout: 20_000 })
        .toBeLessThan(1_000);
      const backMs = performance.now() - atMs;
      figures.of('change on one node → screen at the other, median', 'ms', medianOf(withMs), withMs.length);
      figures.of('the same with Redis gone, longest', 'ms', Math.max(...withoutMs), withoutMs.length, {
        note: 'heads are read every 2 s',
      });
      figures.of('from Redis back until hints run again, at most', 'ms', backMs, 1);
      figures.none(
        'changes that a screen never learnt of, Redis killed meanwhile',
        await wrongOnScreen(database, visit.kiosk, [storeId]),
        2 * (changes + 5),
      );
      expect(Math.max(...withoutMs)).toBeLessThan(10_000);
      expect(await wrongOnScreen(database, visit.kiosk, [storeId])).toBe(0);
    });

    it('lose nothing when the one in use is killed: the mirror goes on at the other', async () => {
      const { kiosk } = visit;
      const stop = keepGoing();
      const before = acknowledged.keeps;
      await expect
        .poll(() => acknowledged.keeps, { timeout: 20_000, interval: 5 })
        .toBeGreaterThan(before + 10);
      const atMs = performance.now();
      await one.child.kill();
      const known = acknowledged.keeps;
      await expect
        .poll(() => acknowledged.keeps, { timeout: 30_000, interval: 5 })
        .toBeGreaterThan(known + 5);
      figures.of(
        'mirror works again at the other node after a kill',
        's',
        (performance.now() - atMs) / 1_000,
        1,
      );
      await one.again();
      await stop();
      const breaches = await breachesOf(database, acknowledged);
      figures.none('acknowledged commands lost with a node', breaches.lost, acknowledged.keeps);
      expect(breaches).toEqual({ lost: 0, oversold: 0, gaps: 0 });
      await until(kiosk, isLive);
    });

    it('are replaced one after the other without a lost event or a refused command', async () => {
      const { kiosk, tablet } = visit;
      const stop = keepGoing();
      const before = acknowledged.keeps;
      let counted = 10;
      for (const node of [one, other]) {
        const survivor = node === one ? other : one;
        await node.close();
        for (let change = 0; change < 5; change += 1) await setStock(survivor.desk, sku, (counted += 1));
        await node.again();
      }
      await until(
        kiosk,
        ({ status, stock }) =>
          status.kind === 'live' && stock.get(storeId)?.levels.get(sku)?.onHand === counted,
      );
      await until(
        tablet,
        ({ status, stock }) =>
          status.kind === 'live' && stock.get(storeId)?.levels.get(sku)?.onHand === counted,
      );
      await stop();
      await until(
        tablet,
        ({ session }) => session !== null && session.seq === kiosk.state.get().session?.seq,
      );
      const breaches = await breachesOf(database, acknowledged);
      const wrong =
        (await wrongOnScreen(database, kiosk, [storeId])) +
        (await wrongOnScreen(database, tablet, [storeId]));
      figures.none(
        'acknowledged commands lost in a rolling restart',
        breaches.lost,
        acknowledged.keeps - before,
      );
      figures.none('levels wrong on a screen after a rolling restart', wrong, 20);
      expect(breaches).toEqual({ lost: 0, oversold: 0, gaps: 0 });
      expect(wrong).toBe(0);
      expect(foreignStores(kiosk, 'norde') + foreignStores(tablet, 'norde')).toBe(0);
    });
  },
);
