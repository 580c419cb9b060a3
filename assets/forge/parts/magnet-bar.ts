import type { Surface } from '../geometry/surface.ts';
import { lathe } from '../geometry/lathe.ts';
import { merge, place } from '../geometry/surface.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { vec2, vec3 } from '../geometry/vector.ts';

/** A turned bar on two posts that lies along x over z = 0: the handle of a flap whose magnet is sewn in behind it. */
export function clasp(lengthMm: number): Surface {
  const half = lengthMm / 2;
  const ends: readonly (readonly [number, number])[] = [
    [0, half],
    [1.5, half - 0.02],
    [2.3, half - 0.3],
    [2.75, half - 0.9],
    [2.8, half - 1.6],
    [2.8, half - 3.4],
    [2.6, half - 3.75],
    [2.2, half - 3.9],
    [2.1, half - 4.2],
    [2.2, half - 4.5],
    [2.45, half - 4.75],
    [2.5, half - 5.4],
  ];
  const profile: Vec2[] = [
    ...ends.map(([r, y]) => vec2(r, -y)),
    ...ends.toReversed().map(([r, y]) => vec2(r, y)),
  ];
  const bar = place(lathe(profile, 28), {
    origin: vec3(0, 0, 4.1),
    x: vec3(0, 1, 0),
    y: vec3(-1, 0, 0),
    z: vec3(0, 0, 1),
  });
  const posts = [-1, 1].map((side) =>
    place(
      lathe(
        [
          vec2(0, -0.5),
          vec2(3.4, -0.5),
          vec2(3.4, 0.5),
          vec2(3.2, 0.85),
          vec2(2.6, 1),
          vec2(1.9, 1.3),
          vec2(1.6, 1.9),
          vec2(1.6, 4),
          vec2(0, 4),
        ],
        24,
      ),
      {
        origin: vec3(side * (half - 10), 0, 0),
        x: vec3(1, 0, 0),
        y: vec3(0, 0, 1),
        z: vec3(0, -1, 0),
      },
    ),
  );
  return merge([bar, ...posts]);
}
