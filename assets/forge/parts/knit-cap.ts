import type { Surface, Triangle, Vertex } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { cross, length, normalize, smoothstep, sub, vec2, vec3 } from '../geometry/vector.ts';
import { dropSlivers } from '../geometry/surface.ts';
import { gradientNoise } from '../textures/noise.ts';
import { openCurve } from '../geometry/spline.ts';
import { ovalLoop } from '../geometry/oval-loop.ts';

/** A ribbed cap as it lies on a head: sizes in millimetres. */
export interface KnitCap {
  /** Half axes of the head's oval, across (x) and from front to back (z). */
  readonly halfXMm: number;
  readonly halfZMm: number;
  readonly ribs: number;
  /** From the bottom of a groove to the top of a rib. */
  readonly ribMm: number;
  /** Millimetres of knit that one rib takes up in the texture. */
  readonly pitchMm: number;
}

/** Rib phases at which columns stand: close in the groove, wide over the top. */
const phases = [0, 0.11, 0.28, 0.5, 0.72, 0.89] as const;
const rows = 48;

/**
 * The fabric's outline from the crown's inside down to the fold, up the turn-up, over its edge into the gap behind it, and over
 * the outside to the crown: x is the share of the head's oval in hundredths, y the distance outside it, z the height.
 */
const outline: readonly Vec3[] = [
  vec3(0, 0, 150),
  vec3(16, 0, 151),
  vec3(44, 0, 149),
  vec3(68, 0.3, 142),
  vec3(86, 0.7, 129),
  vec3(96, 1, 112),
  vec3(100, 1, 92),
  vec3(100, 1, 60),
  vec3(100, 1, 30),
  vec3(100, 1, 8),
  vec3(100, 1.4, 0.6),
  vec3(100, 4, -1.4),
  vec3(100, 7.4, -0.6),
  vec3(100, 9.2, 4),
  vec3(100, 10, 16),
  vec3(100, 10.8, 34),
  vec3(100, 11, 50),
  vec3(100, 10.9, 60),
  vec3(100, 10.4, 65.4),
  vec3(100, 8.6, 66.4),
  vec3(100, 7.3, 64),
  vec3(100, 6.9, 59.5),
  vec3(100, 6.3, 56.4),
  vec3(100, 5.2, 56),
  vec3(100, 4.6, 59),
  vec3(100, 4.6, 66),
  vec3(101, 4.6, 76),
  vec3(101.6, 4.6, 92),
  vec3(99.5, 4.6, 110),
  vec3(92, 4.6, 128),
  vec3(78, 4.4, 143),
  vec3(56, 4, 153),
  vec3(34, 3, 158),
  vec3(18, 1.6, 159.6),
  vec3(8, 0.8, 159),
  vec3(3, 0.3, 157.4),
  vec3(0, 0, 157),
];

/** A row of the fabric: its place in the outline, and how far along the fabric it lies. */
interface Row {
  readonly share: number;
  readonly outMm: number;
  readonly y: number;
  readonly alongMm: number;
  readonly inside: boolean;
}

/** Rows close together at the fold and the edge, wide apart inside. */
function fabricRows(): Row[] {
  const dense = openCurve(outline, 1400);
  const inside = (i: number): boolean =>
    i < dense.findIndex(({ z }) => z === Math.min(...dense.map((p) => p.z)));
  const foldAt = dense.findIndex((_, i) => !inside(i));
  const weights = dense.map(({ y, z }, i): number => {
    if (i < foldAt && z > 8) return 0.34;
    const edge = z < 7 || (y > 4.9 && z > 54 && z < 68 && (y < 10.6 || z > 62));
    return edge ? 3.3 : y > 9 && z < 60 ? 0.6 : 1.05;
  });
  const total = weights.reduce((a, b) => a + b);
  const picked: Row[] = [];
  let passed = 0;
  let alongMm = 0;
  dense.forEach((p, i) => {
    alongMm += i === 0 ? 0 : length(sub(p, at(dense, i - 1)));
    passed += at(weights, i);
    const last = i === dense.length - 1;
    if (i === 0 || last || passed >= (total * picked.length) / (rows - 1)) {
      picked.push({ share: p.x / 100, outMm: p.y, y: p.z, alongMm, inside: i < foldAt });
    }
  });
  return picked;
}

/** Soft irregularity of hand and head, in about [−1, 1], closed round the head. */
function unevenness(around: number, y: number, cells: number, seed: number): number {
  return gradientNoise(around * cells, y / 48 + 40, cells, 400, seed);
}

