import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import { milledTemple } from '../parts/milled-temple.ts';
import { barrelHinge } from '../parts/barrel-hinge.ts';
import { barrel, dome } from '../geometry/lathe.ts';
import { clearLens } from '../materials/lenses.ts';
import { fjordFaceShade, fjordFront, fjordFrontBend, fjordLens, fjordSize } from './fjord-front.ts';
import { merge, mirrorX, place, shadeFaces, translate } from '../geometry/surface.ts';
import { nickelSilver, paleGold } from '../materials/metals.ts';
import { quaternionAboutX, turnAboutX } from '../geometry/turn.ts';
import { radians, smoothstep, vec3 } from '../geometry/vector.ts';
import { sheetFrame } from '../parts/front-frame.ts';
import { smokeCrystalAcetate, tortoiseAcetate, tortoiseTempleAcetate } from '../materials/acetate.ts';
import { templeLine } from '../parts/temple-line.ts';
import { tortoiseSheetMm } from '../textures/tortoise.ts';
import { widthOf } from './measure.ts';

const hingeAcrossMm = 63.6;
const hingeUpMm = 5.2;
const pinBehindMm = 1.55;
const templeInnerMm = 1.35;
const headThicknessMm = 4.2;
const headRiseMm = 0.3;

const upright = { x: vec3(1, 0, 0), y: vec3(0, 1, 0), z: vec3(0, 0, 1) };
/** Lathed parts stand on y; this lays them so that they point out of the temple's outer face. */
const outOfTemple = { x: vec3(0, 0, 1), y: vec3(1, 0, 0), z: vec3(0, 1, 0) };

function templeHeightMm(alongMm: number): number {
  const slim = 8.8 - 3.2 * smoothstep(-2, 62, alongMm);
  return slim + 1.5 * smoothstep(84, 130, alongMm);
}

function templeThicknessMm(alongMm: number): number {
  return headThicknessMm - 1.0 * smoothstep(20, 120, alongMm);
}

/** A rivet: a flush domed head on its shank, along +y from the face it closes. */
function rivet(shankMm: number): Surface {
  return merge([dome(0.85, 0.24, 0.05, 20), translate(barrel(0.42, -shankMm, 0, 0.05, 12), vec3(0, 0, 0))]);
}

