import { describe, expect, test } from 'vitest';
import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { heure31 } from './heure-31.ts';
import { heureGrains, heureStones } from './heure-case.ts';
import { merge } from '../geometry/surface.ts';
import { nord39 } from './nord-39.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { solidFacts } from '../geometry/facts.ts';
import { categories } from '../../../protocol/product.ts';

function nodesOf(node: PartNode): PartNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

function nodeOf(spec: PieceSpec, name: string): PartNode {
  return nodesOf(spec.root).find((node) => node.name === name)!;
}

function surfaceOf(spec: PieceSpec, name: string): Surface {
  const node = nodeOf(spec, name);
  const { x, y, z } = node.translationMm ?? { x: 0, y: 0, z: 0 };
  const { vertices, triangles } = merge(node.surfaces!.map(({ surface }) => surface));
  return {
    vertices: vertices.map((vertex) => ({
      ...vertex,
      position: { x: vertex.position.x + x, y: vertex.position.y + y, z: vertex.position.z + z },
    })),
    triangles,
  };
}

function places(spec: PieceSpec, name: string): Vec3[] {
  return surfaceOf(spec, name).vertices.map(({ position }) => position);
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** Below 1 inside the wrist that the watch is modelled on: an ellipse 58 wide and 42 deep that touches the case back. */
const wristAt = ({ y, z }: Vec3): number => Math.hypot(y / 29, (z + 21) / 21);

/** Turns clockwise from twelve at which a hand is shown. */
function shownAt({ rotation = [0, 0, 0, 1] }: PartNode): number {
  const turns = -Math.atan2(rotation[2], rotation[3]) / Math.PI;
  return (turns + 1) % 1;
}

/** 10:08:36. */
const tenPastTen = { hour: 10.143333 / 12, minute: 8.6 / 60, second: 0.6 } as const;

const watches: readonly [string, PieceSpec, string][] = [
  ['Nord 39', nord39(), 'strap_leather'],
  ['Heure 31', heure31(), 'strap_band'],
];

describe.each(watches)('%s', (_, spec, band) => {
  const fit = categories.watch.dimensions.parse(spec.extras.fit);
  const metal = places(spec, 'case_metal');

  test('is as large as it is sold: case, lugs, height', () => {
    // The crown stands at 3 o'clock, so the diameter is measured from the axis to 9 o'clock.
    expect(-2 * least(metal.map(({ x }) => x))).toBeCloseTo(fit.caseDiameterMm, 1);
    const ys = metal.map(({ y }) => y);
    expect(most(ys) - least(ys)).toBeCloseTo(fit.lugToLugMm, 1);
    expect(most(places(spec, 'crystal').map(({ z }) => z))).toBeCloseTo(fit.thicknessMm, 2);
    const back = metal.filter(({ x, y }) => Math.hypot(x, y) < 5).map(({ z }) => z);
    expect(least(back)).toBeCloseTo(0, 3);
  });

  test('wears a strap of its width, which fits between the lugs', () => {
    const atLugs = places(spec, band).filter(({ y, z }) => Math.abs(y) < 24 && z > -4);
    expect(Math.abs(2 * most(atLugs.map(({ x }) => x)) - fit.strapWidthMm)).toBeLessThan(0.35);
    const inner = metal.filter(({ y, z }) => Math.abs(y) > fit.lugToLugMm / 2 - 0.8 && z > 0.1);
    expect(2 * least(inner.map(({ x }) => Math.abs(x)))).toBeGreaterThan(fit.strapWidthMm);
  });

  test('goes round the wrist without entering it', () => {
    const strap = places(spec, band);
    const inside = nodeOf(spec, band).surfaces!.find(({ slot }) => slot === 'lining' || slot === 'mesh')!;
    expect(least(inside.surface.vertices.map(({ position }) => wristAt(position)))).toBeGreaterThan(0.99);
    // Keepers go round the strap and press into the skin by their own thickness, as they do.
    expect(least(strap.map(wristAt))).toBeGreaterThan(0.945);
    expect(least(strap.map(({ z }) => z))).toBeLessThan(-42);
    const nearest = (test_: (p: Vec3) => boolean): number => least(strap.filter(test_).map(wristAt));
    for (const side of [1, -1]) {
      expect(nearest(({ y, z }) => y * side > 20 && z < -18 && z > -30)).toBeLessThan(1.02);
    }
    expect(least(places(spec, 'buckle').map(wristAt))).toBeGreaterThan(0.97);
  });

  test('closes with an overlap at the underside', () => {
    // Two layers: on one side of the underside the outermost leather stands two thicknesses off the skin.
    const thick = (side: 1 | -1): number =>
      most(
        places(spec, band)
          .filter(({ y, z }) => y * side > 8 && y * side < 16 && z < -30)
          .map(wristAt),
      );
    expect(thick(1) - 1).toBeGreaterThan((thick(-1) - 1) * 1.6);
  });

  test('has hands that pass over the dial, under each other and under the crystal', () => {
    const [hour, minute, second] = (['hour', 'minute', 'second'] as const).map((name) => {
      const points = places(spec, `hand_${name}`);
      expect(most(points.map(({ y }) => y))).toBeGreaterThan(6);
      expect(nodeOf(spec, `hand_${name}`).translationMm).toMatchObject({ x: 0, y: 0 });
      expect(shownAt(nodeOf(spec, `hand_${name}`))).toBeCloseTo(tenPastTen[name], 6);
      const blade = points.filter(({ y }) => y > 3).map(({ z }) => z);
      return { low: least(blade), high: most(blade), tip: most(points.map(({ y }) => y)) };
    });
    const dial = most(places(spec, 'dial').map(({ z }) => z));
    expect(hour!.low).toBeGreaterThan(dial);
    expect(minute!.low).toBeGreaterThan(hour!.high);
    expect(second!.low).toBeGreaterThan(minute!.high);
    expect(minute!.tip).toBeGreaterThan(hour!.tip * 1.4);
    const glass = places(spec, 'crystal').filter(({ x, y }) => Math.hypot(x, y) < second!.tip + 0.4);
    expect(least(glass.map(({ z }) => z))).toBeGreaterThan(second!.high);
  });

  test('counts its hours by indices that stand on the dial', () => {
    const hours = nodeOf(spec, 'indices').instances!;
    expect(hours.length).toBeGreaterThanOrEqual(12);
    const dial = most(places(spec, 'dial').map(({ z }) => z));
    for (const { translationMm } of hours) {
      expect(Math.abs(translationMm.z - dial)).toBeLessThan(0.05);
    }
  });

  test('is made of closed solids that face outwards', () => {
    const solids = [
      ...nodesOf(spec.root).map(({ name, surfaces = [] }) => ({ slot: name, surfaces })),
      ...Object.entries(spec.shared).map(([slot, part]) => ({ slot, surfaces: [part] })),
    ].filter(({ surfaces }) => surfaces.length > 0);
    for (const { slot, surfaces } of solids) {
      const facts = solidFacts(merge(surfaces.map(({ surface }) => surface)));
      expect(facts.openEdges, slot).toBe(0);
      expect(facts.volumeMm3, slot).toBeGreaterThan(0);
      expect(facts.outwardShare, slot).toBeGreaterThan(0.985);
    }
  });

  test('tells the scene how it is worn, and has a material for every slot of every variant', () => {
    expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
    for (const name of ['case', 'hand_hour', 'hand_minute', 'hand_second', 'strap', 'buckle']) {
      expect(nodeOf(spec, name), name).toBeDefined();
    }
    expect(nodesOf(nodeOf(spec, 'strap')).some(({ name }) => name === 'buckle')).toBe(true);
    // On a left wrist the anchor's +y, towards the hand, is the side of the crown.
    const [, , z, w] = spec.extras.wornFrame.rotation;
    expect([-2 * z * w, 1 - 2 * z * z]).toEqual([expect.closeTo(1, 6), expect.closeTo(0, 6)]);
    const slots = [
      ...nodesOf(spec.root).flatMap(({ surfaces = [] }) => surfaces),
      ...Object.values(spec.shared),
    ].map(({ slot }) => slot);
    expect(spec.variants.length).toBeGreaterThanOrEqual(2);
    for (const variant of spec.variants) {
      for (const slot of slots) expect(variant.materials, variant.name).toHaveProperty(slot);
    }
  });
});

test('Heure is set with forty stones of 1.1, each under four grains', () => {
  const spec = heure31();
  expect(nodeOf(spec, 'stones').instances).toHaveLength(40);
  const girdle = most(
    nodeOf(spec, 'stones').surfaces![0]!.surface.vertices.map(({ position: p }) => Math.hypot(p.x, p.z)),
  );
  expect(2 * girdle).toBeCloseTo(1.1, 6);
  const setting = places(spec, 'setting');
  for (const { translationMm: stone } of heureStones()) {
    const own = heureGrains().filter(
      ({ translationMm: p }) => Math.hypot(p.x - stone.x, p.y - stone.y) < girdle + 0.17,
    );
    expect(own).toHaveLength(4);
    const over = setting.filter(
      ({ x, y, z }) => z > stone.z && Math.hypot(x - stone.x, y - stone.y) < girdle,
    );
    expect(over.length).toBeGreaterThanOrEqual(4);
    // Nothing lies on the table.
    expect(setting.filter(({ x, y }) => Math.hypot(x - stone.x, y - stone.y) < girdle * 0.56)).toHaveLength(
      0,
    );
  }
});
