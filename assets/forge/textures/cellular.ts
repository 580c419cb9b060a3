import { latticeValue } from './noise.ts';

/** Distances to the nearest and second nearest point of a jittered lattice, and that nearest point's own number. */
export interface CellDistance {
  readonly nearest: number;
  readonly second: number;
  readonly value: number;
}

/** Cellular noise (Worley 1996) that repeats after whole cells; distances in cells. */
export function cellularNoise(
  x: number,
  y: number,
  periodX: number,
  periodY: number,
  seed: number,
): CellDistance {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  let nearest = Infinity;
  let second = Infinity;
  let value = 0;
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1) {
      const cx = (((x0 + dx) % periodX) + periodX) % periodX;
      const cy = (((y0 + dy) % periodY) + periodY) % periodY;
      const px = x0 + dx + 0.5 + (latticeValue(cx, cy, seed) - 0.5) * 0.86;
      const py = y0 + dy + 0.5 + (latticeValue(cx, cy, seed + 1) - 0.5) * 0.86;
      const distance = Math.hypot(px - x, py - y);
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        value = latticeValue(cx, cy, seed + 2);
      } else if (distance < second) {
        second = distance;
      }
    }
  }
  return { nearest, second, value };
}
