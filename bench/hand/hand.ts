import { resolve } from 'node:path';
import { chromiumPath, launchChromium } from '../../tests/support/chromium.ts';
import { modelPath } from '../../tests/support/host.ts';
import { serveBundledPage, wasmFolder } from '../../tests/support/page-server.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { describeMachine } from '../bench-result.ts';
import { quantile } from '../quantile.ts';
import type { HandMisses, Miss, PairOfMisses } from './misses.ts';
import { missesOf } from './misses.ts';
import { drawPalmSamples } from './palm-sampling.ts';
import type { PalmOutcome } from './palm.ts';
import { measurePalm } from './palm.ts';
import type { SeenHand } from './page/main.ts';
import type { HandSample } from './sampling.ts';
import { drawHandSamples } from './sampling.ts';

const port = 8156;
const samples = 72;
/** Not the hands on which the solver's constants were chosen. */
const seed = 40_417;
/** People who are measured by a card, and pictures of each. */
const palmPeople = 24;
const picturesPerPalm = 3;
const samplesPerCall = 6;
const degreesPerRad = 180 / Math.PI;

const model = 'hand_landmarker_lite.task';

/**
 * How well rings and a watch lie on hands whose pose is known: hands of the bench's own anatomy and rendering (no part of the
 * solver's model), every finger and palm another size, are drawn at known poses, sent through the landmark network, then
 * through the whole follower as a hand's first frame, so no filter and no memory helps it. The reference takes the same
 * landmarks as they come: world landmarks for directions, picture landmarks for places.
 * What this host lacks (model, Chromium) leaves rows that say so.
 */
export async function runHand(): Promise<BenchResult> {
  const path = modelPath(model);
  const lacking = [...(path === null ? [model] : []), ...(chromiumPath() === null ? ['Chromium'] : [])];
  const drawn = drawHandSamples(samples, seed);
  const rows =
    path === null || lacking.length > 0
      ? [notMeasured(`this host lacks ${lacking.join(', ')}`)]
      : await measuredRows(path, drawn);
  return {
    name: 'hand',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference:
      'MediaPipe hand landmarks (tasks-vision 1.1.0, lite network) as they come: mix, norm and palm normal',
    rows,
  };
}

async function measuredRows(path: string, drawn: readonly HandSample[]): Promise<BenchRow[]> {
  const people = drawPalmSamples(palmPeople, picturesPerPalm, seed);
  const seen = await seeAll(path, [...drawn, ...people.flat()]);
  const palms = people.map((pictures, person) => {
    const from = drawn.length + person * picturesPerPalm;
    return measurePalm(pictures, seen.slice(from, from + picturesPerPalm));
  });
  return [...rowsOf(drawn, seen.slice(0, drawn.length)), ...palmRows(palms)];
}

function notMeasured(note: string): BenchRow {
  return { what: 'ring axis, median', unit: '°', ours: null, reference: null, note };
}

