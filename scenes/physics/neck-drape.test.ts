import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../sdk/geometry/pose.ts';
import { drapeOnNeck, type Drape } from './neck-drape.ts';
import { neckFormMm } from './neck-form.ts';

const lengths = fc.integer({ min: 380, max: 900 });
const sizes = fc.double({ min: 0.86, max: 1.16, noNaN: true });

function lengthMm({ pointsMm }: Drape): number {
  return pointsMm.reduce((sum, [x, y, z], at) => {
    const [nextX, nextY, nextZ] = pointsMm[(at + 1) % pointsMm.length]!;
    return sum + Math.hypot(nextX - x, nextY - y, nextZ - z);
  }, 0);
}

function lowest({ pointsMm, lowest: at }: Drape): Vec3 {
  return pointsMm[at]!;
}

describe('a chain on a neck', () => {
  it('keeps its length, lies on the skin, and is its own mirror image', () => {
    fc.assert(
      fc.property(lengths, sizes, fc.boolean(), (chainMm, size, hasPendant) => {
        const drape = drapeOnNeck(chainMm, hasPendant, size);
        // A neck that is larger than the chain is long: as if it were just long enough; and none hangs off the chest.
        const laidMm = Math.min(950 * size, Math.max(chainMm, 372 * size));
        expect(Math.abs(lengthMm(drape) / laidMm - 1)).toBeLessThan(0.02);
        for (const [at, [x, y, z]] of drape.pointsMm.entries()) {
          const offMm = neckFormMm(x / size, y / size, z / size) * size;
          expect(offMm).toBeGreaterThan(-0.6);
          // Further down the chest recedes from what hangs before it.
          if (y > -215 * size) expect(offMm).toBeLessThan(6);
          const [mirrorX, mirrorY, mirrorZ] =
            drape.pointsMm[(drape.pointsMm.length - at) % drape.pointsMm.length]!;
          expect(mirrorX).toBeCloseTo(-x, 12);
          expect([mirrorY, mirrorZ]).toEqual([y, z]);
        }
      }),
      {
        numRuns: 12,
        examples: [
          [887, 0.86, true],
          [835, 0.86, true],
          [552, 1, false],
        ],
      },
    );
  });

  it('goes behind the neck and meets before the chest, with its lowest place in the middle', () => {
    const drape = drapeOnNeck(450, true);
    expect(drape.pointsMm[0]![2]).toBeLessThan(-80);
    const [x, y, z] = lowest(drape);
    expect(x).toBe(0);
    expect(z).toBeGreaterThan(0);
    expect(y).toBe(Math.min(...drape.pointsMm.map(([, height]) => height)));
    // Eighteen inches end between one and four centimetres below the pit, as every jeweller's chart has it.
    expect(y).toBeLessThan(-10);
    expect(y).toBeGreaterThan(-40);
    const [outX, , outZ] = drape.outwards[drape.lowest]!;
    expect(Math.abs(outX)).toBeLessThan(0.1);
    expect(outZ).toBeGreaterThan(0.7);
  });

  it('hangs lower the longer it is, higher on a larger neck, and lower by a pendant', () => {
    const heights = [400, 420, 450, 500, 600, 700].map((chainMm) => lowest(drapeOnNeck(chainMm, true))[1]);
    expect(heights).toEqual([...heights].sort((one, other) => other - one));
    expect(lowest(drapeOnNeck(450, true, 1.1))[1]).toBeGreaterThan(lowest(drapeOnNeck(450, true))[1]);
    expect(lowest(drapeOnNeck(500, true))[1]).toBeLessThan(lowest(drapeOnNeck(500, false))[1]);
  });

  it('lies as high as it can where it is too short', () => {
    expect(drapeOnNeck(200, false)).toEqual(drapeOnNeck(372, false));
  });
});
