import { resolve } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../tests/support/chromium.ts';
import { serveBundledPage } from '../../tests/support/page-server.ts';
import { describeMachine, type BenchResult, type BenchRow } from '../bench-result.ts';
import { heapParts, type HeapParts } from '../page-heap.ts';
import { collections, piecesByCategory } from './collection-pieces.ts';
import type { ChangedPiece, Held } from './page/main.ts';

const port = 8157;
/** Every piece and every variant of a category has been seen once by then. */
const changesBefore = 40;
const changes = 500;
const variantsPerPiece = 10;
const mebi = 2 ** 20;

interface Count extends Held {
  readonly heap: HeapParts;
}

/**
 * What the mirror still holds when everything is taken off again after 500 changes of piece and variant in each category, against
 * what it held after the first ones. No model is kept for the next touch meanwhile, so that each change of piece loads and frees.
 */
export async function runChanges(): Promise<BenchResult> {
  return {
    name: 'changes',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference: `the same mirror after ${changesBefore} changes`,
    rows:
      chromiumPath() === null
        ? [{ what: 'all', unit: '', ours: null, reference: null, note: 'this host lacks Chromium' }]
        : await measure(),
  };
}

async function measure(): Promise<BenchRow[]> {
  const served = await serveBundledPage(resolve(import.meta.dirname, 'page'), port, [collections]);
  const browser = await launchChromium({ extraFlags: ['--js-flags=--expose-gc'] });
  try {
    const rows: BenchRow[] = [];
    for (const [category, pieces] of piecesByCategory()) {
      const page = await browser.newPage({ viewport: { width: 120, height: 120 } });
      page.setDefaultTimeout(0);
      await page.goto(`${served.origin}/`);
      await page.waitForFunction(() => 'changes' in globalThis);
      await page.evaluate(() => globalThis.window.changes.start(0));
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Performance.enable');
      const before = await countAfter(page, cdp, pieces, 0, changesBefore);
      const after = await countAfter(page, cdp, pieces, changesBefore, changes - changesBefore);
      rows.push(...rowsOf(category, before, after));
      await page.close();
    }
    return rows;
  } finally {
    await browser.close();
    await served.close();
  }
}

async function countAfter(
  page: Page,
  cdp: CDPSession,
  pieces: readonly ChangedPiece[],
  from: number,
  times: number,
): Promise<Count> {
  const held = await page.evaluate(([list, wanted]) => globalThis.window.changes.change(list, wanted), [
    pieces,
    { from, times, variantsPerPiece },
  ] as const);
  return { ...held, heap: await heapParts(page, cdp) };
}

function rowsOf(category: string, before: Count, after: Count): BenchRow[] {
  const row = (name: string, unit: string, figure: (count: Count) => number): BenchRow => ({
    what: `${category}: ${name}`,
    unit,
    ours: figure(after),
    reference: figure(before),
    goal: 'no growth',
    samples: changes,
  });
  return [
    row('geometries', '', ({ geometries }) => geometries),
    row('textures', '', ({ textures }) => textures),
    row('programs', '', ({ programs }) => programs),
    row('GPU buffers', '', ({ gpu }) => gpu.buffers),
    row('GPU memory', 'MiB', ({ gpu }) => (gpu.textureBytes + gpu.bufferBytes) / mebi),
    row('heap, what the program holds', 'MiB', ({ heap }) => heap.objects / mebi),
    {
      ...row('heap, compiled code', 'MiB', ({ heap }) => heap.code / mebi),
      goal: 'levels off',
    },
  ];
}
