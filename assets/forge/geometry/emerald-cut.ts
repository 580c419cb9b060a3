import type { Surface } from './surface.ts';
import type { Vec3 } from './vector.ts';
import { at } from './at.ts';
import { facetedSurface } from './surface.ts';
import { vec3 } from './vector.ts';

/** An octagon of a step cut: half sizes and how much its corners cut off both of them, at a height. */
interface Level {
  readonly halfLength: number;
  readonly halfWidth: number;
  readonly corner: number;
  readonly y: number;
}

/** One step inwards from the girdle: how far, how steeply, and how long its corner still is; parts of the stone's width. */
export interface Step {
  readonly inPart: number;
  readonly deg: number;
  readonly cornerPart: number;
}

/** Cut of an emerald-cut stone; parts of its width. */
export interface EmeraldCut {
  readonly cornerPart: number;
  readonly girdlePart: number;
  /** From the girdle up to the table. */
  readonly crown: readonly [Step, Step, Step];
  /** From the girdle down; the last step ends in the keel. */
  readonly pavilion: readonly [Step, Step];
  readonly keelDeg: number;
  /** Length of the keel as a part of what the stone is longer than broad. */
  readonly keelPart: number;
}

/** The house's emerald cut: table 62 % of the width, depth about 64 %. */
export const houseEmeraldCut: EmeraldCut = {
  cornerPart: 0.18,
  girdlePart: 0.024,
  crown: [
    { inPart: 0.056, deg: 46, cornerPart: 0.166 },
    { inPart: 0.064, deg: 38, cornerPart: 0.15 },
    { inPart: 0.07, deg: 27, cornerPart: 0.132 },
  ],
  pavilion: [
    { inPart: 0.15, deg: 52, cornerPart: 0.146 },
    { inPart: 0.17, deg: 43.5, cornerPart: 0.09 },
  ],
  keelDeg: 34,
  keelPart: 1.08,
};

/** The polygons of a stone, counter-clockwise from outside. */
export interface EmeraldFacets {
  /** Table first, then the crown's steps from the girdle up, then the pavilion's from the girdle down. */
  readonly polished: readonly (readonly Vec3[])[];
  readonly girdle: readonly (readonly Vec3[])[];
}

/** Corners counter-clockwise seen from the table: y is up, so the turn runs from +x to −z. */
function octagon({ halfLength: a, halfWidth: b, corner: c, y }: Level): Vec3[] {
  return (
    [
      [a, b - c],
      [a - c, b],
      [c - a, b],
      [-a, b - c],
      [-a, c - b],
      [c - a, -b],
      [a - c, -b],
      [a, c - b],
    ] as const
  ).map(([x, z]) => vec3(x, y, -z));
}

/**
 * The facets of an emerald cut about y, long along x, its girdle's upper edge at y = 0: a table, three steps of eight facets above
 * and three below, the last of which meet in a keel. All sides stay parallel from step to step, so every facet is plane.
 */
export function emeraldFacets(
  lengthMm: number,
  widthMm: number,
  cut: EmeraldCut = houseEmeraldCut,
): EmeraldFacets {
  const levelsFrom = (y: number, steps: readonly Step[], sign: 1 | -1): Level[] => {
    const levels: Level[] = [
      { halfLength: lengthMm / 2, halfWidth: widthMm / 2, corner: cut.cornerPart * widthMm, y },
    ];
    for (const { inPart, deg, cornerPart } of steps) {
      const last = at(levels, -1);
      levels.push({
        halfLength: last.halfLength - inPart * widthMm,
        halfWidth: last.halfWidth - inPart * widthMm,
        corner: cornerPart * widthMm,
        y: last.y + sign * inPart * widthMm * Math.tan((deg * Math.PI) / 180),
      });
    }
    return levels;
  };
  const girdleY = -cut.girdlePart * widthMm;
  const crown = levelsFrom(0, cut.crown, 1).map(octagon);
  const pavilionLevels = levelsFrom(girdleY, cut.pavilion, -1);
  const pavilion = pavilionLevels.map(octagon);
  const polished: Vec3[][] = [at(crown, -1)];
  for (let step = 0; step + 1 < crown.length; step += 1) {
    const [low, high] = [at(crown, step), at(crown, step + 1)];
    low.forEach((p, i) => polished.push([p, at(low, i + 1), at(high, i + 1), at(high, i)]));
  }
  for (let step = 0; step + 1 < pavilion.length; step += 1) {
    const [high, low] = [at(pavilion, step), at(pavilion, step + 1)];
    high.forEach((p, i) => polished.push([at(high, i + 1), p, at(low, i), at(low, i + 1)]));
  }
  const last = at(pavilionLevels, -1);
  const keelY = last.y - last.halfWidth * Math.tan((cut.keelDeg * Math.PI) / 180);
  const keel = ((lengthMm - widthMm) / 2) * cut.keelPart;
  const ring = at(pavilion, -1);
  ring.forEach((p, i) => {
    const next = at(ring, i + 1);
    // Sides 1 and 5 are the long ones: they meet the keel's whole length, the others its nearer end.
    const end = (x: number): Vec3 => vec3(Math.sign(x) * keel, keelY, 0);
    polished.push(i % 4 === 1 ? [next, p, end(p.x), end(next.x)] : [next, p, end(p.x + next.x)]);
  });
  const upper = at(crown, 0);
  const lower = at(pavilion, 0);
  const girdle = upper.map((p, i) => [p, at(lower, i), at(lower, i + 1), at(upper, i + 1)]);
  return { polished, girdle };
}

/** The stone as a flat-shaded surface. */
export function emeraldCut(lengthMm: number, widthMm: number, cut: EmeraldCut = houseEmeraldCut): Surface {
  const { polished, girdle } = emeraldFacets(lengthMm, widthMm, cut);
  return facetedSurface([...polished, ...girdle]);
}
