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

/** Not the heads and noise on which the filter's constants were chosen; each photographed face twice. */
const seeds = [90_210, 90_213, 90_214, 90_217];

/** How poses meet pictures. */
type Mode = 'locked' | 'predicted' | 'late';

/**
 * How far a piece swims on a face that moves at 1 m/s, where one frame of lag is 33 px: shown with the picture it was found
 * in (frame-locked), on the next picture with a predicted pose, and on the next picture as it was (the reference).
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
  const of = (mode: Mode): { slips: number[]; overshootPx: number } => {
    const errors = takes.map((take, index) => shown(face, take, seen[index] ?? [], mode));
    return {
      slips: errors.flatMap((error) => slipsPx(error)).toSorted((a, b) => a - b),
      overshootPx: Math.max(...errors.map((error) => stopOf(error).overshootPx)),
    };
  };
  const [locked, predicted, late] = [of('locked'), of('predicted'), of('late')];
  const row = (what: string, ours: number[], share: number, goal?: string): BenchRow => ({
    what,
    unit: 'px',
    ours: quantile(ours, share),
    reference: quantile(late.slips, share),
    ...(goal === undefined ? {} : { goal }),
    samples: ours.length,
  });
  return [
    row('frame-locked, filtered: median', locked.slips, 0.5, '≤ 4'),
    row('frame-locked, filtered: p95', locked.slips, 0.95, '≤ 4'),
    row('frame-locked, filtered: greatest', locked.slips, 1, '≤ 4'),
    row('newest image + predicted pose: median', predicted.slips, 0.5),
    row('newest image + predicted pose: p95', predicted.slips, 0.95),
    {
      what: 'newest image + predicted pose: overshoot at a dead stop',
      unit: 'px',
      ours: predicted.overshootPx,
      reference: late.overshootPx,
      samples: takes.length,
      note: 'a prediction cannot know of the stop; frame-locked it is not used',
    },
  ];
}

/** Where the piece is against the face on every picture. */
function shown(face: CanonicalFace, take: Take, seen: SeenTake, mode: Mode): ReturnType<typeof anchorErrors> {
  const { timesMs, measured } = solveTake(face, take, seen);
  const filter = new PoseFilter('face');
  let last: Pose | null = null;
  const poses = measured.map((pose, frame) => {
    const timeMs = timesMs[frame] ?? 0;
    // Of a picture just taken the landmarks are not there yet: what is known is of the picture before.
    const before = mode === 'late' ? last : filter.predict(timeMs);
    last = pose;
    const filtered = pose === null ? null : filter.filter(timeMs, pose);
    return mode === 'locked' ? filtered : before;
  });
  return anchorErrors(face, take, poses);
}
