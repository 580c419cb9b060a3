import { readFileSync } from 'node:fs';
import { readCanonicalFace } from '../../sdk/geometry/canonical-face-reader.ts';
import type { CanonicalFace } from '../../sdk/geometry/canonical-face.ts';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { PoseFilter } from '../../sdk/tracking/pose-filter.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { describeMachine } from '../bench-result.ts';
import { filmingHost } from '../registration/filming.ts';
import { filmTakes } from './film-takes.ts';
import type { AnchorErrors } from './motion-scoring.ts';
import { anchorErrors, jitterRmsPx, lagFrames, solveTake, stopOf } from './motion-scoring.ts';
import { PaperOneEuro } from './paper-one-euro.ts';
import type { SeenTake, Take } from './takes.ts';
import { motionPlans, takeOf } from './takes.ts';

/** Not the heads and noise on which the filter's constants were chosen; one of each photographed face. */
const seeds = [90_210, 90_213];

/** One take three times over. */
interface Outcome {
  readonly take: Take;
  readonly raw: AnchorErrors;
  readonly ours: AnchorErrors;
  readonly oneEuro: AnchorErrors;
}

/**
 * How still and how prompt a piece is: drawn heads before a noisy sensor rest, move and stop at once; the landmarks of every
 * picture go through the real network and the solver, and their poses through the filter, or through none, or through One
 * Euro filters. Figures are of the bridge and both temples on a picture of 1280 × 720.
 */
export async function runJitter(): Promise<BenchResult> {
  const asked = filmingHost();
  return {
    name: 'jitter',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference:
      "the solver's poses unfiltered (raw), or filtered by One Euro with its paper's defaults; same landmarks; noise of 1.5 levels in the dark to 3.2 on mid grey",
    rows: asked.ok
      ? await measure(asked.host)
      : [
          {
            what: 'jitter at rest',
            unit: 'px RMS',
            ours: null,
            reference: null,
            note: `this host lacks ${asked.lacking.join(', ')}`,
          },
        ],
  };
}

async function measure(host: Parameters<typeof filmTakes>[0]): Promise<BenchRow[]> {
  const face = readCanonicalFace(new Uint8Array(readFileSync(host.model)));
  const takes = seeds.flatMap((seed) => motionPlans.map((plan) => takeOf(plan, seed)));
  const seen = await filmTakes(host, takes);
  const outcomes = takes.map((take, index) => outcomeOf(face, take, seen[index] ?? []));
  const named = (name: string): Outcome[] => outcomes.filter(({ take }) => take.name === name);
  return [
    ...stillRows('a still face at 60 cm', named('still-60')),
    ...stillRows('a still face at 120 cm', named('still-120')),
    ...motionRows('0.5 m/s at 15 pictures a second', named('move-15'), '≤ 0.1'),
    ...motionRows('0.5 m/s at 30 pictures a second', named('move-30'), '≤ 0.1'),
    ...motionRows('0.5 m/s at 60 pictures a second', named('move-60'), '≤ 0.1'),
    ...motionRows('0.05 m/s', named('creep')),
    ...motionRows('turning 120°/s', named('turn')),
  ];
}

function outcomeOf(face: CanonicalFace, take: Take, seen: SeenTake): Outcome {
  const { timesMs, measured } = solveTake(face, take, seen);
  const through = (filter: (timeMs: number, pose: Pose) => Pose): AnchorErrors =>
    anchorErrors(
      face,
      take,
      measured.map((pose, frame) => (pose === null ? null : filter(timesMs[frame] ?? 0, pose))),
    );
  const [ours, oneEuro] = [new PoseFilter('face'), new PaperOneEuro()];
  return {
    take,
    raw: through((_, pose) => pose),
    ours: through((timeMs, pose) => ours.filter(timeMs, pose)),
    oneEuro: through((timeMs, pose) => oneEuro.filter(timeMs, pose)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function picturesOf(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((sum, { raw }) => sum + raw.timesMs.length, 0);
}

function stillRows(what: string, outcomes: readonly Outcome[]): BenchRow[] {
  const rms = (side: 'ours' | 'raw' | 'oneEuro'): number =>
    Math.sqrt(mean(outcomes.map((outcome) => jitterRmsPx(outcome[side]) ** 2)));
  const row = { unit: 'px RMS', samples: picturesOf(outcomes) };
  return [
    { ...row, what: `${what}, against raw`, ours: rms('ours'), reference: rms('raw'), goal: '≤ 0.25 × raw' },
    { ...row, what: `${what}, against One Euro`, ours: rms('ours'), reference: rms('oneEuro') },
  ];
}

function motionRows(what: string, outcomes: readonly Outcome[], lagGoal?: string): BenchRow[] {
  const samples = picturesOf(outcomes);
  const lag = (side: 'ours' | 'oneEuro'): number =>
    mean(outcomes.map((outcome) => lagFrames(outcome[side], outcome.raw)));
  const worstStop = (side: 'ours' | 'raw' | 'oneEuro', figure: 'overshootPx' | 'settleMs'): number =>
    Math.max(...outcomes.map((outcome) => stopOf(outcome[side])[figure]));
  return [
    {
      what: `lag behind the raw pose, ${what}, against One Euro`,
      unit: 'frames',
      ours: lag('ours'),
      reference: lag('oneEuro'),
      ...(lagGoal === undefined ? {} : { goal: lagGoal }),
      samples,
      note: 'what the filter adds; negative is ahead',
    },
    {
      what: `overshoot at the stop, ${what}, against raw`,
      unit: 'px',
      ours: worstStop('ours', 'overshootPx'),
      reference: worstStop('raw', 'overshootPx'),
      goal: '≤ 2',
      samples,
    },
    {
      what: `until within 1 px after the stop, ${what}, against One Euro`,
      unit: 'ms',
      ours: worstStop('ours', 'settleMs'),
      reference: worstStop('oneEuro', 'settleMs'),
      samples,
    },
  ];
}
