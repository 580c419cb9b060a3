import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import { barrelHinge } from '../parts/barrel-hinge.ts';
import { blackAcetate } from '../materials/acetate.ts';
import { blueMirrorLens, greenGradientLens } from '../materials/lenses.ts';
import { gunmetal, polishedGold } from '../materials/metals.ts';
import { merge, mirrorX, place, translate } from '../geometry/surface.ts';
import { meridianBridges, meridianLens, meridianSide, meridianSize } from './meridian-front.ts';
import { milledTemple } from '../parts/milled-temple.ts';
import { quaternionAboutX, turnAboutX } from '../geometry/turn.ts';
import { radians, smoothstep, vec3 } from '../geometry/vector.ts';
import { roundedBox } from '../parts/rounded-box.ts';
import { silicone } from '../materials/small-parts.ts';
import { templeLine } from '../parts/temple-line.ts';
import { widthOf } from './measure.ts';

const springBoxMm = 13;
const offsetXMm = 0.9;
const noMitre = { perX: 0, perY: 0 };

/** Norde Meridian 58: an aviator of titanium wire with a double bridge. */
export function meridian58(): PieceSpec {
  const tilt = meridianSize.pantoscopicDeg;
  const side = meridianSide();
  const pin = turnAboutX(side.pin, tilt);
  const hinge = barrelHinge({
    barrels: 3,
    heightMm: 3.4,
    radiusMm: 0.95,
    frontReachMm: 1.3,
    templeReachMm: 1.9,
    templeArms: 'back',
    templePlateLengthMm: 6,
    frontPlateWidthMm: 2.2,
    plateTallerMm: -0.2,
  });
  const frontMetal = merge([side.metal, translate(hinge.front, side.pin)]);
  const bridges = meridianBridges();
  const line = templeLine({
    lengthMm: meridianSize.templeLengthMm,
    bendAtMm: 92,
    bendLengthMm: 18,
    bendDeg: 44,
    offsetXMm,
    offsetYMm: 0,
    bowMm: 1,
    tipInMm: 3.5,
  });
  const springBox = place(roundedBox(springBoxMm, 3.3, 2.0, 0.55, 1.2), {
    origin: vec3(offsetXMm + 0.05, 0, -1.1 - springBoxMm / 2),
    x: vec3(0, 0, -1),
    y: vec3(0, 1, 0),
    z: vec3(1, 0, 0),
  });
  const arm = milledTemple({
    line,
    fromMm: 9,
    toMm: 104,
    heightMm: (l) => 2.9 - 1.1 * smoothstep(10, 80, l),
    thicknessMm: () => 1.25,
    edgeMm: 0.45,
    tipMm: 2,
    mitre: noMitre,
  });
  const tip = milledTemple({
    line,
    fromMm: 78,
    toMm: meridianSize.templeLengthMm,
    heightMm: (l) => 3.1 + 2.3 * smoothstep(80, 126, l),
    thicknessMm: (l) => 2.3 + 0.5 * smoothstep(80, 126, l),
    edgeMm: 1.05,
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
    springBox,
    arm,
  ]);
  const lens = meridianLens();
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
  const metal = merge([bridges, frontMetal, mirrorX(frontMetal)]);
  const axis: [number, number, number] = [0, Math.cos(radians(tilt)), Math.sin(radians(tilt))];
  return {
    id: 'meridian-58',
    maison: 'norde',
    root: {
      name: 'meridian-58',
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
            { name: 'lens_left', surfaces: [{ slot: 'lens', surface: lens }] },
            { name: 'lens_right', surfaces: [{ slot: 'lens', surface: mirrorX(lens) }] },
          ],
        },
        templeNode('left'),
        templeNode('right'),
      ],
    },
    shared: {},
    variants: [
      {
        name: 'gold-green',
        materials: { metal: polishedGold, lens: greenGradientLens, pads: silicone, tip: blackAcetate },
      },
      {
        name: 'gunmetal-blue',
        materials: { metal: gunmetal, lens: blueMirrorLens, pads: silicone, tip: blackAcetate },
      },
    ],
    textureMm: { lens: { widthMm: meridianSize.lensWidthMm, heightMm: meridianSize.lensHeightMm } },
    extras: {
      schemaVersion: 1,
      category: 'eyewear',
      anchor: 'noseBridge',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: {
        lensWidthMm: meridianSize.lensWidthMm,
        lensHeightMm: meridianSize.lensHeightMm,
        bridgeWidthMm: meridianSize.bridgeWidthMm,
        templeLengthMm: meridianSize.templeLengthMm,
        frameWidthMm: widthOf(metal),
        pantoscopicDeg: tilt,
        wrapDeg: meridianSize.wrapDeg,
      },
      moving: [
        { node: 'temple_left', joint: 'hinge', axis, limits: [-14, 92] },
        { node: 'temple_right', joint: 'hinge', axis, limits: [-92, 14] },
      ],
      engraveable: [{ node: 'temple_left_arm', areaMm: [30, 1.6] }],
    },
  };
}
