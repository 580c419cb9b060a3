import type { PieceSpec } from '../document/piece-spec.ts';
import type { HatForm } from '../parts/hat-form.ts';
import { brimSeam, feltSolid, hatRings, ovalOf, sunk } from '../parts/hat-form.ts';
import { calf, linenThread } from '../materials/leather.ts';
import { feltTileMm } from '../textures/felt.ts';
import { furFelt, grosgrain, satin } from '../materials/felt.ts';
import { grosgrainTileMm } from '../textures/grosgrain.ts';
import { hatBow, hatRing } from '../parts/hat-band.ts';
import { leatherTileMm } from '../textures/leather-grain.ts';
import { measuredUv, skin } from '../geometry/skin.ts';
import { smoothNormals } from '../geometry/smooth-normals.ts';
import { stitchThread, stitchThreadFar, stitchesAlong } from '../parts/saddle-stitch.ts';

const headCircumferenceMm = 570;
const opening = ovalOf(headCircumferenceMm, 1.27);

/** Skive's form: what its test measures again on the geometry. */
export const skiveForm: HatForm = {
  openingHalfLengthMm: opening.halfLength,
  openingHalfWidthMm: opening.halfWidth,
  crownHeightMm: 110,
  brimWidthMm: 70,
  feltMm: 2.4,
  wallMm: 4,
};

const around = 112;
const band = { fromMm: 7.2, heightMm: 35 };
const sweatbandMm = 38;

/** Norde Skive: a wide-brimmed hat of fur felt, pinched in front, its brim dipped before the face and raised at the sides. */
export function skive(): PieceSpec {
  const form = skiveForm;
  const shape = hatRings(form, around);
  // Every second ring of the crown will do for satin that no one sees from nearer than an arm's length.
  const lined = (byMm: number) =>
    sunk(shape, byMm).filter(
      (_, row) => row > shape.wallFrom + 3 && (row % 2 === 0 || row === shape.rings.length - 1),
    );
  const [near, far] = [lined(form.feltMm + 1), lined(form.feltMm + 0.4)];
  const shell = [...near.toReversed(), ...far];
  const seams = [1, -1].flatMap((side) =>
    stitchesAlong(brimSeam(form, shape, 4.5, side > 0 ? 1 : -1), { closed: true, slantDeg: 8, pitchMm: 4.2 }),
  );
  return {
    id: 'skive',
    maison: 'norde',
    root: {
      name: 'skive',
      children: [
        { name: 'felt', surfaces: [{ slot: 'felt', surface: feltSolid(form, shape) }] },
        {
          name: 'band',
          surfaces: [
            {
              slot: 'ribbon',
              surface: hatRing(
                form,
                {
                  fromMm: band.fromMm,
                  toMm: band.fromMm + band.heightMm,
                  outMm: form.wallMm + 0.1,
                  thickMm: 0.8,
                },
                around,
              ),
            },
          ],
        },
        { name: 'bow', surfaces: [{ slot: 'ribbon', surface: hatBow(form, band.fromMm, band.heightMm) }] },
        {
          name: 'sweatband',
          surfaces: [
            {
              slot: 'sweatband',
              surface: hatRing(form, { fromMm: 0, toMm: sweatbandMm, outMm: 0, thickMm: 1.2 }, around),
            },
          ],
        },
        {
          name: 'lining',
          surfaces: [{ slot: 'lining', surface: smoothNormals(skin(shell, measuredUv(shell))) }],
        },
        { name: 'stitches', share: 'stitch', instances: seams },
      ],
    },
    shared: { stitch: { slot: 'thread', surface: stitchThread(3.1, 0.62), far: stitchThreadFar(3.1, 0.62) } },
    variants: [
      {
        name: 'black',
        materials: {
          felt: furFelt('black felt', [0.017, 0.017, 0.018], [0.13, 0.13, 0.14]),
          ribbon: grosgrain('black grosgrain', [0.009, 0.009, 0.01], [0.06, 0.06, 0.065]),
          sweatband: calf('cognac sweatband', [0.22, 0.09, 0.032], [0.08, 0.06, 0.05], 0.5),
          lining: satin('black satin', [0.014, 0.014, 0.016]),
          thread: linenThread('black thread', [0.02, 0.02, 0.022]),
        },
      },
      {
        name: 'bone',
        materials: {
          felt: furFelt('bone felt', [0.42, 0.355, 0.275], [0.13, 0.115, 0.095]),
          ribbon: grosgrain('umber grosgrain', [0.075, 0.047, 0.03], [0.14, 0.11, 0.09]),
          sweatband: calf('cognac sweatband', [0.22, 0.09, 0.032], [0.08, 0.06, 0.05], 0.5),
          lining: satin('bone satin', [0.5, 0.43, 0.34]),
          thread: linenThread('bone thread', [0.5, 0.43, 0.34]),
        },
      },
    ],
    textureMm: { felt: feltTileMm, ribbon: grosgrainTileMm, sweatband: leatherTileMm },
    extras: {
      schemaVersion: 1,
      category: 'hat',
      anchor: 'head',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: {
        headCircumferenceMm,
        crownHeightMm: form.crownHeightMm,
        brimWidthMm: form.brimWidthMm,
      },
      moving: [],
      engraveable: [{ node: 'sweatband', areaMm: [60, 14] }],
    },
  };
}
