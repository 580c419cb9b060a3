import type { Surface } from '../geometry/surface.ts';
import { barrel, dome } from '../geometry/lathe.ts';
import { forward } from '../geometry/axes.ts';
import { jumpRing } from './chain.ts';
import { lerp, vec3 } from '../geometry/vector.ts';
import { merge, place, translate } from '../geometry/surface.ts';
import { openCurve } from '../geometry/spline.ts';
import { wire } from '../geometry/sweep.ts';

/** Where the chain's ends hang: the inner edges of their first and last bows, along x. */
export const lobsterReachMm = { ring: 6.3, hook: -6.3 } as const;

/** A point of a path with the wire's half width and half height there. */
type Knot = readonly [x: number, y: number, halfWidth: number, halfHeight: number];

function tapered(knots: readonly Knot[], exponent: number): Surface {
  const path = openCurve(
    knots.map(([x, y]) => vec3(x, y, 0)),
    knots.length * 4,
  );
  const size = (k: number): { halfWidthMm: number; halfHeightMm: number } => {
    const place = k * (knots.length - 1);
    const i = Math.min(knots.length - 2, Math.floor(place));
    const [a, b] = [knots[i], knots[i + 1]];
    if (a === undefined || b === undefined) throw new RangeError('tapered: needs two knots');
    return { halfWidthMm: lerp(a[2], b[2], place - i), halfHeightMm: lerp(a[3], b[3], place - i) };
  };
  return wire(path, vec3(0, 0, 1), size, { around: 14, exponent });
}

/**
 * A lobster clasp of 9 mm along x, flat in the plane z = 0: hook, sprung gate with its thumb lever, pivot, eye, and a
 * jump ring on either side for the chain. The chain's start hangs in the ring at +x, which the hook holds; its end at −x.
 */
export function lobsterClasp(): Surface {
  const hook = tapered(
    [
      [-3.3, -0.1, 0.55, 0.6],
      [-2.4, 0.45, 1.1, 0.78],
      [-0.6, 1.15, 0.86, 0.76],
      [1.5, 1.5, 0.66, 0.7],
      [3.3, 1.15, 0.56, 0.62],
      [4.25, 0.0, 0.48, 0.54],
      [3.6, -1.1, 0.42, 0.48],
      [2.7, -1.42, 0.34, 0.42],
    ],
    2.6,
  );
  const gate = tapered(
    [
      [-2.6, -0.55, 0.6, 0.5],
      [-1.2, -1.25, 0.46, 0.48],
      [0.7, -1.55, 0.36, 0.44],
      [2.3, -1.5, 0.3, 0.4],
    ],
    2.6,
  );
  const lever = tapered(
    [
      [-1.4, -1.1, 0.36, 0.42],
      [-1.75, -1.8, 0.3, 0.4],
      [-2.5, -2.35, 0.36, 0.5],
    ],
    2.6,
  );
  const upright = (surface: Surface, x: number, y: number): Surface =>
    place(surface, { ...forward, origin: vec3(x, y, 0) });
  const boss = upright(barrel(1.22, -0.82, 0.82, 0.24, 28), -2.25, -0.15);
  const rivet = [
    upright(translate(dome(0.42, 0.16, 0.1, 16), vec3(0, 0.82, 0)), -2.25, -0.15),
    place(dome(0.42, 0.16, 0.1, 16), {
      origin: vec3(-2.25, -0.15, -0.82),
      x: vec3(1, 0, 0),
      y: vec3(0, 0, -1),
      z: vec3(0, 1, 0),
    }),
  ];
  const eye = translate(jumpRing(2.2, 0.55, { steps: 24, around: 10 }), vec3(-4.0, -0.1, 0));
  // Rings that hang in the plane's wires stand across them.
  const across = (x: number): Surface =>
    place(jumpRing(2.9, 0.34, { steps: 26, around: 10 }), {
      origin: vec3(x, -0.05, 0),
      x: vec3(0, 0, -1),
      y: vec3(1, 0, 0),
      z: vec3(0, -1, 0),
    });
  const middleMm = 1.45 - 0.34;
  return merge([
    hook,
    gate,
    lever,
    boss,
    ...rivet,
    eye,
    across(lobsterReachMm.ring - middleMm),
    across(lobsterReachMm.hook + middleMm),
  ]);
}
