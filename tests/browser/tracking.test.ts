import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import type { ClipScript } from '../support/fake-camera-clip.ts';
import {
  astronautFaceHeightPx,
  astronautTruth,
  makeClip,
  movingFaceClip,
  placedPoint,
  stillFaceClip,
  twoFacesClip,
} from '../support/fake-camera-clip.ts';
import { describeOnHost, mediaPath, modelPath, present } from '../support/host.ts';
import type { ServedPage } from '../support/page-server.ts';
import { serveBundledPage, wasmFolder } from '../support/page-server.ts';
import type { BeginSettings, Report, SeenFrame, SeenPerson } from './tracking-page/main.ts';

const port = 8151;
const faceHeightPx = astronautFaceHeightPx * 1.8;

/** A page with everything it ever asked the network for. */
interface Visit {
  readonly page: Page;
  readonly requested: string[];
  readonly close: () => Promise<void>;
}

async function visit(browser: Browser, origin: string): Promise<Visit> {
  const context = await browser.newContext();
  const requested: string[] = [];
  context.on('request', (request) => requested.push(request.url()));
  await context.addInitScript(() => {
    const { mediaDevices } = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    Object.assign(globalThis, { cameraCalls: 0 });
    mediaDevices.getUserMedia = (constraints) => {
      (globalThis as unknown as { cameraCalls: number }).cameraCalls += 1;
      return original(constraints);
    };
  });
  const page = await context.newPage();
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => 'tracking' in globalThis);
  return { page, requested, close: () => context.close() };
}

const begin = (page: Page, settings: BeginSettings): Promise<void> =>
  page.evaluate((given) => globalThis.window.tracking.begin(given), settings);
const collect = (page: Page, frames: number): Promise<SeenFrame[]> =>
  page.evaluate((count) => globalThis.window.tracking.collect(count, 30_000), frames);
const report = (page: Page): Promise<Report> => page.evaluate(() => globalThis.window.tracking.report());

async function eventually(page: Page, event: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => globalThis.window.tracking.report().events.some((seen) => seen.startsWith(wanted)),
    event,
    { timeout: 40_000 },
  );
}

/** The distance from where an anchor should be to where it is, over the face's height. */
function missOf(
  seen: SeenFrame,
  clip: ClipScript,
  name: 'noseBridge' | 'leftEarlobe' | 'rightEarlobe',
): number {
  const truth = placedPoint(clip.placementAt(seen.writtenFrame), astronautTruth[name]);
  return Math.hypot(seen[name][0] - truth.x, seen[name][1] - truth.y) / faceHeightPx;
}

