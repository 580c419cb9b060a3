import { describe, expect, test } from 'vitest';
import type { PartInstance, PartNode } from '../document/piece-spec.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add, length, sub, vec3 } from '../geometry/vector.ts';
import { fil } from './fil.ts';
import { merge } from '../geometry/surface.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { solidFacts } from '../geometry/facts.ts';

const spec = fil();

function nodesOf(node: PartNode): PartNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}
const nodes = nodesOf(spec.root);
const node = (name: string): PartNode => nodes.find((one) => one.name === name)!;
const chain = node('chain').instances!;

/** The long axis of a link. */
const axisOf = ({ rotation: [x, y, z, w] }: PartInstance): Vec3 =>
  vec3(2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w));
const cornersOf = (name: string): Vec3[] =>
  node(name).surfaces!.flatMap(({ surface }) => surface.vertices.map(({ position }) => position));

describe('Fil', () => {
  test('is 450 mm long, clasp included, and has a wider link at which it closes at 420', () => {
    const links = chain.slice(1).reduce((sum, one, i) => {
      return sum + length(sub(one.translationMm, chain[i]!.translationMm));
    }, 0);
    const gap = length(sub(chain[0]!.translationMm, chain.at(-1)!.translationMm));
    expect(links + gap).toBeGreaterThan(448);
    expect(links + gap).toBeLessThan(452);
    const wider = chain.findIndex(({ scale = 1 }) => scale > 1);
    expect(chain.filter(({ scale = 1 }) => scale > 1)).toHaveLength(1);
    expect(Math.abs((wider * links) / chain.length - 30)).toBeLessThan(1);
  });

  test('hangs link in link, in order from the wearer’s left of the clasp round the front', () => {
    expect(chain[0]!.translationMm.x).toBeGreaterThan(0);
    expect(chain.at(-1)!.translationMm.x).toBeLessThan(0);
    chain.slice(1).forEach((one, i) => {
      const step = sub(one.translationMm, chain[i]!.translationMm);
      // Pitch of links 1.7 long of 0.3 wire: 1.1; more than 1.13 would tear them apart.
      expect(length(step)).toBeGreaterThan(1.05);
      expect(length(step)).toBeLessThan(1.13);
      const axis = axisOf(one);
      expect((axis.x * step.x + axis.y * step.y + axis.z * step.z) / length(step)).toBeGreaterThan(0.99);
    });
  });

  test('lies in a V of about 120 by 150 mm with its lowest link in the bail', () => {
    const places = chain.map(({ translationMm }) => translationMm);
    const span = (of: (p: Vec3) => number): number =>
      Math.max(...places.map(of)) - Math.min(...places.map(of));
    expect(Math.abs(span((p) => p.x) - 120)).toBeLessThan(12);
    expect(
      Math.abs(
        Math.hypot(
          span((p) => p.y),
          span((p) => p.z),
        ) - 150,
      ),
    ).toBeLessThan(20);
    const nearest = Math.min(...places.map(length));
    expect(nearest).toBeLessThan(0.6);
    const low = places.reduce((a, b) => (b.y < a.y ? b : a));
    expect(Math.abs(low.x)).toBeLessThan(1.2);
  });

  test('hangs its bail round the chain: the chain’s links pass through it and touch nothing else', () => {
    const bail = cornersOf('pendant_setting').filter((p) => p.y > -1 && Math.abs(p.x) < 0.9);
    for (const p of bail) {
      expect(Math.hypot(p.y, p.z)).toBeGreaterThan(0.54);
    }
  });

  test('seats its pear: the lip reaches over the girdle all round and lies on the crown', () => {
    const { x, y, z } = node('pendant_stone').translationMm!;
    const setting = cornersOf('pendant_setting').map((p) => sub(p, vec3(x, y, z)));
    const stone = cornersOf('pendant_stone').map((p) => vec3(p.x, -p.z, p.y));
    const girdle = stone.filter((p) => Math.abs(p.z) < 1e-6);
    expect(girdle.length).toBeGreaterThan(16);
    for (const corner of girdle) {
      const over = setting.some(
        (p) =>
          p.z > 0.1 &&
          Math.hypot(p.x - corner.x, p.y - corner.y) < 0.75 &&
          Math.hypot(p.x, p.y - 0.3) < Math.hypot(corner.x, corner.y - 0.3) - 0.08,
      );
      expect(over, `${corner.x.toFixed(2)} ${corner.y.toFixed(2)}`).toBe(true);
    }
    // The table stands free, the culet stays inside the setting.
    const table = Math.max(...stone.map((p) => p.z));
    expect(Math.max(...setting.filter((p) => p.y < 5).map((p) => p.z))).toBeLessThan(table - 0.2);
    expect(Math.min(...stone.map((p) => p.z))).toBeGreaterThan(Math.min(...setting.map((p) => p.z)));
  });

  test('is made of closed solids that face outwards', () => {
    const solids = [
      // The light in the stone is a mirror, whose normals are not its own.
      ...nodes.flatMap(({ name, surfaces = [] }) =>
        surfaces.filter(({ slot }) => slot !== 'fire').map(({ surface }) => ({ name, surface })),
      ),
      { name: 'link', surface: spec.shared['link']!.surface },
    ];
    expect(solids).toHaveLength(4);
    for (const { name, surface } of solids) {
      const facts = solidFacts(merge([surface]));
      expect(facts.openEdges, name).toBe(0);
      expect(facts.volumeMm3, name).toBeGreaterThan(0);
      expect(facts.outwardShare, name).toBeGreaterThan(0.985);
    }
  });

  test('hangs its clasp where the chain’s ends are', () => {
    const clasp = cornersOf('clasp').map((p) => add(p, node('clasp').translationMm!));
    for (const end of [chain[0]!, chain.at(-1)!]) {
      expect(Math.min(...clasp.map((p) => length(sub(p, end.translationMm))))).toBeLessThan(0.85);
    }
  });

  test('tells the scene how it is worn, in two golds', () => {
    expect(PieceExtras.safeParse(spec.extras).error).toBeUndefined();
    expect(spec.variants.map(({ name }) => name)).toEqual(['yellow-gold', 'rose-gold']);
    expect(spec.extras.moving).toMatchObject([{ node: 'pendant', joint: 'pendulum', axis: [0, -1, 0] }]);
    const ys = cornersOf('pendant_setting').map((p) => p.y);
    expect(spec.extras.fit).toMatchObject({
      pendantLengthMm: expect.closeTo(Math.max(...ys) - Math.min(...ys), 1),
    });
  });
});
