import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../bench/registration/sampling.ts';
import { calibrateFromCards, student95 } from './card-calibration.ts';
import { cardPose, cardTilt } from './card-pose.ts';
import { projectCard } from './card.ts';
import type { Quad } from './homography.ts';
import { intrinsicsFromVerticalFov } from './intrinsics.ts';
import type { Pose } from './pose.ts';
import {
  angleBetweenRad,
  dotVectors,
  lengthOf,
  quaternionFromYawPitchRoll,
  rotateVector,
} from './pose-algebra.ts';

const degree = Math.PI / 180;
const [widthPx, heightPx] = [1280, 720];
const camera = intrinsicsFromVerticalFov(widthPx, heightPx, 50 * degree);

function heldAt(yawDeg: number, pitchDeg: number, depthMm: number, aside = 0): Pose {
  return {
    rotation: quaternionFromYawPitchRoll(yawDeg * degree, pitchDeg * degree, 3 * degree),
    translationMm: [aside, -aside / 2, -depthMm],
  };
}

/** What the wizard asks for. */
const guided = [
  heldAt(0, 0, 260),
  heldAt(0, 0, 480, 40),
  heldAt(35, 0, 280),
  heldAt(-35, 0, 280),
  heldAt(0, 32, 270),
  heldAt(0, -32, 270),
  heldAt(30, 20, 300, -30),
  heldAt(-30, -20, 300, 30),
];

function gaussianFrom(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function seen(poses: readonly Pose[], noisePx: number, gaussian: () => number): Quad[] {
  const shake = ([u, v]: readonly [number, number]): readonly [number, number] => [
    u + noisePx * gaussian(),
    v + noisePx * gaussian(),
  ];
  return poses.map((pose) => {
    const [a, b, c, d] = projectCard(camera, pose);
    return [shake(a), shake(b), shake(c), shake(d)];
  });
}

const still = (): number => 0;

/** Cosine of the angle between a card's normal and the line of sight to its middle. */
function facing({ rotation, translationMm }: Pose): number {
  return -dotVectors(rotateVector(rotation, [0, 0, 1]), translationMm) / lengthOf(translationMm);
}

describe('the pose of a card', () => {
  it('is found again from its corners, wherever it is held', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -55, max: 55 }),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 180, max: 900 }),
        fc.integer({ min: -80, max: 80 }),
        (yaw, pitch, depth, aside) => {
          const truth = heldAt(yaw, pitch, depth, aside);
          // A card that is seen edge on, or from behind, shows no corners.
          fc.pre(facing(truth) > 0.12);
          const found = cardPose(projectCard(camera, truth), camera);
          expect(found?.rmsPx).toBeLessThan(1e-3);
          expect(angleBetweenRad(found!.cameraFromCard.rotation, truth.rotation)).toBeLessThan(1e-3);
          expect(found!.cameraFromCard.translationMm[2]).toBeCloseTo(-depth, 1);
        },
      ),
    );
  });

  it('knows to which side the card looks, seen from its holder', () => {
    expect(cardTilt(heldAt(30, 0, 300)).sidewaysRad).toBeCloseTo(30 * degree, 1);
    expect(cardTilt(heldAt(0, -30, 300)).upwardsRad).toBeCloseTo(30 * degree, 1);
  });
});

describe('a calibration by card', () => {
  it('finds the focal length exactly when the corners are exact', () => {
    const found = calibrateFromCards(seen(guided, 0, still), widthPx, heightPx);
    expect(found.ok && found.value.focalPx).toBeCloseTo(camera.fxPx, 3);
    expect(found.ok && found.value.rmsPx).toBeLessThan(1e-6);
  });

  it('tells an interval that holds the truth nineteen times in twenty', () => {
    const gaussian = gaussianFrom(seededRandom(77));
    let held = 0;
    const intervals: number[] = [];
    for (let run = 0; run < 200; run += 1) {
      const found = calibrateFromCards(seen(guided, 0.3, gaussian), widthPx, heightPx);
      if (!found.ok) continue;
      intervals.push(found.value.focalPlusMinusPx / camera.fxPx);
      if (Math.abs(found.value.focalPx - camera.fxPx) <= found.value.focalPlusMinusPx) held += 1;
    }
    expect(intervals.length).toBeGreaterThan(195);
    expect(held / intervals.length).toBeGreaterThan(0.915);
    expect(held / intervals.length).toBeLessThan(0.985);
    expect(intervals.toSorted((a, b) => a - b)[100]).toBeLessThan(0.03);
  });

  it('asks for the tilts that are missing when every view is straight on', () => {
    const straight = [260, 320, 400, 480, 560].map((depth) => heldAt(0, 0, depth));
    const found = calibrateFromCards(seen(straight, 0.3, gaussianFrom(seededRandom(3))), widthPx, heightPx);
    expect(found).toMatchObject({ ok: false, error: { kind: 'tilt-the-card' } });
    if (!found.ok && found.error.kind === 'tilt-the-card') {
      expect(found.error.missing).toEqual(['turned-left', 'turned-right', 'turned-up', 'turned-down']);
    }
  });

  it('asks for more views when there are too few', () => {
    expect(calibrateFromCards(seen(guided.slice(0, 2), 0, still), widthPx, heightPx)).toEqual({
      ok: false,
      error: { kind: 'too-few-views', views: 2 },
    });
  });

  it('leaves out a view that shows something else, and says which', () => {
    const views = seen(guided, 0.2, gaussianFrom(seededRandom(5)));
    const [a, b, c, d] = views[3]!;
    views[3] = [a, [b[0] + 14, b[1] - 6], c, d];
    const found = calibrateFromCards(views, widthPx, heightPx);
    expect(found.ok && Math.abs(found.value.focalPx / camera.fxPx - 1)).toBeLessThan(0.015);
    expect(found.ok && found.value.cameraFromCards.map((pose) => pose === null)).toEqual(
      guided.map((_, index) => index === 3),
    );
  });

  it('says that the views disagree when they do not come from one card', () => {
    const gaussian = gaussianFrom(seededRandom(11));
    const found = calibrateFromCards(seen(guided, 12, gaussian), widthPx, heightPx);
    expect(found.ok).toBe(false);
  });
});

describe("Student's t", () => {
  it.each([
    [7, 2.365],
    [15, 2.131],
    [60, 2],
  ])('with %i degrees of freedom is %d', (degrees, value) => {
    expect(Math.abs(student95(degrees) - value) / value).toBeLessThan(0.005);
  });
});
