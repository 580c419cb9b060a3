import type { Vec2 } from './vector.ts';
import { vec2 } from './vector.ts';
import { at } from './at.ts';
import { closedCurve } from './spline.ts';

/** The box around a planar outline, as ISO 8624 measures a lens: A is its width and B its height, in millimetres. */
export interface Box {
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

/** The smallest upright box around an outline. */
export function boxOf(outline: readonly Vec2[]): Box {
  const xs = outline.map((p) => p.x);
  const ys = outline.map((p) => p.y);
  return { minX: Math.min(...xs), maxX: Math.max(...xs), minY: Math.min(...ys), maxY: Math.max(...ys) };
}

/**
 * A lens shape drawn by a control polygon, fitted so that its boxing width and height are exact (ISO 8624) and its
 * boxing centre lies at the origin. Counter-clockwise, `count` points.
 */
export function lensOutline(
  control: readonly Vec2[],
  widthMm: number,
  heightMm: number,
  count: number,
): Vec2[] {
  const curve = counterClockwise(closedCurve(control, count));
  const box = boxOf(curve);
  const kx = widthMm / (box.maxX - box.minX);
  const ky = heightMm / (box.maxY - box.minY);
  return curve.map((p) =>
    vec2((p.x - (box.minX + box.maxX) / 2) * kx, (p.y - (box.minY + box.maxY) / 2) * ky),
  );
}

/** Twice the signed area halves to this: positive when the outline runs counter-clockwise. */
export function signedArea(outline: readonly Vec2[]): number {
  let sum = 0;
  for (let i = 0; i < outline.length; i += 1) {
    const a = at(outline, i);
    const b = at(outline, i + 1);
    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2;
}

/** The outline in counter-clockwise order. */
export function counterClockwise(outline: readonly Vec2[]): Vec2[] {
  return signedArea(outline) < 0 ? outline.toReversed() : [...outline];
}

/** Unit normals of a counter-clockwise outline, pointing out of the enclosed area. */
export function outwardNormals(outline: readonly Vec2[]): Vec2[] {
  return outline.map((_, i) => {
    const a = at(outline, i - 1);
    const b = at(outline, i + 1);
    const size = Math.hypot(b.x - a.x, b.y - a.y);
    return vec2((b.y - a.y) / size, (a.x - b.x) / size);
  });
}

/** The outline moved outwards by `byMm` (inwards when negative), point for point. */
export function offsetOutline(outline: readonly Vec2[], byMm: number): Vec2[] {
  const normals = outwardNormals(outline);
  return outline.map((p, i) => vec2(p.x + at(normals, i).x * byMm, p.y + at(normals, i).y * byMm));
}

/** True when the point lies inside the outline (even–odd rule). */
export function contains(outline: readonly Vec2[], point: Vec2): boolean {
  let inside = false;
  for (let i = 0; i < outline.length; i += 1) {
    const a = at(outline, i);
    const b = at(outline, i - 1);
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) {
      inside = !inside;
    }
  }
  return inside;
}

/** A circle, counter-clockwise. */
export function circle(centre: Vec2, radiusMm: number, count: number): Vec2[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    return vec2(centre.x + Math.cos(angle) * radiusMm, centre.y + Math.sin(angle) * radiusMm);
  });
}

/** A rectangle with rounded corners around the origin, counter-clockwise, `perCorner` + 1 points in each corner. */
export function roundedRectangle(
  widthMm: number,
  heightMm: number,
  radiusMm: number,
  perCorner: number,
): Vec2[] {
  // A remnant of every straight side keeps neighbouring corners from sharing a point.
  const r = Math.min(radiusMm, widthMm * 0.46, heightMm * 0.46);
  const corners = [
    [1, 1],
    [-1, 1],
    [-1, -1],
    [1, -1],
  ] as const;
  return corners.flatMap(([sx, sy], corner) =>
    Array.from({ length: perCorner + 1 }, (_, i) => {
      const angle = (Math.PI / 2) * (corner + i / perCorner);
      return vec2(
        sx * (widthMm / 2 - r) + Math.cos(angle) * r,
        sy * (heightMm / 2 - r) + Math.sin(angle) * r,
      );
    }),
  );
}

/** Distance from a point to the nearest place of an outline, be it inside or outside. */
export function distanceTo(outline: readonly Vec2[], point: Vec2): number {
  let nearest = Infinity;
  for (let i = 0; i < outline.length; i += 1) {
    const a = at(outline, i);
    const b = at(outline, i + 1);
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy);
    const k = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(a.x + dx * k - point.x, a.y + dy * k - point.y));
  }
  return nearest;
}
