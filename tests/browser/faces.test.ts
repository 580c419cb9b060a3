import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { visitorIntrinsics } from '../../scenes/visitor/visitor-camera.ts';
import { visitorFaceMm } from '../../scenes/visitor/visitor-face.ts';
import { vertexAt } from '../../sdk/anchors/face-shape.ts';
import { readCanonicalFace } from '../../sdk/geometry/canonical-face-reader.ts';
import { projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import { collectionsDir } from '../../tools/support/paths.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost, hairModelPath, mediaPath, modelPath, present } from '../support/host.ts';
import { makeVideoClip, swayingFaceClip } from '../support/video-clip.ts';
import { grown, isWithin, type PolygonPoint } from '../support/polygon.ts';
import { serveBundledPage, wasmFolder, type ServedPage } from '../support/page-server.ts';

const port = 8177;
const outerLips = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];
const innerLips = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191];
const rouge = { url: '/collections/aurelle/pieces/rouge.glb', variant: 'rouge-aurelle' };
/** A channel that changed by so much, of 255, was coloured. */
const coloured = 12;

interface Pixels {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Whether a pixel of the one picture differs from the other's. */
  readonly isColoured: (x: number, y: number) => boolean;
}

async function compare(one: Buffer, other: Buffer): Promise<Pixels> {
  const raw = (png: Buffer) => sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [{ data, info }, { data: bare }] = await Promise.all([raw(one), raw(other)]);
  return {
    widthPx: info.width,
    heightPx: info.height,
    isColoured: (x, y) => {
      const at = (y * info.width + x) * info.channels;
      return [0, 1, 2].some(
        (channel) => Math.abs((data[at + channel] ?? 0) - (bare[at + channel] ?? 0)) >= coloured,
      );
    },
  };
}

/** Shares of the lips, of what lies between them and of what lies beside them that were coloured. */
function shares(
  { widthPx, heightPx, isColoured }: Pixels,
  outer: readonly PolygonPoint[],
  inner: readonly PolygonPoint[],
) {
  const [around, within, between] = [grown(outer, 3), grown(outer, -3), grown(inner, -1.5)];
  const beside = grown(outer, 60);
  const innerEdge = grown(inner, 3);
  const count: Record<'lips' | 'between' | 'beside', number[]> = {
    lips: [0, 0],
    between: [0, 0],
    beside: [0, 0],
  };
  const note = (what: number[], hit: boolean): void => {
    what[0] = (what[0] ?? 0) + 1;
    if (hit) what[1] = (what[1] ?? 0) + 1;
  };
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const point = [x + 0.5, y + 0.5] as const;
      if (!isWithin(beside, point)) continue;
      const hit = isColoured(x, y);
      if (isWithin(between, point)) note(count.between, hit);
      else if (isWithin(within, point) && !isWithin(innerEdge, point)) note(count.lips, hit);
      else if (!isWithin(around, point)) note(count.beside, hit);
    }
  }
  const share = ([all = 0, hits = 0]: readonly number[]): number => (all === 0 ? 0 : hits / all);
  return {
    lips: share(count.lips),
    between: share(count.between),
    beside: share(count.beside),
    betweenPx: count.between[0],
  };
}

const ahead: Pose = { rotation: [0, 0, 0, 1], translationMm: [0, 15, -330] };

let served: ServedPage | null = null;
let browser: Browser | null = null;
let opening: Promise<Page> | null = null;

/** One page for all tests of this file: to load the network takes longer than any of them. */
const open = (): Promise<Page> =>
  (opening ??= (async () => {
    const hair = hairModelPath();
    const photo = mediaPath('astronaut.png');
    served = await serveBundledPage(path.join(import.meta.dirname, 'face-page'), port, [
      { at: '/wasm/', path: wasmFolder },
      { at: '/face_landmarker.task', path: present(modelPath('face_landmarker.task')) },
      ...(hair === null ? [] : [{ at: '/hair.tflite', path: hair }]),
      ...(photo === null ? [] : [{ at: '/astronaut.png', path: photo }]),
      { at: '/collections/', path: collectionsDir },
    ]);
    browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 700, height: 520 } });
    await page.goto(`${served.origin}/`);
    await page.waitForFunction(() => 'faces' in globalThis);
    await page.evaluate(
      (model) => globalThis.window.faces.open(model),
      hair === null ? undefined : '/hair.tflite',
    );
    return page;
  })());
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const pictureOf = async (page: Page): Promise<Buffer> =>
  Buffer.from(await page.evaluate(() => globalThis.window.faces.picture()), 'base64');

/** So many pixels of each half of the picture have changed. */
const halves = async (page: Page, bare: Buffer): Promise<[left: number, right: number]> => {
  const { widthPx, heightPx, isColoured } = await compare(await pictureOf(page), bare);
  const changed: [number, number] = [0, 0];
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) if (isColoured(x, y)) changed[x < widthPx / 2 ? 0 : 1] += 1;
  }
  return changed;
};

