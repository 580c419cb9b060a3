import type { Surface } from './surface.ts';
import type { Vec2, Vec3 } from './vector.ts';
import { at } from './at.ts';
import { cross, mix, normalize, sub, vec2, vec3 } from './vector.ts';
import { facetedSurface } from './surface.ts';
import { pearAnchors, pearOutline } from './pear-outline.ts';

/** Cut of a pear brilliant; heights are parts of its width. */
export interface PearCut {
  readonly tablePart: number;
  readonly crownPart: number;
  readonly pavilionPart: number;
  readonly girdlePart: number;
  /** How high up the crown the stars' tips lie, as a part of the crown. */
  readonly starHeightPart: number;
  /** How far the lower halves reach from the girdle towards the culet. */
  readonly lowerHalfPart: number;
  /** Points of the girdle between two corners of the facets above it. */
  readonly girdleSteps: number;
}

/** The house cut: a depth of 65 % of the width, crown and pavilion near a round brilliant's across the broad end. */
export const housePear: PearCut = {
  tablePart: 0.57,
  crownPart: 0.15,
  pavilionPart: 0.46,
  girdlePart: 0.04,
  starHeightPart: 0.66,
  lowerHalfPart: 0.76,
  girdleSteps: 3,
};

/** The polygons of a pear, counter-clockwise from outside: 57 polished facets, and the girdle's upright band. */
export interface PearFacets {
  readonly polished: readonly (readonly Vec3[])[];
  readonly girdle: readonly (readonly Vec3[])[];
}

const bezels = 8;

/** A facet's plane as a height over the plan: what a cutter's angle and index fix. */
type Height = (p: Vec2) => number;

function through(a: Vec3, b: Vec3, c: Vec3): Height {
  const n = normalize(cross(sub(b, a), sub(c, a)));
  return (p) => a.y - (n.x * (p.x - a.x) + n.z * (-p.y - a.z)) / n.y;
}

/** The plan is drawn with its point up; in space up is −z, as seen from above the table. */
const lift = (p: Vec2, y: number): Vec3 => vec3(p.x, y, -p.y);

/**
 * The facets of a pear brilliant about y, its girdle's corners at y = 0, table up, point to −z, the middle of the broad
 * end's circle at the origin. 1 table, 8 stars, 8 bezels and 16 upper halves above; 8 mains and 16 lower halves below,
 * meeting in the culet: 57. A bezel is tangent to the outline and climbs to the table, a main runs to the culet; stars
 * and halves follow from their planes, so every polygon is planar. The halves scallop the girdle, as a wheel does.
 */
export function pearFacets(lengthMm: number, widthMm: number, cut: PearCut = housePear): PearFacets {
  const { girdleSteps: steps } = cut;
  const outline = pearOutline(lengthMm, widthMm, bezels * 2 * steps);
  const anchors = pearAnchors(lengthMm, widthMm, bezels * 2);
  const tableY = cut.crownPart * widthMm;
  const girdleY = -cut.girdlePart * widthMm;
  const culetY = girdleY - cut.pavilionPart * widthMm;
  const centre = vec2(0, lengthMm * 0.04);
  const toCentre = (p: Vec2, part: number): Vec2 =>
    vec2(centre.x + (p.x - centre.x) * part, centre.y + (p.y - centre.y) * part);
  const bezelOf = (i: number) => {
    const { point, normal } = at(anchors, 2 * i);
    const corner = toCentre(point, cut.tablePart);
    const reach = normal.x * point.x + normal.y * point.y;
    const run = reach - normal.x * corner.x - normal.y * corner.y;
    const toCulet = reach - normal.x * centre.x - normal.y * centre.y;
    return { point, normal, corner, reach, run, toCulet };
  };
  const facets = Array.from({ length: bezels }, (_, i) => bezelOf(i));
  /** Where two neighbouring planes, each leaving the outline inwards by `a` and `b`, meet. */
  const meeting = (i: number, insetOf: (f: (typeof facets)[number]) => number): Vec2 => {
    const [f, g] = [at(facets, i), at(facets, i + 1)];
    const [p, q] = [f.reach - insetOf(f), g.reach - insetOf(g)];
    const det = f.normal.x * g.normal.y - f.normal.y * g.normal.x;
    return vec2((p * g.normal.y - q * f.normal.y) / det, (f.normal.x * q - g.normal.x * p) / det);
  };
  const starTips = facets.map((_, i) =>
    lift(
      meeting(i, (f) => f.run * cut.starHeightPart),
      tableY * cut.starHeightPart,
    ),
  );
  const culet = lift(centre, culetY);
  const lowerTips = facets.map((_, i) =>
    mix(
      lift(
        meeting(i, () => 0),
        girdleY,
      ),
      culet,
      cut.lowerHalfPart,
    ),
  );
  const table = facets.map((f) => lift(f.corner, tableY));
  const corner = (half: number, y: number): Vec3 => lift(at(anchors, half).point, y);

  const polished: Vec3[][] = [table];
  const girdle: Vec3[][] = [];
  for (let half = 0; half < bezels * 2; half += 1) {
    const i = Math.floor(half / 2);
    const main = half % 2 === 0 ? half : half + 1;
    const middle = half % 2 === 0 ? half + 1 : half;
    const up = through(at(starTips, i), corner(main, 0), corner(middle, 0));
    const down = through(at(lowerTips, i), corner(main, girdleY), corner(middle, girdleY));
    const rim = Array.from({ length: steps + 1 }, (_, k) => at(outline, half * steps + k));
    const upper = rim.map((p) => lift(p, up(p)));
    const lower = rim.map((p) => lift(p, down(p)));
    polished.push([at(starTips, i), ...upper], [at(lowerTips, i), ...lower.toReversed()]);
    for (let k = 0; k < steps; k += 1) {
      girdle.push([at(upper, k), at(lower, k), at(lower, k + 1), at(upper, k + 1)]);
    }
  }
  for (let i = 0; i < bezels; i += 1) {
    polished.push(
      [at(table, i), at(starTips, i), at(table, i + 1)],
      [at(table, i), at(starTips, i - 1), corner(2 * i, 0), at(starTips, i)],
      [culet, at(lowerTips, i), corner(2 * i, girdleY), at(lowerTips, i - 1)],
    );
  }
  return { polished, girdle };
}

/** The stone as a flat-shaded surface. */
export function pear(lengthMm: number, widthMm: number, cut: PearCut = housePear): Surface {
  const { polished, girdle } = pearFacets(lengthMm, widthMm, cut);
  return facetedSurface([...polished, ...girdle]);
}
