import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../tests/support/chromium.ts';
import { modelPath } from '../../tests/support/host.ts';
import { serveBundledPage, wasmFolder } from '../../tests/support/page-server.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { describeMachine } from '../bench-result.ts';

const port = 8171;
const collections = path.join(import.meta.dirname, '../../assets/collections');
/** Runs a bench on the kit's own visitor; where this host lacks what it needs, one row says so. */
export async function runOnVisitor(
  name: string,
  reference: string,
  measure: (page: Page) => Promise<readonly BenchRow[]>,
): Promise<BenchResult> {
  const needed = {
    'face_landmarker.task': modelPath('face_landmarker.task'),
    'pose_landmarker_lite.task': modelPath('pose_landmarker_lite.task'),
    'hand_landmarker_lite.task': modelPath('hand_landmarker_lite.task'),
    Chromium: chromiumPath(),
    'the forged visitor (npm run build)': forged(),
  };
  const lacking = Object.entries(needed).flatMap(([what, at]) => (at === null ? [what] : []));
  const {
    'face_landmarker.task': face,
    'pose_landmarker_lite.task': body,
    'hand_landmarker_lite.task': hand,
  } = needed;
  const rows =
    lacking.length > 0 || face === null || body === null || hand === null
      ? [{ what: name, unit: '', ours: null, reference: null, note: `this host lacks ${lacking.join(', ')}` }]
      : await withPage({ face, body, hand }, measure);
  return { name, at: new Date().toISOString(), machine: describeMachine(), reference, rows };
}

function forged(): string | null {
  const at = path.join(collections, 'shared/visitor.glb');
  return existsSync(at) ? at : null;
}

async function withPage(
  { face, body, hand }: Readonly<Record<'face' | 'body' | 'hand', string>>,
  measure: (page: Page) => Promise<readonly BenchRow[]>,
): Promise<readonly BenchRow[]> {
  const served = await serveBundledPage(path.join(import.meta.dirname, 'page'), port, [
    { at: '/wasm/', path: wasmFolder },
    { at: '/face_landmarker.task', path: face },
    { at: '/pose_landmarker.task', path: body },
    { at: '/hand_landmarker.task', path: hand },
    { at: '/visitor.glb', path: path.join(collections, 'shared/visitor.glb') },
    { at: '/collections/', path: collections },
  ]);
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${served.origin}/`);
      await page.waitForFunction(() => 'visitor' in globalThis);
      await page.evaluate(() => globalThis.window.visitor.prepare());
      return await measure(page);
    } finally {
      await browser.close();
    }
  } finally {
    await served.close();
  }
}
