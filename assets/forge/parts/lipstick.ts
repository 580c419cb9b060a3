import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { fluted } from '../geometry/fluted.ts';
import { lathe } from '../geometry/lathe.ts';
import { measuredUv, ringAbout, skin } from '../geometry/skin.ts';
import { smoothNormals } from '../geometry/smooth-normals.ts';
import { vec2 } from '../geometry/vector.ts';

/** A lipstick's case: base and cap closed are `closedMm` tall; open, the stick stands out of its tube. */
export const lipstickSize = {
  closedMm: 74,
  widthMm: 19.4,
  baseMm: 29,
  tubeTopMm: 49,
  stickTopMm: 67,
  tubeRadiusMm: 7.1,
  stickRadiusMm: 5.7,
  flutes: 28,
  fluteMm: 0.42,
} as const;

/** The fluted base, a plain collar over it. */
export function lipstickBase(): Surface {
  const { widthMm, baseMm, flutes, fluteMm } = lipstickSize;
  const r = widthMm / 2;
  return fluted(
    [
      { r: r - 2.2, y: 0 },
      { r: r - 0.9, y: 0, round: 0.35 },
      { r: r - 0.55, y: 0.7, round: 0.3 },
      { r: r - 0.55, y: 1.6, round: 0.25 },
      { r, y: 1.75, round: 0.25 },
      { r, y: 3, round: 0.3 },
      { r, y: 4, flute: fluteMm, round: 0.3 },
      { r, y: baseMm - 5, flute: fluteMm, round: 0.3 },
      { r, y: baseMm - 4, round: 0.3 },
      { r, y: baseMm - 1.6, round: 0.3 },
      { r: r - 0.45, y: baseMm - 1.45, round: 0.15 },
      { r: r - 0.45, y: baseMm - 0.9, round: 0.15 },
      { r: r - 0.1, y: baseMm - 0.75, round: 0.2 },
      { r: r - 0.1, y: baseMm, round: 0.3 },
      { r: r - 1.4, y: baseMm },
    ],
    flutes,
  );
}

/** The inner tube in which the cap's grip slides: two turned beads, and a rolled lip round the stick. */
export function lipstickTube(): Surface {
  const { baseMm, tubeTopMm, tubeRadiusMm: r, stickRadiusMm } = lipstickSize;
  return fluted(
    [
      { r: r + 0.7, y: baseMm - 0.4 },
      { r: r + 0.7, y: baseMm + 2.2, round: 0.25 },
      { r, y: baseMm + 2.5, round: 0.2 },
      { r, y: baseMm + 6, round: 0.15 },
      { r: r + 0.22, y: baseMm + 6.3, round: 0.2 },
      { r, y: baseMm + 6.6, round: 0.15 },
      { r, y: tubeTopMm - 2.6, round: 0.15 },
      { r: r - 0.35, y: tubeTopMm - 2.4, round: 0.15 },
      { r: r - 0.35, y: tubeTopMm - 0.3, round: 0.2 },
      { r: r - 0.7, y: tubeTopMm, round: 0.2 },
      { r: stickRadiusMm + 0.25, y: tubeTopMm - 0.1, round: 0.1 },
      { r: stickRadiusMm + 0.15, y: tubeTopMm - 1.2 },
    ],
    16,
  );
}

/** The cap, open below: its inside first, then up the fluted outside to a rim that frames the enamel. */
export function lipstickCap(): Surface {
  const { closedMm, baseMm, widthMm, flutes, fluteMm } = lipstickSize;
  const r = widthMm / 2;
  const tall = closedMm - baseMm;
  return fluted(
    [
      { r: 1, y: tall - 2.2 },
      { r: r - 1.1, y: tall - 2.2, round: 0.4 },
      { r: r - 1.1, y: 0.2, round: 0.15 },
      { r: r - 0.8, y: 0, round: 0.1 },
      { r: r - 0.2, y: 0, round: 0.15 },
      { r, y: 0.25, round: 0.2 },
      { r, y: 3.2, round: 0.3 },
      { r, y: 4.2, flute: fluteMm, round: 0.3 },
      { r, y: tall - 4.2, flute: fluteMm, round: 0.3 },
      { r, y: tall - 3.2, round: 0.3 },
      { r, y: tall - 0.5, round: 0.5 },
      { r: r - 0.6, y: tall, round: 0.3 },
      { r: r - 1.2, y: tall, round: 0.2 },
      { r: r - 1.4, y: tall - 0.5, round: 0.1 },
      { r: r - 1.6, y: tall - 0.55 },
    ],
    flutes,
  );
}

/** The enamel that lies in the cap's rim, a little domed. */
export function capEnamel(): Surface {
  const { closedMm, baseMm, widthMm } = lipstickSize;
  const r = widthMm / 2 - 1.36;
  const y = closedMm - baseMm;
  return lathe(
    [
      vec2(0, y - 0.9),
      vec2(r, y - 0.9),
      vec2(r, y - 0.35),
      vec2(r - 0.12, y - 0.26),
      vec2(r * 0.72, y - 0.13),
      vec2(r * 0.4, y - 0.05),
      vec2(0, y - 0.02),
    ],
    96,
  );
}

/**
 * How high the unused stick is over its middle's place: a slope that a mould cut, running into a rounded tip. `u` and `v` are across
 * the stick, `v` to the slope's foot.
 */
function stickTop(u: number, v: number): number {
  const { stickTopMm, stickRadiusMm } = lipstickSize;
  const far = Math.hypot(u, v) / stickRadiusMm;
  const slope = stickTopMm - 7.6 - 1.12 * v - 0.02 * u * u;
  const tip = stickTopMm - 0.35 - 2.2 * far ** 3;
  // A smooth minimum: the mould has no hard edge there.
  const k = Math.min(1, Math.max(0, 0.5 + (tip - slope) / 2.2));
  return tip + (slope - tip) * k - 1.1 * k * (1 - k);
}

/** The stick in its slanted cut, its foot within the tube. */
export function lipstickStick(): Surface {
  const { tubeTopMm, stickRadiusMm: radius } = lipstickSize;
  const around = 96;
  const edge = 0.7;
  const foot = tubeTopMm - 3;
  const ring = (at: Parameters<typeof ringAbout>[1]): Vec3[] => ringAbout(around, at);
  const topAt = (angle: number, r: number): number => stickTop(r * Math.sin(angle), r * Math.cos(angle));
  const rings: Vec3[][] = [ring(() => ({ r: 0, y: foot })), ring(() => ({ r: radius, y: foot }))];
  for (const k of [0.25, 0.5, 0.75, 0.92, 1]) {
    rings.push(ring((a) => ({ r: radius, y: foot + (topAt(a, radius - edge) - edge - foot) * k })));
  }
  for (let step = 1; step <= 5; step += 1) {
    const turn = ((Math.PI / 2) * step) / 5;
    rings.push(
      ring((a) => {
        const r = radius - edge * (1 - Math.cos(turn));
        return { r, y: topAt(a, radius - edge) - edge * (1 - Math.sin(turn)) };
      }),
    );
  }
  for (let step = 1; step <= 14; step += 1) {
    const r = ((radius - edge) * (14 - step)) / 14;
    rings.push(ring((a) => ({ r, y: topAt(a, r) })));
  }
  return smoothNormals(skin(rings, measuredUv(rings)));
}
