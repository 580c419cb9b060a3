import type { Surface } from '../geometry/surface.ts';
import { forwardHere } from '../geometry/axes.ts';
import { lathe } from '../geometry/lathe.ts';
import { merge, place } from '../geometry/surface.ts';
import { openCurve } from '../geometry/spline.ts';
import { roundWire } from '../geometry/sweep.ts';
import { squareRing } from './metal-furniture.ts';
import { vec2, vec3 } from '../geometry/vector.ts';

/** A punched hole: its dark bottom and the pressed rim round it, on z = 0. */
export function punchedHole(): Surface {
  const turned = lathe(
    [
      vec2(0, -0.4),
      vec2(2.1, -0.4),
      vec2(2.1, 0.02),
      vec2(1.95, 0.14),
      vec2(1.75, 0.16),
      vec2(1.55, 0.12),
      vec2(1.45, 0.03),
      vec2(0, 0.03),
    ],
    18,
  );
  return place(turned, forwardHere);
}

/** A frame buckle lying over the strap: heel bar below, far bar above, and the prong that rests on it. */
export function frameBuckle(
  atMm: number,
  lengthMm: number,
  widthMm: number,
  heelMm: number,
  farMm: number,
): Surface {
  const rise = Math.atan2(farMm - heelMm, lengthMm);
  const [c, s] = [Math.cos(rise), Math.sin(rise)];
  const frame = place(squareRing(widthMm + 7, lengthMm, 4.5, 3.2), {
    origin: vec3(atMm + lengthMm / 2, 0, (heelMm + farMm) / 2),
    x: vec3(0, -1, 0),
    y: vec3(c, 0, s),
    z: vec3(-s, 0, c),
  });
  const prong = roundWire(
    openCurve(
      [
        vec3(atMm - 1.6, 0, heelMm + 1),
        vec3(atMm + 0.5, 0, heelMm + 3.4),
        vec3(atMm + 2.4, 0, 4.2),
        vec3(atMm + 6, 0, 6.1),
        vec3(atMm + 14, 0, 6.3),
        vec3(atMm + 22, 0, farMm + 2.8),
        vec3(atMm + 26.2, 0, farMm + 1.7),
      ],
      30,
    ),
    2.5,
    12,
  );
  return merge([frame, prong]);
}
