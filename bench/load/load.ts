import { resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../tests/support/chromium.ts';
import { startHouse, type RunningHouse } from '../../tests/support/running-house.ts';
import { serveBundledPage } from '../../tests/support/page-server.ts';
import { buildAll } from '../../tools/build/build-all.ts';
import { collectionsDir } from '../../tools/support/paths.ts';
import { describeMachine, type BenchResult, type BenchRow } from '../bench-result.ts';
import { embedScriptSizes } from './script-sizes.ts';
import { openShapedLink, type ShapedLink } from './shaped-link.ts';

/** A shop's line: 20 Mbit/s each way, 40 ms there and back. */
const line = { bitsPerSecond: 20_000_000, roundTripMs: 40 } as const;
const runs = 3;
const bundledPort = 8159;
/** What the demo page of the embed wears first; the reference shows the same file. */
const firstModel = '/collections/norde/pieces/meridian-58.glb';
const viewport = { width: 480, height: 640 } as const;
const patienceMs = 240_000;

/** One way of coming to a first piece. */
interface Arrival {
  readonly bytes: number;
  /** From navigation until the piece has been drawn. */
  readonly ms: number;
}

/**
 * Bytes and time from navigation to the first piece on show: for the first time, again, and without a network, over a line as slow as
 * a shop's. Without a camera: what is measured is how the kit comes, not how fast somebody steps before it.
 */
export async function runLoad(): Promise<BenchResult> {
  return {
    name: 'load',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference:
      'three.js alone with its own loader and room, showing the same file over the same line (model-viewer is no dependency of this repository and was not measured)',
    rows:
      chromiumPath() === null
        ? [{ what: 'all', unit: '', ours: null, reference: null, note: 'this host lacks Chromium' }]
        : await measure(),
  };
}

async function measure(): Promise<BenchRow[]> {
  await buildAll({ log: () => undefined, withPackage: false });
  const house = await startHouse();
  const bare = await serveBundledPage(resolve(import.meta.dirname, 'page'), bundledPort, [
    { at: '/collections/', path: collectionsDir },
  ]);
  const browser = await launchChromium();
  try {
    const embed = { cold: [] as Arrival[], warm: [] as Arrival[], bare: [] as Arrival[] };
    for (let run = 0; run < runs; run += 1) {
      const { cold, warm } = await embedArrivals(browser, house);
      embed.cold.push(cold);
      embed.warm.push(warm);
      embed.bare.push(await bareArrival(browser));
    }
    return [
      ...(await scriptRows()),
      ...rowsOf('embed, first time', embed.cold, embed.bare),
      ...rowsOf('embed, again', embed.warm, null, median(embed.cold, 'ms')),
      ...(await kioskRows(browser, house)),
    ];
  } finally {
    await browser.close();
    await bare.close();
    await house.stop();
  }
}

async function scriptRows(): Promise<BenchRow[]> {
  const { mainBytes, trackerBytes, visitorBytes } = await embedScriptSizes();
  const kibi = 1024;
  return [
    {
      what: 'script of the embed on the page’s own thread',
      unit: 'KiB gzip',
      ours: mainBytes / kibi,
      reference: null,
      goal: '≤ 260',
    },
    {
      what: 'script that comes with a camera',
      unit: 'KiB gzip',
      ours: trackerBytes / kibi,
      reference: null,
      note: 'its worker, wasm and model apart',
    },
    {
      what: 'script that comes with the drawn visitor, for demos',
      unit: 'KiB gzip',
      ours: visitorBytes / kibi,
      reference: null,
    },
  ];
}

async function embedArrivals(
  browser: Browser,
  { server }: RunningHouse,
): Promise<{ cold: Arrival; warm: Arrival }> {
  const link = await openShapedLink(Number(new URL(server.url).port), line);
  const context = await browser.newContext({ viewport });
  try {
    const come = (): Promise<Arrival> =>
      arrival(context, link, `http://localhost:${link.port}/embed/?camera=off`, async (page) => {
        await page.locator('#events li', { hasText: 'piece-change' }).first().waitFor();
      });
    const cold = await come();
    return { cold, warm: await come() };
  } finally {
    await context.close();
    await link.cut();
  }
}

async function bareArrival(browser: Browser): Promise<Arrival> {
  const link = await openShapedLink(bundledPort, line);
  const context = await browser.newContext({ viewport });
  try {
    const address = `http://localhost:${link.port}/?model=${firstModel}`;
    return await arrival(context, link, address, async (page) => {
      await page.locator('html[data-shown]').waitFor();
    });
  } finally {
    await context.close();
    await link.cut();
  }
}

/** The kiosk: enrolled, at rest, its first piece turning; then again, and then with the line cut. */
async function kioskRows(browser: Browser, house: RunningHouse): Promise<BenchRow[]> {
  const link = await openShapedLink(Number(new URL(house.server.url).port), line);
  const context = await browser.newContext({ viewport: { width: 270, height: 480 } });
  const enrolment = new URL(await house.link('kiosk', 'norde', 1));
  enrolment.protocol = 'http:';
  enrolment.host = `localhost:${link.port}`;
  const come = (address: string): Promise<Arrival> =>
    arrival(context, link, address, async (page) => {
      await page.locator('.stage[data-state="shown"]').waitFor();
    });
  try {
    const cold = await come(enrolment.href);
    const home = `${enrolment.origin}/`;
    await keptForOffline(context, home);
    const warm = await come(home);
    await link.cut();
    const offline = await come(home);
    return [
      ...rowsOf('kiosk, first time', [cold], null),
      ...rowsOf('kiosk, again', [warm], null, cold.ms),
      ...rowsOf('kiosk, without a network', [offline], null, cold.ms),
    ];
  } finally {
    await context.close();
    await link.cut().catch(() => undefined);
  }
}

/** Waits until the service worker has everything that the mirror needs. */
async function keptForOffline(context: BrowserContext, address: string): Promise<void> {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(address);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.close();
}

async function arrival(
  context: BrowserContext,
  link: ShapedLink,
  address: string,
  shown: (page: Page) => Promise<void>,
): Promise<Arrival> {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const before = link.bytesDown();
  await page.goto(address, { waitUntil: 'commit' });
  await shown(page);
  const ms = await page.evaluate(
    () =>
      new Promise<number>((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(() => drawn(performance.now())));
      }),
  );
  const bytes = link.bytesDown() - before;
  await page.close();
  return { bytes, ms };
}

function median(arrivals: readonly Arrival[], figure: keyof Arrival): number {
  const sorted = arrivals.map((arrival) => arrival[figure]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function rowsOf(
  what: string,
  ours: readonly Arrival[],
  reference: readonly Arrival[] | null,
  coldMs: number | null = null,
): BenchRow[] {
  const row = (name: string, unit: string, figure: keyof Arrival, per: number): BenchRow => ({
    what: `${what}: ${name}`,
    unit,
    ours: median(ours, figure) / per,
    reference: reference === null ? null : median(reference, figure) / per,
    samples: ours.length,
  });
  const time = row('until the first piece is drawn', 's', 'ms', 1_000);
  const share = coldMs === null ? null : median(ours, 'ms') / coldMs;
  return [
    row('bytes until then', 'KiB', 'bytes', 1024),
    share === null ? time : { ...time, goal: '≤ 0.5 × the first time', note: `${share.toFixed(2)} ×` },
  ];
}
