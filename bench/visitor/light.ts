import type { Vec3 } from '../../sdk/geometry/pose.ts';
import { mattRadiance } from '../../sdk/geometry/spherical-harmonics.ts';
import type { VisitorLight } from '../../scenes/visitor/visitor-light.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { noPairs, rowOf } from './pairs.ts';
import { runOnVisitor } from './filming.ts';
import { headAt, usualFilm } from './films.ts';

const pictures = 6;
const keys: readonly (readonly [name: string, from: Vec3])[] = [
  ['from the front', [0, 0.2, 1]],
  ['from the left', [-0.9, 0.3, 0.5]],
  ['from the right', [0.9, 0.3, 0.5]],
  ['from above', [0, 1, 0.35]],
];
/** Colours of light, linear, green 1: a shop's warm lamps, daylight, a shaded window. */
const whites: readonly Vec3[] = [
  [1.35, 1, 0.62],
  [1, 1, 1],
  [0.86, 1, 1.22],
];

/** Directions a face shows, spread evenly over the half that looks at the camera. */
const normals: readonly Vec3[] = Array.from({ length: 200 }, (_, at): Vec3 => {
  const z = 1 - (at + 0.5) / 200;
  const around = at * Math.PI * (3 - Math.sqrt(5));
  const r = Math.sqrt(1 - z * z);
  return [r * Math.cos(around), r * Math.sin(around), z];
});

/**
 * How well the light on a client is known from their face: visitors of three skins under a key light from four sides in three
 * whites. Its shape: how bright a matt white ball would be on the side that the camera sees, each relative to its own mean.
 * Its colour: how far red and blue are off, relative to green. Reference: constant, neutral light.
 */
export function runLight(): Promise<BenchResult> {
  return runOnVisitor('light', 'constant neutral light', async (page) => {
    const rows: BenchRow[] = [];
    const all = noPairs();
    const tints = noPairs();
    for (const [name, from] of keys) {
      const shape = noPairs();
      for (const white of whites) {
        for (const look of ['fair', 'tan', 'deep'] as const) {
          const light = lightOf(from, white);
          const seen = await page.evaluate((film) => globalThis.window.visitor.film(film), {
            ...usualFilm,
            look,
            light,
            pictures: Array.from({ length: pictures }, (_, at) => ({
              pose: headAt(6 * Math.sin(at / 4), 2, 0, [10, -10, -520]),
            })),
          });
          if (seen.harmonics === null) continue;
          const { harmonics } = seen;
          const truth = relative(normals.map((normal) => luminance(irradiance(light, normal))));
          const ours = relative(normals.map((normal) => luminance(mattRadiance(harmonics, normal))));
          shape.ours.push(rms(ours, truth));
          shape.reference.push(
            rms(
              truth.map(() => 1),
              truth,
            ),
          );
          const colour = irradiance(light, [0, 0, 1]);
          const offBy = (tint: readonly number[]): number =>
            100 *
            Math.max(
              Math.abs(Math.log((tint[0] ?? 1) / (colour[0] / colour[1]))),
              Math.abs(Math.log((tint[2] ?? 1) / (colour[2] / colour[1]))),
            );
          tints.ours.push(offBy(seen.tint));
          tints.reference.push(offBy([1, 1, 1]));
        }
      }
      all.ours.push(...shape.ours);
      all.reference.push(...shape.reference);
      rows.push(rowOf(`shape, key ${name}, off by, median`, '% of the mean', shape, 0.5));
    }
    return [
      rowOf('shape, all, off by, median', '% of the mean', all, 0.5, 'better than the reference'),
      rowOf('shape, all, off by, p95', '% of the mean', all, 0.95),
      ...rows,
      rowOf('colour, off by, median', '%', tints, 0.5, 'better than the reference'),
      rowOf('colour, off by, p95', '%', tints, 0.95),
    ];
  });
}

function lightOf([x, y, z]: Vec3, white: Vec3): VisitorLight {
  const tinted = (share: number): [number, number, number] => [
    white[0] * share,
    white[1] * share,
    white[2] * share,
  ];
  return { keyFrom: { x, y, z }, key: tinted(2.2), sky: tinted(1), ground: tinted(0.6) };
}

/** What falls on a surface: a lamp by its cosine, and the room's light from above and below. */
function irradiance({ keyFrom, key, sky, ground }: VisitorLight, normal: Vec3): Vec3 {
  const length = Math.hypot(keyFrom.x, keyFrom.y, keyFrom.z);
  const cosine = Math.max(
    0,
    (normal[0] * keyFrom.x + normal[1] * keyFrom.y + normal[2] * keyFrom.z) / length,
  );
  const up = 0.5 + 0.5 * normal[1];
  const channel = (at: 0 | 1 | 2): number => key[at] * cosine + sky[at] * up + ground[at] * (1 - up);
  return [channel(0), channel(1), channel(2)];
}

function luminance([r, g, b]: Vec3): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function relative(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value / mean);
}

function rms(one: readonly number[], other: readonly number[]): number {
  return (
    100 * Math.sqrt(one.reduce((sum, value, at) => sum + (value - (other[at] ?? 0)) ** 2, 0) / one.length)
  );
}
