import { describe, expect, test } from 'vitest';
import type { PartNode } from '../document/piece-spec.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add, radians, vec3 } from '../geometry/vector.ts';
import { merge } from '../geometry/surface.ts';
import { orbe } from './orbe.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { solidFacts } from '../geometry/facts.ts';

const spec = orbe();

/** Every corner of an earring in its own frame, with the name of the node that carries it. */
function cornersOf(node: PartNode, origin = vec3(0, 0, 0)): { name: string; p: Vec3 }[] {
  const own = (node.surfaces ?? []).flatMap(({ surface }) =>
    surface.vertices.map(({ position }) => ({ name: node.name, p: add(origin, position) })),
  );
  const children = node.children ?? [];
  return [
    ...own,
    ...children.flatMap((child) => cornersOf(child, add(origin, child.translationMm ?? vec3(0, 0, 0)))),
  ];
}

const earrings = spec.root.children!;
const left = cornersOf(earrings[0]!);
const span = (of: (p: Vec3) => number, corners = left): number => {
  const values = corners.map(({ p }) => of(p));
  return Math.max(...values) - Math.min(...values);
};

describe('Orbe', () => {
  test('is a hoop of 24 mm of a tube of 2.2 mm, seen from the side and from the front', () => {
    expect(span((p) => p.z)).toBeCloseTo(24, 1);
    expect(span((p) => p.x)).toBeCloseTo(2.2, 1);
    expect(span((p) => p.y)).toBeGreaterThan(23);
  });

  test('is twisted over a third of its round, and round elsewhere', () => {
    // In the hoop's own round, a furrow is a place of the outside that lies deeper than the tube's radius.
    const middle = vec3(0, -24 / 2 + 0.85 + 0.18, -2);
    const furrowed = new Set<number>();
    for (const { p } of left) {
      const deg = (Math.atan2(p.z - middle.z, p.y - middle.y) * 180) / Math.PI;
      const around = Math.hypot(p.x, Math.hypot(p.y - middle.y, p.z - middle.z) - 10.9);
      if (around > 0.7 && around < 0.98) furrowed.add(Math.round(deg / 4));
    }
    const twisted = [...furrowed].filter((bin) => bin * 4 > 40 && bin * 4 <= 184);
    expect(twisted.length * 4).toBeGreaterThan(85);
    expect(twisted.length * 4).toBeLessThan(135);
  });

  test('leaves room for a lobe of 4 mm and goes through it at the piercing', () => {
    const inLobe = left.filter(({ p }) => p.y > -4 && p.z < 0 && p.z > -4);
    expect(inLobe.length).toBeGreaterThan(50);
    for (const { p } of inLobe) {
      expect(Math.hypot(p.x, p.y)).toBeLessThan(0.75);
    }
    const atSkin = inLobe.filter(({ p }) => p.z > -0.4);
    const middleY = atSkin.reduce((sum, { p }) => sum + p.y, 0) / atSkin.length;
    expect(Math.abs(middleY)).toBeLessThan(0.1);
  });

  test('opens on its hinge: the back third clears the post and moves away from the lobe', () => {
    const { node, axis, limits } = spec.extras.moving[0]!;
    expect(node).toBe('earring_left_back');
    const back = earrings[0]!.children!.find(({ name }) => name === node)!;
    const turn = radians(limits[0]) * axis[0];
    const top = back
      .surfaces!.flatMap(({ surface }) => surface.vertices)
      .map(({ position }) => position)
      .reduce((high, p) => (p.y > high.y ? p : high));
    const opened = top.y * Math.sin(turn) + top.z * Math.cos(turn);
    expect(opened).toBeLessThan(top.z - 8);
  });

  test('closes its post inside the back third', () => {
    const hoop = left.filter(({ name }) => name === 'earring_left_hoop');
    const back = left.filter(({ name }) => name === 'earring_left_back');
    const mouthZ = Math.max(...back.filter(({ p }) => p.y > -2).map(({ p }) => p.z));
    const tipZ = Math.min(...hoop.filter(({ p }) => p.y > -2).map(({ p }) => p.z));
    expect(tipZ).toBeLessThan(mouthZ - 0.5);
  });

  test('has a right side that is the mirror image of the left', () => {
    const right = cornersOf(earrings[1]!);
    expect(right).toHaveLength(left.length);
    expect(Math.max(...left.map(({ p }, i) => Math.abs(p.x + right[i]!.p.x)))).toBe(0);
    expect(earrings.map(({ name, translationMm }) => [name, translationMm!.x])).toEqual([
      ['earring_left', 14],
      ['earring_right', -14],
    ]);
  });

  test('is made of closed solids that face outwards', () => {
    for (const child of earrings.flatMap(({ children }) => children!)) {
      const facts = solidFacts(merge(child.surfaces!.map(({ surface }) => surface)));
      expect(facts.openEdges, child.name).toBe(0);
      expect(facts.volumeMm3, child.name).toBeGreaterThan(0);
      expect(facts.outwardShare, child.name).toBeGreaterThan(0.985);
    }
  });

  test('tells the scene how it is worn, in two golds', () => {
    expect(PieceExtras.safeParse(spec.extras).error).toBeUndefined();
    expect(spec.variants.map(({ name }) => name)).toEqual(['yellow-gold', 'rose-gold']);
  });
});
