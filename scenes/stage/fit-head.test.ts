import { describe, expect, it } from 'vitest';
import { lobeOutwardRad } from '../../sdk/anchors/head-points.ts';
import { fitHead, headParts, NUMBERS_PER_PART } from './fit-head.ts';

/** Forehead, chin, cheeks and nose of a face of the canonical size, in the head frame. */
const face = new Float32Array([0, 82, 40, 0, -94, 42, 71, 5, -5, -71, 5, -5, 0, -10, 76]);
const ears = { left: [70, 30, -44], right: [-70, 30, -44] } as const;
const lobes = { left: [76, -12, -48], right: [-76, -12, -48] } as const;

function fitted(): Float32Array {
  const out = new Float32Array(headParts.length * NUMBERS_PER_PART);
  fitHead(face, ears, lobes, out);
  return out;
}

function isInside(part: (typeof headParts)[number], [x, y, z]: readonly [number, number, number]): boolean {
  const at = headParts.indexOf(part) * NUMBERS_PER_PART;
  const fit = fitted();
  const square = (axis: number, value: number): number =>
    ((value - fit[at + axis]!) / fit[at + axis + 3]!) ** 2;
  return square(0, x) + square(1, y) + square(2, z) < 1;
}

describe('the fitted head', () => {
  it('hides what passes behind the skull', () => {
    expect(isInside('cranium', [0, 30, -44])).toBe(true);
    expect(isInside('cranium', [40, 60, -80])).toBe(true);
  });

  it('leaves room for a temple along the side of the head, up to the ear', () => {
    for (const z of [0, -15, -30, -44]) {
      expect(isInside('cranium', [70, 31, z])).toBe(false);
      expect(isInside('cranium', [-70, 31, z])).toBe(false);
    }
  });

  it("hides a temple's tip behind the ear, on the wearer's own side", () => {
    expect(isInside('leftEar', [74, 8, -60])).toBe(true);
    expect(isInside('rightEar', [-74, 8, -60])).toBe(true);
    expect(isInside('leftEar', [-74, 8, -60])).toBe(false);
  });

  it('hides what closes a post behind the lobe, and not the stud before it', () => {
    const at = (behindMm: number, side: 1 | -1): [number, number, number] => [
      side * (76 - behindMm * Math.sin(lobeOutwardRad)),
      -12,
      -48 - behindMm * Math.cos(lobeOutwardRad),
    ];
    for (const [part, side] of [
      ['leftLobe', 1],
      ['rightLobe', -1],
    ] as const) {
      expect(isInside(part, at(3, side))).toBe(true);
      expect(isInside(part, at(5, side))).toBe(true);
      expect(isInside(part, at(0, side))).toBe(false);
    }
  });

  it('stays behind the face', () => {
    for (const point of [
      [0, 25, 58],
      [30, 25, 40],
      [0, -94, 60],
    ] as const) {
      expect(isInside('cranium', point)).toBe(false);
      expect(isInside('neck', point)).toBe(false);
    }
  });

  it('stands as high above the face as a skull does', () => {
    const fit = fitted();
    const vertexAboveChinMm = fit[1]! + fit[4]! + 94;
    expect(vertexAboveChinMm).toBeGreaterThan(215);
    expect(vertexAboveChinMm).toBeLessThan(240);
  });
});
