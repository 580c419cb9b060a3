import type { PartInstance, PartNode, PartSurface, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import { barrelHinge } from '../parts/barrel-hinge.ts';
import { blushAcetate } from '../materials/acetate.ts';
import { clearLens, polishedLensEdge } from '../materials/lenses.ts';
import { cross, radians, smoothstep, vec3 } from '../geometry/vector.ts';
import { silicone } from '../materials/small-parts.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { haloBridge, haloLens, haloSide, haloSize } from './halo-front.ts';
import { litBrilliant } from '../parts/lit-stone.ts';
import { litSmallDiamond } from '../materials/diamond-fire.ts';
import { merge, mirrorX, place, translate } from '../geometry/surface.ts';
import { milledTemple } from '../parts/milled-temple.ts';
import { quaternionAboutX, turnAboutX } from '../geometry/turn.ts';
import { roseGold, whiteGold } from '../materials/metals.ts';
import { templeLine } from '../parts/temple-line.ts';
import { widthOf } from './measure.ts';

const offsetXMm = 1.5;
const noMitre = { perX: 0, perY: 0 };

/** Aurelle Halo 54: drilled lenses held by gold, twelve brilliants on its end pieces. */
export function halo54(): PieceSpec {
  const tilt = haloSize.pantoscopicDeg;
  const side = haloSide();
  const pin = turnAboutX(side.pin, tilt);
  const hinge = barrelHinge({
    barrels: 3,
    heightMm: 2.1,
    radiusMm: 0.8,
    frontReachMm: 1.5,
    templeReachMm: 0.95,
    templeArms: 'side',
    templePlateLengthMm: 6.5,
    frontPlateWidthMm: 2,
    plateTallerMm: -0.1,
  });
  const frontMetal = merge([side.metal, translate(hinge.front, side.pin)]);
  const line = templeLine({
    lengthMm: haloSize.templeLengthMm,
    bendAtMm: 92,
    bendLengthMm: 18,
    bendDeg: 43,
    offsetXMm,
    offsetYMm: 0,
    bowMm: 1,
    tipInMm: 3.5,
  });
  const arm = milledTemple({
    line,
    fromMm: -0.7,
    toMm: 106,
    heightMm: (l) => 2.1 + 0.7 * smoothstep(0, 22, l) - 1.3 * smoothstep(24, 84, l),
    thicknessMm: (l) => 1.3 - 0.1 * smoothstep(10, 60, l),
    edgeMm: 0.42,
    tipMm: 2,
    mitre: noMitre,
  });
  const tip = milledTemple({
    line,
    fromMm: 80,
    toMm: haloSize.templeLengthMm,
    heightMm: (l) => 2.7 + 1.9 * smoothstep(82, 126, l),
    thicknessMm: (l) => 2.1 + 0.5 * smoothstep(82, 126, l),
    edgeMm: 0.95,
    tipMm: 6,
    mitre: noMitre,
  });
  const templeMetal = merge([
    place(hinge.temple, {
      origin: vec3(0, 0, 0),
      x: vec3(1, 0, 0),
      y: turnAboutX(vec3(0, 1, 0), tilt),
      z: turnAboutX(vec3(0, 0, 1), tilt),
    }),
    arm,
  ]);
  const lens = haloLens();
  const lensSurfaces = (own: (surface: Surface) => Surface): PartSurface[] => [
    { slot: 'lens', surface: own(lens.faces) },
    { slot: 'lensEdge', surface: own(lens.edge) },
  ];
  const templeNode = (name: 'left' | 'right'): PartNode => {
    const own = (surface: Surface): Surface => (name === 'left' ? surface : mirrorX(surface));
    return {
      name: `temple_${name}`,
      translationMm: name === 'left' ? pin : vec3(-pin.x, pin.y, pin.z),
      children: [
        { name: `temple_${name}_arm`, surfaces: [{ slot: 'metal', surface: own(templeMetal) }] },
        { name: `temple_${name}_tip`, surfaces: [{ slot: 'tip', surface: own(tip) }] },
      ],
    };
  };
  const stones = [1, -1].flatMap((flip) =>
    side.seats.map((seat): PartInstance => {
      const y = vec3(seat.y.x * flip, seat.y.y, seat.y.z);
      const x = vec3(seat.x.x * flip, seat.x.y, seat.x.z);
      return {
        translationMm: vec3(seat.origin.x * flip, seat.origin.y, seat.origin.z),
        rotation: frameQuaternion(x, y, cross(x, y)),
      };
    }),
  );
  const metal = merge([haloBridge(), frontMetal, mirrorX(frontMetal)]);
  const axis: [number, number, number] = [0, Math.cos(radians(tilt)), Math.sin(radians(tilt))];
  return {
    id: 'halo-54',
    maison: 'aurelle',
    root: {
      name: 'halo-54',
      children: [
        {
          name: 'front',
          rotation: quaternionAboutX(tilt),
          children: [
            { name: 'front_frame', surfaces: [{ slot: 'metal', surface: metal }] },
            {
              name: 'nose_pads',
              surfaces: [{ slot: 'pads', surface: merge([side.silicone, mirrorX(side.silicone)]) }],
            },
            { name: 'lens_left', surfaces: lensSurfaces((surface) => surface) },
            { name: 'lens_right', surfaces: lensSurfaces(mirrorX) },
            { name: 'stones', surfaces: litBrilliant(haloSize.stoneMm, 'small'), instances: stones },
          ],
        },
        templeNode('left'),
        templeNode('right'),
      ],
    },
    shared: {},
    variants: [
      {
        name: 'rose-gold',
        materials: {
          metal: roseGold,
          lens: clearLens,
          lensEdge: polishedLensEdge,
          pads: silicone,
          tip: blushAcetate,
          ...litSmallDiamond,
        },
      },
      {
        name: 'white-gold',
        materials: {
          metal: whiteGold,
          lens: clearLens,
          lensEdge: polishedLensEdge,
          pads: silicone,
          tip: blushAcetate,
          ...litSmallDiamond,
        },
      },
    ],
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'eyewear',
      anchor: 'noseBridge',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: {
        lensWidthMm: haloSize.lensWidthMm,
        lensHeightMm: haloSize.lensHeightMm,
        bridgeWidthMm: haloSize.bridgeWidthMm,
        templeLengthMm: haloSize.templeLengthMm,
        frameWidthMm: widthOf(metal),
        pantoscopicDeg: tilt,
        wrapDeg: haloSize.wrapDeg,
      },
      moving: [
        { node: 'temple_left', joint: 'hinge', axis, limits: [-8, 92] },
        { node: 'temple_right', joint: 'hinge', axis, limits: [-92, 8] },
      ],
      engraveable: [{ node: 'temple_left_arm', areaMm: [30, 1.4] }],
    },
  };
}
