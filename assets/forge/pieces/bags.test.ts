import { describe, expect, test } from 'vitest';
import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add, cross, dot, length, normalize, scale, sub, vec3 } from '../geometry/vector.ts';
import { lund, lundSize } from './lund.ts';
import { merge, translate } from '../geometry/surface.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { solidFacts } from '../geometry/facts.ts';
import { strand, strandSize } from './strand.ts';

interface Placed {
  readonly node: PartNode;
  readonly origin: Vec3;
}

/** Every node with where it stands; no node of a bag is turned in the file. */
function placedNodes(node: PartNode, parent = vec3(0, 0, 0)): Placed[] {
  const origin = add(parent, node.translationMm ?? vec3(0, 0, 0));
  return [{ node, origin }, ...(node.children ?? []).flatMap((child) => placedNodes(child, origin))];
}

function surfacesOf(spec: PieceSpec, name: string, slots?: readonly string[]): Surface {
  const { node, origin } = placedNodes(spec.root).find((placed) => placed.node.name === name)!;
  const parts = node.surfaces!.filter(({ slot }) => slots === undefined || slots.includes(slot));
  return translate(merge(parts.map(({ surface }) => surface)), origin);
}

const extent = (surfaces: readonly Surface[], axis: 'x' | 'y' | 'z'): readonly [number, number] => {
  let [low, high] = [Infinity, -Infinity];
  for (const { vertices } of surfaces) {
    for (const { position } of vertices) {
      low = Math.min(low, position[axis]);
      high = Math.max(high, position[axis]);
    }
  }
  return [low, high];
};

const lundSpec = lund();
const strandSpec = strand();
const bags = [
  { name: 'Lund', spec: lundSpec, size: lundSize, nodes: ['body', 'flap', 'handle'] },
  { name: 'Strand', spec: strandSpec, size: strandSize, nodes: ['body', 'flap', 'strap'] },
] as const;

describe.each(bags)('$name', ({ spec, size, nodes }) => {
  const placed = placedNodes(spec.root);
  const hide = (['body', 'flap'] as const).map((name) =>
    surfacesOf(spec, name, ['leather', 'edge', 'lining']),
  );

  test('has its width, height and depth in leather, feet and metal apart', () => {
    const span = (surfaces: readonly Surface[], axis: 'x' | 'y' | 'z'): number => {
      const [low, high] = extent(surfaces, axis);
      return high - low;
    };
    const [body] = hide;
    expect(Math.abs(span([body!], 'x') - size.widthMm)).toBeLessThan(0.5);
    expect(Math.abs(span([body!], 'z') - size.depthMm)).toBeLessThan(2);
    const [low] = extent([body!], 'y');
    // Tabs of a handle stand on the flap; its own top is where it is level, beside them.
    const flapTop = Math.max(
      ...hide[1]!.vertices
        .filter(({ position }) => Math.abs(position.x) < 30)
        .map(({ position }) => position.y),
    );
    expect(Math.abs(flapTop - low - size.heightMm)).toBeLessThan(0.5);
  });

  test('is made of closed solids that face outwards', () => {
    const solids = placed
      .filter(({ node }) => node.surfaces !== undefined)
      .map(({ node }) => surfacesOf(spec, node.name));
    for (const surface of [...solids, spec.shared['stitch']!.surface]) {
      const facts = solidFacts(surface);
      expect(facts.openEdges).toBe(0);
      expect(facts.outwardShare).toBeGreaterThan(0.985);
      expect(facts.volumeMm3).toBeGreaterThan(0);
    }
  });

  test('has panels that swell between their seams by one to three millimetres', () => {
    const front = hide[0]!.vertices.map(({ position }) => position).filter(({ z }) => z > 0);
    const [low] = extent([hide[0]!], 'y');
    const at = (x: number): number =>
      Math.max(
        ...front
          .filter((p) => Math.abs(p.x - x) < 5 && Math.abs(p.y - low - size.heightMm * 0.42) < 5)
          .map(({ z }) => z),
      );
    const swell = at(0) - at(size.widthMm / 2 - 7);
    expect(swell).toBeGreaterThan(1);
    expect(swell).toBeLessThan(3);
  });

  test('has every seam stitched at 3.5 mm, each stitch touching its leather', () => {
    const stitched = placed.filter(({ node }) => node.share === 'stitch');
    expect(stitched.map(({ node }) => node.instances!.length).reduce((a, b) => a + b)).toBeGreaterThan(600);
    for (const { node, origin } of stitched) {
      const owner = node.name.replace('_stitches', '');
      const leather = surfacesOf(spec, owner, ['leather', 'edge']);
      const steps = node
        .instances!.slice(1)
        .map((instance, i) => length(sub(instance.translationMm, node.instances![i]!.translationMm)));
      const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)]!;
      expect(Math.abs(usual - 3.5)).toBeLessThan(0.15);
      for (const { translationMm } of node.instances!.filter((_, i) => i % 17 === 0)) {
        const place = add(translationMm, origin);
        expect(distanceTo(leather, place)).toBeLessThan(0.75);
      }
    }
  });

  test('lays its flap on the front without sinking into it', () => {
    const panel = hide[0]!.vertices.map(({ position }) => position).filter(({ z }) => z > 0);
    const flap = hide[1]!.vertices
      .map(({ position }) => position)
      .filter(({ x, z }) => z > size.depthMm * 0.3 && Math.abs(x) < size.widthMm * 0.3);
    const [low] = extent([hide[0]!], 'y');
    for (const y of [0.55, 0.7, 0.85].map((k) => low + size.heightMm * k)) {
      const near = (places: readonly Vec3[]) =>
        places.filter((p) => Math.abs(p.y - y) < 4 && Math.abs(p.x) < 40);
      expect(Math.max(...near(flap).map(({ z }) => z))).toBeGreaterThan(
        Math.max(...near(panel).map(({ z }) => z)),
      );
    }
  });

  test('has the nodes that a scene moves, and a material for every slot in both variants', () => {
    for (const name of nodes) expect(placed.some(({ node }) => node.name === name)).toBe(true);
    expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
    const slots = new Set([
      ...placed.flatMap(({ node }) => (node.surfaces ?? []).map(({ slot }) => slot)),
      ...Object.values(spec.shared).map(({ slot }) => slot),
    ]);
    expect(spec.variants).toHaveLength(2);
    for (const { materials } of spec.variants) expect(new Set(Object.keys(materials))).toEqual(slots);
    for (const { node } of spec.extras.moving)
      expect(placed.some((one) => one.node.name === node)).toBe(true);
  });
});

