import { describe, expect, test } from 'vitest';
import type { Vec3 } from './vector.ts';
import { brilliant, brilliantFacets, houseCut } from './brilliant.ts';
import { add, cross, dot, normalize, sub } from './vector.ts';
import { solidFacts } from './facts.ts';
import { stoneFire } from './stone-fire.ts';

function normalOf(polygon: readonly Vec3[]): Vec3 {
  const [a, b, c] = polygon;
  return normalize(cross(sub(b!, a!), sub(c!, a!)));
}

function tiltDeg(polygon: readonly Vec3[]): number {
  return (Math.acos(normalOf(polygon).y) * 180) / Math.PI;
}

describe('a round brilliant of 1.3 mm', () => {
  const { polished, girdle } = brilliantFacets(1.3);

  test('has 57 polished facets and a girdle', () => {
    expect(polished).toHaveLength(57);
    expect(girdle).toHaveLength(16);
    expect(polished.filter((p) => p.length === 8)).toHaveLength(1);
    expect(polished.filter((p) => p.length === 4)).toHaveLength(16);
    expect(polished.filter((p) => p.length === 3)).toHaveLength(40);
  });

  test('is cut at the angles of the house', () => {
    const kites = polished.filter((p) => p.length === 4).map(tiltDeg);
    const crown = kites.filter((tilt) => tilt < 90);
    const pavilion = kites.filter((tilt) => tilt > 90);
    expect(crown).toHaveLength(8);
    expect(pavilion).toHaveLength(8);
    for (const tilt of crown) {
      expect(tilt).toBeCloseTo(houseCut.crownDeg, 6);
    }
    for (const tilt of pavilion) {
      expect(180 - tilt).toBeCloseTo(houseCut.pavilionDeg, 6);
    }
  });

  test('keeps its proportions', () => {
    const all = polished.flat();
    expect(Math.max(...all.map((p) => Math.hypot(p.x, p.z)))).toBeCloseTo(0.65, 6);
    const table = polished.find((p) => p.length === 8)!;
    expect((2 * Math.hypot(table[0]!.x, table[0]!.z)) / 1.3).toBeCloseTo(0.56, 6);
    const crownHeight = table[0]!.y / 1.3;
    expect(crownHeight).toBeCloseTo(((1 - 0.56) / 2) * Math.tan((34.5 * Math.PI) / 180), 6);
    const depth = (table[0]!.y - Math.min(...all.map((p) => p.y))) / 1.3;
    expect(depth).toBeGreaterThan(0.59);
    expect(depth).toBeLessThan(0.63);
  });

  test('has plane facets', () => {
    for (const polygon of polished) {
      const normal = normalOf(polygon);
      for (const corner of polygon) {
        expect(Math.abs(dot(normal, sub(corner, polygon[0]!)))).toBeLessThan(1e-9);
      }
    }
  });

  test('is a closed solid that faces outwards', () => {
    const facts = solidFacts(brilliant(1.3));
    expect(facts.openEdges).toBe(0);
    expect(facts.volumeMm3).toBeGreaterThan(0);
    expect(facts.outwardShare).toBe(1);
  });
});

describe('a large brilliant, its girdle ground round', () => {
  const { polished, girdle } = brilliantFacets(6.2, houseCut, 4);

  test('keeps its 57 facets, all plane', () => {
    expect(polished).toHaveLength(57);
    for (const polygon of polished) {
      for (const corner of polygon) {
        expect(Math.abs(dot(normalOf(polygon), sub(corner, polygon[0]!)))).toBeLessThan(1e-9);
      }
    }
  });

  test('has a girdle that is nowhere sharp and a circle to within a hundredth of a millimetre', () => {
    expect(girdle).toHaveLength(64);
    for (const [upper, lower, nextLower, nextUpper] of girdle) {
      expect(upper!.y - lower!.y).toBeGreaterThan(0.03);
      const middle = [upper!, lower!, nextLower!, nextUpper!].reduce(add);
      expect(3.1 - Math.hypot(middle.x, middle.z) / 4).toBeLessThan(0.01);
    }
  });

  test('is a closed solid, and so is the light inside it', () => {
    for (const surface of [brilliant(6.2, houseCut, 4), stoneFire(brilliantFacets(6.2).polished)]) {
      const facts = solidFacts(surface);
      expect(facts.openEdges).toBe(0);
      expect(facts.volumeMm3).toBeGreaterThan(0);
      expect(facts.outwardShare).toBe(1);
    }
  });
});
