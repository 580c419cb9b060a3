import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TrackedPart } from '../../sdk/tracking/tracker.ts';
import type { ModelAsset } from '../../sdk/tracking/worker-messages.ts';
import { launchChromium } from '../support/chromium.ts';
import type { ClipScript, PhotoPoint } from '../support/fake-camera-clip.ts';
import { makeClip, placedPoint, stillFaceClip } from '../support/fake-camera-clip.ts';
import { describeOnHost, hairModelPath, mediaPath, modelPath, present } from '../support/host.ts';
import type { ServedPage } from '../support/page-server.ts';
import { serveBundledPage, wasmFolder } from '../support/page-server.ts';
import type { Report, SeenParts } from './tracking-page/main.ts';

const port = 8152;
type ModelledPart = Exclude<TrackedPart, 'hair'>;

/** A left hand, its back to the left, thumb up; marked by eye on the photograph (640 × 521). */
const handClip: ClipScript = {
  name: 'still-hand',
  frames: 4,
  placementAt: () => ({ scale: 0.9, offsetXPx: 40, offsetYPx: 4 }),
};
const thumbRing: PhotoPoint = { x: 213, y: 155 };
const wristMiddle: PhotoPoint = { x: 140, y: 390 };
/** Two places on either edge of the forearm behind the wrist. */
const armEdges: readonly (readonly [PhotoPoint, PhotoPoint])[] = [
  [
    { x: 43, y: 364 },
    { x: 80, y: 328 },
  ],
  [
    { x: 167, y: 451 },
    { x: 140, y: 484 },
  ],
];

/** A man whose shoulders face the camera while his head is turned to his right (1000 × 667). */
const bodyClip: ClipScript = {
  name: 'still-body',
  frames: 4,
  placementAt: () => ({ scale: 0.64, offsetXPx: 0, offsetYPx: 20 }),
};
const betweenShoulders: PhotoPoint = { x: 496, y: 325 };
const shouldersApartPx = 100;

function apartPx(seen: readonly [number, number], photo: PhotoPoint, clip: ClipScript): number {
  const truth = placedPoint(clip.placementAt(0), photo);
  return Math.hypot(seen[0] - truth.x, seen[1] - truth.y);
}

/** How far a place lies from the middle between the forearm's edges, as a share of its breadth. */
function besideArm([x, y]: readonly [number, number]): number {
  const [upper = 0, lower = 0] = armEdges.map(([from, to]) => {
    const [a, b] = [placedPoint(handClip.placementAt(0), from), placedPoint(handClip.placementAt(0), to)];
    return ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / Math.hypot(b.x - a.x, b.y - a.y);
  });
  return Math.abs(upper - lower) / (2 * (upper + lower));
}

/** How far a direction (camera frame) is off the forearm's on the photograph, degrees. */
function offArmDeg([x = 0, y = 0]: readonly number[]): number {
  const slopes = armEdges.map(([from, to], edge) => {
    const [a, b] = edge === 0 ? [from, to] : [to, from];
    return Math.atan2(a.y - b.y, b.x - a.x);
  });
  const mean = slopes.reduce((sum, slope) => sum + slope / slopes.length, 0);
  return (Math.abs(Math.atan2(y, x) - mean) * 180) / Math.PI;
}

