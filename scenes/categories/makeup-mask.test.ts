import { readFileSync } from 'node:fs';
import { MathUtils } from 'three';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CanonicalFace } from '../../sdk/geometry/canonical-face.ts';
import { readCanonicalFace } from '../../sdk/geometry/canonical-face-reader.ts';
import { describeOnHost, modelPath, present } from '../../tests/support/host.ts';
import { bandRamps, lightMarks, makeupMask, mouthOpenMm, placeCheeks } from './makeup-mask.ts';

const outerLips = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];
const innerLips = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191];
const rightLashes = [33, 246, 161, 160, 159, 158, 157, 173, 133];

const { lips, eyes } = {
  lips: makeupMask('lips'),
  eyes: makeupMask('eyes'),
};
const across = (mask: typeof lips, vertex: number): number => mask.bands[vertex * 2] ?? Number.NaN;
const share = (mask: typeof lips, vertex: number): number => mask.bands[vertex * 2 + 1] ?? Number.NaN;
/** How much colour a place of the lips' band has, as the shader takes it: `open` is 1 where the teeth show. */
const onLips = (at: number, open: number): number =>
  MathUtils.smoothstep(at, ...bandRamps.lips.in) *
  (1 - open * MathUtils.smoothstep(at, ...bandRamps.lips.out));

describe('colour on the lips', () => {
  it('begins at the outer contour, is full within the lip, and leaves the edge of an open mouth', () => {
    for (const vertex of outerLips) expect(onLips(across(lips, vertex), 0)).toBe(0);
    for (const vertex of [16, 15, 11, 12, 85, 315]) expect(onLips(across(lips, vertex), 1)).toBeCloseTo(1, 5);
    for (const vertex of innerLips) {
      expect(onLips(across(lips, vertex), 0)).toBe(1);
      expect(onLips(across(lips, vertex), 1)).toBe(0);
    }
  });

  it('lies over shut lips whole, and never in the open mouth nor beside the lips', () => {
    expect(lips.keeps(13, 312, 82)).toBe(true);
    for (const vertex of [13, 312, 82]) expect(onLips(across(lips, vertex), 0)).toBe(1);
    for (const vertex of [13, 312, 82]) expect(onLips(across(lips, vertex), 1)).toBe(0);
    expect(lips.keeps(0, 267, 164)).toBe(false);
    expect(lips.keeps(0, 11, 302)).toBe(true);
  });
});

describe('colour on the lids', () => {
  it('sets in off the lashes, is full in the crease and gone at the bone', () => {
    const onLid = (at: number): number =>
      MathUtils.smoothstep(at, ...bandRamps.eyes.in) * (1 - MathUtils.smoothstep(at, ...bandRamps.eyes.out));
    for (const vertex of rightLashes) expect(onLid(across(eyes, vertex))).toBe(0);
    for (const vertex of [29, 27, 28]) {
      expect(onLid(across(eyes, vertex))).toBeGreaterThan(0.85);
      expect(share(eyes, vertex)).toBeGreaterThan(0.9);
    }
    for (const vertex of [225, 224, 223, 222, 221]) expect(onLid(across(eyes, vertex))).toBe(0);
  });

  it('runs out towards both corners and never lies on the eye', () => {
    for (const vertex of [33, 133, 226, 243, 263, 362, 446, 463]) expect(share(eyes, vertex)).toBe(0);
    expect(eyes.keeps(160, 159, 158)).toBe(false);
    expect(eyes.keeps(159, 145, 158)).toBe(false);
    expect(eyes.keeps(29, 27, 159)).toBe(true);
  });
});

describeOnHost('make-up on the canonical face', ['face-model'], () => {
  let verticesMm: CanonicalFace['verticesMm'];
  let triangles: CanonicalFace['triangles'];
  // Not while the suite is read: that is done also where it is skipped.
  beforeAll(() => {
    ({ verticesMm, triangles } = readCanonicalFace(readFileSync(present(modelPath('face_landmarker.task')))));
  });
  const xyz = (vertex: number) =>
    [0, 1, 2].map((part) => verticesMm[vertex * 3 + part] ?? 0) as [number, number, number];
  /** The vertex across the face. */
  const mirrorOf = (vertex: number): number => {
    const [x, y, z] = xyz(vertex);
    for (let other = 0; other < 468; other += 1) {
      const [u, v, w] = xyz(other);
      if (Math.hypot(u + x, v - y, w - z) < 1e-2) return other;
    }
    throw new RangeError(`no mirror image of ${vertex}`);
  };

  it.each(['lips', 'eyes', 'cheeks'] as const)('lies alike on both sides: %s', (region) => {
    const mask = makeupMask(region);
    let kept = 0;
    for (let at = 0; at < triangles.length; at += 3) {
      const corners = [triangles[at] ?? 0, triangles[at + 1] ?? 0, triangles[at + 2] ?? 0] as const;
      if (!mask.keeps(...corners)) continue;
      kept += Math.sign(xyz(corners[0])[0] + xyz(corners[1])[0] + xyz(corners[2])[0]);
      for (const vertex of corners) {
        expect(across(mask, mirrorOf(vertex))).toBe(across(mask, vertex));
        expect(share(mask, mirrorOf(vertex))).toBe(share(mask, vertex));
      }
    }
    // The middle's few triangles are not laid in pairs.
    expect(Math.abs(kept)).toBeLessThanOrEqual(4);
  });

  it('leaves no hole in the lips and none where colour would end at a hard edge on a lid', () => {
    for (const [mask, isFree] of [
      [lips, (vertex: number) => outerLips.includes(vertex) || innerLips.includes(vertex)],
      [eyes, (vertex: number) => share(eyes, vertex) === 0 || across(eyes, vertex) !== 1],
    ] as const) {
      const edges = new Map<string, number>();
      for (let at = 0; at < triangles.length; at += 3) {
        const [a, b, c] = [triangles[at] ?? 0, triangles[at + 1] ?? 0, triangles[at + 2] ?? 0];
        if (!mask.keeps(a, b, c)) continue;
        for (const [from, to] of [
          [a, b],
          [b, c],
          [c, a],
        ] as const) {
          const key = [from, to].toSorted((one, other) => one - other).join('-');
          edges.set(key, (edges.get(key) ?? 0) + 1);
        }
      }
      for (const [edge, times] of edges) {
        if (times === 1) expect(edge.split('-').map(Number).every(isFree), edge).toBe(true);
      }
    }
  });

  it('is drawn out on each cheek towards the temple, and measures its light on either side', () => {
    const middles = new Float32Array(6);
    const axes = new Float32Array(6);
    placeCheeks(verticesMm, middles, axes);
    expect(middles[0]).toBeLessThan(-40);
    expect(middles[3]).toBeCloseTo(-(middles[0] ?? 0), 2);
    expect(middles[4]).toBeCloseTo(middles[1] ?? 0, 2);
    expect(axes[1]).toBeGreaterThan(0.2);
    expect(Math.hypot(axes[3] ?? 0, axes[4] ?? 0, axes[5] ?? 0)).toBeCloseTo(1, 5);
    for (const marks of Object.values(lightMarks)) {
      expect(marks).toHaveLength(12);
      for (const vertex of marks) expect(marks).toContain(mirrorOf(vertex));
    }
    expect(mouthOpenMm(verticesMm)).toBeCloseTo(5.8, 0);
  });
});
