import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { forgeAll } from '../../assets/forge/forge-all.ts';
import { chromiumPath, launchChromium } from '../../tests/support/chromium.ts';
import { serveBundledPage } from '../../tests/support/page-server.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { describeMachine } from '../bench-result.ts';
import { heapBytes, pageMetric } from '../page-heap.ts';
import type { FrameCosts } from './page/main.ts';

const port = 8156;
const collections = resolve(import.meta.dirname, '../../assets/collections');
/** One piece a category and construction: what is worn where, and the file of its model. */
const pieces = [
  { category: 'eyewear', name: 'Fjord 51', file: 'norde/pieces/fjord-51.glb' },
  { category: 'eyewear', name: 'Meridian 58', file: 'norde/pieces/meridian-58.glb' },
  { category: 'eyewear', name: 'Halo 54', file: 'aurelle/pieces/halo-54.glb' },
  { category: 'hat', name: 'Bothy', file: 'norde/pieces/bothy.glb' },
  { category: 'earrings', name: 'Cascade', file: 'aurelle/pieces/cascade.glb' },
  { category: 'necklace', name: 'Fil', file: 'aurelle/pieces/fil.glb' },
  { category: 'ring', name: 'Aube', file: 'aurelle/pieces/aube.glb' },
  { category: 'bracelet', name: 'Maille', file: 'aurelle/pieces/maille.glb' },
  { category: 'watch', name: 'Nord 39', file: 'norde/pieces/nord-39.glb' },
  { category: 'bag', name: 'Lund', file: 'norde/pieces/lund.glb' },
] as const;
/** Both sides take turns, twice, so that what else the machine does falls on both. */
const turns = 2;
const rounds = 2;
const framesPerRound = 15;
const framesToSettle = 6;
const changesBefore = 20;
const changes = 500;

interface Cost extends FrameCosts {
  /** Milliseconds of the page's main thread for each displayed frame, one a round. */
  readonly mainThreadMs: readonly number[];
}

/**
 * What a displayed frame costs the page's main thread, against three.js alone drawing the same model over the same camera;
 * and whether anything grows over 500 changes of piece. The network runs in a worker of its own and is not part of it.
 */
export async function runFrameCost(): Promise<BenchResult> {
  const rows = chromiumPath() === null ? [notMeasured('this host lacks Chromium')] : await measureAll();
  return {
    name: 'frame-cost',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference: 'three.js alone drawing the same model over the same camera, one draw for each picture',
    rows,
  };
}

function notMeasured(note: string): BenchRow {
  return { what: 'main thread per displayed frame', unit: 'ms', ours: null, reference: null, note };
}

async function measureAll(): Promise<BenchRow[]> {
  if (!existsSync(resolve(collections, pieces[0].file))) {
    await forgeAll({ outDir: collections, log: () => undefined, force: false });
  }
  const served = await serveBundledPage(resolve(import.meta.dirname, 'page'), port, [
    { at: '/collections/', path: collections },
  ]);
  try {
    const browser = await launchChromium({
      extraFlags: [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--js-flags=--expose-gc',
      ],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 240, height: 320 } });
      await page.goto(`${served.origin}/`);
      await page.waitForFunction(() => 'frameCost' in globalThis);
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' }).catch(() => undefined);
      await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
      const rows: BenchRow[] = [];
      for (const piece of pieces) {
        const url = `/collections/${piece.file}`;
        const ours: Cost[] = [];
        const reference: Cost[] = [];
        for (let turn = 0; turn < turns; turn += 1) {
          ours.push(await costOf(page, cdp, 'startOurs', url));
          reference.push(await costOf(page, cdp, 'startBare', url));
        }
        const least = await leastOf(page, url);
        rows.push(...rowsOf(`${piece.category}, ${piece.name}`, joined(ours), joined(reference), least));
      }
      rows.push(...(await growthRows(page, cdp)));
      return rows;
    } finally {
      await browser.close();
    }
  } finally {
    await served.close();
  }
}

