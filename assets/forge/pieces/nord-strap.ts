import type { PartNode } from '../document/piece-spec.ts';
import type { LeatherStrap } from '../parts/leather-strap.ts';
import type { SpaceMap } from '../geometry/surface.ts';
import { bySlot, mapParts } from '../parts/slots.ts';
import { deform, translate } from '../geometry/surface.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { keeper } from '../parts/keeper.ts';
import { pinBuckle } from '../parts/pin-buckle.ts';
import { leatherStrap, seam } from '../parts/leather-strap.ts';
import { lerp, scale, smoothstep, vec3 } from '../geometry/vector.ts';
import { sheetFrame } from '../parts/front-frame.ts';
import { wristRibbon } from '../parts/wrist-loop.ts';

const half = { startY: 19.75, startZ: 0.85, startFallDeg: 30, landDeg: 14 };
const overlapMm = 37;
const barPastMm = 3.2;
const reachMm = 9.6;
/** Holes in the free end, from the one in use towards the tip. */
const holePitchMm = 6.2;

const widthAt = (s: number): number => lerp(20, 18, smoothstep(2, 46, s));
const padded = (s: number): number => lerp(3.9, 2.5, smoothstep(0, 44, s) ** 0.85);

/** The strap's nodes: two pieces, seams, holes, keepers, and the buckle. */
export function nordStrap(): PartNode {
  const shortMap = wristRibbon(half, 30, false);
  const { undersideMm } = shortMap;
  const bar = undersideMm - barPastMm;
  const short: LeatherStrap = {
    lengthMm: bar + 1.1,
    widthAt,
    thicknessAt: padded,
    edgeAt: (s) => lerp(2.3, 2.0, smoothstep(0, 40, s)),
    end: 'fold',
    fit: { radiusMm: 19.65, fallDeg: half.startFallDeg },
  };
  const barOnLong = undersideMm + barPastMm;
  const far = barOnLong - reachMm;
  const lift = (s: number): number =>
    s < far - 1
      ? 0
      : s < barOnLong
        ? lerp(0, 2.62, smoothstep(far - 2, barOnLong + 1, s))
        : padded(2 * undersideMm - s) + 0.1;
  const longMap = wristRibbon(half, 75, true, lift);
  const long: LeatherStrap = {
    lengthMm: barOnLong + overlapMm,
    widthAt: (s) => lerp(20, 17.8, smoothstep(2, 46, s)),
    thicknessAt: (s) => lerp(3.9, 2.2, smoothstep(0, 44, s) ** 0.85),
    edgeAt: (s) => lerp(2.3, 1.9, smoothstep(0, 40, s)),
    end: 'tip',
    fit: { radiusMm: 19.65, fallDeg: half.startFallDeg },
  };
  const loops = [6.2, 20.5].map((back) => {
    const s = bar - back;
    const frame = sheetFrame(shortMap.map, vec3(s, 0, 0));
    const flat = keeper(18.4, padded(s) + 2.35, 5.2, 0.95, -0.1);
    return { frame, surface: deform(flat, (p) => shortMap.map(vec3(s + p.x, p.y, p.z))) };
  });
  const holes = Array.from({ length: 6 }, (_, i) => barOnLong - 3.9 + (i - 1) * holePitchMm)
    .filter((s) => s > far + 3 && s < long.lengthMm - 9)
    .map((s) => {
      const frame = sheetFrame(longMap.map, vec3(s, 0, long.thicknessAt(s)));
      return { translationMm: frame.origin, rotation: frameQuaternion(frame.x, frame.y, frame.z) };
    });
  const buckleMap: SpaceMap = (p) => shortMap.map(vec3(bar + p.x, p.y, p.z));
  const origin = buckleMap(vec3(0, 0, 1.25));
  const buckle = mapParts(
    pinBuckle({ insideMm: 18.6, reachMm, barD: 1.25, farD: 3.2 }, buckleMap),
    (surface) => translate(surface, scale(origin, -1)),
  );
  return {
    name: 'strap',
    children: [
      {
        name: 'strap_leather',
        surfaces: bySlot([
          ...leatherStrap(short, shortMap.map),
          ...leatherStrap(long, longMap.map),
          ...loops.map(({ surface }) => ({ slot: 'leather', surface })),
        ]),
      },
      {
        name: 'strap_seams',
        share: 'stitch',
        instances: [
          ...seam(short, shortMap.map, 4.2, bar - 9.4, 2.9),
          ...seam(long, longMap.map, 4.2, long.lengthMm - 9.5, 2.9),
        ],
      },
      { name: 'strap_holes', share: 'hole', instances: holes },
      { name: 'buckle', translationMm: origin, surfaces: buckle },
    ],
  };
}
