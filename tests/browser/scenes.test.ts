import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { serveBundledModule, type ServedPage } from '../support/page-server.ts';
import { plainFrameGlb } from './scenes-fixtures.ts';
import type { ScenesDriver } from './scenes-page.ts';

declare const scenes: ScenesDriver;

const isRed = ([r = 0, g = 0, b = 0]: readonly number[]): boolean => r > 90 && g < r / 2 && b < r / 2;
const GREEN = [20, 140, 60];
const BLUE = [30, 60, 190];

describeOnHost('the mirror stage', ['chromium'], () => {
  let server: ServedPage;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    const frame = await plainFrameGlb();
    server = await serveBundledModule(
      'tests/browser/scenes-page.ts',
      8162,
      new Map([
        ['/frame.glb', frame],
        ['/fine.glb', await plainFrameGlb('fine')],
        ['/other.glb', frame],
        ['/cut.glb', frame.subarray(0, frame.byteLength - 400)],
      ]),
    );
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 320, height: 320 } });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(server.origin);
    await page.addScriptTag({ type: 'module', url: '/entry.js' });
    await page.waitForFunction(() => 'scenes' in globalThis);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    expect(faults).toEqual([]);
  });

  it('shows the tracked picture in its own colours, mirrored once', async () => {
    const seen = await page.evaluate(async () => {
      await scenes.mount({ yawDeg: 0, camera: true, faceThere: true }, null);
      const [left, right] = await scenes.coloursAt([
        [30, 30],
        [210, 210],
      ]);
      return { left, right, transform: scenes.transform() };
    });
    expect(seen.transform).toBe('scaleX(-1)');
    expect(seen.left).toEqual(BLUE);
    expect(seen.right).toEqual(GREEN);
  });

  it('leaves nobody before an empty mirror: the mannequin wears the piece until the camera’s first picture comes', async () => {
    const seen = await page.evaluate(() => scenes.openSlowly({ url: '/frame.glb', variant: 'signal' }));
    expect(isRed(seen.waiting.onBridge), String(seen.waiting.onBridge)).toBe(true);
    expect(seen.waiting).toMatchObject({ mirrored: false, placed: true });
    expect(isRed(seen.open.onBridge), String(seen.open.onBridge)).toBe(true);
    // The last picture of the mannequin fades over the client's first ones, and is gone after.
    expect(seen.open).toMatchObject({ mirrored: true, crossing: 1 });
    expect(seen.canvasesAfter).toBe(1);
  });

  it('draws the frame where its anchor projects, at true size', async () => {
    const [inside, outside] = await page.evaluate(async () => {
      await scenes.mount(
        { yawDeg: 14, camera: true, faceThere: true },
        { url: '/frame.glb', variant: 'signal' },
      );
      const on = [
        scenes.bridge(64, 0, 8),
        scenes.bridge(-64, 0, 8),
        scenes.bridge(0, 4.5, 8),
        scenes.bridge(0, -4.5, 8),
      ];
      // Of the two ends, the one that is turned away: behind the other one its temple is seen.
      const off = [scenes.bridge(72, 0, 8), scenes.bridge(0, 9, 8), scenes.bridge(0, -9, 8)];
      return [await scenes.coloursOnHead(on), await scenes.coloursOnHead(off)] as const;
    });
    for (const colour of inside) expect(isRed(colour), String(colour)).toBe(true);
    for (const colour of outside) expect(isRed(colour), String(colour)).toBe(false);
  });

  it('hides the temple that is behind the head and shows the one before it', async () => {
    const [near, far] = await page.evaluate(async () => {
      // Looking down a little, so that the temples are not hidden by the frame's own front.
      scenes.setScene({ yawDeg: 38, pitchDeg: 20, camera: true, faceThere: true });
      await scenes.frames(60);
      return scenes.coloursOnHead([scenes.bridge(-68, 0, -40), scenes.bridge(68, 0, -56)]);
    });
    expect(isRed(near!), String(near)).toBe(true);
    expect(isRed(far!), String(far)).toBe(false);
  });

  it('changes the variant in place, and keeps what is worn when the next piece is cut short', async () => {
    const result = await page.evaluate(async () => {
      scenes.setScene({ yawDeg: 0, camera: true, faceThere: true });
      const gold = await scenes.wear('/frame.glb', 'gold');
      await scenes.frames(3);
      const [goldColour] = await scenes.coloursOnHead([scenes.bridge(0, 0, 8)]);
      const cut = await scenes.wear('/cut.glb', null);
      const unknown = await scenes.wear('/frame.glb', 'no such variant');
      const red = await scenes.wear('/frame.glb', 'signal');
      await scenes.frames(3);
      const [redColour] = await scenes.coloursOnHead([scenes.bridge(0, 0, 8)]);
      return { gold, cut, unknown, red, goldColour, redColour };
    });
    expect(result).toMatchObject({
      gold: 'worn',
      cut: 'piece-truncated',
      unknown: 'variant-unknown',
      red: 'worn',
    });
    expect(isRed(result.goldColour!)).toBe(false);
    expect(isRed(result.redColour!)).toBe(true);
  });

  it('takes the piece away with the face, and brings it back', async () => {
    const [gone, back] = await page.evaluate(async () => {
      scenes.setScene({ yawDeg: 0, camera: true, faceThere: false });
      await scenes.fadedIn();
      const without = await scenes.coloursOnHead([scenes.bridge(10, 0, 8)]);
      scenes.setScene({ yawDeg: 0, camera: true, faceThere: true });
      await scenes.fadedIn();
      return [without[0], (await scenes.coloursOnHead([scenes.bridge(10, 0, 8)]))[0]] as const;
    });
    expect(gone).toEqual(BLUE);
    expect(isRed(back!)).toBe(true);
  });

  it('draws nothing anew while the camera has nothing new', async () => {
    expect(await page.evaluate(() => scenes.drawnWhileStalled(12))).toBe(0);
  });

  it('shows a studio that is no mirror image where there is no camera', async () => {
    const seen = await page.evaluate(async () => {
      await scenes.mount(
        { yawDeg: 0, camera: false, faceThere: true },
        { url: '/frame.glb', variant: 'signal' },
      );
      return { transform: scenes.transform(), corner: (await scenes.coloursAt([[4, 4]]))[0] };
    });
    expect(seen.transform).toBe('');
    for (const channel of seen.corner!) expect(channel).toBeGreaterThan(150);
  });

  it('brings metal back as metal after the WebGL context was lost', async () => {
    const { before, after, heard } = await page.evaluate(async () => {
      await scenes.mount(
        { yawDeg: 10, camera: true, faceThere: true },
        { url: '/frame.glb', variant: 'gold' },
      );
      const before = await scenes.rgb();
      await scenes.loseContext();
      return { before, after: await scenes.rgb(), heard: scenes.contextEvents() };
    });
    expect(heard).toEqual(['context-lost', 'context-restored']);
    let worst = 0;
    let metal = 0;
    for (let i = 0; i < before.length; i += 4) {
      for (let channel = 0; channel < 3; channel += 1) {
        worst = Math.max(worst, Math.abs(before[i + channel]! - after[i + channel]!));
      }
      if (after[i]! > 60 && after[i]! > 1.3 * after[i + 2]!) metal += 1;
    }
    expect(worst).toBeLessThanOrEqual(3);
    expect(metal).toBeGreaterThan(300);
  });

  it('holds no more after many changes of piece than after the first, and nothing at the end', async () => {
    const counts = await page.evaluate(async () => {
      await scenes.mount({ yawDeg: 0, camera: true, faceThere: true }, null);
      const after: { geometries: number; textures: number; programs: number; modelLeases: number }[] = [];
      for (let change = 0; change < 24; change += 1) {
        await scenes.wear(
          change % 2 === 0 ? '/frame.glb' : '/other.glb',
          change % 3 === 0 ? 'gold' : 'signal',
        );
        await scenes.frames(2);
        const { geometries, textures, programs, modelLeases } = scenes.metrics();
        after.push({ geometries, textures, programs, modelLeases });
      }
      const childrenLeft = scenes.stop();
      return { after, childrenLeft, pictures: scenes.pictures() };
    });
    expect(counts.after.at(-1)).toEqual(counts.after[5]);
    expect(counts.after.at(-1)?.modelLeases).toBe(1);
    expect(counts.childrenLeft).toBe(0);
    expect(counts.pictures.closed).toBe(counts.pictures.made);
  });

  it('shows the coarse level first, the fine one before the mirror, and the coarse one again across the room', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const seen = await page.evaluate(async () => {
      const near = { yawDeg: 0, camera: true, faceThere: true, distanceMm: 300 };
      await scenes.mount(near, null);
      const result = await scenes.wear('/fine.glb', 'signal', '/frame.glb');
      await scenes.leased(2);
      await scenes.fadedIn();
      const look = async (distanceMm: number) => {
        scenes.setScene({ ...near, distanceMm });
        await scenes.frames(3);
        const { farPieces, triangles } = scenes.metrics();
        const [colour] = await scenes.coloursOnHead([scenes.bridge(0, 0, 8)]);
        return { farPieces, triangles, colour: colour ?? [] };
      };
      // 560 mm lies between the two bounds: what is shown there is what was shown before.
      const walk = [await look(300), await look(560), await look(900), await look(560), await look(300)];
      return { result, walk };
    });
    expect(seen.result).toBe('worn');
    expect(asked.filter((path) => path.endsWith('.glb'))).toEqual(['/frame.glb', '/fine.glb']);
    expect(seen.walk.map(({ farPieces }) => farPieces)).toEqual([0, 0, 1, 1, 0]);
    expect(seen.walk[2]?.triangles).toBeLessThan(seen.walk[1]?.triangles ?? 0);
    for (const { colour } of seen.walk) expect(isRed(colour), String(colour)).toBe(true);
  });

  it('wears the other level where one of them cannot be had', async () => {
    const seen = await page.evaluate(async () => {
      await scenes.mount({ yawDeg: 0, camera: true, faceThere: true }, null);
      const withoutFar = await scenes.wear('/fine.glb', 'signal', '/cut.glb');
      await scenes.wear(null, null);
      const withoutNear = await scenes.wear('/cut.glb', 'signal', '/frame.glb');
      await scenes.fadedIn();
      const [colour] = await scenes.coloursOnHead([scenes.bridge(0, 0, 8)]);
      return { withoutFar, withoutNear, colour: colour ?? [], farPieces: scenes.metrics().farPieces };
    });
    expect(seen).toMatchObject({ withoutFar: 'worn', withoutNear: 'worn', farPieces: 1 });
    expect(isRed(seen.colour), String(seen.colour)).toBe(true);
  });

  it('has what is likely next at hand: asked for, it is not fetched again', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const leases = await page.evaluate(async () => {
      await scenes.mount({ yawDeg: 0, camera: true, faceThere: true }, null);
      await scenes.wear('/frame.glb', 'gold');
      await scenes.loadedAhead(['/other.glb', '/fine.glb'], 3);
      const { modelLeases } = scenes.metrics();
      await scenes.wear('/fine.glb', 'signal');
      return modelLeases;
    });
    expect(leases).toBe(1);
    expect(asked.filter((path) => path.endsWith('.glb'))).toEqual(['/frame.glb', '/other.glb', '/fine.glb']);
  });

  it('dresses two each in their own piece, and leaves it to them when the mirror serves the other', async () => {
    const [alone, both, touched] = await page.evaluate(async () => {
      await scenes.mount({ yawDeg: 0, camera: true, faceThere: true, couple: { served: 0 } }, null);
      const mine = { url: '/frame.glb', variant: 'signal', person: 0 };
      const yours = { url: '/other.glb', variant: 'signal', person: 1 };
      return [
        await scenes.dress([mine], 0),
        await scenes.dress([mine, yours], 0),
        await scenes.dress([yours], 1),
      ] as const;
    });
    expect(alone.colours.map(isRed)).toEqual([true, false]);
    expect(both.colours.map(isRed)).toEqual([true, true]);
    expect(touched.served).toEqual([1]);
    expect(touched.colours.map(isRed)).toEqual([false, true]);
  });

  it('reflects the same studio where it is filtered from fewer samples', async () => {
    const deviations = await page.evaluate(() => scenes.studioDeviation(32, 64));
    expect(deviations).toHaveLength(2);
    for (const deviation of deviations) {
      expect(deviation).toBeGreaterThan(0);
      expect(deviation).toBeLessThan(0.05);
    }
  });

  it('lives on a canvas of its own after StrictMode mounted it twice, with the whole piece that it was given', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const seen = await page.evaluate(() => scenes.mountStrictly('/fine.glb', '/frame.glb'));
    expect(asked).toContain('/frame.glb');
    expect(seen).toEqual({ canvases: 1, lost: false, shown: expect.any(Number) });
    expect(seen.shown).toBeGreaterThanOrEqual(3);
  });
});
