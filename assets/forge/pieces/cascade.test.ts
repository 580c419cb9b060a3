import { describe, expect, test } from 'vitest';
import type { PartNode } from '../document/piece-spec.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add, length, sub, vec3 } from '../geometry/vector.ts';
import { cascade } from './cascade.ts';
import { pearFacets } from '../geometry/pear-cut.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { solidFacts } from '../geometry/facts.ts';

const spec = cascade();
const none = vec3(0, 0, 0);

interface Placed {
  readonly node: PartNode;
  /** Place of the node's origin in its earring. */
  readonly origin: Vec3;
  readonly parent: string;
}

function placed(node: PartNode, origin = none, parent = ''): Placed[] {
  return [
    { node, origin, parent },
    ...(node.children ?? []).flatMap((child) =>
      placed(child, add(origin, child.translationMm ?? none), node.name),
    ),
  ];
}

const left = placed(spec.root.children![0]!);
const find = (name: string): Placed => left.find(({ node }) => node.name === name)!;

/** Corners of a node's mesh in the earring's frame; stones are turned to look forwards. */
function cornersOf(name: string): Vec3[] {
  const { node, origin } = find(name);
  return spec.shared[node.share!]!.surface.vertices.map(({ position: p }) =>
    add(origin, node.rotation === undefined ? p : vec3(p.x, -p.z, p.y)),
  );
}
const ringOf = (name: string, near: Vec3): Vec3[] =>
  cornersOf(name).filter((p) => length(sub(p, near)) < 0.75);

