import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NodeAsks } from '../../bench/cluster/node-asks.ts';
import { Child } from '../../bench/realtime/child.ts';
import { openBesideSqlite } from './support/beside.ts';
import { isLive, openVisit, setStock, storeId, until, type Visit } from './support/boutique.ts';
import { FaultyLink } from './support/faulty-link.ts';
import { Figures, medianOf } from './support/figures.ts';
import { breachesOf, foreignStores, wrongOnScreen } from './support/invariants.ts';

const skus = ['fjord-51.smoke', 'fjord-51.tortoise', 'meridian-58.gold-green'];
const kills = 5;

const figures = new Figures('kill');
let dataDir: string;
let node: Child<NodeAsks>;
let wire: FaultyLink;
let desk: { url: string; operatorToken: string; pin: string };
let visit: Visit;

async function startNode(): Promise<void> {
  node = new Child(new URL('../../bench/cluster/node-child.ts', import.meta.url));
  desk = await node.ask('start', { dataDir });
  wire?.aim(Number(new URL(desk.url).port));
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vitrine-kill-'));
  await startNode();
  wire = await FaultyLink.start(Number(new URL(desk.url).port));
  const url = `http://127.0.0.1:${wire.port}`;
  visit = await openVisit(node, desk.pin, { kiosk: url, tablet: url });
  for (const sku of skus) await setStock(desk, sku, 3);
});
afterAll(async () => {
  visit?.kiosk.stop();
  visit?.tablet.stop();
  await node?.kill();
  await wire?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it(`a node killed in the middle of writing, ${kills} times, loses nothing that it said yes to`, async () => {
  const { kiosk, tablet, sessionId } = visit;
  const holdIds: string[] = [];
  let keeps = 0;
  const over = new AbortController();
  // The mirror keeps and sets aside, the tablet holds and gives back, as fast as they are answered, and never stop.
  const keeping = (async () => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const answer = await kiosk.command('session.keep', {
        sessionId,
        sku: skus[0] ?? '',
        kept: turn % 2 === 0,
      });
      if (answer.ok) keeps += 1;
    }
  })();
  const holding = (async () => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const placed = await tablet.command('hold.place', { sessionId, sku: skus[turn % skus.length] ?? '' });
      if (!placed.ok) continue;
      holdIds.push(placed.value.hold.id);
      if (turn % 2 === 0) await tablet.command('hold.release', { holdId: placed.value.hold.id });
    }
  })();
  const backMs: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const before = keeps;
    await until(kiosk, isLive);
    // Somewhere within a write: they follow one another without a pause.
    await expect.poll(() => keeps, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before + 2);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    await node.kill();
    await startNode();
    const startedMs = performance.now();
    await until(kiosk, isLive);
    await until(tablet, isLive);
    backMs.push(performance.now() - startedMs);
  }
  over.abort();
  await Promise.all([keeping, holding]);
  await setStock(desk, skus[0] ?? '', 9);
  const database = await openBesideSqlite(join(dataDir, 'vitrine.sqlite'));
  try {
    await expect.poll(() => wrongOnScreen(database, kiosk, [storeId]), { timeout: 10_000 }).toBe(0);
    await expect.poll(() => wrongOnScreen(database, tablet, [storeId]), { timeout: 10_000 }).toBe(0);
    const breaches = await breachesOf(database, { holdIds, keeps });
    const acknowledged = holdIds.length + keeps;
    figures.none('acknowledged commands lost', breaches.lost, acknowledged, `${kills} kills`);
    figures.none('pieces oversold', breaches.oversold, holdIds.length);
    figures.none('sequences missing or doubled', breaches.gaps, acknowledged);
    figures.of(
      'back on line after the server listened again, median',
      's',
      medianOf(backMs) / 1_000,
      backMs.length,
      {
        note: `longest ${(Math.max(...backMs) / 1_000).toFixed(1)} s; the device’s own backoff is most of it`,
      },
    );
    expect(breaches).toEqual({ lost: 0, oversold: 0, gaps: 0 });
    expect(foreignStores(kiosk, 'norde') + foreignStores(tablet, 'norde')).toBe(0);
    figures.keep();
  } finally {
    await database.close();
  }
});
