import { describe, expect, test } from 'vitest';
import type { PieceSpec } from '../document/piece-spec.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { aube, aubeSize } from './aube.ts';
import { aubeEmeraude, aubeEmeraudeSize } from './aube-emeraude.ts';
import { aubePave, aubePaveSize } from './aube-pave.ts';
import { length, sub } from '../geometry/vector.ts';
import { nodesBelow, partOf, rangeOf, solidsOf } from './solid-checks.ts';
import { solidFacts } from '../geometry/facts.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';

const fromAxis = (p: Vec3): number => Math.hypot(p.x, p.z);

const solitaire = aube();
const pave = aubePave();
const emeraude = aubeEmeraude();
const rings: readonly [string, PieceSpec, number][] = [
  ['Aube', solitaire, 1.9],
  ['Aube pavé', pave, 2.1],
  ['Aube taille émeraude', emeraude, 1.9],
];

describe.each(rings)('%s', (_, spec, widthMm) => {
  test('goes round a finger of EU 52: 16.55 mm inside', () => {
    const [inner] = rangeOf(partOf(spec, 'band'), fromAxis);
    expect(2 * inner).toBeCloseTo(16.55, 2);
    expect(spec.extras.fit).toMatchObject({ innerDiameterMm: 16.55, leastSizeEu: 48, greatestSizeEu: 60 });
  });

  test('is as broad as it is sold, and its inside is domed', () => {
    const band = partOf(spec, 'band');
    const [low, high] = rangeOf(band, ({ y }) => y);
    expect(high - low).toBeCloseTo(widthMm, 2);
    const edge = band.vertices.filter(({ position: p }) => p.y > (widthMm / 2) * 0.9 && p.z < 0);
    const nearest = Math.min(...edge.map(({ position }) => fromAxis(position)));
    expect(nearest).toBeGreaterThan(16.55 / 2 + 0.15);
  });

  test('is made of closed solids that face outwards', () => {
    for (const { name, facts } of solidsOf(spec)) {
      expect(facts.openEdges, name).toBe(0);
      expect(facts.volumeMm3, name).toBeGreaterThan(0);
      expect(facts.outwardShare, name).toBeGreaterThan(0.985);
    }
  });

  test('tells the scene how it is worn, and has a material for every slot in every variant', () => {
    expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
    const slots = nodesBelow(spec.root).flatMap(({ surfaces = [] }) => surfaces.map(({ slot }) => slot));
    for (const { materials } of spec.variants) {
      expect(Object.keys(materials)).toEqual(expect.arrayContaining(slots));
    }
    expect(spec.variants.length).toBeGreaterThanOrEqual(2);
  });
});

describe('the solitaire', () => {
  const stone = partOf(solitaire, 'stone', 'stone');
  const metal = partOf(solitaire, 'head');
  const girdleZ = aubeSize.innerDiameterMm / 2 + aubeSize.girdleAboveMm;
  const fromStoneAxis = (p: Vec3): number => Math.hypot(p.x, p.y);

  test('carries 6.2 mm of brilliant on the back of the finger, its head standing where the band begins', () => {
    expect(2 * rangeOf(stone, fromStoneAxis)[1]).toBeCloseTo(6.2, 3);
    const head = nodesBelow(solitaire.root).find(({ name }) => name === 'head')!;
    expect(head.translationMm).toEqual({ x: 0, y: 0, z: 8.275 });
  });

  test('keeps its culet clear of the band', () => {
    const [culet] = rangeOf(stone, ({ z }) => z);
    const [, bandTop] = rangeOf(partOf(solitaire, 'band'), ({ z }) => z);
    expect(culet - bandTop).toBeGreaterThan(0.2);
    expect(culet - bandTop).toBeLessThan(0.8);
  });

  test('holds the stone by four claws that reach over the girdle onto the crown and leave the table free', () => {
    const above = metal.vertices.filter(
      ({ position: p }) => p.z > girdleZ + 0.3 && fromStoneAxis(p) < aubeSize.stoneMm / 2 - 0.2,
    );
    const quadrants = new Set(above.map(({ position: p }) => `${p.x > 0} ${p.y > 0}`));
    expect(quadrants.size).toBe(4);
    const tableRadius = (aubeSize.stoneMm * 0.56) / 2;
    expect(Math.min(...above.map(({ position }) => fromStoneAxis(position)))).toBeGreaterThan(tableRadius);
    const [, tableZ] = rangeOf(stone, ({ z }) => z);
    expect(rangeOf(metal, ({ z }) => z)[1]).toBeLessThan(tableZ + 0.35);
  });

  test('lets claws touch the crown: their tips lie on it, neither above it nor deep in it', () => {
    const crown = (r: number): number =>
      girdleZ + (aubeSize.stoneMm / 2 - r) * Math.tan((34.5 * Math.PI) / 180);
    const depths = metal.vertices
      .filter(({ position: p }) => p.z > girdleZ && fromStoneAxis(p) < 2.75)
      .map(({ position: p }) => p.z - crown(fromStoneAxis(p)));
    expect(Math.min(...depths)).toBeLessThan(0.02);
    expect(Math.min(...depths)).toBeGreaterThan(-0.12);
  });

  test('keeps its rails off the pavilion', () => {
    const pavilion = (z: number): number =>
      aubeSize.stoneMm / 2 - (girdleZ - 0.155 - z) / Math.tan((40.75 * Math.PI) / 180);
    const below = metal.vertices.filter(({ position: p }) => p.z < girdleZ - 0.8);
    expect(Math.min(...below.map(({ position: p }) => fromStoneAxis(p) - pavilion(p.z)))).toBeGreaterThan(0);
  });

  test('keeps its light inside the stone', () => {
    const fire = partOf(solitaire, 'stone', 'fire');
    expect(rangeOf(fire, fromStoneAxis)[1]).toBeLessThan(rangeOf(stone, fromStoneAxis)[1]);
    expect(rangeOf(fire, ({ z }) => z)[0]).toBeGreaterThan(rangeOf(stone, ({ z }) => z)[0]);
  });
});

