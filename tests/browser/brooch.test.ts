import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Document, NodeIO } from '@gltf-transform/core';
import sharp from 'sharp';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import {
  astronautTruth,
  clipHeightPx,
  makeClip,
  placedPoint,
  type ClipScript,
} from '../support/fake-camera-clip.ts';
import { describeOnHost, mediaPath, modelPath, present } from '../support/host.ts';
import { serveBundledPage, wasmFolder, type ServedPage } from '../support/page-server.ts';

const port = 8179;
const viewPx = 300;

/** Her head, shoulders and chest, her face in the middle. */
const clip: ClipScript = {
  name: 'upper-body',
  frames: 4,
  placementAt: () => ({ scale: 1.2, offsetXPx: 50, offsetYPx: 0 }),
};
/** An adult's pupils are 63 mm apart, more or less. */
const pupilsApartMm = 63;
/** As much of the brooch as a piece shows that has come in whole. */
const leastPx = 150;

/** A brooch of 40 × 30 × 6 mm that shines green: nothing in the photograph does. */
async function broochGlb(): Promise<Uint8Array> {
  const document = new Document();
  const buffer = document.createBuffer();
  const [x, y, z] = [0.02, 0.015, 0.006];
  const corners = [-x, -y, z, x, -y, z, x, y, z, -x, y, z, -x, -y, 0, x, -y, 0, x, y, 0, -x, y, 0];
  const faces = [
    [0, 1, 2, 0, 2, 3],
    [5, 4, 7, 5, 7, 6],
    [4, 0, 3, 4, 3, 7],
    [1, 5, 6, 1, 6, 2],
    [3, 2, 6, 3, 6, 7],
    [4, 5, 1, 4, 1, 0],
  ].flat();
  const positions = faces.flatMap((corner) => corners.slice(3 * corner, 3 * corner + 3));
  const normals = [
    [0, 0, 1],
    [0, 0, -1],
    [-1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
  ].flatMap((normal) => Array.from({ length: 6 }, () => normal).flat());
  const accessor = (values: readonly number[]) =>
    document.createAccessor().setType('VEC3').setArray(new Float32Array(values)).setBuffer(buffer);
  const enamel = document.createMaterial('enamel').setBaseColorFactor([0, 0, 0, 1]);
  enamel.setEmissiveFactor([0, 1, 0]).setRoughnessFactor(1);
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor(positions))
    .setAttribute('NORMAL', accessor(normals))
    .setMaterial(enamel);
  const root = document.createNode('brooch').setMesh(document.createMesh('brooch').addPrimitive(primitive));
  root.setExtras({
    vitrine: {
      schemaVersion: 1,
      category: 'x-brooch',
      anchor: 'chest',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { widthMm: 40, heightMm: 30 },
      moving: [],
      engraveable: [],
    },
  });
  document.createScene().addChild(root);
  return new NodeIO().writeBinary(document);
}

describeOnHost('a brooch on a real chest', ['face-model', 'body-model', 'astronaut', 'chromium'], () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-brooch-'));
  const files = {
    face: present(modelPath('face_landmarker.task')),
    body: present(modelPath('pose_landmarker_lite.task')),
  };
  const url = '/brooch.glb';
  let served: ServedPage;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    writeFileSync(path.join(folder, 'brooch.glb'), await broochGlb());
    const film = await makeClip(present(mediaPath('astronaut.png')), clip);
    [served, browser] = await Promise.all([
      serveBundledPage(path.join(import.meta.dirname, 'brooch-page'), port, [
        { at: '/wasm/', path: wasmFolder },
        { at: '/face.task', path: files.face },
        { at: '/body.task', path: files.body },
        { at: url, path: path.join(folder, 'brooch.glb') },
      ]),
      launchChromium({ cameraClip: film }),
    ]);
    page = await browser.newPage({ viewport: { width: 400, height: 400 } });
    await page.goto(`${served.origin}/`);
    await page.waitForFunction(() => 'brooch' in globalThis);
    const asset = (part: keyof typeof files) => ({
      url: `${served.origin}/${part}.task`,
      sha256: createHash('sha256').update(readFileSync(files[part])).digest('hex'),
    });
    await page.evaluate((assets) => globalThis.window.brooch.open(assets), {
      wasmBaseUrl: `${served.origin}/wasm/`,
      models: { face: asset('face'), body: asset('body') },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Pixels of the mirror that shine as the brooch does, and their middle in the camera's picture. */
  async function seen(): Promise<{ count: number; middle: { x: number; y: number } | null }> {
    const png = await page.evaluate(() => globalThis.window.brooch.picture(1));
    const { data, info } = await sharp(Buffer.from(png, 'base64'))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    let [count, x, y] = [0, 0, 0];
    for (let at = 0; at < data.length; at += info.channels) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
      if (green < 110 || green < 1.6 * Math.max(red, blue)) continue;
      count += 1;
      x += (at / info.channels) % info.width;
      y += Math.floor(at / info.channels / info.width);
    }
    if (count === 0) return { count, middle: null };
    const toView = viewPx / info.width;
    const point = await page.evaluate(([viewX, viewY]) => globalThis.window.brooch.pictureAt(viewX, viewY), [
      (x / count) * toView,
      (y / count) * toView,
    ] as const);
    return { count, middle: point && { x: point.uPx, y: point.vPx } };
  }

  it('is refused by a page that has not learnt it, and worn once one file is imported', async () => {
    expect(await page.evaluate((glb) => globalThis.window.brooch.wear(glb), url)).toBe('category-unknown');
    await page.evaluate(() => globalThis.window.brooch.learn());
    expect(await page.evaluate((glb) => globalThis.window.brooch.wear(glb), url)).toBeNull();
  });

  it('lies on the left of the chest below the collar bone, in its true size, and is gone when it is taken off', async () => {
    const worn = await vi.waitUntil(
      async () => {
        const { count, middle } = await seen();
        return middle !== null && count > leastPx ? { count, middle } : false;
      },
      { timeout: 150_000, interval: 0 },
    );
    const truth = (name: 'rightPupil' | 'leftPupil' | 'chin') =>
      placedPoint(clip.placementAt(0), astronautTruth[name]);
    const [right, left, chin] = [truth('rightPupil'), truth('leftPupil'), truth('chin')];
    const pxPerMm = Math.hypot(left.x - right.x, left.y - right.y) / pupilsApartMm;
    const mmFromChin = { x: (worn.middle.x - chin.x) / pxPerMm, y: (worn.middle.y - chin.y) / pxPerMm };
    // The picture is not mirrored: the wearer's left is on its right.
    expect(mmFromChin.x).toBeGreaterThan(35);
    expect(mmFromChin.x).toBeLessThan(115);
    expect(mmFromChin.y).toBeGreaterThan(60);
    expect(mmFromChin.y).toBeLessThan(200);
    const mmPerPx = clipHeightPx / viewPx / pxPerMm;
    const areaMm2 = worn.count * mmPerPx ** 2;
    expect(areaMm2).toBeGreaterThan(0.5 * 40 * 30);
    expect(areaMm2).toBeLessThan(1.5 * 40 * 30);

    await page.evaluate(() => globalThis.window.brooch.takeOff());
    expect((await seen()).count).toBe(0);
  });
});