async function seeAll(path: string, drawn: readonly HandSample[]): Promise<(SeenHand | null)[]> {
  const served = await serveBundledPage(resolve(import.meta.dirname, 'page'), port, [
    { at: '/wasm/', path: wasmFolder },
    { at: '/hand.task', path },
  ]);
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${served.origin}/`);
      await page.waitForFunction(() => 'handBench' in globalThis);
      await page.evaluate(() => globalThis.window.handBench.prepare('/hand.task'));
      const seen: (SeenHand | null)[] = [];
      for (let at = 0; at < drawn.length; at += samplesPerCall) {
        const some = drawn.slice(at, at + samplesPerCall);
        seen.push(...(await page.evaluate((given) => globalThis.window.handBench.see(given), some)));
      }
      return seen;
    } finally {
      await browser.close();
    }
  } finally {
    await served.close();
  }
}

function rowsOf(drawn: readonly HandSample[], seen: readonly (SeenHand | null)[]): BenchRow[] {
  const found = drawn.flatMap((sample, index) => {
    const hand = seen[index] ?? null;
    return hand === null ? [] : [missesOf(sample, hand)];
  });
  const measured = found.filter((misses) => misses !== null);
  const rings = measured.flatMap((misses) => misses.rings);
  const thumbs = measured.flatMap((misses) => misses.thumb);
  const watches = measured.map(({ watch }) => watch);
  const axis = ({ axisRad }: Miss): number => axisRad * degreesPerRad;
  const back = ({ backRad }: Miss): number => backRad * degreesPerRad;
  const bent = ({ bentRad }: Miss): number => bentRad * degreesPerRad;
  const centre = (miss: Miss): number => miss.centre * 100;
  const across = (miss: Miss): number => miss.across * 100;
  return [
    ...medianAndP90('ring axis', '°', rings, axis, '4'),
    ...medianAndP90('ring centre', '% finger width', rings, centre, '8'),
    ...medianAndP90('ring centre, across the finger', '% finger width', rings, across),
    ...medianAndP90('ring turned about the finger', '°', rings, back),
    ...medianAndP90('thumb ring axis', '°', thumbs, axis, '4'),
    ...medianAndP90('thumb ring centre', '% finger width', thumbs, centre, '8'),
    ...medianAndP90('watch axis, wrist bent up to 12°', '°', watches, axis, '4'),
    ...medianAndP90('watch axis, as the picture shows it', '°', watches, bent),
    ...medianAndP90('watch centre', '% wrist width', watches, centre),
    ...medianAndP90('watch centre, across the wrist', '% wrist width', watches, across),
    ...medianAndP90('watch dial turned', '°', watches, back),
    sideRow(measured),
    {
      what: 'hands found on the full picture',
      unit: '%',
      ours: (100 * measured.length) / drawn.length,
      reference: (100 * seen.filter((hand) => hand !== null).length) / drawn.length,
      samples: drawn.length,
      note: 'same inference; ours leaves out hands whose landmarks no hand could have',
    },
  ];
}

function sideRow(measured: readonly HandMisses[]): BenchRow {
  const share = (right: (misses: HandMisses) => boolean): number | null =>
    measured.length === 0 ? null : (100 * measured.filter(right).length) / measured.length;
  return {
    what: 'side right on a first frame',
    unit: '%',
    ours: share(({ side }) => side.ours),
    reference: share(({ side }) => side.reference),
    samples: measured.length,
    note: 'the other rows are given the true side',
  };
}

function palmRows(palms: readonly PalmOutcome[]): BenchRow[] {
  const fingers = palms.flatMap((palm) => palm.fingers);
  const row = (what: string, unit: string, more: Omit<BenchRow, 'what' | 'unit' | 'samples'>): BenchRow => ({
    what: `ring by a card in the palm: ${what}`,
    unit,
    samples: fingers.length,
    ...more,
  });
  const off = fingers.map(({ offMm }) => Math.abs(offMm));
  const referenceOff = fingers.map(({ referenceMm }) => Math.abs(referenceMm));
  const covered = fingers.filter(({ offMm, plusMinusMm }) => Math.abs(offMm) <= plusMinusMm).length;
  return [
    {
      what: 'ring by a card in the palm: people measured',
      unit: '%',
      ours: (100 * palms.filter(({ isComplete }) => isComplete).length) / palms.length,
      reference: null,
      samples: palms.length,
    },
    row('circumference off, median', 'mm', {
      ours: quantile(off, 0.5),
      reference: quantile(referenceOff, 0.5),
      note: 'four fingers; reference: every hand taken for the average one; EU sizes are 1 mm apart',
    }),
    row('circumference off, p95', 'mm', {
      ours: quantile(off, 0.95),
      reference: quantile(referenceOff, 0.95),
    }),
    row('truth within the stated interval', '%', {
      ours: fingers.length === 0 ? null : (100 * covered) / fingers.length,
      reference: null,
      goal: '≥ 95',
    }),
    row('stated interval, median ±', 'mm', {
      ours: quantile(
        fingers.map(({ plusMinusMm }) => plusMinusMm),
        0.5,
      ),
      reference: null,
    }),
  ];
}

function medianAndP90(
  what: string,
  unit: string,
  pairs: readonly PairOfMisses[],
  figure: (miss: Miss) => number,
  medianGoal?: string,
): BenchRow[] {
  const ours = pairs.map((pair) => figure(pair.ours));
  const reference = pairs.map((pair) => figure(pair.reference));
  const row = (name: string, share: number, goal: string | undefined): BenchRow => ({
    what: `${what}, ${name}`,
    unit,
    ours: quantile(ours, share),
    reference: quantile(reference, share),
    samples: pairs.length,
    ...(goal === undefined ? {} : { goal: `≤ ${goal}` }),
  });
  return [row('median', 0.5, medianGoal), row('p90', 0.9, undefined)];
}
