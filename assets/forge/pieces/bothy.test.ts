import { describe, expect, test } from 'vitest';
import type { Vec3 } from '../geometry/vector.ts';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { bothy, bothyCap, bothySize } from './bothy.ts';
import { length, sub } from '../geometry/vector.ts';
import { ovalLoop } from '../geometry/oval-loop.ts';
import { solidFacts } from '../geometry/facts.ts';

const spec = bothy();
const [cap, label] = spec.root.children!;
const knit = cap!.surfaces![0]!.surface;
const points = knit.vertices.map(({ position }) => position);
const between = (low: number, high: number): Vec3[] => points.filter(({ y }) => y > low && y < high);
/** 1 on the head's oval moved outwards, more outside it. */
const outside = ({ x, z }: Vec3, byMm: number): number =>
  Math.hypot(x / (bothyCap.halfXMm + byMm), z / (bothyCap.halfZMm + byMm));

describe('Bothy', () => {
  test('leaves an oval of 570 mm round free for the head, longer than broad', () => {
    const { halfXMm, halfZMm } = bothyCap;
    expect(ovalLoop(halfXMm, halfZMm).lengthMm).toBeCloseTo(bothySize.headMm, 0);
    expect(halfZMm / halfXMm).toBeCloseTo(1.27, 2);
    // The inner ribs touch the head, and nothing reaches further in.
    const onOval = between(8, 60).map((p) => Math.hypot(p.x / halfXMm, p.z / halfZMm));
    expect(Math.min(...onOval)).toBeGreaterThan(0.995);
    expect(Math.min(...onOval)).toBeLessThan(1.015);
  });

  test('is turned up by 65 mm from its lowest edge', () => {
    expect(Math.min(...points.map(({ y }) => y))).toBeGreaterThan(-1.6);
    expect(Math.min(...points.map(({ y }) => y))).toBeLessThan(0.2);
    // Further out than the body is only the turn-up; its highest places are its edge.
    const turnedUp = points.filter((p) => p.y < 80 && p.z > 0 && Math.abs(p.x) < 20 && p.z > 108.4);
    const edge = Math.max(...turnedUp.map(({ y }) => y));
    expect(Math.abs(edge - bothySize.turnUpMm)).toBeLessThan(2.5);
  });

  test('stands as high as it says', () => {
    expect(Math.abs(Math.max(...points.map(({ y }) => y)) - bothySize.crownMm)).toBeLessThan(1.5);
  });

  test('has ribs of real depth, 6 mm apart on its turn-up', () => {
    const ring = points.filter((p) => p.y > 28 && p.y < 38 && outside(p, 0) > 1.06);
    // Between the ribs it is less far out than on them; a share of the oval is at least 0.8 mm for every hundredth.
    const outMm = ring.map((p) => (outside(p, 0) - 1) * bothyCap.halfXMm);
    expect(Math.max(...outMm) - Math.min(...outMm)).toBeGreaterThan(1.8);
    const pitchMm = ovalLoop(bothyCap.halfXMm + 10, bothyCap.halfZMm + 10).lengthMm / bothyCap.ribs;
    expect(Math.abs(pitchMm - 6)).toBeLessThan(0.4);
  });

  test('is drawn together at its crown', () => {
    const top = points.filter(({ y }) => y > 153);
    const middle = { x: 0, y: 158, z: -8 };
    expect(Math.min(...top.map((p) => length(sub(p, middle))))).toBeLessThan(3);
  });

  test('is made of closed solids that face outwards', () => {
    for (const { slot, surface } of [...cap!.surfaces!, ...label!.surfaces!]) {
      const facts = solidFacts(surface);
      expect(facts.openEdges, slot).toBe(0);
      expect(facts.volumeMm3, slot).toBeGreaterThan(0);
      expect(facts.outwardShare, slot).toBeGreaterThan(0.985);
    }
  });

  test('repeats its stitches without a seam round the head', () => {
    const { widthMm } = spec.textureMm['wool']!;
    expect((bothyCap.ribs * bothyCap.pitchMm) % widthMm).toBe(0);
  });

  test('carries its label on the turn-up, the tape on the ribs and the thread on the tape', () => {
    const [tape, thread] = label!.surfaces!.map(({ surface }) =>
      surface.vertices.map(({ position }) => position),
    );
    expect(Math.min(...tape!.map(({ y }) => y))).toBeGreaterThan(20);
    expect(Math.max(...tape!.map(({ y }) => y))).toBeLessThan(50);
    expect(Math.max(...thread!.map((p) => outside(p, 12.2)))).toBeGreaterThan(
      Math.max(...tape!.map((p) => outside(p, 12.2))),
    );
    expect(Math.min(...thread!.map((p) => outside(p, 12.2)))).toBeLessThan(
      Math.max(...tape!.map((p) => outside(p, 12.2))),
    );
  });

  test('tells the scene how it is worn, in the signal colour and in slate', () => {
    expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
    expect(spec.variants.map(({ name }) => name)).toEqual(['signal', 'slate']);
    for (const { materials } of spec.variants) {
      expect(Object.keys(materials).toSorted()).toEqual(['tape', 'thread', 'wool']);
    }
  });
});