/** Distance from a place to the nearest triangle of a surface: to its plane where the foot lies inside, else to its edges. */
function distanceTo({ vertices, triangles }: Surface, place: Vec3): number {
  let nearest = Infinity;
  for (const triangle of triangles) {
    const corners = triangle.map((i) => vertices[i]!.position);
    const [a, b, c] = corners as [Vec3, Vec3, Vec3];
    if (length(sub(a, place)) > 24) continue;
    const normal = normalize(cross(sub(b, a), sub(c, a)));
    const inside = corners.every(
      (p, i) => dot(cross(sub(corners[(i + 1) % 3]!, p), sub(place, p)), normal) >= 0,
    );
    if (inside) nearest = Math.min(nearest, Math.abs(dot(sub(place, a), normal)));
    corners.forEach((p, i) => {
      const edge = sub(corners[(i + 1) % 3]!, p);
      const k = Math.min(1, Math.max(0, dot(sub(place, p), edge) / dot(edge, edge)));
      nearest = Math.min(nearest, length(sub(add(p, scale(edge, k)), place)));
    });
  }
  return nearest;
}

test('Lund’s handle leaves 110 mm for a hand over the bag’s top, its highest middle at the origin', () => {
  const spec = lundSpec;
  const middle = surfacesOf(spec, 'handle')
    .vertices.map(({ position }) => position)
    .filter(({ x }) => Math.abs(x) < 4);
  const inner = Math.min(...middle.map(({ y }) => y));
  const flap = surfacesOf(spec, 'flap', ['leather'])
    .vertices.map(({ position }) => position)
    .filter(({ x }) => Math.abs(x) < 10);
  expect(Math.abs(inner - Math.max(...flap.map(({ y }) => y)) - lundSize.handleDropMm)).toBeLessThan(1.5);
  expect(Math.abs(Math.max(...middle.map(({ y }) => y)) - 6.2)).toBeLessThan(1);
});

test('Lund stands on four feet', () => {
  const metal = surfacesOf(lundSpec, 'body', ['metal']).vertices.map(({ position }) => position);
  const lowest = Math.min(...metal.map(({ y }) => y));
  const touching = metal.filter(({ y }) => y < lowest + 0.01);
  expect(lowest).toBeLessThan(extent([surfacesOf(lundSpec, 'body', ['leather', 'edge'])], 'y')[0] - 2);
  expect(new Set(touching.map(({ x, z }) => `${Math.sign(x)} ${Math.sign(z)}`)).size).toBe(4);
});

test('Strand’s strap is 1,100 mm from ring to ring, its highest middle at the origin', () => {
  const { vertices } = surfacesOf(strandSpec, 'strap', ['leather']);
  expect(Math.abs(Math.max(...vertices.map(({ position }) => position.y)))).toBeLessThan(1.5);
  // The right side, which no buckle doubles: the middle of its outer face down to where it is sewn back, then straight to the
  // ring’s bar inside its loop. Twice that is the strap.
  const loopEnd = Math.min(...vertices.map(({ position }) => position.y));
  const sewnAt = loopEnd + 50;
  const inside = vec3(0, -250, 0);
  const line = vertices
    .filter(
      ({ position: p, normal }) =>
        p.x >= -1 && p.y > sewnAt && Math.abs(p.z) < 0.5 && dot(normal, normalize(sub(p, inside))) > 0.25,
    )
    .map(({ position }) => position)
    .toSorted((p, q) => Math.atan2(q.y - inside.y, q.x) - Math.atan2(p.y - inside.y, p.x));
  const half = line.slice(1).reduce((sum, p, i) => sum + length(sub(p, line[i]!)), 0);
  const toBar = line.at(-1)!.y - (loopEnd + 4);
  expect(Math.abs(2 * (half + toBar) - strandSize.strapLengthMm)).toBeLessThan(8);
});
