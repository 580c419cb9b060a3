import { expect, test } from 'vitest';
import type { Vec3 } from '../geometry/vector.ts';
import { lueur, lueurSize } from './lueur.ts';
import { nodesBelow, partOf, rangeOf, solidsOf } from './solid-checks.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';

const spec = lueur();
const metal = partOf(spec, 'earring_left_setting');
const stone = partOf(spec, 'earring_left_stone', 'stone');
const back = partOf(spec, 'earring_left_butterfly');
const fromPost = ({ x, y }: Vec3): number => Math.hypot(x - 14, y);

test('is a pair that stands apart: left to the wearer’s left, both the same', () => {
  const nodes = nodesBelow(spec.root);
  expect(nodes.find(({ name }) => name === 'earring_left')!.translationMm!.x).toBe(14);
  expect(nodes.find(({ name }) => name === 'earring_right')!.translationMm!.x).toBe(-14);
});

test('is made of closed solids that face outwards', () => {
  for (const { name, facts } of solidsOf(spec)) {
    expect(facts.openEdges, name).toBe(0);
    expect(facts.volumeMm3, name).toBeGreaterThan(0);
    expect(facts.outwardShare, name).toBeGreaterThan(0.985);
  }
});

test('shows a stone of 5 mm before the lobe, and the metal that carries it rests on the skin', () => {
  expect(2 * rangeOf(stone, fromPost)[1]).toBeCloseTo(5, 3);
  expect(rangeOf(stone, ({ z }) => z)[0]).toBeGreaterThan(0.5);
  const beside = metal.vertices.filter(({ position }) => fromPost(position) > 0.5);
  const nearest = Math.min(...beside.map(({ position }) => position.z));
  expect(nearest).toBeGreaterThanOrEqual(0);
  expect(nearest).toBeLessThan(0.4);
});

test('goes through the lobe with a post of 0.8 mm and is closed behind it by a butterfly that grips the post', () => {
  const inLobe = metal.vertices.filter(({ position: p }) => p.z < -0.1);
  expect(Math.max(...inLobe.map(({ position }) => fromPost(position)))).toBeCloseTo(0.4, 2);
  expect(rangeOf(metal, ({ z }) => z)[0]).toBeCloseTo(-10, 2);
  const [low, high] = rangeOf(back, ({ z }) => z);
  expect(high).toBeLessThanOrEqual(-lueurSize.lobeMm + 0.1);
  expect(low).toBeGreaterThan(-8);
  const rolls = back.vertices.filter(({ position: p }) => p.z < -5 && Math.abs(p.y) < 1.2);
  expect(Math.min(...rolls.map(({ position: p }) => Math.abs(p.x - 14)))).toBeCloseTo(0.4, 1);
});

test('holds its stone by six claws that reach onto the crown and leave the table free', () => {
  const over = metal.vertices.filter(
    ({ position: p }) => p.z > lueurSize.girdleZMm + 0.2 && fromPost(p) < lueurSize.stoneMm / 2 - 0.15,
  );
  const sectors = new Set(
    over.map(({ position: p }) => Math.floor((Math.atan2(p.y, p.x - 14) / Math.PI) * 3 + 3) % 6),
  );
  expect(sectors.size).toBe(6);
  expect(Math.min(...over.map(({ position }) => fromPost(position)))).toBeGreaterThan(1.4);
});

test('tells the scene how it is worn', () => {
  expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
  expect(spec.variants.map(({ name }) => name)).toEqual(['rose-gold', 'platinum']);
});
