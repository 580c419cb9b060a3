import type { PartNode } from '../document/piece-spec.ts';
import { bySlot, mapParts } from '../parts/slots.ts';
import { crossTube, milaneseBand, slidingClasp } from '../parts/milanese-band.ts';
import { deform, merge, translate } from '../geometry/surface.ts';
import { heureSize } from './heure-case.ts';
import { lerp, scale, smoothstep, vec3 } from '../geometry/vector.ts';
import { profiledPlate } from '../geometry/profiled-plate.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { wristRibbon } from '../parts/wrist-loop.ts';

const thicknessMm = 1.5;
const half = { startY: 16.45, startZ: 0.25, startFallDeg: 40, landDeg: 22 };
/** The clasp's middle stands this far before the underside, on the side of 12 o'clock; the free end runs on under the band. */
const claspBeforeMm = 0;
const claspMm = 12;
const freeEndMm = 24;
const widthMm = heureSize.strapWidthMm;

/** The bracelet's nodes: band, its polished ends, and the sliding clasp. */
export function heureBracelet(): PartNode {
  const probe = wristRibbon(half, 5, false);
  const middle = probe.undersideMm - claspBeforeMm;
  const fixedEnd = middle - claspMm / 2 - 0.9;
  // The clasp's floor lies on the skin, so the band runs a wall's thickness above it there.
  const floor = 0.6;
  const freeLift = (s: number): number =>
    floor *
    smoothstep(middle - claspMm / 2 - 7, middle - claspMm / 2 - 1, s) *
    (1 - smoothstep(middle + claspMm / 2 + 2, middle + claspMm / 2 + 9, s));
  const fixedLift = (s: number): number =>
    lerp(
      0,
      thicknessMm + 0.14 + freeLift(2 * middle - s),
      smoothstep(fixedEnd - freeEndMm - 9, fixedEnd - freeEndMm + 1, s),
    );
  const fixed = wristRibbon(half, 5, false, fixedLift);
  const free = wristRibbon(half, 60, true, freeLift);
  const clasp = wristRibbon(half, 40, true, freeLift);
  const endCap = profiledPlate({
    outer: roundedRectangle(2.3, widthMm + 0.5, 0.7, 5),
    wall: [
      { insetMm: 0.3, z: 1, slot: 'metal' },
      { insetMm: 0.03, z: 0.74, slot: 'metal' },
      { insetMm: 0, z: 0.7, slot: 'metal' },
      { insetMm: 0, z: -0.7, slot: 'metal' },
      { insetMm: 0.2, z: -0.86, slot: 'metal' },
    ],
    frontSlot: 'metal',
    backSlot: 'metal',
    edgeMm: 0.9,
  });
  const tube = crossTube(0.95, widthMm - 0.1, 0.5, thicknessMm / 2);
  const buckle = slidingClasp(widthMm, thicknessMm, claspMm, (p) => clasp.map(vec3(middle + p.x, p.y, p.z)));
  const origin = clasp.map(vec3(middle, 0, 0));
  return {
    name: 'strap',
    children: [
      {
        name: 'strap_band',
        surfaces: bySlot([
          {
            slot: 'mesh',
            surface: merge([
              milaneseBand(widthMm, thicknessMm, fixedEnd, fixed.map),
              milaneseBand(widthMm, thicknessMm, middle + claspMm / 2 + freeEndMm, free.map),
            ]),
          },
          { slot: 'metal', surface: merge([deform(tube, fixed.map), deform(tube, free.map)]) },
          ...mapParts(endCap, (surface) =>
            deform(surface, ({ x, y, z }) => fixed.map(vec3(fixedEnd + x, y, thicknessMm / 2 + z))),
          ),
        ]),
      },
      {
        name: 'buckle',
        translationMm: origin,
        surfaces: bySlot(mapParts(buckle, (surface) => translate(surface, scale(origin, -1)))),
      },
    ],
  };
}