describeOnHost(
  'tracking a real hand and a real body in Chromium',
  ['face-model', 'hand-model', 'body-model', 'hand-photo', 'body-photo', 'chromium'],
  () => {
    let served: ServedPage;
    let assets: Record<ModelledPart, ModelAsset>;

    beforeAll(async () => {
      const files: Record<ModelledPart, string> = {
        face: present(modelPath('face_landmarker.task')),
        hand: present(modelPath('hand_landmarker.task') ?? modelPath('hand_landmarker_lite.task')),
        body: present(modelPath('pose_landmarker_lite.task')),
      };
      const asset = (path: string): ModelAsset => ({
        url: `/models/${basename(path)}`,
        sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      });
      assets = { face: asset(files.face), hand: asset(files.hand), body: asset(files.body) };
      served = await serveBundledPage(resolve(import.meta.dirname, 'tracking-page'), port, [
        { at: '/wasm/', path: wasmFolder },
        ...Object.values(files).map((path) => ({ at: `/models/${basename(path)}`, path })),
      ]);
    });
    afterAll(() => served.close());

    async function watch(
      photo: string,
      clip: ClipScript,
      parts: readonly TrackedPart[],
      given: Partial<Record<'hand' | 'body', ModelAsset>> = {},
    ): Promise<{ seen: SeenParts[]; told: Report; requested: string[] }> {
      const film = await makeClip(present(mediaPath(photo)), clip);
      const browser = await launchChromium({ cameraClip: film });
      try {
        const page = await browser.newPage();
        const requested: string[] = [];
        page.on('request', (request) => requested.push(new URL(request.url()).pathname));
        await page.goto(`${served.origin}/`);
        await page.waitForFunction(() => 'tracking' in globalThis);
        const { hand, body } = { ...assets, ...given };
        const settings = {
          modelUrl: assets.face.url,
          modelSha256: assets.face.sha256,
          more: { hand, body, parts },
        };
        await page.evaluate((one) => globalThis.window.tracking.begin(one), settings);
        const seen = await page.evaluate(() => globalThis.window.tracking.collectParts(12, 120_000));
        const told = await page.evaluate(() => globalThis.window.tracking.report());
        return { seen, told, requested };
      } finally {
        await browser.close();
      }
    }

    it('puts a ring on the thumb and a watch on the wrist of a left hand, and loads no body model for it', async () => {
      const { seen, told, requested } = await watch('hand_thumb_up.jpg', handClip, ['hand']);
      expect(seen, told.events.join(', ')).toHaveLength(12);
      for (const { hands, body } of seen.slice(4)) {
        expect(body).toBeNull();
        expect(hands).toHaveLength(1);
        expect(hands[0]?.side).toBe('left');
        expect(hands[0]?.confidence).toBeGreaterThan(0.5);
        // The thumb is some 40 pixels wide there, the wrist 120.
        expect(apartPx(hands[0]?.thumbRing ?? [0, 0], thumbRing, handClip)).toBeLessThan(22);
        expect(apartPx(hands[0]?.wrist ?? [0, 0], wristMiddle, handClip)).toBeLessThan(60);

        expect(besideArm(hands[0]?.wrist ?? [0, 0])).toBeLessThan(0.12);
        expect(offArmDeg(hands[0]?.forearm ?? [])).toBeLessThan(16);
      }
      expect(requested).toContain(assets.hand.url);
      expect(requested).not.toContain(assets.body.url);
    });

    it('hangs a necklace on the shoulders of a man whose head is turned, facing where they face', async () => {
      const { seen } = await watch('body_yoga.jpg', bodyClip, ['body']);
      expect(seen).toHaveLength(12);
      for (const { body } of seen.slice(4)) {
        expect(body?.confidence).toBeGreaterThan(0.5);
        expect(apartPx(body?.torso ?? [0, 0], betweenShoulders, bodyClip)).toBeLessThan(
          shouldersApartPx * 0.64 * 0.2,
        );
        // Within 30° of the camera, which his face is not.
        expect(body?.chest[2]).toBeGreaterThan(Math.cos(Math.PI / 6));
        expect(body?.scaleSource).toBe('assumed');
      }
    });

    it('goes on without a part whose model is damaged, and says which', async () => {
      const damaged = { ...assets.hand, sha256: '0'.repeat(64) };
      const { seen, told } = await watch('body_yoga.jpg', bodyClip, ['hand', 'body'], { hand: damaged });
      expect(told.events).toContain('missing hand');
      expect(seen.at(-1)?.body).not.toBeNull();
      expect(seen.at(-1)?.hands).toEqual([]);
    });
  },
);

describeOnHost('the hair of a client', ['face-model', 'hair-model', 'astronaut', 'chromium'], () => {
  it('is looked at in the worker beside the face, and a damaged model costs nothing but the hair', async () => {
    const [face, hair] = [present(modelPath('face_landmarker.task')), present(hairModelPath())];
    const served = await serveBundledPage(resolve(import.meta.dirname, 'tracking-page'), port + 30, [
      { at: '/wasm/', path: wasmFolder },
      { at: '/face.task', path: face },
      { at: '/hair.tflite', path: hair },
    ]);
    const film = await makeClip(present(mediaPath('astronaut.png')), stillFaceClip);
    const browser = await launchChromium({ cameraClip: film });
    try {
      const page = await browser.newPage();
      await page.goto(`${served.origin}/`);
      await page.waitForFunction(() => 'tracking' in globalThis);
      const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
      const watch = async (hairSha256: string): Promise<Report> => {
        await page.evaluate((one) => globalThis.window.tracking.begin(one), {
          modelUrl: '/face.task',
          modelSha256: sha256(face),
          hair: { url: '/hair.tflite', sha256: hairSha256 },
        });
        const seen = await page.evaluate(() => globalThis.window.tracking.collect(8, 60_000));
        expect(seen).toHaveLength(8);
        return page.evaluate(() => globalThis.window.tracking.report());
      };
      const whole = await watch(sha256(hair));
      expect(whole.metrics.hair.state).toBe('followed');
      expect(whole.metrics.hair.looks).toBeGreaterThan(0);
      const damaged = await watch('0'.repeat(64));
      expect(damaged.metrics.hair).toMatchObject({ state: 'missing', looks: 0 });
      expect(damaged.events.filter((event) => event.startsWith('missing'))).toEqual([]);
    } finally {
      await browser.close();
      await served.close();
    }
  });
});