describeOnHost('what is worn on faces that move', ['face-model', 'chromium', 'astronaut'], () => {
  let page: Page;
  const canonicalMm = () =>
    readCanonicalFace(readFileSync(present(modelPath('face_landmarker.task')))).verticesMm;

  beforeAll(async () => {
    page = await open();
  });

  const picture = (): Promise<Buffer> => pictureOf(page);

  /** What a lip colour changes. */
  const coloursOf = async (): Promise<Pixels> => {
    await page.evaluate(() => globalThis.window.faces.wear([]));
    const bare = await picture();
    await page.evaluate((piece) => globalThis.window.faces.wear([piece]), rouge);
    return compare(await picture(), bare);
  };

  /** Where the visitor's lips are painted. */
  const trueLips = (openMm: number, contour: readonly number[]): PolygonPoint[] => {
    const mm = visitorFaceMm(canonicalMm(), openMm);
    return contour.map((vertex) =>
      projectPoint(visitorIntrinsics(640, 480), transformPoint(ahead, vertexAt(mm, vertex))),
    );
  };

  it.each(['fair', 'deep'] as const)(
    'a lip colour lies on the lips of a %s visitor who speaks, and on no tooth',
    async (look) => {
      const seen = await page.evaluate((visitor) => globalThis.window.faces.see({ visitors: [visitor] }), {
        look,
        cameraFromHead: ahead,
        openMm: 9,
      });
      expect(seen.faces).toHaveLength(1);
      const { lips, between, beside, betweenPx } = shares(
        await coloursOf(),
        trueLips(9, outerLips),
        trueLips(9, innerLips),
      );
      expect(betweenPx).toBeGreaterThan(150);
      expect(lips).toBeGreaterThan(0.75);
      expect(between).toBeLessThan(0.1);
      expect(beside).toBeLessThan(0.01);
    },
  );

  it('covers shut lips without a gap', async () => {
    await page.evaluate((visitor) => globalThis.window.faces.see({ visitors: [visitor] }), {
      look: 'tan' as const,
      cameraFromHead: ahead,
      openMm: 0,
    });
    const { isColoured } = await coloursOf();
    const [top, low] = trueLips(0, [0, 17]);
    const x = Math.round(top?.[0] ?? 0);
    const from = Math.ceil((top?.[1] ?? 0) + 3);
    const rows = Array.from({ length: Math.floor((low?.[1] ?? 0) - 4) - from }, (_, row) => from + row);
    expect(rows.length).toBeGreaterThan(12);
    // The line where they meet is too dark for any colour to show.
    expect(rows.filter((y) => !isColoured(x, y)).length).toBeLessThanOrEqual(2);
  });

  it('lies on the lips of a real smile and leaves its teeth', async () => {
    const seen = await page.evaluate(() =>
      globalThis.window.faces.see({ photo: '/astronaut.png', region: [112, 0, 224, 224], enlarged: 2 }),
    );
    const [marks] = seen.faces;
    const contour = (vertices: readonly number[]): PolygonPoint[] =>
      vertices.map((vertex) => [marks?.[vertex * 2] ?? 0, marks?.[vertex * 2 + 1] ?? 0]);
    const { lips, between, beside, betweenPx } = shares(
      await coloursOf(),
      contour(outerLips),
      contour(innerLips),
    );
    expect(betweenPx).toBeGreaterThan(200);
    expect(lips).toBeGreaterThan(0.8);
    expect(between).toBeLessThan(0.06);
    expect(beside).toBeLessThan(0.01);
  });
});

describeOnHost(
  'hair over what is worn',
  ['face-model', 'hair-model', 'face-video', 'astronaut', 'chromium'],
  () => {
    const hoops = { url: '/collections/aurelle/pieces/orbe.glb', variant: null };

    const wearing = async (photo: string, region: [number, number, number, number], enlarged: number) => {
      const page = await open();
      await page.evaluate(() => globalThis.window.faces.wear([]));
      const { earsCovered } = await page.evaluate((stands) => globalThis.window.faces.see(stands), {
        photo,
        region,
        enlarged,
      });
      const bare = await pictureOf(page);
      await page.evaluate((piece) => globalThis.window.faces.wear([piece]), hoops);
      const [atRightEar, atLeftEar] = await halves(page, bare);
      return { leftCovered: earsCovered?.[0], atRightEar, atLeftEar };
    };

    it('hides the earring on an ear that it covers', async () => {
      const { pictures } = await makeVideoClip(present(mediaPath('face_video.mp4')), swayingFaceClip);
      const photo = `data:image/jpeg;base64,${present(pictures[0]?.toString('base64') ?? null)}`;
      // Her hair falls over the left side of her face.
      const { leftCovered, atLeftEar } = await wearing(photo, [0, 0, 640, 480], 1);
      expect(leftCovered).toBeGreaterThan(0.9);
      expect(atLeftEar).toBeLessThan(12);
    });

    it('leaves the earrings of a woman whose lobes are seen below her hair', async () => {
      const { atRightEar, atLeftEar } = await wearing('/astronaut.png', [112, 0, 224, 224], 2);
      expect(atRightEar).toBeGreaterThan(30);
      expect(atLeftEar).toBeGreaterThan(30);
    });

    it('lies behind the ears of a visitor whose hair is short', async () => {
      const page = await open();
      const { earsCovered } = await page.evaluate(
        (visitor) => globalThis.window.faces.see({ visitors: [visitor] }),
        { look: 'tan' as const, cameraFromHead: ahead, openMm: 0 },
      );
      for (const covered of earsCovered ?? [1]) expect(covered).toBeLessThan(0.3);
    });
  },
);
