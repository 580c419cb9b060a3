import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add, along, cross, dot, mix, normalize, scale, sub, vec2 } from '../geometry/vector.ts';
import { closedCurve, openCurve } from '../geometry/spline.ts';
import { merge, place } from '../geometry/surface.ts';
import { roundWire } from '../geometry/sweep.ts';
import { roundedBox } from './rounded-box.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';

/** A nose pad on its arm: where the arm leaves the frame, where the pad sits, and how it faces the nose. */
export interface NosePadOptions {
  readonly root: Vec3;
  /** First direction of the arm. */
  readonly leaving: Vec3;
  readonly padCentre: Vec3;
  /** From the pad into the flank of the nose. */
  readonly facing: Vec3;
  /** Roughly along the pad's length. */
  readonly lengthwise: Vec3;
  readonly armMm: number;
}

/** The arm with the box that holds the pad, in metal, and the pad, in silicone. */
export interface NosePad {
  readonly arm: Surface;
  readonly pad: Surface;
}

/** Builds the pad of the wearer's left side. */
export function nosePad(options: NosePadOptions): NosePad {
  const z = normalize(options.facing);
  const y = normalize(sub(options.lengthwise, scale(z, dot(options.lengthwise, z))));
  const x = cross(y, z);
  const egg = closedCurve(
    [
      vec2(0, 7.2),
      vec2(2.9, 5.6),
      vec2(3.9, 1.2),
      vec2(3.6, -3.6),
      vec2(1.9, -7.0),
      vec2(-1.9, -7.0),
      vec2(-3.6, -3.6),
      vec2(-3.9, 1.2),
      vec2(-2.9, 5.6),
    ],
    56,
  ).toReversed();
  const pad = roundedPlate({
    outer: egg,
    thicknessMm: 2.1,
    frontEdge: { widthMm: 2.1, depthMm: 1.15, steps: 6 },
    backEdge: { widthMm: 1.2, depthMm: 0.85, steps: 5 },
  });
  const behind = along(options.padCentre, z, -1.75);
  const holder = place(roundedBox(2.2, 3.4, 1.5, 0.3, 0.7), {
    origin: along(options.padCentre, z, -1.2),
    x,
    y,
    z,
  });
  const out = along(options.root, normalize(options.leaving), 2.6);
  const swing = add(mix(out, behind, 0.5), scale(normalize(options.leaving), 1.5));
  const path = openCurve([options.root, out, swing, along(behind, z, -1.4), along(behind, z, 0.2)], 26);
  return {
    arm: merge([roundWire(path, options.armMm, 10), holder]),
    pad: place(pad, { origin: options.padCentre, x, y, z }),
  };
}
