import { seededRandom } from '../../registration/sampling.ts';
import type { SensorNoise } from '../takes.ts';

const tableSize = 1 << 16;
const levels = 256;

/** Adds a camera's noise to pictures: shot noise that grows with the root of the light, and read noise. */
export class NoisySensor {
  readonly #random: () => number;
  readonly #spreads: Float32Array;
  /** Normally distributed numbers of unit spread; every row of a picture starts at another one. */
  readonly #normals: Float32Array;

  constructor({ readSd, shotVariancePerLevel }: SensorNoise, seed: number) {
    this.#random = seededRandom(seed);
    this.#normals = Float32Array.from({ length: tableSize }, () => this.#normal());
    this.#spreads = Float32Array.from({ length: levels }, (_, level) =>
      Math.sqrt(readSd ** 2 + shotVariancePerLevel * level),
    );
  }

  /** Changes the picture in place; levels stay within 0 to 255. */
  spoil(picture: ImageData): void {
    const { data, width, height } = picture;
    for (let row = 0; row < height; row += 1) {
      let next = Math.floor(this.#random() * tableSize);
      for (let at = row * width * 4; at < (row + 1) * width * 4; at += 1) {
        if (at % 4 === 3) continue;
        next = (next + 1) % tableSize;
        const level = data[at] ?? 0;
        // The array rounds and clamps.
        data[at] = level + (this.#spreads[level] ?? 0) * (this.#normals[next] ?? 0);
      }
    }
  }

  /** Box–Muller. */
  #normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random()));
    return radius * Math.cos(2 * Math.PI * this.#random());
  }
}
