import { solveLinear } from './linear-solve.ts';

/** A point on a plane `[x, y]`: pixels of a picture, or millimetres on a card. */
export type Point2 = readonly [x: number, y: number];

/** Four corners in order around a shape. */
export type Quad = readonly [Point2, Point2, Point2, Point2];

/** A projective map of the plane, row by row; its last entry is 1. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/**
 * The projective map that brings four points onto four others. Null when three of them lie on a line.
 * Source: Hartley and Zisserman, Multiple View Geometry, 2nd ed., section 4.1.
 */
export function homographyOf(source: Quad, target: Quad): Homography | null {
  const equations = new Float64Array(64);
  const right = new Float64Array(8);
  source.forEach(([x, y], index) => {
    const [u, v] = target[index] ?? [0, 0];
    equations.set([x, y, 1, 0, 0, 0, -u * x, -u * y], index * 16);
    equations.set([0, 0, 0, x, y, 1, -v * x, -v * y], index * 16 + 8);
    right[index * 2] = u;
    right[index * 2 + 1] = v;
  });
  const solved = solveLinear(equations, right);
  if (solved === null) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solved;
  return [a, b, c, d, e, f, g, h, 1];
}

/** Where a homography brings a point. */
export function mapPoint(homography: Homography, [x, y]: Point2): Point2 {
  const [a, b, c, d, e, f, g, h, i] = homography;
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** Twice the signed area of a triangle; positive when a, b, c run clockwise on a picture (y downwards). */
export function turnOf(a: Point2, b: Point2, c: Point2): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Whether four corners run clockwise around a convex shape on a picture. */
export function isConvexClockwise([a, b, c, d]: Quad): boolean {
  return turnOf(a, b, c) > 0 && turnOf(b, c, d) > 0 && turnOf(c, d, a) > 0 && turnOf(d, a, b) > 0;
}
