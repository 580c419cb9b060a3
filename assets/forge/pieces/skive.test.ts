import { describe, expect, test } from 'vitest';
import type { PartNode } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { hatRings } from '../parts/hat-form.ts';
import { length, sub } from '../geometry/vector.ts';
import { merge } from '../geometry/surface.ts';
import { pathLength } from '../geometry/spline.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { skive, skiveForm } from './skive.ts';
import { solidFacts } from '../geometry/facts.ts';

const spec = skive();
const nodesOf = (node: PartNode): PartNode[] => [node, ...(node.children ?? []).flatMap(nodesOf)];
const nodes = nodesOf(spec.root);
const surfaceOf = (name: string): Surface =>
  merge(nodes.find((node) => node.name === name)!.surfaces!.map(({ surface }) => surface));
const placesOf = (name: string): Vec3[] => surfaceOf(name).vertices.map(({ position }) => position);

describe('Skive', () => {
  test('takes a head of 570 mm: its sweatband’s lower edge measures that, longer than broad', () => {
    const edge = placesOf('sweatband').filter(({ y }) => Math.abs(y) < 0.6);
    // Of every direction the innermost place is what the head feels.
    const inner = Array.from({ length: 112 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 112;
      const near = edge.filter(
        (p) =>
          Math.abs(
            p.x /
              skiveForm.openingHalfWidthMm /
              Math.hypot(p.x / skiveForm.openingHalfWidthMm, p.z / skiveForm.openingHalfLengthMm) -
              Math.sin(angle),
          ) < 0.02 && p.z * Math.cos(angle) >= -1,
      );
      return near.reduce((best, p) => (Math.hypot(p.x, p.z) < Math.hypot(best.x, best.z) ? p : best));
    });
    expect(Math.abs(pathLength([...inner, at(inner, 0)]) - 570)).toBeLessThan(4);
    const box = (part: 'x' | 'z'): number =>
      Math.max(...inner.map((p) => p[part])) - Math.min(...inner.map((p) => p[part]));
    expect(box('z') / box('x')).toBeCloseTo(1.27, 1);
  });

  test('has a crown of 110 mm with a dent along its middle and a pinch in front', () => {
    const felt = placesOf('felt');
    expect(Math.max(...felt.map(({ y }) => y))).toBeCloseTo(110, 1);
    const ridge = Math.max(...felt.filter(({ z }) => Math.abs(z - 20) < 6).map(({ y }) => y));
    const middle = Math.max(
      ...felt.filter(({ x, z }) => Math.abs(x) < 6 && Math.abs(z - 20) < 6).map(({ y }) => y),
    );
    expect(ridge - middle).toBeGreaterThan(14);
    const breadth = (y: number, z: number): number =>
      Math.max(...felt.filter((p) => Math.abs(p.y - y) < 8 && Math.abs(p.z - z) < 8).map(({ x }) => x));
    expect(breadth(88, -60) - breadth(88, 60)).toBeGreaterThan(6);
  });

  test('has a brim of 70 mm along the felt, dipped in front and raised at both sides', () => {
    const { rings } = hatRings(skiveForm, 24);
    for (let i = 0; i < 24; i += 1) {
      // From the edge to where the felt has turned up into the wall; the fillet is measured as the corner that it rounds.
      const brim = rings.slice(0, 14).map((ring) => at(ring, i));
      expect(Math.abs(pathLength(brim) + 4 - 70)).toBeLessThan(0.5);
    }
    const edge = at(rings, 0);
    const [front, left, back, right] = [0, 6, 12, 18].map((i) => at(edge, i).y);
    expect(front).toBeLessThan(-10);
    expect(left).toBeGreaterThan(10);
    expect(right).toBeCloseTo(left ?? 0, 6);
    expect(Math.abs(back ?? 99)).toBeLessThan(9);
  });

  test('wears a band of 35 mm with its bow on the left', () => {
    const ys = placesOf('band').map(({ y }) => y);
    expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(35, 6);
    expect(Math.min(...placesOf('bow').map(({ x }) => x))).toBeGreaterThan(40);
  });

  test('is stitched round its brim on both sides, each stitch in the felt', () => {
    const { instances = [] } = nodes.find(({ name }) => name === 'stitches')!;
    expect(instances.length).toBeGreaterThan(400);
    const felt = placesOf('felt').filter(({ x, z }) => Math.hypot(x, z) > 130);
    for (const { translationMm } of instances.filter((_, i) => i % 40 === 0)) {
      expect(Math.min(...felt.map((p) => length(sub(p, translationMm))))).toBeLessThan(6);
    }
  });

  test('keeps lining and sweatband inside the felt', () => {
    for (const name of ['lining', 'sweatband']) {
      const felt = placesOf('felt');
      const high = Math.max(...placesOf(name).map(({ y }) => y));
      expect(high).toBeLessThan(Math.max(...felt.map(({ y }) => y)) - 2);
    }
  });

  test('is made of closed solids that face outwards', () => {
    const solids = [
      ...nodes.filter(({ surfaces }) => surfaces !== undefined).map(({ name }) => surfaceOf(name)),
      spec.shared['stitch']!.surface,
    ];
    for (const surface of solids) {
      const facts = solidFacts(surface);
      expect(facts.openEdges).toBe(0);
      expect(facts.outwardShare).toBeGreaterThan(0.985);
      expect(facts.volumeMm3).toBeGreaterThan(0);
    }
  });

  test('tells the scene how it is worn, and every variant has a material for every slot', () => {
    expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
    const slots = new Set([
      ...nodes.flatMap(({ surfaces = [] }) => surfaces.map(({ slot }) => slot)),
      'thread',
    ]);
    for (const { materials } of spec.variants) expect(new Set(Object.keys(materials))).toEqual(slots);
    expect(spec.variants).toHaveLength(2);
  });
});
