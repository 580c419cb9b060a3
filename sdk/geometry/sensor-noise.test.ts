import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../bench/registration/sampling.ts';
import { sensorNoise } from './sensor-noise.ts';

const side = 32;
const patches = 3;

function picture(sigma: number, seed: number, brightness: (patch: number) => number): Uint8ClampedArray {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  const pixels = new Uint8ClampedArray(side * patches * side * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    const patch = Math.floor(((at / 4) % (side * patches)) / side);
    const value = brightness(patch) + sigma * normal();
    pixels.set([value, value, value, 255], at);
  }
  return pixels;
}

describe("a camera's noise", () => {
  it.each([2, 4, 8])('of %i steps is told within a tenth', (sigma) => {
    const noise = sensorNoise(
      picture(sigma, 1, () => 120),
      picture(sigma, 2, () => 120),
      side,
      patches,
    );
    expect((noise ?? 0) * 255).toBeGreaterThan(sigma * 0.88);
    expect((noise ?? 0) * 255).toBeLessThan(sigma * 1.12);
  });

  it('is not taken from a patch in which something moved', () => {
    const before = picture(3, 1, () => 120);
    const after = picture(3, 2, (patch) => (patch === 2 ? 120 : 170));
    expect((sensorNoise(before, after, side, patches) ?? 0) * 255).toBeLessThan(3.4);
  });

  it('is not told where everything is clipped', () => {
    expect(
      sensorNoise(
        picture(0, 1, () => 255),
        picture(0, 2, () => 255),
        side,
        patches,
      ),
    ).toBeNull();
  });
});
