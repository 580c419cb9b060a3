import type { Surface } from '../geometry/surface.ts';
import { barrel, lathe } from '../geometry/lathe.ts';
import { lerp, vec2, vec3 } from '../geometry/vector.ts';
import { merge, mirrorX, place, translate } from '../geometry/surface.ts';
import { openCurve } from '../geometry/spline.ts';
import { wire } from '../geometry/sweep.ts';

/** A post through the lobe along −z, from `fromMm` before its skin to its rounded end, with a groove for the butterfly. */
export function earPost(fromMm: number, toMm: number, diameterMm: number): Surface {
  const r = diameterMm / 2;
  const groove = toMm - 1.9;
  const profile = [
    vec2(0, -fromMm),
    vec2(r, -fromMm),
    vec2(r, groove - 0.3),
    vec2(r - 0.1, groove - 0.14),
    vec2(r - 0.1, groove + 0.14),
    vec2(r, groove + 0.3),
    vec2(r, toMm - 0.4),
    vec2(r * 0.82, toMm - 0.14),
    vec2(r * 0.46, toMm - 0.02),
    vec2(0, toMm),
  ];
  return place(lathe(profile, 18), {
    origin: vec3(0, 0, 0),
    x: vec3(1, 0, 0),
    y: vec3(0, 0, -1),
    z: vec3(0, 1, 0),
  });
}

/** A butterfly behind the lobe: a disc with a collar and two scrolls that spring against the post. */
export function butterfly(lobeMm: number): Surface {
  const flat = (surface: Surface, z: number): Surface =>
    place(surface, { origin: vec3(0, 0, z), x: vec3(1, 0, 0), y: vec3(0, 0, -1), z: vec3(0, 1, 0) });
  const face = -lobeMm - 0.1;
  const scroll = wire(
    openCurve(
      [
        vec3(0.1, 0, face - 0.5),
        vec3(1.7, 0, face - 0.52),
        vec3(3.0, 0, face - 0.75),
        vec3(3.35, 0, face - 1.9),
        vec3(2.5, 0, face - 2.95),
        vec3(1.2, 0, face - 2.75),
        vec3(0.55, 0, face - 2.1),
        vec3(0.72, 0, face - 1.45),
        vec3(1.3, 0, face - 1.3),
      ],
      30,
    ),
    vec3(0, 1, 0),
    (k) => ({ halfWidthMm: 0.16, halfHeightMm: lerp(1.2, 1.75, Math.sin(Math.PI * Math.min(1, k * 1.15))) }),
    { around: 14, exponent: 4 },
  );
  return merge([
    flat(barrel(2.7, 0, 0.42, 0.14, 36), face),
    flat(translate(barrel(0.85, 0, 0.6, 0.12, 20), vec3(0, 0.3, 0)), face),
    scroll,
    mirrorX(scroll),
  ]);
}
