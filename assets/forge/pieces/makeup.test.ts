import { describe, expect, it } from 'vitest';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { compactSize } from '../parts/compact.ts';
import { lipstickSize } from '../parts/lipstick.ts';
import { turnAboutX } from '../geometry/turn.ts';
import { nodesBelow, partOf, rangeOf, solidsOf } from './solid-checks.ts';
import { rouge } from './rouge.ts';
import { teintJoue, teintPaupiere } from './teint.ts';

const lipstick = rouge();
const compacts = [teintJoue(), teintPaupiere()];

describe.each([lipstick, ...compacts])('$id', (spec) => {
  it('is made of closed solids that face outwards', () => {
    for (const { name, facts } of solidsOf(spec)) {
      expect(facts.openEdges, name).toBe(0);
      expect(facts.outwardShare, name).toBeGreaterThan(0.985);
      expect(facts.volumeMm3, name).toBeGreaterThan(0);
    }
  });

  it('tells where its colour is worn, with a shade for every variant and nothing more', () => {
    const extras = PieceExtras.parse(spec.extras);
    expect(extras.category).toBe('makeup');
    if (extras.category !== 'makeup') return;
    expect(Object.keys(extras.fit.shades).toSorted()).toEqual(
      spec.variants.map(({ name }) => name).toSorted(),
    );
    const slots = nodesBelow(spec.root).flatMap(({ surfaces = [] }) => surfaces.map(({ slot }) => slot));
    for (const { materials } of spec.variants) {
      expect(Object.keys(materials).toSorted()).toEqual([...new Set(slots)].toSorted());
    }
  });

  it('stands on its foot', () => {
    const lowest = nodesBelow(spec.root)
      .filter(({ surfaces }) => surfaces !== undefined)
      .map(({ name }) => rangeOf(partOf(spec, name), (p) => p.y)[0]);
    expect(Math.min(...lowest)).toBeCloseTo(0, 2);
  });
});

describe('Rouge', () => {
  it('comes in eight shades of all three finishes', () => {
    const extras = PieceExtras.parse(lipstick.extras);
    const shades = extras.category === 'makeup' ? Object.values(extras.fit.shades) : [];
    expect(shades).toHaveLength(8);
    expect(new Set(shades.map(({ finish }) => finish))).toEqual(new Set(['matte', 'satin', 'gloss']));
  });

  it('is 74 mm long closed: base and cap on each other', () => {
    const [, base] = rangeOf(partOf(lipstick, 'case'), (p) => p.y);
    const [foot, top] = rangeOf(partOf(lipstick, 'cap', 'metal'), (p) => p.y);
    expect(base + top - foot).toBeCloseTo(74, 1);
    const [left, right] = rangeOf(partOf(lipstick, 'case'), (p) => p.x);
    expect(right - left).toBeCloseTo(lipstickSize.widthMm, 0);
  });

  it('fits under its cap, and its cap over its tube', () => {
    const [, base] = rangeOf(partOf(lipstick, 'case'), (p) => p.y);
    const [, stickTop] = rangeOf(partOf(lipstick, 'stick'), (p) => p.y);
    const slid = PieceExtras.parse(lipstick.extras).moving[0]?.limits[0] ?? 0;
    // The cap's ceiling is 2.2 mm thick.
    expect(stickTop + slid).toBeLessThan(base + 45 - 2.2);
    const [, tube] = rangeOf(partOf(lipstick, 'tube'), (p) => Math.hypot(p.x, p.z));
    const cap = partOf(lipstick, 'cap', 'metal');
    const inside = cap.vertices
      .map(({ position: p, normal }) => {
        const [x, z] = [p.x - 23.5, p.z + 9];
        const r = Math.hypot(x, z);
        return { r, facing: (normal.x * x + normal.z * z) / r };
      })
      .filter(({ facing }) => facing < -0.95);
    expect(inside.length).toBeGreaterThan(100);
    expect(Math.min(...inside.map(({ r }) => r))).toBeGreaterThan(tube);
  });

  it('ends in a slope: its foot well below its tip, and both inside the tube’s breadth', () => {
    const stick = partOf(lipstick, 'stick');
    const rim = stick.vertices
      .filter(({ position: p }) => Math.hypot(p.x, p.z) > lipstickSize.stickRadiusMm - 0.8 && p.y > 50)
      .map(({ position: p }) => p);
    const front = Math.max(...rim.filter((p) => p.z > 5).map((p) => p.y));
    const back = Math.max(...rim.filter((p) => p.z < -4).map((p) => p.y));
    expect(back - front).toBeGreaterThan(7);
    const [, broad] = rangeOf(stick, (p) => Math.hypot(p.x, p.z));
    expect(broad).toBeCloseTo(lipstickSize.stickRadiusMm, 2);
  });
});

describe.each(compacts)('$id, a compact', (spec) => {
  const closed = (point: { readonly x: number; readonly y: number; readonly z: number }) => {
    const hinge = { y: compactSize.baseMm, z: -compactSize.diameterMm / 2 + 0.6 };
    const p = turnAboutX({ x: point.x, y: point.y - hinge.y, z: point.z - hinge.z }, compactSize.openDeg);
    return { x: p.x, y: p.y + hinge.y, z: p.z + hinge.z };
  };

  it('closes on its hinge to a disc of 62 by 14 mm, the lid on the base', () => {
    const metal = partOf(spec, 'lid', 'metal');
    const [, top] = rangeOf(metal, (p) => closed(p).y);
    expect(top).toBeCloseTo(compactSize.closedMm, 1);
    const [left, right] = rangeOf(metal, (p) => p.x);
    expect(right - left).toBeCloseTo(62, 1);
    const forward = metal.vertices.filter(({ position: p }) => closed(p).z > -20);
    expect(Math.min(...forward.map(({ position: p }) => closed(p).y))).toBeGreaterThan(compactSize.baseMm);
    expect(rangeOf(metal, (p) => closed(p).z)[1]).toBeCloseTo(31, 1);
  });

  it('has a mirror that looks at whoever opens it', () => {
    const mirror = partOf(spec, 'lid', 'mirror');
    const facing = mirror.vertices.filter(({ normal }) => normal.z > 0.8);
    expect(facing.length).toBeGreaterThan(mirror.vertices.length / 4);
  });

  it('holds powder with a relief, below the rim that the lid closes on', () => {
    const powder = partOf(spec, 'pan');
    const [, highest] = rangeOf(powder, (p) => p.y);
    expect(highest).toBeLessThan(compactSize.baseMm - 0.5);
    const inner = powder.vertices.filter(
      ({ position: p, normal }) => Math.hypot(p.x, p.z) < 18 && normal.y > 0,
    );
    const heights = inner.map(({ position: p }) => p.y);
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(0.4);
  });
});
