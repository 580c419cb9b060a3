import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import type { HoopCircle } from '../parts/twisted-hoop.ts';
import type { Surface } from '../geometry/surface.ts';
import { hoopFrame, hoopTube, twist } from '../parts/twisted-hoop.ts';
import { hoopHinge } from '../parts/hoop-hinge.ts';
import { merge, mirrorX, translate } from '../geometry/surface.ts';
import { polishedGold, roseGold } from '../materials/metals.ts';
import { radians, scale, smoothstep, vec3 } from '../geometry/vector.ts';
import { wire } from '../geometry/sweep.ts';

/** Sizes of Orbe in millimetres and degrees; angles run from the hoop's top forwards and down. */
export const orbeSize = {
  outerMm: 24,
  tubeMm: 2.2,
  /** Of the tube where it meets the ear: it grows to its full size before the twist. */
  tipMm: 1.7,
  postMm: 0.9,
  frontDeg: 19.5,
  twistFromDeg: 64,
  twistToDeg: 184,
  hingeDeg: 198,
  backDeg: 340.5,
  lobeMm: 4,
} as const;

/** The hoop stands round the lobe: its middle plane halves the lobe's 4 mm, its post runs through the piercing. */
const postRadiusMm = orbeSize.outerMm / 2 - orbeSize.tipMm / 2;
const circle: HoopCircle = {
  centre: vec3(0, -Math.sqrt(postRadiusMm ** 2 - (orbeSize.lobeMm / 2) ** 2), -orbeSize.lobeMm / 2),
  outerRadiusMm: orbeSize.outerMm / 2,
};

function tubeRadiusMm(deg: number): number {
  const fromTop = Math.min(deg, 360 - deg);
  const thin = 1 - smoothstep(orbeSize.frontDeg, orbeSize.twistFromDeg + 8, fromTop);
  return (orbeSize.tubeMm - (orbeSize.tubeMm - orbeSize.tipMm) * thin) / 2;
}

/** The post is bent on the hoop's own circle and closes with a click: a bead behind a fine groove. */
function post(): Surface {
  const from = orbeSize.backDeg - 360 - 3.6;
  const to = orbeSize.frontDeg + 3;
  const count = 48;
  const path = Array.from({ length: count }, (_, i) => {
    const deg = to + ((from - to) * i) / (count - 1);
    return hoopFrame(circle, deg, orbeSize.tipMm / 2).origin;
  });
  const length = radians(to - from) * postRadiusMm;
  return wire(
    path,
    vec3(1, 0, 0),
    (k) => {
      const fromEnd = (1 - k) * length;
      const groove = Math.exp(-(((fromEnd - 0.5) / 0.16) ** 2));
      const r = orbeSize.postMm / 2 - 0.1 * groove;
      return { halfWidthMm: r, halfHeightMm: r };
    },
    { around: 16 },
  );
}

/** Aurelle Orbe: a hoop whose lower front third is twisted like a rope of light; its back third opens on a hidden hinge. */
export function orbe(): PieceSpec {
  const hinge = hoopHinge({
    circle,
    atDeg: orbeSize.hingeDeg,
    inMm: orbeSize.tubeMm / 2,
    radiusMm: 0.98,
    widthMm: 1.5,
    reachMm: 1.6,
  });
  const gapDeg = 5.9;
  const front = hoopTube({
    circle,
    fromDeg: orbeSize.frontDeg,
    toDeg: orbeSize.hingeDeg - gapDeg,
    stepDeg: 1.05,
    around: 50,
    radiusMm: tubeRadiusMm,
    flutes: twist(orbeSize.twistFromDeg, orbeSize.twistToDeg, 2.4, 0.3, 16),
  });
  const back = hoopTube({
    circle,
    fromDeg: orbeSize.hingeDeg + gapDeg,
    toDeg: orbeSize.backDeg,
    stepDeg: 3.4,
    around: 36,
    radiusMm: tubeRadiusMm,
    hole: { radiusMm: orbeSize.postMm / 2 + 0.04, depthMm: 1.4 },
  });
  const pin = hoopFrame(circle, orbeSize.hingeDeg, orbeSize.tubeMm / 2).origin;
  const fixed = merge([front, hinge.fixed, post()]);
  const moving = translate(merge([back, hinge.moving]), scale(pin, -1));
  const earring = (side: 'left' | 'right'): PartNode => {
    const own = (surface: Surface): Surface => (side === 'left' ? surface : mirrorX(surface));
    return {
      name: `earring_${side}`,
      translationMm: vec3(side === 'left' ? 14 : -14, 0, 0),
      children: [
        { name: `earring_${side}_hoop`, surfaces: [{ slot: 'metal', surface: own(fixed) }] },
        {
          name: `earring_${side}_back`,
          translationMm: pin,
          surfaces: [{ slot: 'metal', surface: own(moving) }],
        },
      ],
    };
  };
  return {
    id: 'orbe',
    maison: 'aurelle',
    root: { name: 'orbe', children: [earring('left'), earring('right')] },
    shared: {},
    variants: [
      { name: 'yellow-gold', materials: { metal: polishedGold } },
      { name: 'rose-gold', materials: { metal: roseGold } },
    ],
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'earrings',
      anchor: 'earlobes',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { lengthMm: orbeSize.outerMm, widthMm: orbeSize.tubeMm },
      // About +x the top of the back third would come forwards; it opens away from the lobe.
      moving: (['left', 'right'] as const).map((side) => ({
        node: `earring_${side}_back`,
        joint: 'hinge',
        axis: [1, 0, 0],
        limits: [-55, 0],
      })),
      engraveable: [{ node: 'earring_left_back', areaMm: [12, 1.2] }],
    },
  };
}
