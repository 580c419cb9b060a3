import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { FaceLandmarker } from '@mediapipe/tasks-vision';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';

/** A point of a picture, in its pixels. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

/** Where a face is on a bare picture. Left and right are the person's own. */
export interface TrueFace {
  readonly rightPupil: PicturePoint;
  readonly leftPupil: PicturePoint;
  readonly noseBridge: PicturePoint;
  readonly foreheadTop: PicturePoint;
  readonly mouth: PicturePoint;
}

/** Finds faces on bare pictures, apart from the product. */
export interface FaceFinder {
  /** @throws Error when the picture shows no face */
  find(jpeg: Buffer): Promise<TrueFace>;
  close(): Promise<void>;
}

const library = resolve(import.meta.dirname, '../../node_modules/@mediapipe/tasks-vision');
/** An address that nobody serves: every request of the page is answered here. */
const origin = 'http://face-truth.test';
const types: Readonly<Record<string, string>> = {
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

const html = `<!doctype html><script type="module">
  import { FilesetResolver, FaceLandmarker } from '/vision_bundle.mjs';
  globalThis.landmarker = await FaceLandmarker.createFromOptions(await FilesetResolver.forVisionTasks('/wasm'), {
    baseOptions: { modelAssetPath: '/model', delegate: 'CPU' },
    runningMode: 'IMAGE',
  });
</script>`;

/**
 * Runs MediaPipe's own FaceLandmarker on single pictures, in a browser of its own whose network is played by hand: what
 * it says is the truth against which the product's pixels are held, and owes nothing to the product's tracker.
 */
export async function startFaceFinder(modelFile: string): Promise<FaceFinder> {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.route('**/*', async (route) => {
    const { origin: asked, pathname } = new URL(route.request().url());
    if (asked !== origin) return route.abort();
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    const path = pathname === '/model' ? modelFile : join(library, pathname);
    return route.fulfill({
      contentType: types[extname(path)] ?? 'application/octet-stream',
      body: readFileSync(path),
    });
  });
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => 'landmarker' in globalThis);
  return { find: (jpeg) => findIn(page, jpeg), close: () => browser.close() };
}

async function findIn(page: Page, jpeg: Buffer): Promise<TrueFace> {
  const face = await page.evaluate(async (base64) => {
    const { landmarker } = globalThis as unknown as { landmarker: FaceLandmarker };
    const image = new Image();
    image.src = `data:image/jpeg;base64,${base64}`;
    await image.decode();
    const landmarks = landmarker.detect(image).faceLandmarks[0];
    if (!landmarks) return null;
    const at = (index: number): { x: number; y: number } => {
      const { x, y } = landmarks[index] ?? { x: Number.NaN, y: Number.NaN };
      return { x: x * image.naturalWidth, y: y * image.naturalHeight };
    };
    return {
      rightPupil: at(468),
      leftPupil: at(473),
      noseBridge: at(6),
      foreheadTop: at(10),
      mouth: at(13),
    };
  }, jpeg.toString('base64'));
  if (!face) throw new Error('There is no face on this picture.');
  return face;
}