describeOnHost('tracking a real face in Chromium', ['face-model', 'astronaut', 'chromium'], () => {
  let served: ServedPage;
  let model: BeginSettings;
  let damagedFolder: string;

  beforeAll(async () => {
    const bundle = present(modelPath('face_landmarker.task'));
    const bytes = readFileSync(bundle);
    model = {
      modelUrl: '/models/face_landmarker.task',
      modelSha256: createHash('sha256').update(bytes).digest('hex'),
    };
    damagedFolder = mkdtempSync(join(tmpdir(), 'vitrine-damaged-'));
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
    writeFileSync(join(damagedFolder, 'damaged.task'), bytes);
    served = await serveBundledPage(resolve(import.meta.dirname, 'tracking-page'), port, [
      { at: '/wasm/', path: wasmFolder },
      { at: '/models/face_landmarker.task', path: bundle },
      { at: '/models/', path: damagedFolder },
    ]);
  });
  afterAll(async () => {
    await served.close();
    rmSync(damagedFolder, { recursive: true, force: true });
  });

  describe('with a face that does not move', () => {
    let browser: Browser;
    beforeAll(async () => {
      const clip = await makeClip(present(mediaPath('astronaut.png')), stillFaceClip);
      browser = await launchChromium({ cameraClip: clip });
    });
    afterAll(() => browser.close());

    it('warms up without the camera, then finds nose and ears where a person marked them', async () => {
      const { page, close } = await visit(browser, served.origin);
      await begin(page, { ...model, withoutCamera: true });
      expect(await page.evaluate(() => (globalThis as unknown as { cameraCalls: number }).cameraCalls)).toBe(
        0,
      );
      expect((await report(page)).events).toEqual(['warm']);

      await begin(page, model);
      const seen = await collect(page, 40);
      expect(seen).toHaveLength(40);
      for (const frame of seen.slice(10)) {
        expect(missOf(frame, stillFaceClip, 'noseBridge')).toBeLessThan(0.04);
        // Hair hides the ears of the photograph and its lens was far longer than the assumed one.
        expect(missOf(frame, stillFaceClip, 'leftEarlobe')).toBeLessThan(0.09);
        expect(missOf(frame, stillFaceClip, 'rightEarlobe')).toBeLessThan(0.09);
      }
      const last = seen.at(-1);
      expect(last?.confidence).toBeGreaterThan(0.9);
      expect(last?.scaleSource).toBe('iris');
      // An adult woman's pupils are 53 to 70 mm apart (ANSUR II, 1st to 99th percentile).
      expect(last?.pupillaryDistanceMm).toBeGreaterThan(53);
      expect(last?.pupillaryDistanceMm).toBeLessThan(70);
      await close();
    });

    it('hands every picture over once, and keeps none after a stop', async () => {
      const { page, close } = await visit(browser, served.origin);
      await begin(page, model);
      await collect(page, 30);
      const running = await report(page);
      // One in flight, one waiting, one ready to be taken, one under way from the camera.
      expect(running.bitmapsOpen).toBeLessThanOrEqual(4);
      expect(running.metrics.framesInferred).toBeGreaterThanOrEqual(30);
      await page.evaluate(() => globalThis.window.tracking.stop());
      await page.waitForFunction(() => globalThis.window.tracking.report().bitmapsOpen === 0);
      expect((await report(page)).events).toEqual(['warm', 'found 1', 'lost 1']);
      await close();
    });

    it('asks no foreign host for anything, though its library tries', async () => {
      const { page, requested, close } = await visit(browser, served.origin);
      await begin(page, model);
      await collect(page, 5);
      await page.evaluate(() => globalThis.window.tracking.poisonGraph());
      await eventually(page, 'restarted poisoned');
      // The library reports home when a graph is closed; collecting gives it the time to.
      await collect(page, 10);
      expect(requested.length).toBeGreaterThan(4);
      expect(requested.filter((url) => !url.startsWith(`${served.origin}/`))).toEqual([]);
      await page.waitForFunction(() => globalThis.window.tracking.report().requestsRefused > 0);
      await close();
    });

    it('makes a poisoned graph anew and replaces a worker that hangs', async () => {
      const { page, close } = await visit(browser, served.origin);
      await begin(page, model);
      await collect(page, 3);
      await page.evaluate(() => globalThis.window.tracking.poisonGraph());
      await eventually(page, 'restarted poisoned 1');
      expect(await collect(page, 3)).toHaveLength(3);
      await page.evaluate(() => globalThis.window.tracking.deafenWorker());
      await eventually(page, 'restarted hung 2');
      expect(await collect(page, 3)).toHaveLength(3);
      expect((await report(page)).metrics.restarts).toBe(2);
      await close();
    });

    it('runs its worker from another origin', async () => {
      const { page, requested, close } = await visit(browser, served.origin);
      await begin(page, { ...model, withoutCamera: true });
      const workerUrl = requested.find((url) => url.includes('tracker-worker'));
      expect(workerUrl).toBeDefined();
      await begin(page, { ...model, workerUrl: (workerUrl ?? '').replace('localhost', '127.0.0.1') });
      expect(await collect(page, 3)).toHaveLength(3);
      await close();
    });

    it('says that a model is damaged or missing, and shows the picture all the same', async () => {
      const { page, close } = await visit(browser, served.origin);
      await begin(page, { ...model, modelUrl: '/models/damaged.task' });
      expect((await report(page)).events[0]).toMatch(/^problem model-corrupt/);
      await page.waitForFunction(() => globalThis.window.tracking.picturesWithoutFace() > 3);
      await begin(page, { ...model, modelUrl: '/models/nowhere.task' });
      expect((await report(page)).events[0]).toMatch(/^problem model-missing/);
      await close();
    });
  });

  it('follows a face that moves from side to side', async () => {
    const clip = await makeClip(present(mediaPath('astronaut.png')), movingFaceClip);
    const browser = await launchChromium({ cameraClip: clip });
    try {
      const { page } = await visit(browser, served.origin);
      await begin(page, model);
      const seen = (await collect(page, 60)).slice(10);
      const places = seen.map((frame) => frame.noseBridge[0]);
      expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(100);
      for (const frame of seen) expect(missOf(frame, movingFaceClip, 'noseBridge')).toBeLessThan(0.05);
    } finally {
      await browser.close();
    }
  });

  it('follows two once both have agreed, each by one number, and serves whoever is touched first', async () => {
    const clip = await makeClip(present(mediaPath('astronaut.png')), twoFacesClip);
    const browser = await launchChromium({ cameraClip: clip });
    try {
      const { page } = await visit(browser, served.origin);
      await begin(page, model);
      const people = (frames: number): Promise<SeenPerson[][]> =>
        page.evaluate((count) => globalThis.window.tracking.collectPeople(count, 60_000), frames);
      await eventually(page, 'found');
      const alone = await people(20);
      expect(alone.every((faces) => faces.length <= 1)).toBe(true);
      await page.evaluate(() => globalThis.window.tracking.allow(2));
      const both = (await people(40)).slice(20);
      const [one, other] = both[0] ?? [];
      if (!one || !other) throw new Error('Two were not followed.');
      expect(Math.abs(one.noseBridge[0] - other.noseBridge[0])).toBeGreaterThan(200);
      const numbers = (frames: SeenPerson[][]): string[] => [
        ...new Set(frames.map((faces) => faces.map(({ identity }) => identity).join())),
      ];
      expect(numbers(both)).toEqual([`${one.identity},${other.identity}`]);
      await page.evaluate(([uPx, vPx]) => globalThis.window.tracking.choose(uPx, vPx), other.noseBridge);
      const touched = (await people(40)).slice(20);
      expect(numbers(touched)).toEqual([`${other.identity},${one.identity}`]);
      const noses = touched.map(([first]) => first?.noseBridge[0] ?? 0);
      for (const noseX of noses) expect(Math.abs(noseX - other.noseBridge[0])).toBeLessThan(8);
      expect((await report(page)).events.filter((event) => event.startsWith('lost'))).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('tells a missing camera from a denied one', async () => {
    const without = await launchChromium();
    try {
      const { page } = await visit(without, served.origin);
      await begin(page, model);
      expect((await report(page)).events.at(-1)).toMatch(/^problem camera-missing/);
    } finally {
      await without.close();
    }
    const denying = await launchChromium({
      extraFlags: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'],
    });
    try {
      const { page } = await visit(denying, served.origin);
      await begin(page, model);
      expect((await report(page)).events.at(-1)).toMatch(/^problem camera-denied/);
    } finally {
      await denying.close();
    }
  });
});
