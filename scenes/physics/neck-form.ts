import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';

/**
 * A neck with its shoulders and the top of a chest, of an adult of average size: what a chain lies on, and what hides the half of it
 * that lies behind. Neck base frame (origin in the pit of the neck, +x the wearer's left, +y up, +z forwards), millimetres. Symmetric in x.
 *
 * Neck breadth and depth from neck circumference 365 mm, shoulders from biacromial breadth 390 mm (ANSUR II, Gordon et al. 2014, means of
 * both sexes); where muscles and collar bones run, from anatomy.
 */

/** A ball of a capsule: its middle and its radius. */
type Ball = readonly [x: number, y: number, z: number, radius: number];

/** The column's sections from below the skull down: height, its middle's depth, half breadth, half depth. */
const column = [
  [207, -43, 45, 44],
  [127, -45, 47, 47],
  [87, -48, 47, 46],
  [47, -55, 49.5, 47],
  [7, -65, 57, 50.5],
  [-33, -73, 70, 55],
  [-73, -78, 82, 58],
] as const;
/** Shoulders with the top of the chest, and the chest that comes forward below them: middle and half axes. */
const masses = [
  { middle: [0, -58, -57], radii: [190, 90, 64], blend: 34 },
  { middle: [0, -172, -62], radii: [165, 185, 94], blend: 30 },
] as const;
/** Muscles and bones of the left side, each a row of balls, and how softly it joins the rest. */
const strands: readonly { readonly blend: number; readonly balls: readonly Ball[] }[] = [
  // From the nape over the top of the shoulder.
  {
    blend: 34,
    balls: [
      [28, 87, -82, 13],
      [54, 42, -86, 16.5],
      [96, 15, -78, 18],
      [160, -9, -64, 20],
    ],
  },
  // From behind the ear to the pit.
  {
    blend: 16,
    balls: [
      [46, 127, -26, 7.5],
      [32, 72, -14, 7],
      [17, 29, -11, 6],
      [9, 5, -8, 5],
    ],
  },
  // The collar bone.
  {
    blend: 18,
    balls: [
      [0, 2, -4, 6],
      [11, 3, -5, 5.4],
      [36, 6, -4, 4.8],
      [66, 10, -15, 4.6],
      [98, 12, -40, 5.5],
      [126, 11, -60, 9],
    ],
  },
];

/** Faces tell the size of necks only roughly: no neck is taken for smaller or larger than these. */
const sizes = [0.86, 1.16] as const;

/** How large the neck is under a face, of one of average size; 1 where no face is seen. */
export function neckSizeUnder(face: FaceAnchors | null): number {
  return Math.max(sizes[0], Math.min(sizes[1], face?.scale.scale ?? 1));
}

/** Distance to the skin, negative inside; exact at the skin, and near enough within some centimetres of it. */
export function neckFormMm(xSigned: number, y: number, z: number): number {
  const x = Math.abs(xSigned);
  let distance = columnMm(x, y, z);
  for (const { middle, radii, blend } of masses) {
    const [a, b, c] = radii;
    distance = softUnion(distance, ellipsoidMm(x, y - middle[1], z - middle[2], a, b, c), blend);
  }
  for (const { balls, blend } of strands) {
    let strand = Infinity;
    for (let at = 0; at + 1 < balls.length; at += 1) {
      const [one, other] = [balls[at], balls[at + 1]];
      if (one && other) strand = Math.min(strand, capsuleMm(x, y, z, one, other));
    }
    distance = softUnion(distance, strand, blend);
  }
  return distance;
}

function columnMm(x: number, y: number, z: number): number {
  let at = 0;
  while (at < column.length - 2 && (column[at + 1]?.[0] ?? 0) > y) at += 1;
  const above = column[at] ?? column[0];
  const below = column[at + 1] ?? column[1];
  const share = Math.max(0, Math.min(1, (above[0] - y) / (above[0] - below[0])));
  const depth = z - mixed(above[1], below[1], share);
  return ellipsoidMm(
    x,
    0,
    depth,
    mixed(above[2], below[2], share),
    Infinity,
    mixed(above[3], below[3], share),
  );
}

/** To first order of the implicit's value over its gradient. A half axis without end makes a cylinder. */
function ellipsoidMm(x: number, y: number, z: number, a: number, b: number, c: number): number {
  const value = reach(x / a, y / b, z / c);
  const slope = reach(x / (a * a), y / (b * b), z / (c * c));
  return slope < 1e-9 ? -Math.min(a, b, c) : (value * (value - 1)) / slope;
}

function capsuleMm(x: number, y: number, z: number, one: Ball, other: Ball): number {
  const dx = other[0] - one[0];
  const dy = other[1] - one[1];
  const dz = other[2] - one[2];
  const px = x - one[0];
  const py = y - one[1];
  const pz = z - one[2];
  const along = (px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz);
  const t = Math.max(0, Math.min(1, along));
  return reach(px - t * dx, py - t * dy, pz - t * dz) - (one[3] + t * (other[3] - one[3]));
}

/** A union whose seam is filled over a breadth. */
function softUnion(one: number, other: number, blend: number): number {
  const near = Math.max(0, blend - Math.abs(one - other)) / blend;
  return Math.min(one, other) - (near * near * blend) / 4;
}

function mixed(one: number, other: number, share: number): number {
  return one + share * (other - one);
}

/** `Math.hypot` guards against overflow at many times the price. */
function reach(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z);
}
