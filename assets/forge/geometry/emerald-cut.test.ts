import { expect, test } from 'vitest';
import type { Vec3 } from './vector.ts';
import { cross, dot, normalize, sub } from './vector.ts';
import { emeraldCut, emeraldFacets } from './emerald-cut.ts';
import { solidFacts } from './facts.ts';
import { stoneFire } from './stone-fire.ts';

const { polished, girdle } = emeraldFacets(7, 5);

function normalOf([a, b, c]: readonly Vec3[]): Vec3 {
  return normalize(cross(sub(b!, a!), sub(c!, a!)));
}

test('has a table, three steps of eight facets above and three below, and eight sides', () => {
  const normals = polished.map(normalOf);
  expect(normals.filter(({ y }) => y > 0.999)).toHaveLength(1);
  expect(normals.filter(({ y }) => y > 0 && y < 0.999)).toHaveLength(24);
  expect(normals.filter(({ y }) => y < 0)).toHaveLength(24);
  expect(girdle).toHaveLength(8);
});

test('has plane facets', () => {
  for (const polygon of polished) {
    for (const corner of polygon) {
      expect(Math.abs(dot(normalOf(polygon), sub(corner, polygon[0]!)))).toBeLessThan(1e-9);
    }
  }
});

test('is convex: every corner lies behind every facet', () => {
  for (const polygon of polished) {
    for (const corner of polished.flat()) {
      expect(dot(normalOf(polygon), sub(corner, polygon[0]!))).toBeLessThan(1e-9);
    }
  }
});

test('keeps its proportions: 7 × 5, table about 62 %, depth 60 to 68 % of its width', () => {
  const all = polished.flat();
  const size = (of: (p: Vec3) => number): number => Math.max(...all.map(of)) - Math.min(...all.map(of));
  expect(size(({ x }) => x)).toBeCloseTo(7, 9);
  expect(size(({ z }) => z)).toBeCloseTo(5, 9);
  const depth = size(({ y }) => y) / 5;
  expect(depth).toBeGreaterThan(0.6);
  expect(depth).toBeLessThan(0.68);
  expect((2 * Math.max(...polished[0]!.map(({ z }) => z))) / 5).toBeCloseTo(0.62, 6);
});

test('is a closed solid that faces outwards, and so is the light inside it', () => {
  for (const surface of [emeraldCut(7, 5), stoneFire(polished, 'steps')]) {
    const facts = solidFacts(surface);
    expect(facts.openEdges).toBe(0);
    expect(facts.volumeMm3).toBeGreaterThan(0);
    expect(facts.outwardShare).toBe(1);
  }
});
