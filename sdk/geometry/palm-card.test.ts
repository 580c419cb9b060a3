import { array, assert, constant, double, oneof, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectCard } from './card.ts';
import type { HandOutline } from './finger-outline.ts';
import { noOutline } from './finger-outline.ts';
import { ringCircumference } from './finger-size.ts';
import type { Quad } from './homography.ts';
import { defaultIntrinsics } from './intrinsics.ts';
import type { CardOnPalm } from './palm-card.ts';
import { cardOnPalm, PalmCardEstimator, palmSightsNeeded } from './palm-card.ts';
import type { Pose, Vec3 } from './pose.ts';
import { multiplyQuaternions, quaternionFromYawPitchRoll, transformPoint } from './pose-algebra.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const fingers = [-38, -28, -9, 10, 29] as const;
/** How far the axes of fingers lie behind a card in the palm; hands differ by what the interval allows for. */
const underCardMm = 24.76;

/** A palm at this place that shows itself to the camera, as a tracker has it that takes it for `sizeTold` times its size. */
function palm(
  distanceMm: number,
  yawRad = 0,
  sizeTold = 1,
): { cameraFromCard: Pose; rings: Pose[]; back: Vec3 } {
  const rotation = quaternionFromYawPitchRoll(yawRad, 0.05, 0.1);
  const cameraFromCard: Pose = { rotation, translationMm: [15, -20, -distanceMm] };
  const rings = fingers.map((x): Pose => {
    const [u, v, w] = transformPoint(cameraFromCard, [x, 60, -underCardMm]);
    // What shows its back to nobody shows its pad to the camera.
    return {
      rotation: multiplyQuaternions(rotation, [0, 1, 0, 0]),
      translationMm: [u * sizeTold, v * sizeTold, w * sizeTold],
    };
  });
  const out = transformPoint({ rotation, translationMm: [0, 0, 0] }, [0, 0, -1]);
  return { cameraFromCard, rings, back: out };
}

/** The edges of fingers of one breadth, as a picture without error shows them. */
function edges(rings: readonly Pose[], breadthMm: number, sizeTold = 1): HandOutline {
  return rings.map(({ translationMm }) => {
    const breadthPx = (breadthMm * intrinsics.fxPx * sizeTold) / -translationMm[2];
    return { lowPx: -breadthPx / 2, highPx: breadthPx / 2, trust: 0.9 };
  });
}

function look(corners: Quad, told: ReturnType<typeof palm>, outline: HandOutline): CardOnPalm {
  const seen = cardOnPalm(corners, intrinsics, told, outline);
  if (seen === null) throw new Error('no card');
  return seen;
}

describe('a card in a palm', () => {
  it('tells the breadth of every finger, whatever size the hand was taken for', () => {
    assert(
      property(
        record({
          distanceMm: double({ min: 260, max: 500, noNaN: true }),
          yawRad: double({ min: -0.25, max: 0.25, noNaN: true }),
          breadthMm: double({ min: 13, max: 23, noNaN: true }),
          sizeTold: double({ min: 0.9, max: 1.3, noNaN: true }),
        }),
        ({ distanceMm, yawRad, breadthMm, sizeTold }) => {
          const told = palm(distanceMm, yawRad, sizeTold);
          const outline = edges(told.rings, breadthMm, sizeTold);
          const estimator = new PalmCardEstimator();
          for (let sight = 0; sight < palmSightsNeeded; sight += 1) {
            const seen = look(projectCard(intrinsics, told.cameraFromCard), told, outline);
            if (seen.kind === 'held') estimator.observe(seen);
          }
          const [, , , ring] = estimator.circumferences();
          const trueMm = ringCircumference({ valueMm: breadthMm, plusMinusMm: 0 }).valueMm;
          // A finger turned away from its flat side is given back by the shape that fingers have.
          expect(Math.abs((ring?.valueMm ?? 0) - trueMm)).toBeLessThan(0.02 * trueMm);
          expect(ring?.plusMinusMm).toBeGreaterThan(1.5);
        },
      ),
    );
  });

  it('tells the same of a hand that is taken for the other one, so that its palm is taken for its back', () => {
    const told = palm(340);
    const [x, y, z] = told.back;
    const corners = projectCard(intrinsics, told.cameraFromCard);
    const outline = edges(told.rings, 17);
    expect(look(corners, { ...told, back: [-x, -y, -z] }, outline)).toEqual(look(corners, told, outline));
  });

  it('leaves out a finger whose edges were not seen often enough, and tells the others', () => {
    const told = palm(340);
    const clear = edges(told.rings, 17);
    const corners = projectCard(intrinsics, told.cameraFromCard);
    const estimator = new PalmCardEstimator();
    for (let sight = 0; sight < palmSightsNeeded; sight += 1) {
      const unclear = clear.map((one, finger) => (finger === 4 && sight > 3 ? null : one));
      const seen = look(corners, told, unclear);
      if (seen.kind === 'held') estimator.observe(seen);
    }
    const told5 = estimator.circumferences();
    expect(told5.map((one) => one !== null)).toEqual([true, true, true, true, false]);
    estimator.reset();
    expect([estimator.sights, estimator.circumferences().every((one) => one === null)]).toEqual([0, true]);
  });

  it('says when it is turned away from the mirror or from the hand, or is nowhere near the hand', () => {
    const told = palm(340);
    const corners = projectCard(intrinsics, told.cameraFromCard);
    const askew = palm(340, 0.7);
    expect(look(projectCard(intrinsics, askew.cameraFromCard), askew, noOutline)).toEqual({
      kind: 'amiss',
      why: 'tilted',
    });
    expect(look(corners, { ...told, back: [0, 1, 0] }, noOutline)).toEqual({ kind: 'amiss', why: 'tilted' });
    const farOff = palm(340, 0, 2.2);
    expect(look(corners, farOff, noOutline)).toEqual({ kind: 'amiss', why: 'away' });
  });

  it('is no card where the corners make none', () => {
    const point = oneof(constant(Number.NaN), double({ min: -1e4, max: 1e4 }));
    assert(
      property(array(point, { minLength: 8, maxLength: 8 }), (values) => {
        const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = values;
        const told = palm(340);
        const seen = cardOnPalm(
          [
            [a, b],
            [c, d],
            [e, f],
            [g, h],
          ],
          intrinsics,
          told,
          edges(told.rings, 17),
        );
        if (seen?.kind !== 'held') return;
        for (const finger of seen.fingers) expect(finger === null || finger.mmPerPx > 0).toBe(true);
      }),
    );
  });
});