/** Norde Fjord 51: an optical frame of milled acetate. */
export function fjord51(): PieceSpec {
  const bend = fjordFrontBend();
  const half = fjordSize.frontThicknessMm / 2;
  const back = sheetFrame(bend, vec3(hingeAcrossMm, hingeUpMm, -half));
  const pinFrame = {
    ...back,
    origin: sheetFrame(bend, vec3(hingeAcrossMm, hingeUpMm, -half - pinBehindMm)).origin,
  };
  const pin = turnAboutX(pinFrame.origin, fjordSize.pantoscopicDeg);
  const facing = turnAboutX(back.z, fjordSize.pantoscopicDeg);

  const hinge = barrelHinge({
    barrels: 7,
    heightMm: 7,
    radiusMm: 1.15,
    frontReachMm: pinBehindMm,
    templeReachMm: templeInnerMm,
    templeArms: 'side',
    templePlateLengthMm: 11,
    frontPlateWidthMm: 4.6,
    plateTallerMm: 0.6,
  });
  const frontHinge = place(hinge.front, pinFrame);
  const tilt = fjordSize.pantoscopicDeg;
  const templeHinge = merge([
    place(hinge.temple, {
      origin: vec3(0, 0, 0),
      x: upright.x,
      y: turnAboutX(upright.y, tilt),
      z: turnAboutX(upright.z, tilt),
    }),
    hinge.templePlate,
  ]);

  const offsetXMm = templeInnerMm + headThicknessMm / 2;
  const line = templeLine({
    lengthMm: fjordSize.templeLengthMm,
    bendAtMm: 95,
    bendLengthMm: 16,
    bendDeg: 44,
    offsetXMm,
    offsetYMm: headRiseMm,
    bowMm: 1.2,
    tipInMm: 3.5,
  });
  const gapMm = 0.1;
  const headZ = (pinBehindMm - facing.x * offsetXMm - facing.y * headRiseMm) / facing.z - gapMm;
  const clearTemple = milledTemple({
    line,
    fromMm: -headZ,
    toMm: fjordSize.templeLengthMm,
    heightMm: templeHeightMm,
    thicknessMm: templeThicknessMm,
    edgeMm: 1.3,
    tipMm: 9,
    mitre: { perX: -facing.x / facing.z, perY: -facing.y / facing.z },
  });
  const temple = shadeFaces(clearTemple, fjordFaceShade, (normal) => Math.abs(normal.x));
  const core = milledTemple({
    line,
    fromMm: 2.5,
    toMm: 133,
    heightMm: (l) => 3.4 - 1.3 * smoothstep(0, 70, l) + 0.7 * smoothstep(80, 125, l),
    thicknessMm: () => 1.1,
    edgeMm: 0.35,
    tipMm: 5,
    mitre: { perX: 0, perY: 0 },
  });
  const templeRivets = [-5.2, -9].map((z) => {
    const at = line(-z);
    return place(rivet(headThicknessMm - 0.5), {
      origin: vec3(at.centre.x + templeThicknessMm(-z) / 2 - 0.02, at.centre.y, z),
      ...outOfTemple,
    });
  });
  const frontRivets = [-1.7, 1.7].map((rise) => {
    const frame = sheetFrame(bend, vec3(hingeAcrossMm + 1.5, hingeUpMm + 0.2 + rise, half));
    return place(rivet(fjordSize.frontThicknessMm - 0.4), {
      origin: frame.origin,
      x: frame.y,
      y: frame.z,
      z: frame.x,
    });
  });
  const frontMetal = merge([frontHinge, ...frontRivets]);
  const templeMetal = merge([templeHinge, ...templeRivets]);
  const front = fjordFront();
  const lens = fjordLens();

  const templeNode = (side: 'left' | 'right'): PartNode => {
    const own = (surface: Surface): Surface => (side === 'left' ? surface : mirrorX(surface));
    return {
      name: `temple_${side}`,
      translationMm: side === 'left' ? pin : vec3(-pin.x, pin.y, pin.z),
      children: [
        { name: `temple_${side}_core`, surfaces: [{ slot: 'core', surface: own(core) }] },
        { name: `temple_${side}_hinge`, surfaces: [{ slot: 'hinge', surface: own(templeMetal) }] },
        { name: `temple_${side}_acetate`, surfaces: [{ slot: 'temple', surface: own(temple) }] },
      ],
    };
  };
  const axis: [number, number, number] = [0, Math.cos(radians(tilt)), Math.sin(radians(tilt))];
  const common = { lens: clearLens };
  return {
    id: 'fjord-51',
    maison: 'norde',
    root: {
      name: 'fjord-51',
      children: [
        {
          name: 'front',
          rotation: quaternionAboutX(tilt),
          children: [
            { name: 'front_frame', surfaces: [{ slot: 'acetate', surface: front }] },
            {
              name: 'front_hinges',
              surfaces: [{ slot: 'hinge', surface: merge([frontMetal, mirrorX(frontMetal)]) }],
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
        name: 'tortoise',
        materials: {
          ...common,
          acetate: tortoiseAcetate,
          temple: tortoiseTempleAcetate,
          hinge: paleGold,
          core: paleGold,
        },
      },
      {
        name: 'smoke',
        materials: {
          ...common,
          acetate: smokeCrystalAcetate,
          temple: smokeCrystalAcetate,
          hinge: nickelSilver,
          core: nickelSilver,
        },
      },
    ],
    textureMm: { acetate: tortoiseSheetMm, temple: tortoiseSheetMm },
    extras: {
      schemaVersion: 1,
      category: 'eyewear',
      anchor: 'noseBridge',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: {
        lensWidthMm: fjordSize.lensWidthMm,
        lensHeightMm: fjordSize.lensHeightMm,
        bridgeWidthMm: fjordSize.bridgeWidthMm,
        templeLengthMm: fjordSize.templeLengthMm,
        frameWidthMm: widthOf(front),
        pantoscopicDeg: fjordSize.pantoscopicDeg,
        wrapDeg: fjordSize.wrapDeg,
      },
      moving: [
        { node: 'temple_left', joint: 'hinge', axis, limits: [-8, 92] },
        { node: 'temple_right', joint: 'hinge', axis, limits: [-92, 8] },
      ],
      engraveable: [{ node: 'temple_left_core', areaMm: [40, 2] }],
    },
  };
}