describe('Cascade', () => {
  test('is 42 mm long from the top of its stud to the foot of its pear', () => {
    const before = left
      .filter(({ node }) => node.share !== undefined)
      .flatMap(({ node }) => cornersOf(node.name))
      .filter((p) => p.z > 0 || p.y < -5);
    const ys = before.map((p) => p.y);
    expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(42, 1);
    const xs = cornersOf('earring_left_drop_3').map((p) => p.x);
    expect(spec.extras.fit).toMatchObject({
      lengthMm: 42,
      widthMm: expect.closeTo(Math.max(...xs) - Math.min(...xs), 1),
    });
  });

  test('nests three links, each a pendulum that hangs straight down', () => {
    for (const [child, parent] of [
      ['earring_left_drop_1', 'earring_left'],
      ['earring_left_drop_2', 'earring_left_drop_1'],
      ['earring_left_drop_3', 'earring_left_drop_2'],
    ] as const) {
      expect(find(child).parent).toBe(parent);
      for (const node of [child, child.replace('left', 'right')]) {
        expect(spec.extras.moving).toContainEqual(
          expect.objectContaining({ node, joint: 'pendulum', axis: [0, -1, 0] }),
        );
      }
    }
    expect(spec.extras.moving).toHaveLength(6);
  });

  test('hangs ring in ring: they interlock at every hinge without running into each other', () => {
    const links = ['earring_left_stud', 'earring_left_drop_1', 'earring_left_drop_2', 'earring_left_drop_3'];
    links.slice(1).forEach((name, i) => {
      const hinge = find(name).origin;
      const upper = ringOf(links[i]!, hinge);
      const lower = ringOf(name, hinge);
      expect(Math.max(...lower.map((p) => p.y))).toBeGreaterThan(Math.min(...upper.map((p) => p.y)) + 0.7);
      // Wire lies on wire: skins nearly touch, and no corner of one lies inside the other's wire.
      const nearest = Math.min(...upper.flatMap((p) => lower.map((q) => length(sub(p, q)))));
      expect(nearest).toBeLessThan(0.15);
      const wireMiddle = upper.reduce((low, p) => (p.y < low.y ? p : low)).y + 0.19;
      for (const p of lower.filter((corner) => Math.abs(corner.x) < 0.05)) {
        expect(Math.hypot(p.y - wireMiddle, p.z - hinge.z)).toBeGreaterThan(0.18);
      }
    });
  });

  test('holds its pear: four claws and a V reach over the girdle, and none stands before the table', () => {
    const { origin } = find('earring_left_pear');
    const metal = cornersOf('earring_left_drop_3').map((p) => sub(p, origin));
    const { polished } = pearFacets(8, 5);
    const table = polished.find((polygon) => polygon.length === 8)!.map((p) => vec3(p.x, -p.z, p.y));
    const within = Math.min(...table.map((p) => Math.hypot(p.x, p.y)));
    for (const p of metal) {
      if (p.z > 0) expect(Math.hypot(p.x, p.y)).toBeGreaterThan(within * 0.98);
      expect(p.z).toBeLessThan(table[0]!.z + 0.1);
    }
    const over = (x: number, y: number): boolean =>
      metal.some((p) => p.z > 0.2 && Math.hypot(p.x - x, p.y - y) < 0.35);
    // Places 0.3 mm inside the girdle: the point, both sides, both sides of the foot.
    expect(over(0, 5.0)).toBe(true);
    for (const side of [1, -1]) {
      expect(
        metal.some((p) => p.z > 0.2 && p.x * side > 1.6 && p.x * side < 2.2 && p.y > -1 && p.y < 1.6),
      ).toBe(true);
      expect(metal.some((p) => p.z > 0.2 && p.x * side > 0.4 && p.x * side < 1.8 && p.y < -1.3)).toBe(true);
    }
  });

  test('holds its round stones by four claws that lie on their crowns', () => {
    for (const [stone, metal, sizeMm] of [
      ['earring_left_stone', 'earring_left_stud', 3.2],
      ['earring_left_stone_1', 'earring_left_drop_1', 2],
      ['earring_left_stone_2', 'earring_left_drop_2', 2.4],
    ] as const) {
      const { origin } = find(stone);
      const own = cornersOf(metal).map((p) => sub(p, origin));
      const corners = new Set(
        own
          .filter((p) => p.z > 0.05 && Math.hypot(p.x, p.y) < sizeMm / 2 - 0.05)
          .map((p) => `${p.x > 0} ${p.y > 0}`),
      );
      expect(corners.size, stone).toBe(4);
      const tableMm = (sizeMm / 2) * 0.56;
      expect(own.filter((p) => p.z > 0 && Math.hypot(p.x, p.y) < tableMm)).toHaveLength(0);
    }
  });

  test('goes through the lobe by its post, with the butterfly 4 mm behind the skin', () => {
    const stud = cornersOf('earring_left_stud');
    for (const p of stud.filter(({ z }) => z < -0.05 && z > -4)) {
      expect(Math.hypot(p.x, p.y)).toBeLessThan(0.45);
    }
    const behind = stud.filter((p) => p.z < -4 && Math.hypot(p.x, p.y) > 1);
    expect(Math.max(...behind.map(({ z }) => z))).toBeCloseTo(-4.1, 1);
    expect(Math.min(...behind.map(({ z }) => z))).toBeGreaterThan(-8);
  });

  test('is made of closed solids that face outwards', () => {
    // The light in a stone is a mirror, whose normals are not its own.
    for (const [name, { surface }] of Object.entries(spec.shared).filter(([, { slot }]) => slot !== 'fire')) {
      const facts = solidFacts(surface);
      expect(facts.openEdges, name).toBe(0);
      expect(facts.volumeMm3, name).toBeGreaterThan(0);
      expect(facts.outwardShare, name).toBeGreaterThan(0.985);
    }
  });

  test('tells the scene how it is worn, in gold with a clear pear and in platinum with a sapphire', () => {
    expect(PieceExtras.safeParse(spec.extras).error).toBeUndefined();
    expect(spec.variants.map(({ name }) => name)).toEqual(['yellow-gold-clear', 'platinum-sapphire']);
    expect(spec.variants[1]!.materials['pear']!.ior).toBe(1.77);
    expect(spec.root.children!.map(({ name, translationMm }) => [name, translationMm!.x])).toEqual([
      ['earring_left', 14],
      ['earring_right', -14],
    ]);
  });
});
