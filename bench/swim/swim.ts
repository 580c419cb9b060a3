import { readFileSync } from 'node:fs';
import { readCanonicalFace } from '../../sdk/geometry/canonical-face-reader.ts';
import type { CanonicalFace } from '../../sdk/geometry/canonical-face.ts';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { PoseFilter } from '../../sdk/tracking/pose-filter.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { describeMachine } from '../bench-result.ts';
import { quantile } from '../quantile.ts';
import { filmTakes } from '../jitter/film-takes.ts';
import { anchorErrors, slipsPx, solveTake, stopOf } from '../jitter/motion-scoring.ts';
import type { SeenTake, Take } from '../jitter/takes.ts';
import { swimPlan, takeOf } from '../jitter/takes.ts';
import { filmingHost } from '../registration/filming.ts';
import { PosePredictor } from './pose-predictor.ts';

/** Not the heads and noise on which the filter's constants were chosen; each photographed face twice. */
const seeds = [90_210, 90_213, 90_214, 90_217];

/** How a picture is shown before its landmarks are there: with the last pose known, carried on or as it was. */
interface Newest {
  /** A network so slow that it takes so many pictures for one: it sees every so-manieth, and answers so many later. */
  readonly picturesPerRun: number;
  readonly isPredicted: boolean;
}

/**
 * How far a piece swims on a face that moves at 1 m/s, where one frame of lag is 33 px: shown with the picture it was found
 * in (frame-locked), on the newest picture with a predicted pose, and on the newest picture as it was (the reference).
 */
export async function runSwim(): Promise<BenchResult> {
  const asked = filmingHost();
  return {
    name: 'swim',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference: 'newest image with the last pose, one frame old, unfiltered; same landmarks',
    rows: asked.ok
      ? await measure(asked.host)
      : [
          {
            what: 'swim',
            unit: 'px',
            ours: null,
            reference: null,
            note: `this host lacks ${asked.lacking.join(', ')}`,
          },
        ],
  };
}

async function measure(host: Parameters<typeof filmTakes>[0]): Promise<BenchRow[]> {
  const face = readCanonicalFace(new Uint8Array(readFileSync(host.model)));
  const takes = seeds.map((seed) => takeOf(swimPlan, seed));
  const seen = await filmTakes(host, takes);
  const of = (newest: Newest | null): { slips: number[]; overshootPx: number } => {
    const errors = takes.map((take, index) => shown(face, take, seen[index] ?? [], newest));
    return {
      slips: errors.flatMap((error) => slipsPx(error)).toSorted((a, b) => a - b),
      overshootPx: Math.max(...errors.map((error) => stopOf(error).overshootPx)),
    };
  };
  const locked = of(null);
  const late = of({ picturesPerRun: 1, isPredicted: false });
  const lockedRow = (what: string, share: number): BenchRow => ({
    what: `frame-locked, filtered: ${what}`,
    unit: 'px',
    ours: quantile(locked.slips, share),
    reference: quantile(late.slips, share),
    goal: '≤ 4',
    samples: locked.slips.length,
  });
  return [
    lockedRow('median', 0.5),
    lockedRow('p95', 0.95),
    lockedRow('greatest', 1),
    ...[1, 3].flatMap((picturesPerRun) => {
      const name = `not locked, a network that takes ${picturesPerRun * 33} ms, predicted`;
      const predicted = of({ picturesPerRun, isPredicted: true });
      const asItWas = of({ picturesPerRun, isPredicted: false });
      const row = (what: string, share: number): BenchRow => ({
        what: `${name}: ${what}`,
        unit: 'px',
        ours: quantile(predicted.slips, share),
        reference: quantile(asItWas.slips, share),
        samples: predicted.slips.length,
      });
      return [
        row('median', 0.5),
        row('p95', 0.95),
        {
          what: `${name}: overshoot at a dead stop`,
          unit: 'px',
          ours: predicted.overshootPx,
          reference: asItWas.overshootPx,
          samples: takes.length,
          note: 'a prediction cannot know of the stop; the mirror uses none',
        },
      ];
    }),
  ];
}

/** Where the piece is against the face on every picture; `newest` null is frame-locked. */
function shown(
  face: CanonicalFace,
  take: Take,
  seen: SeenTake,
  newest: Newest | null,
): ReturnType<typeof anchorErrors> {
  const { timesMs, measured } = solveTake(face, take, seen);
  const poses = newest === null ? lockedPoses(timesMs, measured) : newestPoses(timesMs, measured, newest);
  return anchorErrors(face, take, poses);
}

function lockedPoses(timesMs: readonly number[], measured: readonly (Pose | null)[]): (Pose | null)[] {
  const filter = new PoseFilter('face');
  return measured.map((pose, frame) => pose && filter.filter(timesMs[frame] ?? 0, pose));
}

function newestPoses(
  timesMs: readonly number[],
  measured: readonly (Pose | null)[],
  { picturesPerRun, isPredicted }: Newest,
): (Pose | null)[] {
  const filter = new PoseFilter('face');
  const predictor = new PosePredictor();
  let last: Pose | null = null;
  return measured.map((_, frame) => {
    const answered = frame - picturesPerRun;
    const pose = answered % picturesPerRun === 0 ? (measured[answered] ?? null) : null;
    if (pose !== null) {
      const runMs = timesMs[answered] ?? 0;
      last = isPredicted ? filter.filter(runMs, pose) : pose;
      predictor.observe(runMs, last);
    }
    return isPredicted ? predictor.predict(timesMs[frame] ?? 0) : last;
  });
}
