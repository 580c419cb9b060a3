import { describe, expect, test } from 'vitest';
import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { boxOf } from '../geometry/outline.ts';
import { fjord51 } from './fjord-51.ts';
import { fjordFront, fjordLensOutline } from './fjord-front.ts';
import { halo54 } from './halo-54.ts';
import { haloLensOutline } from './halo-front.ts';
import { meridian58 } from './meridian-58.ts';
import { meridianLensOutline } from './meridian-front.ts';
import { add, length, scale, sub } from '../geometry/vector.ts';
import { EyewearFit, PieceExtras } from '../../../protocol/piece-extras.ts';
import { merge } from '../geometry/surface.ts';
import { solidFacts } from '../geometry/facts.ts';

function nodesOf(node: PartNode): PartNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

function surfaceOf(spec: PieceSpec, name: string): Surface {
  const parts = nodesOf(spec.root).find((node) => node.name === name)!.surfaces!;
  return merge(parts.map(({ surface }) => surface));
}

const pieces: readonly [string, PieceSpec, (count: number) => Vec2[]][] = [
  ['Fjord 51', fjord51(), fjordLensOutline],
  ['Meridian 58', meridian58(), meridianLensOutline],
  ['Halo 54', halo54(), haloLensOutline],
];

describe.each(pieces)('%s', (_, spec, outline) => {
  const fit = EyewearFit.parse(spec.extras.fit);
  const nodes = nodesOf(spec.root);

  test('has lenses of its boxing size', () => {
    const box = boxOf(outline(720));
    expect(box.maxX - box.minX).toBeCloseTo(fit.lensWidthMm, 6);
    expect(box.maxY - box.minY).toBeCloseTo(fit.lensHeightMm, 6);
  });

  test('keeps its lenses apart by its bridge, in the model itself', () => {
    const nearest = Math.min(...surfaceOf(spec, 'lens_left').vertices.map(({ position }) => position.x));
    expect(Math.abs(2 * nearest - fit.bridgeWidthMm)).toBeLessThan(0.15);
  });

  test('shows lenses of the boxing height, in the model itself', () => {
    const ys = surfaceOf(spec, 'lens_left').vertices.map(({ position }) => position.y);
    expect(Math.abs(Math.max(...ys) - Math.min(...ys) - fit.lensHeightMm)).toBeLessThan(0.25);
  });

  test('has a temple of its length, measured along its middle from the pin to the tip', () => {
    const part = nodes.find(({ name }) => name === 'temple_left_acetate' || name === 'temple_left_tip')!;
    const rings = new Map<string, Vec3[]>();
    for (const { position, uv } of part.surfaces![0]!.surface.vertices) {
      const key = uv.x.toFixed(3);
      rings.set(key, [...(rings.get(key) ?? []), position]);
    }
    // A section has two dozen corners; what is smaller belongs to the flat ends.
    const middles = [...rings.values()]
      .filter((ring) => ring.length > 20)
      .map((ring) => scale(ring.reduce(add), 1 / ring.length));
    const along = middles.slice(1).reduce((sum, p, i) => sum + length(sub(p, middles[i]!)), 0);
    expect(Math.abs(along - middles[0]!.z - fit.templeLengthMm)).toBeLessThan(0.8);
  });

  test('is made of closed solids that face outwards', () => {
    const solids = [
      ...nodes.map(({ name, surfaces = [] }) => ({ slot: name, surfaces })),
      ...Object.entries(spec.shared).map(([slot, part]) => ({ slot, surfaces: [part] })),
    ].filter(({ surfaces }) => surfaces.length > 0);
    for (const { slot, surfaces } of solids) {
      const facts = solidFacts(merge(surfaces.map(({ surface }) => surface)));
      expect(facts.openEdges, slot).toBe(0);
      expect(facts.volumeMm3, slot).toBeGreaterThan(0);
      expect(facts.outwardShare, slot).toBeGreaterThan(0.985);
    }
  });

  test('is symmetrical: the right side is the mirror image of the left', () => {
    const left = nodes.find(({ name }) => name === 'temple_left')!;
    const right = nodes.find(({ name }) => name === 'temple_right')!;
    expect(right.translationMm!.x).toBe(-left.translationMm!.x);
    const a = surfaceOf(spec, 'lens_left').vertices;
    const b = surfaceOf(spec, 'lens_right').vertices;
    expect(
      Math.max(...a.map((v, i) => length(sub(v.position, { ...b[i]!.position, x: -b[i]!.position.x })))),
    ).toBe(0);
  });

  test('sits before the eye as a frame does: 12 to 16 mm between the lens and a cornea 14 mm behind the bridge', () => {
    const tilt = (fit.pantoscopicDeg * Math.PI) / 180;
    const beforePupil = surfaceOf(spec, 'lens_left')
      .vertices.filter(({ position: p }) => Math.abs(p.x - 32) < 4 && Math.abs(p.y + 4) < 4)
      .map(({ position: p }) => p.y * Math.sin(tilt) + p.z * Math.cos(tilt));
    const vertexMm = Math.min(...beforePupil) + 14;
    expect(vertexMm).toBeGreaterThan(12);
    expect(vertexMm).toBeLessThan(16);
  });

  test('folds its temples inwards by a right angle and opens them outwards by a little', () => {
    for (const { node, axis, limits } of spec.extras.moving) {
      const outwards = node === 'temple_left' ? 1 : -1;
      // A small turn about the axis moves the tip, 100 mm behind the pin, along axis × tip.
      const tipX = (degrees: number): number => -100 * axis[1] * Math.sin((degrees * Math.PI) / 180);
      const [open, fold] = outwards > 0 ? limits : limits.toReversed();
      expect(tipX(fold!) * outwards).toBeLessThan(-90);
      expect(tipX(open!) * outwards).toBeGreaterThan(10);
    }
  });

  test('tells the scene how it is worn', () => {
    expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
    expect(spec.variants).toHaveLength(2);
    for (const name of ['front', 'lens_left', 'lens_right', 'temple_left', 'temple_right']) {
      expect(nodes.some((node) => node.name === name)).toBe(true);
    }
  });
});

test('Fjord’s front is 4.2 mm thick over its rims', () => {
  const zs = fjordFront()
    .vertices.filter(({ position: p }) => Math.abs(p.x) < 1 && p.y > 3 && p.y < 5)
    .map(({ position }) => position.z);
  expect(Math.max(...zs) - Math.min(...zs)).toBeCloseTo(4.2, 1);
});

test('Halo carries six stones a side', () => {
  const places = nodesOf(halo54().root)
    .find(({ name }) => name === 'stones')!
    .instances!.map(({ translationMm }) => translationMm.x);
  expect(places.filter((x) => x > 30)).toHaveLength(6);
  expect(places.filter((x) => x < -30)).toHaveLength(6);
});
