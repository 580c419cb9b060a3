import { handForm } from '../../scenes/visitor/hand-form.ts';
import { fingerNames } from '../../sdk/anchors/hand-anchors.ts';
import { assumedHandScale } from '../../sdk/anchors/hand-scale.ts';
import { canonicalHand } from '../../sdk/geometry/canonical-hand.ts';
import { intrinsicsFromVerticalFov } from '../../sdk/geometry/intrinsics.ts';
import { palmSightsNeeded } from '../../sdk/geometry/palm-card.ts';
import { HandFollower } from '../../sdk/tracking/hand-follower.ts';
import { HandSolver } from '../../sdk/tracking/hand-solver.ts';
import type { SeenHand } from './page/main.ts';
import type { HandSample } from './sampling.ts';

const widthPx = 1280;
const heightPx = 720;
const framePeriodMs = 33;

/** One finger's ring as measured by a card in the palm, against the truth; mm of inner circumference. */
export interface PalmMiss {
  readonly offMm: number;
  readonly plusMinusMm: number;
  /** The same had the hand been taken for the average one. */
  readonly referenceMm: number;
}

/** What one person's pictures told: how far off each measured finger is (the thumb apart), and whether the measurement came to its end. */
export interface PalmOutcome {
  readonly isComplete: boolean;
  readonly fingers: readonly PalmMiss[];
}

/** Shows one person's pictures to a follower, over and over until it has seen enough, as a hand that is held still. */
export function measurePalm(samples: readonly HandSample[], seen: readonly (SeenHand | null)[]): PalmOutcome {
  const follower = new HandFollower(1);
  const solver = new HandSolver();
  follower.palm.begin();
  let timeMs = 1;
  for (let frame = 0; frame < palmSightsNeeded * 2 && follower.palm.sight !== 'measured'; frame += 1) {
    const [sample, hand] = [samples[frame % samples.length], seen[frame % samples.length]];
    timeMs += framePeriodMs;
    if (sample === undefined || !hand) continue;
    const tracked = {
      trackId: 1,
      side: sample.side,
      sideScore: 1,
      landmarks: Float32Array.from(hand.landmarks),
      worldMm: Float32Array.from(hand.worldMm),
      outline: hand.outline,
    };
    const intrinsics = intrinsicsFromVerticalFov(widthPx, heightPx, sample.verticalFovRad);
    follower.follow({ ...tracked, solution: solver.solve(tracked, intrinsics) }, timeMs, intrinsics, {
      scale: assumedHandScale,
      forearms: { left: null, right: null },
      sought: { corners: hand.card },
    });
  }
  const { measure } = follower.palm;
  const [first] = samples;
  if (measure === null || first === undefined) return { isComplete: false, fingers: [] };
  const { radiiMm } = handForm(first);
  return {
    isComplete: true,
    fingers: fingerNames.flatMap((name, finger) => {
      const told = measure.ringCircumferences[name];
      if (told === null || name === 'thumb') return [];
      const trueMm = 2 * Math.PI * (radiiMm[finger] ?? 0);
      return [
        {
          offMm: told.valueMm - trueMm,
          plusMinusMm: told.plusMinusMm,
          referenceMm: Math.PI * (canonicalHand[finger]?.ringBreadthMm ?? 0) - trueMm,
        },
      ];
    }),
  };
}