describe('the pavé band', () => {
  const stones = nodesBelow(pave.root).find(({ name }) => name === 'stones')!;
  const seats = stones.instances!;
  const band = partOf(pave, 'band');

  test('is set with twenty-two stones of 1.5 mm in one row, of which none touches the next', () => {
    expect(seats).toHaveLength(22);
    const [low, high] = rangeOf(stones.surfaces![0]!.surface, ({ x }) => x);
    expect(high - low).toBeCloseTo(1.5, 2);
    const gaps = seats
      .slice(1)
      .map((seat, i) => length(sub(seat.translationMm, seats[i]!.translationMm)) - 1.5);
    expect(Math.min(...gaps)).toBeGreaterThan(0.05);
    expect(Math.max(...gaps)).toBeLessThan(0.2);
  });

  test('holds every stone by four claws over its girdle', () => {
    for (const { translationMm: origin } of seats) {
      const radius = fromAxis(origin);
      const out = { x: origin.x / radius, z: origin.z / radius };
      const over = band.vertices.filter(({ position: p }) => {
        const height = p.x * out.x + p.z * out.z - radius;
        const across = p.x * out.z - p.z * out.x;
        return height > 0.04 && Math.hypot(across, p.y) < aubePaveSize.stoneMm / 2;
      });
      const corners = new Set(over.map(({ position: p }) => `${p.x * out.z - p.z * out.x > 0} ${p.y > 0}`));
      expect(corners.size).toBe(4);
    }
  });

  test('is drilled through under every stone', () => {
    for (const { translationMm: origin } of seats) {
      const radius = fromAxis(origin);
      const out = { x: origin.x / radius, z: origin.z / radius };
      const inTheWay = band.vertices.filter(({ position: p }) => {
        const ahead = p.x * out.x + p.z * out.z;
        return ahead > 0 && Math.hypot(p.x * out.z - p.z * out.x, p.y) < 0.35;
      });
      expect(inTheWay).toHaveLength(0);
    }
  });
});

describe('the emerald cut', () => {
  const stone = partOf(emeraude, 'stone', 'stone');
  const metal = partOf(emeraude, 'head');
  const girdleZ = aubeEmeraudeSize.innerDiameterMm / 2 + aubeEmeraudeSize.girdleAboveMm;

  test('weighs 1.2 carats and lies along the finger: 7.4 mm along it, 5.3 mm across', () => {
    const [rear, front] = rangeOf(stone, ({ y }) => y);
    const [right, left] = rangeOf(stone, ({ x }) => x);
    expect(front - rear).toBeCloseTo(7.4, 6);
    expect(left - right).toBeCloseTo(5.3, 6);
    // Diamond weighs 3.52 mg per cubic millimetre; a carat is 200 mg.
    expect((solidFacts(stone).volumeMm3 * 3.52) / 200).toBeCloseTo(1.2, 1);
  });

  test('is held at each cut corner by two claws that reach over the girdle', () => {
    const tips = metal.vertices
      .map(({ position }) => position)
      .filter((p) => p.z > girdleZ + 0.35 && Math.abs(p.x) < 2.35 && Math.abs(p.y) < 3.4);
    for (const [sx, sy] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      const own = tips.filter((p) => p.x * sx > 0 && p.y * sy > 0);
      // Along the corner's edge the two tips are apart: one on either side of its middle, nothing between.
      const middle = (aubeEmeraudeSize.stoneLengthMm - aubeEmeraudeSize.stoneWidthMm) / 2;
      const beside = own.map((p) => (p.y * sy - p.x * sx - middle) / Math.SQRT2);
      expect(beside.some((t) => t > 0.2)).toBe(true);
      expect(beside.some((t) => t < -0.2)).toBe(true);
      expect(beside.filter((t) => Math.abs(t) < 0.05)).toHaveLength(0);
    }
  });

  test('leaves the table free, and keeps the keel clear of the band', () => {
    const [keelZ, tableZ] = rangeOf(stone, ({ z }) => z);
    const table = stone.vertices.filter(({ position: p }) => p.z > tableZ - 1e-6);
    const reach = Math.max(...table.map(({ position }) => Math.abs(position.x) + Math.abs(position.y)));
    const over = metal.vertices.filter(({ position: p }) => p.z > girdleZ + 0.3);
    expect(Math.min(...over.map(({ position: p }) => Math.abs(p.x) + Math.abs(p.y)))).toBeGreaterThan(reach);
    expect(keelZ - rangeOf(partOf(emeraude, 'band'), ({ z }) => z)[1]).toBeGreaterThan(0.2);
  });
});
