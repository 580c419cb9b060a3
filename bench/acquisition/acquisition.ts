import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../tests/support/chromium.ts';
import { mediaPath, modelPath } from '../../tests/support/host.ts';
import { serveBundledPage, wasmFolder } from '../../tests/support/page-server.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { describeMachine } from '../bench-result.ts';
import type { AcquisitionSample, Found } from './page/main.ts';

const port = 8158;
const heightsPx = [200, 150, 120, 90, 75, 60, 50, 40, 32] as const;
const places = [
  { uPx: 640, vPx: 360 },
  { uPx: 300, vPx: 420 },
  { uPx: 1_130, vPx: 140 },
] as const;
/** Pictures in which one sweep is over, at four looks a picture, and a few more. */
const coldLimit = 24;
const cueLimit = 24;
const emptyPictures = 40;
/** A face of 177 mm from brow to chin, seen at 50° over 720 lines. */
const faceMm = 177;
const focalPx = 360 / Math.tan((25 * Math.PI) / 180);

interface Case {
  readonly sample: AcquisitionSample;
  readonly found: Found;
}

/**
 * How small, and so how far away, a face may be to be found: two people's faces drawn into a room at nine sizes and three
 * places, standing there from the first picture on or coming in. Reference: the same library's landmarker on the whole
 * picture.
 */
export async function runAcquisition(): Promise<BenchResult> {
  const needed = {
    'face_landmarker.task': modelPath('face_landmarker.task'),
    'astronaut.png': mediaPath('astronaut.png'),
    'face_video.mp4': mediaPath('face_video.mp4'),
    Chromium: chromiumPath(),
  };
  const lacking = Object.entries(needed).flatMap(([name, path]) => (path === null ? [name] : []));
  const { 'face_landmarker.task': model, 'astronaut.png': photo, 'face_video.mp4': film } = needed;
  const rows =
    lacking.length > 0 || model === null || photo === null || film === null
      ? [notMeasured(`this host lacks ${lacking.join(', ')}`)]
      : await measureAll(model, photo, film);
  return {
    name: 'acquisition',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference: 'MediaPipe FaceLandmarker (tasks-vision 1.1.0) on the whole picture, VIDEO mode, one face',
    rows,
  };
}

function notMeasured(note: string): BenchRow {
  return { what: 'smallest face found', unit: 'px', ours: null, reference: null, note };
}

async function measureAll(model: string, photo: string, film: string): Promise<BenchRow[]> {
  const served = await serveBundledPage(resolve(import.meta.dirname, 'page'), port, [
    { at: '/wasm/', path: wasmFolder },
    { at: '/face_landmarker.task', path: model },
    { at: '/photograph.png', path: photo },
    { at: '/film.mp4', path: film },
  ]);
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${served.origin}/`);
      await page.waitForFunction(() => 'acquisition' in globalThis);
      const sha256 = createHash('sha256').update(readFileSync(model)).digest('hex');
      await page.evaluate(
        (asset) => globalThis.window.acquisition.prepare(asset, '/photograph.png', '/film.mp4'),
        { url: '/face_landmarker.task', sha256 },
      );
      const cold = await findAll(page, 'cold', coldLimit);
      const enters = await findAll(page, 'enters', cueLimit);
      const nothing = await page.evaluate(
        (pictures) => globalThis.window.acquisition.findNothing(pictures),
        emptyPictures,
      );
      return [...rowsOf('there from the start', cold), ...rowsOf('comes in', enters), nothingRow(nothing)];
    } finally {
      await browser.close();
    }
  } finally {
    await served.close();
  }
}

async function findAll(page: Page, how: AcquisitionSample['how'], limit: number): Promise<Case[]> {
  const cases: Case[] = [];
  for (const heightPx of heightsPx) {
    for (const place of places) {
      for (const face of [0, 1] as const) {
        const sample = { face, heightPx, how, ...place };
        const found = await page.evaluate(([one, most]) => globalThis.window.acquisition.find(one, most), [
          sample,
          limit,
        ] as const);
        cases.push({ sample, found });
      }
    }
  }
  return cases;
}

type SideName = keyof Found;

/** The smallest size at which, and above which, every face was found at every place. */
function smallestFound(cases: readonly Case[], side: SideName): number | null {
  let smallest: number | null = null;
  for (const heightPx of heightsPx) {
    const some = cases.filter(({ sample }) => sample.heightPx === heightPx);
    if (some.some(({ found }) => found[side] === null)) break;
    smallest = heightPx;
  }
  return smallest;
}

function rowsOf(how: string, cases: readonly Case[]): BenchRow[] {
  const smallest = { ours: smallestFound(cases, 'ours'), reference: smallestFound(cases, 'reference') };
  const metres = (heightPx: number | null): number | null =>
    heightPx === null ? null : (faceMm * focalPx) / heightPx / 1_000;
  const goalCases = cases.filter(({ sample }) => sample.heightPx >= 60);
  const shareFound = (side: SideName): number =>
    (100 * goalCases.filter(({ found }) => found[side] !== null).length) / goalCases.length;
  const pictures = (side: SideName): number[] =>
    goalCases.flatMap(({ found }) => found[side] ?? []).toSorted((a, b) => a - b);
  const row = (
    what: string,
    unit: string,
    figure: (side: SideName) => number | null,
    more: Partial<BenchRow> = {},
  ): BenchRow => ({
    what: `${how}: ${what}`,
    unit,
    ours: figure('ours'),
    reference: figure('reference'),
    samples: goalCases.length,
    ...more,
  });
  return [
    row('smallest face found everywhere', 'px', (side) => smallest[side], {
      goal: '≤ 60',
      samples: cases.length,
      note: 'of both people, at every place and every larger size; null: not even the largest',
    }),
    row('that is, as far away as', 'm at 50°', (side) => metres(smallest[side]), { samples: cases.length }),
    row('faces of 60 px or more found', '%', shareFound, { goal: '100' }),
    row(
      'pictures until found, of those found, median',
      '',
      (side) => pictures(side)[Math.floor(pictures(side).length / 2)] ?? null,
    ),
    row('pictures until found, of those found, most', '', (side) => pictures(side).at(-1) ?? null, {
      goal: how === 'comes in' ? '≤ 5' : 'one sweep of the search',
    }),
  ];
}

function nothingRow(nothing: Record<SideName, number>): BenchRow {
  return {
    what: 'pictures of an empty room with a face found',
    unit: '%',
    ours: (100 * nothing.ours) / emptyPictures,
    reference: (100 * nothing.reference) / emptyPictures,
    samples: emptyPictures,
    goal: '0',
  };
}
