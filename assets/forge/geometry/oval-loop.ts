import type { Vec3 } from './vector.ts';
import { lerp, vec3 } from './vector.ts';
import { at } from './at.ts';

/** A place on an oval loop in the xz plane: the loop runs from +z (the back of the wrist) over +x. */
export interface LoopPlace {
  readonly point: Vec3;
  /** Out of the oval, in its plane. */
  readonly outward: Vec3;
}

/** An ellipse around the wrist, by the length along it. */
export interface OvalLoop {
  readonly lengthMm: number;
  /** The place at a length from the middle of the wrist's back; any length, also a negative one. */
  readonly at: (alongMm: number) => LoopPlace;
}

/** The ellipse with the given half axes in x and z, measured off in steps fine enough that the error stays below a micrometre. */
export function ovalLoop(halfXMm: number, halfZMm: number): OvalLoop {
  const count = 2880;
  const lengths = [0];
  const angle = (i: number): number => (2 * Math.PI * i) / count;
  for (let i = 1; i <= count; i += 1) {
    const dx = halfXMm * (Math.sin(angle(i)) - Math.sin(angle(i - 1)));
    const dz = halfZMm * (Math.cos(angle(i)) - Math.cos(angle(i - 1)));
    lengths.push(at(lengths, i - 1) + Math.hypot(dx, dz));
  }
  const lengthMm = at(lengths, count);
  const angleAt = (alongMm: number): number => {
    const wanted = ((alongMm % lengthMm) + lengthMm) % lengthMm;
    let low = 0;
    let high = count;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (at(lengths, middle) <= wanted) low = middle;
      else high = middle;
    }
    const from = at(lengths, low);
    return lerp(angle(low), angle(high), (wanted - from) / (at(lengths, high) - from));
  };
  return {
    lengthMm,
    at: (alongMm) => {
      const t = angleAt(alongMm);
      const nx = Math.sin(t) * halfZMm;
      const nz = Math.cos(t) * halfXMm;
      const size = Math.hypot(nx, nz);
      return {
        point: vec3(halfXMm * Math.sin(t), 0, halfZMm * Math.cos(t)),
        outward: vec3(nx / size, 0, nz / size),
      };
    },
  };
}
