import { describe, expect, it } from 'vitest';
import { quaternionFromYawPitchRoll, rotateVector } from '../../sdk/geometry/pose-algebra.ts';
import type { Quaternion, Vec3 } from '../../sdk/geometry/pose.ts';
import { fitEyewear, type EyewearFit, type EyewearSeat } from './eyewear-fit.ts';
import type { TempleShape } from './measure-temple.ts';

/** A straight arm: inner side at 66 mm, lower edge at the height of the bridge, hinge 2 mm behind it. */
const temple = (side: 1 | -1): TempleShape => ({
  hingeMm: [side * 68, 2, -2],
  steps: [
    [-4, side * 66, 0],
    [-140, side * 66, 0],
  ],
});

/** A seat whose ears, seen from the bridge, are at the given places, wherever the head turns. */
function seatWith(leftEar: Vec3, rightEar: Vec3, bridgeRotation: Quaternion = [0, 0, 0, 1]): EyewearSeat {
  const bridgeMm = [12, -30, -580] as const;
  const inCamera = (point: Vec3): Vec3 => {
    const [x, y, z] = rotateVector(bridgeRotation, point);
    return [x + bridgeMm[0], y + bridgeMm[1], z + bridgeMm[2]];
  };
  return { bridgeRotation, bridgeMm, leftEarMm: inCamera(leftEar), rightEarMm: inCamera(rightEar) };
}

function fit(seat: EyewearSeat): EyewearFit {
  const out: EyewearFit = { pitchRad: 0, leftTempleRad: 0, rightTempleRad: 0, earZMm: 0 };
  fitEyewear(seat, temple(1), temple(-1), out);
  return out;
}

/** Where the arm's inner side is at the ear after the temple turned about its hinge. */
function armXAtEar(side: 1 | -1, turnRad: number, reachMm: number): number {
  return side * 68 + Math.cos(turnRad) * (side * -2) - Math.sin(turnRad) * reachMm;
}

describe('spectacles on a head', () => {
  it('open their temples until they lie a millimetre outside the ears', () => {
    const result = fit(seatWith([73, 0, -100], [-75, 0, -100]));
    expect(armXAtEar(1, result.leftTempleRad, 98)).toBeCloseTo(74, 0);
    expect(armXAtEar(-1, result.rightTempleRad, 98)).toBeCloseTo(-76, 0);
  });

  it('open as far however the head is turned in the picture', () => {
    const turned = quaternionFromYawPitchRoll(0.5, -0.2, 0.1);
    const straight = fit(seatWith([73, 4, -100], [-73, 4, -100]));
    const result = fit(seatWith([73, 4, -100], [-73, 4, -100], turned));
    expect(result.leftTempleRad).toBeCloseTo(straight.leftTempleRad, 6);
    expect(result.rightTempleRad).toBeCloseTo(straight.rightTempleRad, 6);
    expect(result.pitchRad).toBeCloseTo(straight.pitchRad, 6);
    expect(result.earZMm).toBeCloseTo(-100, 6);
  });

  it('tip about the bridge until the temples lie on the ears', () => {
    const { pitchRad } = fit(seatWith([67, 6, -100], [-67, 6, -100]));
    expect(100 * Math.tan(pitchRad)).toBeCloseTo(6, 6);
  });

  it('bend no further than an optician would, so that a frame of the wrong size looks so', () => {
    const result = fit(seatWith([110, 60, -100], [-110, 60, -100]));
    expect(result.leftTempleRad).toBeCloseTo((-9 * Math.PI) / 180, 9);
    expect(result.rightTempleRad).toBeCloseTo((9 * Math.PI) / 180, 9);
    expect(result.pitchRad).toBeCloseTo((7 * Math.PI) / 180, 9);
  });

  it('keep temples straight that the model does not name', () => {
    const out: EyewearFit = { pitchRad: 1, leftTempleRad: 1, rightTempleRad: 1, earZMm: 0 };
    fitEyewear(seatWith([73, 6, -100], [-73, 6, -100]), null, null, out);
    expect(out.leftTempleRad).toBeCloseTo(0, 12);
    expect(out.rightTempleRad).toBeCloseTo(0, 12);
    expect(out.pitchRad).toBe(0);
  });
});