async function costOf(
  page: Page,
  cdp: CDPSession,
  start: 'startOurs' | 'startBare',
  url: string,
): Promise<Cost> {
  await page.evaluate(([name, model]) => globalThis.window.frameCost[name](model), [start, url] as const);
  await page.evaluate((frames) => globalThis.window.frameCost.draw(frames), framesToSettle);
  const mainThreadMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = await busyMs(cdp);
    const drawn = await page.evaluate((frames) => globalThis.window.frameCost.draw(frames), framesPerRound);
    mainThreadMs.push(((await busyMs(cdp)) - before) / drawn);
  }
  const costs = await page.evaluate(() => globalThis.window.frameCost.costs());
  await page.evaluate(() => globalThis.window.frameCost.stop());
  return { ...costs, mainThreadMs };
}

/** What the kit draws in its low tier. */
async function leastOf(page: Page, url: string): Promise<FrameCosts> {
  await page.evaluate((model) => globalThis.window.frameCost.startOurs(model, 'low'), url);
  await page.evaluate((frames) => globalThis.window.frameCost.draw(frames), framesToSettle);
  const costs = await page.evaluate(() => globalThis.window.frameCost.costs());
  await page.evaluate(() => globalThis.window.frameCost.stop());
  return costs;
}

function joined(costs: readonly Cost[]): Cost {
  const [first] = costs;
  if (first === undefined) throw new Error('Nothing was measured.');
  return { ...first, mainThreadMs: costs.flatMap(({ mainThreadMs }) => mainThreadMs) };
}

/** Time that the main thread has computed since the page began. */
async function busyMs(cdp: CDPSession): Promise<number> {
  return (await pageMetric(cdp, 'TaskDuration')) * 1_000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const mebi = 2 ** 20;

function rowsOf(what: string, ours: Cost, reference: Cost, least: FrameCosts): BenchRow[] {
  const row = (name: string, unit: string, figure: (cost: Cost) => number, goal?: string): BenchRow => ({
    what: `${what}: ${name}`,
    unit,
    ours: figure(ours),
    reference: figure(reference),
    ...(goal === undefined ? {} : { goal }),
  });
  return [
    {
      ...row('main thread per displayed frame', 'ms', (cost) => median(cost.mainThreadMs), '≤ 1.3 ×'),
      samples: turns * rounds * framesPerRound,
    },
    row('draw calls', '', ({ drawCalls }) => drawCalls),
    { ...row('draw calls, low tier', '', ({ drawCalls }) => drawCalls), ours: least.drawCalls },
    row('triangles', '', ({ triangles }) => triangles),
    { ...row('triangles, low tier', '', ({ triangles }) => triangles), ours: least.triangles },
    row('textures', 'MiB', ({ gpu }) => gpu.textureBytes / mebi),
    row('buffers', 'MiB', ({ gpu }) => gpu.bufferBytes / mebi),
  ];
}

async function growthRows(page: Page, cdp: CDPSession): Promise<BenchRow[]> {
  const urls = pieces.map(({ file }) => `/collections/${file}`);
  const after = (times: number): Promise<FrameCosts> =>
    page.evaluate(([models, count]) => globalThis.window.frameCost.change(models, count), [
      urls,
      times,
    ] as const);
  await page.setViewportSize({ width: 96, height: 96 });
  await page.evaluate((model) => globalThis.window.frameCost.startOurs(model), urls[0] ?? '');
  const before = await after(changesBefore * urls.length);
  const heapBefore = await heapBytes(page, cdp);
  const end = await after(changes - (changes % urls.length));
  const heapEnd = await heapBytes(page, cdp);
  await page.evaluate(() => globalThis.window.frameCost.stop());
  const row = (name: string, unit: string, ours: number, reference: number): BenchRow => ({
    what: `after ${changes} changes of piece: ${name}`,
    unit,
    ours,
    reference,
    goal: 'no growth',
    note: `reference: after ${changesBefore * urls.length} changes`,
  });
  return [
    row('textures', '', end.gpu.textures, before.gpu.textures),
    row('buffers', '', end.gpu.buffers, before.gpu.buffers),
    row('GPU memory', 'MiB', gpuBytes(end) / mebi, gpuBytes(before) / mebi),
    row('heap', 'MiB', heapEnd / mebi, heapBefore / mebi),
  ];
}

function gpuBytes({ gpu }: FrameCosts): number {
  return gpu.textureBytes + gpu.bufferBytes;
}
