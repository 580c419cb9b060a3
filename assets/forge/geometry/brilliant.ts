import type { Surface } from './surface.ts';
import type { Vec3 } from './vector.ts';
import { cross, radians, sub, vec3 } from './vector.ts';
import { at } from './at.ts';
import { facetedSurface } from './surface.ts';

/** Cut of a round brilliant; lengths are parts of the girdle's diameter, angles are in degrees. */
export interface BrilliantCut {
  readonly tablePart: number;
  readonly crownDeg: number;
  readonly pavilionDeg: number;
  readonly girdlePart: number;
  /** How far the lower halves reach from the girdle to the culet, along the radius. */
  readonly lowerHalfPart: number;
  /** How far the stars reach from the table's edge to the girdle, along the radius. */
  readonly starPart: number;
}

/** The house cut: inside the ranges that grading laboratories call excellent. */
export const houseCut: BrilliantCut = {
  tablePart: 0.56,
  crownDeg: 34.5,
  pavilionDeg: 40.75,
  girdlePart: 0.025,
  lowerHalfPart: 0.77,
  starPart: 0.5,
};

/** The polygons of a stone, counter-clockwise from outside: 57 polished facets, and the girdle's band of 32. */
export interface BrilliantFacets {
  readonly polished: readonly (readonly Vec3[])[];
  readonly girdle: readonly (readonly Vec3[])[];
}

/**
 * The facets of a round brilliant about y, its girdle's upper edge at y = 0, table up. 1 table, 8 stars, 8 bezels and
 * 16 upper halves above; 8 mains and 16 lower halves below, meeting in a point: 57 (Tolkowsky's arrangement).
 * Every polygon is planar: star and half corners are found where the planes of bezels and mains say they must lie.
 * `girdleSteps` above 1 turns the girdle round, as it is ground: each half facet then meets the girdle's cylinder in as many
 * chords of the curve in which its own plane cuts it, which gives the girdle its scallops.
 */
export function brilliantFacets(
  diameterMm: number,
  cut: BrilliantCut = houseCut,
  girdleSteps = 1,
): BrilliantFacets {
  const r = diameterMm / 2;
  const eighth = Math.PI / 4;
  const crownSlope = Math.tan(radians(cut.crownDeg));
  const pavilionSlope = Math.tan(radians(cut.pavilionDeg));
  // A bezel's plane touches the girdle circle at its own azimuth and leans inwards; a main's below likewise.
  const girdleY = -cut.girdlePart * diameterMm;
  const onRadius = (radius: number, azimuth: number, y: number): Vec3 =>
    vec3(radius * Math.cos(azimuth), y, -radius * Math.sin(azimuth));
  // Azimuth of bezel i is i·45°; table corners lie on bezel azimuths, star and upper-half tips between them.
  const tableRadius = (cut.tablePart * diameterMm) / 2;
  const tableY = (r - tableRadius) * crownSlope;
  const tableCorner = (i: number): Vec3 => onRadius(tableRadius, i * eighth, tableY);
  const tableMid = tableRadius * Math.cos(eighth / 2);
  const starRadius = tableMid + (r - tableMid) * cut.starPart;
  const starY = (r - starRadius * Math.cos(eighth / 2)) * crownSlope;
  const starTip = (i: number): Vec3 => onRadius(starRadius, (i + 0.5) * eighth, starY);
  const lowerRadius = r * (1 - cut.lowerHalfPart);
  const lowerY = girdleY - (r - lowerRadius * Math.cos(eighth / 2)) * pavilionSlope;
  const lowerTip = (i: number): Vec3 => onRadius(lowerRadius, (i + 0.5) * eighth, lowerY);
  const culet = vec3(0, girdleY - r * pavilionSlope, 0);
  const upper = (half: number): Vec3 => onRadius(r, (half * eighth) / 2, 0);
  const lower = (half: number): Vec3 => onRadius(r, (half * eighth) / 2, girdleY);
  // Places of the girdle's edge under or over half facet `half`, whose third corner is `tip`; both ends included.
  const edge = (half: number, tip: Vec3, corner: (half: number) => Vec3): Vec3[] => {
    const [a, b] = [corner(half), corner(half + 1)];
    const normal = cross(sub(b, a), sub(tip, a));
    return Array.from({ length: girdleSteps + 1 }, (_, i) => {
      if (i === 0 || i === girdleSteps) return i === 0 ? a : b;
      const p = onRadius(r, ((half + i / girdleSteps) * eighth) / 2, a.y);
      return vec3(p.x, a.y - ((p.x - a.x) * normal.x + (p.z - a.z) * normal.z) / normal.y, p.z);
    });
  };
  const upperEdge = (half: number): Vec3[] => edge(half, starTip(Math.floor(half / 2)), upper);
  const lowerEdge = (half: number): Vec3[] => edge(half, lowerTip(Math.floor(half / 2)), lower);

  const polished: Vec3[][] = [Array.from({ length: 8 }, (_, i) => tableCorner(i))];
  for (let i = 0; i < 8; i += 1) {
    polished.push([tableCorner(i), starTip(i), tableCorner(i + 1)]);
    polished.push([tableCorner(i), starTip(i - 1), upper(2 * i), starTip(i)]);
    polished.push([starTip(i), ...upperEdge(2 * i)], [starTip(i), ...upperEdge(2 * i + 1)]);
    polished.push([culet, lowerTip(i), lower(2 * i), lowerTip(i - 1)]);
    polished.push(
      [lowerTip(i), ...lowerEdge(2 * i).toReversed()],
      [lowerTip(i), ...lowerEdge(2 * i + 1).toReversed()],
    );
  }
  const girdle: Vec3[][] = [];
  for (let half = 0; half < 16; half += 1) {
    const [above, below] = [upperEdge(half), lowerEdge(half)];
    for (let i = 0; i < girdleSteps; i += 1) {
      girdle.push([at(above, i), at(below, i), at(below, i + 1), at(above, i + 1)]);
    }
  }
  return { polished, girdle };
}

/** The stone as a flat-shaded surface. */
export function brilliant(diameterMm: number, cut: BrilliantCut = houseCut, girdleSteps = 1): Surface {
  const { polished, girdle } = brilliantFacets(diameterMm, cut, girdleSteps);
  return facetedSurface([...polished, ...girdle]);
}
