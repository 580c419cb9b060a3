import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/persistence/database.ts';
import { freshSchema, testPostgresUrl } from '../server/support/databases.ts';
import { openBesidePostgres } from './support/beside.ts';
import { isLive, openVisit, setStock, storeId, until, type Visit } from './support/boutique.ts';
import { FaultyLink } from './support/faulty-link.ts';
import { Figures } from './support/figures.ts';
import { breachesOf, wrongOnScreen } from './support/invariants.ts';
import { TestNode } from './support/two-nodes.ts';

const sku = 'fjord-51.smoke';

describe.skipIf(testPostgresUrl === null)(
  'a wire on which nothing passes (skipped without PostgreSQL)',
  () => {
    const figures = new Figures('partition');
    let schema: { url: string; drop: () => Promise<void> };
    let node: TestNode;
    let toNode: FaultyLink;
    let toDatabase: FaultyLink;
    let database: Database;
    let visit: Visit;
    const acknowledged = { holdIds: [] as string[], keeps: 0 };

    beforeAll(async () => {
      schema = await freshSchema(testPostgresUrl ?? '');
      const address = new URL(schema.url);
      toDatabase = await FaultyLink.start(Number(address.port || 5_432));
      address.hostname = '127.0.0.1';
      address.port = String(toDatabase.port);
      node = await TestNode.start({ databaseUrl: address.href });
      toNode = await FaultyLink.start(node.port);
      database = await openBesidePostgres(schema.url);
      const url = `http://127.0.0.1:${toNode.port}`;
      visit = await openVisit(node.child, node.desk.pin, { kiosk: url, tablet: url });
    });
    afterAll(async () => {
      visit?.kiosk.stop();
      visit?.tablet.stop();
      await node?.end();
      await toNode?.stop();
      await toDatabase?.stop();
      await database?.close();
      await schema?.drop();
      figures.keep();
    });

    async function keep(kept: boolean): Promise<void> {
      const answer = await visit.kiosk.command('session.keep', { sessionId: visit.sessionId, sku, kept });
      if (answer.ok) acknowledged.keeps += 1;
      expect(answer.ok).toBe(true);
    }

    it('is noticed by the device, which says so, and goes on where it was when there is another way', async () => {
      const { kiosk, tablet } = visit;
      await keep(true);
      toNode.holdStill();
      const atMs = performance.now();
      const waiting = keep(false);
      await until(kiosk, ({ status }) => status.kind === 'offline');
      const busyMs = performance.now() - atMs;
      await setStock(node.desk, sku, 7);
      await until(tablet, ({ status }) => status.kind === 'offline');
      const idleMs = performance.now() - atMs;
      toNode.passAgain();
      toNode.cutAll();
      await waiting;
      await until(kiosk, isLive);
      await until(tablet, isLive);
      const wrong =
        (await wrongOnScreen(database, kiosk, [storeId])) +
        (await wrongOnScreen(database, tablet, [storeId]));
      figures.of('a half-open line is noticed by a device that waits for an answer', 's', busyMs / 1_000, 1, {
        note: '8 s without an acknowledgement',
      });
      figures.of('a half-open line is noticed by a device that says nothing', 's', idleMs / 1_000, 1, {
        note: 'a heartbeat every 10 s, 5 s late',
      });
      figures.none('levels wrong on a screen after the partition', wrong, 2);
      expect(busyMs).toBeLessThan(15_000);
      expect(idleMs).toBeLessThan(25_000);
      expect(wrong).toBe(0);
    });

    it('between node and database: what was asked meanwhile is done once it passes again', async () => {
      const before = acknowledged.keeps;
      toDatabase.holdStill();
      const asked = [true, false, true].map((kept) => keep(kept));
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(acknowledged.keeps).toBe(before);
      toDatabase.passAgain();
      const atMs = performance.now();
      await Promise.all(asked);
      figures.of(
        'commands answered after the database was reachable again',
        's',
        (performance.now() - atMs) / 1_000,
        asked.length,
        {
          note: 'a partition of 3 s',
        },
      );
    });

    it('whose connections to the database all break: commands are sent again, and none is lost', async () => {
      for (let turn = 0; turn < 10; turn += 1) {
        const asked = keep(turn % 2 === 0);
        toDatabase.cutAll();
        await asked;
      }
      const breaches = await breachesOf(database, acknowledged);
      figures.none(
        'acknowledged commands lost to broken database connections',
        breaches.lost,
        acknowledged.keeps,
      );
      expect(breaches).toEqual({ lost: 0, oversold: 0, gaps: 0 });
    });
  },
);
