import type { Vec3 } from '../geometry/vector.ts';
import { radians, smoothstep, vec3 } from '../geometry/vector.ts';

/** How a temple runs from its hinge pin: straight back, then down behind the ear. */
export interface TempleLineOptions {
  readonly lengthMm: number;
  /** Where the bend begins, measured from the pin along the temple. */
  readonly bendAtMm: number;
  /** Length of temple over which it bends. */
  readonly bendLengthMm: number;
  readonly bendDeg: number;
  /** Sideways place of the middle line at the hinge, outwards from the pin. */
  readonly offsetXMm: number;
  /** Height of the middle line at the hinge. */
  readonly offsetYMm: number;
  /** How far the middle of the temple bows outwards. */
  readonly bowMm: number;
  /** How far the tip turns in behind the ear. */
  readonly tipInMm: number;
}

/** Middle line, with the direction of its height at every place. */
export interface TemplePoint {
  readonly centre: Vec3;
  readonly up: Vec3;
  readonly side: Vec3;
}

/**
 * The temple's middle line as a function of the length along it from the pin, in millimetres (ISO 8624 measures the
 * overall length so). The wearer's left temple: x outwards, z forward; `side` points inwards.
 */
export function templeLine(options: TempleLineOptions): (alongMm: number) => TemplePoint {
  const stepMm = 0.25;
  const count = Math.ceil((options.lengthMm + 10) / stepMm);
  const heights: { readonly y: number; readonly z: number; readonly pitch: number }[] = [];
  let [y, z] = [options.offsetYMm, 0];
  const pitchAt = (l: number): number =>
    -radians(options.bendDeg) * smoothstep(options.bendAtMm, options.bendAtMm + options.bendLengthMm, l);
  for (let i = 0; i <= count; i += 1) {
    const pitch = pitchAt((i + 0.5) * stepMm);
    heights.push({ y, z, pitch: pitchAt(i * stepMm) });
    y += Math.sin(pitch) * stepMm;
    z -= Math.cos(pitch) * stepMm;
  }
  return (alongMm) => {
    const place = Math.min(count - 1, Math.max(0, alongMm / stepMm));
    const lower = Math.floor(place);
    const a = heights[lower];
    const b = heights[lower + 1];
    if (a === undefined || b === undefined) {
      throw new RangeError(`templeLine: ${alongMm} mm is off the temple`);
    }
    const k = place - lower;
    const before = Math.min(0, alongMm);
    const bow =
      options.bowMm * Math.sin(Math.PI * Math.min(1, Math.max(0, alongMm) / options.bendAtMm)) ** 2 -
      options.tipInMm * smoothstep(options.bendAtMm, options.lengthMm + 6, alongMm);
    const pitch = a.pitch + (b.pitch - a.pitch) * k;
    return {
      centre: vec3(options.offsetXMm + bow, a.y + (b.y - a.y) * k, a.z + (b.z - a.z) * k - before),
      up: vec3(0, Math.cos(pitch), Math.sin(pitch)),
      side: vec3(-1, 0, 0),
    };
  };
}
