import { describe, expect, test } from 'vitest';
import type { Vec3 } from './vector.ts';
import { cross, dot, length, normalize, sub } from './vector.ts';
import { housePear, pear, pearFacets } from './pear-cut.ts';
import { solidFacts } from './facts.ts';

/** Newell's normal: exact for planar polygons, whichever corners are close together. */
function normalOf(polygon: readonly Vec3[]): Vec3 {
  let sum = { x: 0, y: 0, z: 0 };
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length]!;
    const part = cross(p, q);
    sum = { x: sum.x + part.x, y: sum.y + part.y, z: sum.z + part.z };
  });
  return normalize(sum);
}

describe('a pear brilliant of 8 by 5 mm', () => {
  const { polished, girdle } = pearFacets(8, 5);
  const corners = polished.flat();

  test('has 57 polished facets and an upright girdle', () => {
    expect(polished).toHaveLength(57);
    expect(girdle).toHaveLength(48);
    for (const band of girdle) {
      expect(Math.abs(normalOf(band).y)).toBeLessThan(1e-9);
    }
    const up = polished.filter((polygon) => normalOf(polygon).y > 0);
    expect(up).toHaveLength(33);
  });

  test('has plane facets that face outwards', () => {
    for (const polygon of polished) {
      const normal = normalOf(polygon);
      for (const corner of polygon) {
        expect(Math.abs(dot(normal, sub(corner, polygon[0]!)))).toBeLessThan(1e-9);
        // Every other corner of the stone lies on or below the facet: the cut is convex.
      }
      expect(Math.max(...corners.map((corner) => dot(normal, sub(corner, polygon[0]!))))).toBeLessThan(0.012);
    }
  });

  test('measures 8 by 5, its table parallel to the girdle, its depth 65 % of its width', () => {
    const span = (axis: 'x' | 'y' | 'z'): number =>
      Math.max(...corners.map((p) => p[axis])) - Math.min(...corners.map((p) => p[axis]));
    expect(span('z')).toBeCloseTo(8, 6);
    expect(span('x')).toBeGreaterThan(4.98);
    expect(span('x')).toBeLessThanOrEqual(5 + 1e-9);
    expect(span('y') / 5).toBeCloseTo(0.65, 6);
    const table = polished.find((polygon) => polygon.length === 8)!;
    expect(new Set(table.map((p) => p.y.toFixed(9))).size).toBe(1);
  });

  test('leans its crown and its pavilion across the broad end nearly like a round brilliant', () => {
    const tiltOf = (polygon: readonly Vec3[]): number =>
      (Math.acos(Math.abs(normalOf(polygon).y)) * 180) / Math.PI;
    const foot = (polygon: readonly Vec3[]): boolean =>
      polygon.length === 4 && polygon.some((p) => Math.abs(p.x) < 1e-9 && Math.abs(p.z - 2.5) < 1e-9);
    const [crown, pavilion] = [1, -1].map((side) =>
      polished.find((polygon) => foot(polygon) && normalOf(polygon).y * side > 0),
    );
    expect(Math.abs(tiltOf(crown!) - 32)).toBeLessThan(2);
    expect(Math.abs(tiltOf(pavilion!) - 40)).toBeLessThan(2);
  });

  test('keeps a girdle everywhere, thinnest where the halves scallop it', () => {
    const heights = girdle.flatMap(([a, b, c, d]) => [a!.y - b!.y, d!.y - c!.y]);
    expect(Math.min(...heights)).toBeGreaterThan(0.02);
    expect(Math.max(...heights)).toBeCloseTo(housePear.girdlePart * 5, 6);
  });

  test('is the mirror image of itself', () => {
    for (const p of corners) {
      expect(Math.min(...corners.map((q) => length(sub(q, { ...p, x: -p.x }))))).toBeLessThan(1e-9);
    }
  });

  test('is a closed solid that faces outwards', () => {
    const facts = solidFacts(pear(8, 5));
    expect(facts.openEdges).toBe(0);
    expect(facts.volumeMm3).toBeGreaterThan(0);
    expect(facts.outwardShare).toBe(1);
  });
});