/** The place of the fabric without its ribs. */
function drape(cap: KnitCap): (around: number, row: Row) => Vec3 {
  const loop = ovalLoop(cap.halfXMm, cap.halfZMm);
  const lowestMm = -0.85;
  return (around, { share, outMm, y, inside }) => {
    const { point, outward } = loop.at(around * loop.lengthMm);
    const high = smoothstep(66, 150, y);
    const slack = smoothstep(64, 84, y) * smoothstep(0.04, 0.5, share);
    const turnUp = outMm > 5.6 && y < 70 ? smoothstep(4, 60, y) : 0;
    const soft =
      slack * (inside ? 1.2 : 2.3) * unevenness(around, y, 7, 5) +
      turnUp * 0.9 * unevenness(around, y, 9, 23);
    // Where the crown is drawn together, the ribs crowd into folds.
    const gathered =
      smoothstep(0.03, 0.14, share) * (1 - smoothstep(0.26, 0.62, share)) * smoothstep(120, 140, y);
    const fold =
      gathered *
      (inside ? 0.8 : 3.6) *
      Math.cos(2 * Math.PI * (12 * around + 0.5 * unevenness(around, y, 5, 61)));
    const out = outMm + soft;
    return vec3(
      point.x * share + outward.x * out,
      y -
        lowestMm +
        fold +
        turnUp * 0.7 * unevenness(around, 0, 6, 37) -
        5 * high * smoothstep(0, -100, point.z * share),
      // The crown leans back a little, as a soft cap does.
      point.z * share + outward.z * out - 8 * high ** 1.3,
    );
  };
}

function inGap({ outMm, y }: Row): boolean {
  return outMm > 4.5 && outMm < 8 && y > 50 && y < 62.5;
}

/** Height of a rib above its groove at a phase, 0 to 1. */
function ribShape(phase: number): number {
  return Math.sin(Math.PI * phase) ** 0.62;
}

/** The cap as one closed skin. UVs run in millimetres of knit: u across the ribs, v along them. */
export function knitCap(cap: KnitCap): Surface {
  const fabric = fabricRows();
  const place = drape(cap);
  const columns = cap.ribs * phases.length;
  const aroundOf = (column: number): number =>
    (Math.floor(column / phases.length) + at(phases, column)) / cap.ribs;
  const grid = fabric.map((row, r) => {
    const [before, after] = [at(fabric, Math.max(0, r - 1)), at(fabric, Math.min(rows - 1, r + 1))];
    // In the gap behind the turn-up the ribs are pressed flat; in the crown they crowd.
    const pressed = inGap(row) ? 0.35 : 1;
    const crowd = Math.min(1, 0.06 + row.share * 1.1) * pressed;
    return Array.from({ length: columns }, (_, c): Vec3 => {
      const a = aroundOf(c);
      const smooth = place(a, row);
      const normal = normalize(
        cross(sub(place(a + 0.002, row), place(a - 0.002, row)), sub(place(a, after), place(a, before))),
      );
      const depth =
        (ribShape(at(phases, c)) - (row.inside ? 1 : 0.55)) * cap.ribMm * crowd * (row.inside ? 0.55 : 1);
      const size = row.share < 0.004 ? 0 : depth;
      return vec3(smooth.x + normal.x * size, smooth.y + normal.y * size, smooth.z + normal.z * size);
    });
  });
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  fabric.forEach((row, r) => {
    const gap = inGap(row) ? 0.45 : 1;
    const light = row.inside ? 0.5 + 0.5 * (1 - smoothstep(0, 40, row.y)) : gap;
    for (let c = 0; c <= columns; c += 1) {
      const own = at(at(grid, r), c);
      const [left, right] = [at(at(grid, r), c - 1), at(at(grid, r), c + 1)];
      const [under, over] = [at(at(grid, Math.max(0, r - 1)), c), at(at(grid, Math.min(rows - 1, r + 1)), c)];
      const pole = row.share < 0.004;
      const normal = pole
        ? vec3(0, row.inside ? -1 : 1, 0)
        : normalize(cross(sub(right, left), sub(over, under)));
      const groove = 0.34 + 0.66 * ribShape(at(phases, c)) ** 1.1;
      vertices.push({
        position: own,
        normal,
        uv: vec2((c === columns ? cap.ribs : aroundOf(c) * cap.ribs) * cap.pitchMm, row.alongMm),
        shade: light * groove,
      });
    }
  });
  const width = columns + 1;
  for (let r = 0; r + 1 < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) {
      const a = r * width + c;
      triangles.push([a, a + 1, a + width], [a + 1, a + width + 1, a + width]);
    }
  }
  return dropSlivers({ vertices, triangles });
}
