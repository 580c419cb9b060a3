/** Hash of a lattice place to [0, 1): the same on every machine, as the forge must be. */
export function latticeValue(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

function wrapped(value: number, period: number): number {
  return ((value % period) + period) % period;
}

/**
 * Gradient noise in about [−1, 1] that repeats after `periodX` and `periodY` whole cells (Perlin 2002's fade, directions
 * from a hash).
 */
export function gradientNoise(x: number, y: number, periodX: number, periodY: number, seed: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const corner = (dx: 0 | 1, dy: 0 | 1): number => {
    const angle = 2 * Math.PI * latticeValue(wrapped(x0 + dx, periodX), wrapped(y0 + dy, periodY), seed);
    return Math.cos(angle) * (fx - dx) + Math.sin(angle) * (fy - dy);
  };
  const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);
  const u = fade(fx);
  const v = fade(fy);
  const low = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * u;
  const high = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * u;
  return (low + (high - low) * v) * 1.4;
}

/** Octaves of gradient noise, each half as strong and twice as fine; repeats with the unit square scaled by the periods. */
export function layeredNoise(
  u: number,
  v: number,
  cellsX: number,
  cellsY: number,
  octaves: number,
  seed: number,
): number {
  let sum = 0;
  let strength = 1;
  let total = 0;
  for (let octave = 0; octave < octaves; octave += 1) {
    const k = 2 ** octave;
    sum +=
      strength * gradientNoise(u * cellsX * k, v * cellsY * k, cellsX * k, cellsY * k, seed + octave * 101);
    total += strength;
    strength /= 2;
  }
  return sum / total;
}
