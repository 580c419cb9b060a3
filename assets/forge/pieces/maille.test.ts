import { describe, expect, test } from 'vitest';
import type { PartInstance } from '../document/piece-spec.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { add, cross, dot, length, scale, sub, vec3 } from '../geometry/vector.ts';
import { maille, mailleSize } from './maille.ts';
import { mailleClasp, mailleLink } from './maille-clasp.ts';
import { ovalLinkLine } from '../parts/oval-link.ts';
import { solidFacts } from '../geometry/facts.ts';

const spec = maille();
const [chain, clasp] = spec.root.children!;
const [polished, brushed] = chain!.children!;
/** All links in their order round the loop. */
const links: PartInstance[] = polished!.instances!.flatMap((link, i) => [link, brushed!.instances![i]!]);

function turn(v: Vec3, [x, y, z, w]: PartInstance['rotation']): Vec3 {
  const axis = vec3(x, y, z);
  const t = scale(cross(axis, v), 2);
  return add(add(v, scale(t, w)), cross(axis, t));
}

const wireOf = ({ translationMm, rotation }: PartInstance): Vec3[] =>
  ovalLinkLine(mailleLink).map((p) => add(turn(p, rotation), translationMm));

/** Nearest that the middles of two wires come. */
const nearest = (a: readonly Vec3[], b: readonly Vec3[]): number =>
  Math.min(...a.map((p) => Math.min(...b.map((q) => length(sub(p, q))))));

const metal = clasp!.surfaces![0]!.surface;

describe('Maille', () => {
  test('has links of 9 by 6 from wire of 1.6', () => {
    const { vertices } = spec.shared['link_polished']!.surface;
    const extent = (axis: 'x' | 'y' | 'z'): number =>
      Math.max(...vertices.map(({ position }) => position[axis])) -
      Math.min(...vertices.map(({ position }) => position[axis]));
    expect(extent('y')).toBeCloseTo(9, 1);
    expect(extent('x')).toBeCloseTo(6, 1);
    expect(extent('z')).toBeCloseTo(1.6, 2);
  });

  test('is 180 long, measured from link to link and through its clasp', () => {
    const steps = links.slice(1).map((link, i) => length(sub(link.translationMm, links[i]!.translationMm)));
    const { bowAtRing, bowAtBar } = mailleClasp();
    const through = Math.hypot(bowAtBar.x - bowAtRing.x, bowAtBar.y - bowAtRing.y) + 9 - 1.6;
    const total = steps.reduce((sum, step) => sum + step, through);
    expect(Math.abs(total - mailleSize.lengthMm)).toBeLessThan(0.6);
  });

  test('hangs wire on wire: neighbours touch and do not cut into each other', () => {
    links.slice(1).forEach((link, i) => {
      const apart = nearest(wireOf(link), wireOf(links[i]!));
      expect(apart).toBeGreaterThan(mailleLink.wireMm - 0.12);
      expect(apart).toBeLessThan(mailleLink.wireMm + 0.25);
    });
  });

  test('turns each link by a right angle against the one before, its long axis along the chain', () => {
    links.slice(1).forEach((link, i) => {
      const before = links[i]!;
      const normals = [link, before].map(({ rotation }) => turn(vec3(0, 0, 1), rotation)) as [Vec3, Vec3];
      expect(Math.abs(dot(normals[0], normals[1]))).toBeLessThan(0.2);
      const along = sub(link.translationMm, before.translationMm);
      expect(dot(turn(vec3(0, 1, 0), link.rotation), along) / length(along)).toBeGreaterThan(0.97);
    });
  });

  test('alternates polished and brushed from the clasp round the back of the wrist', () => {
    expect([polished!.name, brushed!.name, clasp!.name]).toEqual([
      'chain_polished',
      'chain_brushed',
      'clasp',
    ]);
    expect(polished!.instances).toHaveLength(14);
    expect(brushed!.instances).toHaveLength(14);
    expect(links[0]!.translationMm.z).toBeLessThan(0);
    expect(links[13]!.translationMm.z).toBeGreaterThan(20);
    for (const { materials } of spec.variants) {
      expect(materials['brushed']!.roughness).toBeGreaterThan(materials['polished']!.roughness + 0.15);
    }
  });

  test('takes both ends of the chain into its clasp', () => {
    for (const end of [links[0]!, links.at(-1)!]) {
      const wire = wireOf(end);
      const apart = Math.min(
        ...metal.vertices.map(({ position }) => Math.min(...wire.map((q) => length(sub(position, q))))),
      );
      // From the metal's skin to the middle of the link's wire.
      expect(apart).toBeGreaterThan(mailleLink.wireMm / 2 - 0.12);
      expect(apart).toBeLessThan(mailleLink.wireMm / 2 + 0.12);
    }
  });

  test('has a bar that cannot slip through its ring', () => {
    const far = metal.vertices.filter(({ position }) => Math.abs(position.y) > 8.3);
    expect(far.some(({ position }) => position.y > 0)).toBe(true);
    expect(far.some(({ position }) => position.y < 0)).toBe(true);
  });

  test('is made of closed solids that face outwards', () => {
    for (const surface of [metal, ...Object.values(spec.shared).map((part) => part.surface)]) {
      const facts = solidFacts(surface);
      expect(facts.openEdges).toBe(0);
      expect(facts.volumeMm3).toBeGreaterThan(0);
      expect(facts.outwardShare).toBeGreaterThan(0.985);
    }
  });

  test('tells the scene how it is worn', () => {
    expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
    for (const { materials } of spec.variants) {
      expect(Object.keys(materials).toSorted()).toEqual(['brushed', 'polished']);
    }
  });
});
