import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/persistence/database.ts';
import { openBesidePostgres } from './support/beside.ts';
import { isLive, openVisit, setStock, storeId, until, type Visit } from './support/boutique.ts';
import { Figures, medianOf } from './support/figures.ts';
import { breachesOf, wrongOnScreen } from './support/invariants.ts';
import { postgresBin, PrivatePostgres } from './support/private-postgres.ts';
import { TestNode } from './support/two-nodes.ts';

const sku = 'fjord-51.smoke';
const crashes = 4;

describe.skipIf(postgresBin === null)(
  'a database that goes away in mid-write and comes back (skipped without PostgreSQL’s own programs)',
  () => {
    const figures = new Figures('database');
    let postgres: PrivatePostgres;
    let node: TestNode;
    let visit: Visit;
    const acknowledged = { holdIds: [] as string[], keeps: 0 };

    beforeAll(async () => {
      postgres = await PrivatePostgres.start();
      node = await TestNode.start({ databaseUrl: postgres.url });
      visit = await openVisit(node.child, node.desk.pin, { kiosk: node.desk.url, tablet: node.desk.url });
    });
    afterAll(async () => {
      visit?.kiosk.stop();
      visit?.tablet.stop();
      await node?.end();
      await postgres?.stop();
      figures.keep();
    });

    it(`${crashes} times: nothing acknowledged is lost, no command is refused, and who asks over HTTP is told when to ask again`, async () => {
      const { kiosk, tablet, sessionId } = visit;
      await setStock(node.desk, sku, 5);
      const over = new AbortController();
      const refused: string[] = [];
      let answered = 0;
      const keeping = (async () => {
        for (let turn = 0; !over.signal.aborted; turn += 1) {
          const answer = await kiosk.command('session.keep', { sessionId, sku, kept: turn % 2 === 0 });
          answered += 1;
          if (answer.ok) acknowledged.keeps += 1;
          else refused.push(answer.error.code);
        }
      })();
      const holding = (async () => {
        while (!over.signal.aborted) {
          const placed = await tablet.command('hold.place', { sessionId, sku });
          answered += 1;
          if (!placed.ok) {
            refused.push(placed.error.code);
            continue;
          }
          acknowledged.holdIds.push(placed.value.hold.id);
          const released = await tablet.command('hold.release', { holdId: placed.value.hold.id });
          answered += 1;
          if (!released.ok) refused.push(released.error.code);
        }
      })();
      const told: number[] = [];
      const backMs: number[] = [];
      const readyMs: number[] = [];
      for (let crash = 0; crash < crashes; crash += 1) {
        const before = acknowledged.keeps;
        await expect
          .poll(() => acknowledged.keeps, { timeout: 30_000, interval: 5 })
          .toBeGreaterThan(before + 5);
        await postgres.crash();
        await expect.poll(() => readiness(), { timeout: 20_000 }).toBe('database-unavailable');
        const asked = await fetch(`${node.desk.url}/api/oms/levels`, {
          headers: { authorization: `Bearer ${node.desk.operatorToken}` },
        });
        told.push(asked.status);
        expect(await asked.json()).toMatchObject({ code: 'rate-limited' });
        expect(asked.headers.get('retry-after')).toBe('1');
        const known = acknowledged.keeps;
        await postgres.up();
        const upMs = performance.now();
        await expect.poll(() => acknowledged.keeps, { timeout: 30_000, interval: 5 }).toBeGreaterThan(known);
        backMs.push(performance.now() - upMs);
        await expect.poll(() => readiness(), { timeout: 20_000, interval: 20 }).toBe('ok');
        readyMs.push(performance.now() - upMs);
      }
      over.abort();
      await Promise.all([keeping, holding]);
      await until(kiosk, isLive);
      await setStock(node.desk, sku, 7);
      const database = await openBesidePostgres(postgres.url);
      try {
        await expect.poll(() => wrongOnScreen(database, kiosk, [storeId]), { timeout: 10_000 }).toBe(0);
        await expect.poll(() => wrongOnScreen(database, tablet, [storeId]), { timeout: 10_000 }).toBe(0);
        await count(database, { answered, refused, backMs, readyMs });
      } finally {
        await database.close();
      }
      expect(told).toEqual(Array.from({ length: crashes }, () => 429));
    });

    async function readiness(): Promise<string> {
      const response = await fetch(`${node.desk.url}/readyz`);
      return ((await response.json()) as { status: string }).status;
    }

    async function count(
      database: Database,
      found: { answered: number; refused: string[]; backMs: number[]; readyMs: number[] },
    ): Promise<void> {
      const breaches = await breachesOf(database, acknowledged);
      const said = acknowledged.keeps + acknowledged.holdIds.length;
      figures.none('acknowledged commands lost with the database', breaches.lost, said, `${crashes} crashes`);
      figures.none('pieces oversold', breaches.oversold, acknowledged.holdIds.length);
      figures.none('commands refused to a device', found.refused.length, found.answered);
      figures.of(
        'first command answered after the database was back, median',
        's',
        medianOf(found.backMs) / 1_000,
        crashes,
        {
          note: `longest ${(Math.max(...found.backMs) / 1_000).toFixed(1)} s; the device asks once a second`,
        },
      );
      figures.of('`/readyz` says so again, median', 's', medianOf(found.readyMs) / 1_000, crashes);
      expect(breaches).toEqual({ lost: 0, oversold: 0, gaps: 0 });
      expect(found.refused).toEqual([]);
    }
  },
);
