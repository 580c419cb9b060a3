import { describe, expect, it } from 'vitest';
import { faceFacts } from './face-facts.ts';
import { mannequinAnchors } from './mannequin-anchors.ts';
import { mannequinDistanceMm } from './mannequin-form.ts';

/**
 * The tracker's canonical face at the places that spectacles, lids and lips depend on, millimetres, with how far from the
 * mannequin's skin each may lie. The canonical mouth stands 5 mm open, the mannequin's is closed.
 */
const canonicalPlaces = [
  ['nose bridge, 168', [0, 32.7, 52.4], 0.5],
  ['nose bridge, 6', [0, 24.7, 57.9], 0.5],
  ['nose ridge, 197', [0, 17.3, 63.2], 0.5],
  ['nose ridge, 195', [0, 10.6, 67.7], 0.5],
  ['nose ridge, 5', [0, 3.7, 72.4], 0.5],
  ['nose tip, 4', [0, -4.6, 75.9], 0.5],
  ['nose tip, 1', [0, -11.3, 74.8], 0.5],
  ['nose base, 2', [0, -20.9, 60.6], 1],
  ['side of the bridge, 193', [7.7, 31.8, 48.6], 0.6],
  ['side of the bridge, 122', [5.6, 23.1, 55.7], 0.6],
  ['side of the nose, 188', [9.5, 19.1, 52], 0.6],
  ['side of the nose, 217', [12.6, 8, 53.1], 0.6],
  ['outer corner of the eye, 263', [44.5, 26.6, 31.7], 2],
  ['inner corner of the eye, 362', [18.6, 25.9, 37.6], 2],
  ['upper lid, 386', [31.8, 29.6, 38.8], 2],
  ['lower lid, 374', [31.8, 22.9, 37.8], 2],
  ['brow, 336', [14, 50.1, 53.2], 1],
  ['brow, 334', [39.9, 51.1, 44.7], 2],
  ['brow, 300', [57.2, 42.5, 28.3], 2],
  ['forehead, 10', [0, 82.6, 44.8], 1],
  ['upper lip, 0', [0, -34.1, 59.8], 3],
  ['lower lip, 16', [0, -50.2, 56], 1.5],
  ['where the lips meet, between 13 and 14', [0, -42.7, 53.1], 3],
  ['corner of the mouth, 291', [24.6, -43.4, 42.8], 2.5],
  ['chin, 152', [0, -94, 42.6], 1],
  ['jaw, 397', [59.4, -62.2, -6.3], 3],
  ['side of the face, 454', [76.6, 6.7, -24.4], 3],
] as const;

/** The skin's x at a height and depth, seen from the wearer's left. */
function halfWidthMm(yMm: number, zMm: number): number {
  let x = 110;
  while (x > 0 && mannequinDistanceMm(x, yMm, zMm) > 0) x -= 0.1;
  return x;
}

describe('the mannequin in the face frame', () => {
  it.each(canonicalPlaces)(
    'has its skin where the canonical face has it: %s',
    (_name, [x, y, z], withinMm) => {
      expect(Math.abs(mannequinDistanceMm(x, y, z))).toBeLessThan(withinMm);
    },
  );

  it('keeps every fact of its fit within 3 mm of the wanted inset, half of them within 0.5 mm', () => {
    const misses = faceFacts
      .map(({ atMm, insetMm }) => Math.abs(mannequinDistanceMm(...atMm) - insetMm))
      .toSorted((a, b) => a - b);
    expect(misses.at(-1)).toBeLessThan(3);
    expect(misses[Math.floor(misses.length / 2)]).toBeLessThan(0.5);
  });

  it('has the breadth of a boutique head where temples pass', () => {
    for (const zMm of [-10, -20, -30, -40]) {
      expect(halfWidthMm(28, zMm) * 2).toBeGreaterThan(138);
      expect(halfWidthMm(28, zMm) * 2).toBeLessThan(150);
    }
  });

  it('puts the noseBridge anchor on its skin', () => {
    expect(Math.abs(mannequinDistanceMm(...mannequinAnchors.noseBridge))).toBeLessThan(0.3);
  });

  it('lets a temple lie on the root of the ear and bend down behind it', () => {
    const [x, y, z] = mannequinAnchors.leftEar;
    expect(Math.abs(mannequinDistanceMm(x, y, z))).toBeLessThan(0.6);
    const behindBridgeMm = mannequinAnchors.noseBridge[2] - z;
    expect(behindBridgeMm).toBeGreaterThan(95);
    expect(behindBridgeMm).toBeLessThan(105);
    // Room for a wire of 2 mm above the root, solid ear below it, and the helix standing outside.
    expect(mannequinDistanceMm(x + 1, y + 4, z)).toBeGreaterThan(1);
    expect(mannequinDistanceMm(x + 1, y - 4, z)).toBeLessThan(-1);
    expect(halfWidthMm(y + 6, z - 6)).toBeGreaterThan(84);
    expect(mannequinAnchors.rightEar).toEqual([-x, y, z]);
  });

  it('is the same on both sides', () => {
    for (const { atMm } of faceFacts) {
      const [x, y, z] = atMm;
      expect(mannequinDistanceMm(-x - 2, y - 30, z + 1)).toBe(mannequinDistanceMm(x + 2, y - 30, z + 1));
    }
  });
});
