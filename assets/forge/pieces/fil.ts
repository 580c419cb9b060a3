import type { PartInstance, PieceSpec } from '../document/piece-spec.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { bail } from '../parts/bail.ts';
import { housePear } from '../geometry/pear-cut.ts';
import { jumpRing, layLinks, link, linkPitchMm } from '../parts/chain.ts';
import { litDiamond } from '../materials/diamond-fire.ts';
import { litPear } from '../parts/lit-stone.ts';
import { lobsterClasp, lobsterReachMm } from '../parts/lobster-clasp.ts';
import { merge, translate } from '../geometry/surface.ts';
import { openCurve, pathLength } from '../geometry/spline.ts';
import { pearBezel } from '../parts/pear-bezel.ts';
import { polishedGold, roseGold } from '../materials/metals.ts';
import { quaternionAboutX } from '../geometry/turn.ts';
import { vec3 } from '../geometry/vector.ts';

/** Sizes of Fil in millimetres. The chain's length is the necklace's: links and clasp together. */
export const filSize = {
  chainMm: 450,
  shortestMm: 420,
  link: { lengthMm: 1.7, widthMm: 1.1, wireMm: 0.3 },
  pearLengthMm: 8,
  pearWidthMm: 5,
  bezelWallMm: 0.5,
  bezelDepthMm: 2.62,
} as const;

/** Place of the middle of the pear's broad end: it hangs below the bail and stands off the skin. */
const stonePlace = vec3(0, -10.25, 1);

const bailShape = {
  topMm: 0.56,
  dropMm: 3.9,
  depthMm: 2.7,
  topWidthMm: 2,
  bottomWidthMm: 0.6,
  thicknessMm: 0.45,
} as const;

/** Half of the default drape in a plane: across, and from the pit of the neck backwards. */
const drape = [
  [0, 150],
  [24, 150],
  [56, 142],
  [65, 106],
  [55, 66],
  [33, 28],
  [9, 4],
  [0, 0],
] as const;

/** The way of the chain from the clasp's left round the front to its right, leaning up towards the nape. */
function drapePath(): Vec3[] {
  const clasp = lobsterReachMm.ring;
  let size = 1;
  let path: Vec3[] = [];
  for (let round = 0; round < 12; round += 1) {
    const side = (sign: 1 | -1): Vec3[] =>
      drape.map(([across, back], i) => {
        const depth = back * size;
        const x = i === 0 ? clasp : i === 1 ? clasp + across * size : across * size;
        return vec3(sign * x, depth * 0.46, -depth * 0.888);
      });
    const control = [...side(1), ...side(-1).toReversed().slice(1)];
    const curve = openCurve(control, 1201);
    const middle = curve[600] ?? vec3(0, 0, 0);
    path = curve.map((p) => vec3(p.x, p.y - middle.y, p.z - middle.z));
    size *= (filSize.chainMm - 2 * clasp) / pathLength(path);
  }
  return path;
}

/** The links in order; the one at which the necklace closes shorter is wider, to take the hook. */
function chainLinks(): PartInstance[] {
  const pitchMm = linkPitchMm(filSize.link);
  const links = layLinks(drapePath(), { pitchMm, up: vec3(0, 1, 0) });
  const shorter = Math.round((filSize.chainMm - filSize.shortestMm) / pitchMm);
  return links.map((one, i) => (i === shorter ? { ...one, scale: 1.35 } : one));
}

/** Aurelle Fil: a pear in a bezel on the finest cable chain. */
export function fil(): PieceSpec {
  const { pearLengthMm, pearWidthMm } = filSize;
  const bezel = pearBezel({
    lengthMm: pearLengthMm,
    widthMm: pearWidthMm,
    girdleMm: housePear.girdlePart * pearWidthMm,
    depthMm: filSize.bezelDepthMm,
    wallMm: filSize.bezelWallMm,
  });
  const ring = translate(jumpRing(1.7, 0.42, { steps: 24, around: 10 }), vec3(0, -4.1, 0));
  const setting = merge([bail(bailShape), ring, translate(bezel, stonePlace)]);
  const back = drapePath()[0] ?? vec3(0, 0, 0);
  const ys = setting.vertices.map(({ position }) => position.y);
  const pendantLengthMm = Math.round((Math.max(...ys) - Math.min(...ys)) * 10) / 10;
  return {
    id: 'fil',
    maison: 'aurelle',
    root: {
      name: 'fil',
      children: [
        { name: 'chain', share: 'link', instances: chainLinks() },
        {
          name: 'pendant',
          children: [
            { name: 'pendant_setting', surfaces: [{ slot: 'metal', surface: setting }] },
            {
              name: 'pendant_stone',
              translationMm: stonePlace,
              rotation: quaternionAboutX(90),
              surfaces: litPear(pearLengthMm, pearWidthMm),
            },
          ],
        },
        {
          name: 'clasp',
          translationMm: vec3(0, back.y, back.z),
          surfaces: [{ slot: 'metal', surface: lobsterClasp() }],
        },
      ],
    },
    shared: {
      link: {
        slot: 'metal',
        surface: link(filSize.link, { steps: 12, around: 5 }),
        far: link(filSize.link, { steps: 5, around: 3 }),
      },
    },
    variants: [
      { name: 'yellow-gold', materials: { metal: polishedGold, ...litDiamond } },
      { name: 'rose-gold', materials: { metal: roseGold, ...litDiamond } },
    ],
    textureMm: {},
    extras: {
      schemaVersion: 1,
      category: 'necklace',
      anchor: 'neckBase',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { chainLengthMm: filSize.chainMm, shortestMm: filSize.shortestMm, pendantLengthMm },
      moving: [{ node: 'pendant', joint: 'pendulum', axis: [0, -1, 0], limits: [-60, 60] }],
      engraveable: [],
    },
  };
}
