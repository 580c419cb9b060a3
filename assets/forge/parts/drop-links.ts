import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { bevelled } from '../geometry/pear-setting.ts';
import { jumpRing } from './chain.ts';
import { lerp, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { place, translate } from '../geometry/surface.ts';
import { sweep } from '../geometry/sweep.ts';

const ringMm = { outer: 1.5, wire: 0.38 } as const;
const detail = { steps: 24, around: 10 } as const;

/** The ring of a link in which the next one hangs: its hole looks forwards, the middle of its lower wire is at `hinge`. */
export function carryingRing(hinge: Vec3): Surface {
  return translate(
    jumpRing(ringMm.outer, ringMm.wire, detail),
    vec3(hinge.x, hinge.y + (ringMm.outer - ringMm.wire) / 2, hinge.z),
  );
}

/** The ring by which a link hangs over the wire at its origin: its hole looks sideways, wire lies on wire. */
export function hangingRing(): Surface {
  return place(jumpRing(ringMm.outer, ringMm.wire, detail), {
    origin: vec3(0, ringMm.wire - (ringMm.outer - ringMm.wire) / 2, 0),
    x: vec3(0, 0, -1),
    y: vec3(0, 1, 0),
    z: vec3(1, 0, 0),
  });
}

/** Where the metal of a hanging ring ends below its link's origin. */
export const hangingRingFootMm = ringMm.outer - 1.5 * ringMm.wire;

/** A bar like a blade: a ridge in front, slender above, broadest at two thirds, drawn in again at its foot. */
export function bladeBar(fromY: number, toY: number, widestMm: number, depthMm: number): Surface {
  const count = 40;
  return sweep(
    Array.from({ length: count }, (_, i) => {
      const k = i / (count - 1);
      const swell = smoothstep(0, 0.62, k) * (1 - 0.68 * smoothstep(0.66, 1, k));
      const w = lerp(0.26, widestMm / 2, swell);
      const d = lerp(0.24, depthMm / 2, swell);
      return {
        centre: vec3(0, lerp(fromY, toY, k), 0),
        side: vec3(1, 0, 0),
        up: vec3(0, 0, 1),
        section: bevelled([vec2(w, 0), vec2(0, d), vec2(-w, 0), vec2(0, -d)], 0.05),
      };
    }),
  );
}
