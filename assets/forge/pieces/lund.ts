import type { PartSurface, PieceSpec } from '../document/piece-spec.ts';
import type { BagForm } from '../parts/bag-body.ts';
import type { FlapForm } from '../parts/bag-flap.ts';
import type { Surface } from '../geometry/surface.ts';
import { bagBody, bodySeams, fittedWidth } from '../parts/bag-body.ts';
import { bagFlap, onFlap } from '../parts/bag-flap.ts';
import { calf, edgePaint, linenThread, suede } from '../materials/leather.ts';
import { foot, lockPlate, lockTurn, squareRing } from '../parts/metal-furniture.ts';
import { leatherPiece } from '../parts/leather-piece.ts';
import { leatherTileMm } from '../textures/leather-grain.ts';
import { bySlot, shifted } from '../parts/slots.ts';
import { merge, place, translate } from '../geometry/surface.ts';
import { paleGold, whiteGold } from '../materials/metals.ts';
import { ringTab } from '../parts/ring-tab.ts';
import { rolledHandle } from '../parts/rolled-handle.ts';
import { roundedPolygon } from '../geometry/rounded-polygon.ts';
import { add, scale, sub, vec3 } from '../geometry/vector.ts';
import { stitchesFrom, stitchThread, stitchThreadFar } from '../parts/saddle-stitch.ts';

/** Lund's sizes in millimetres, its foot on y = 0: what its test measures again on the geometry. */
export const lundSize = { widthMm: 240, heightMm: 180, depthMm: 100, handleDropMm: 110 } as const;

const form: BagForm = fittedWidth({
  bottomWidthMm: lundSize.widthMm,
  topWidthMm: 214,
  heightMm: 171,
  bottomDepthMm: lundSize.depthMm,
  topDepthMm: 64,
  bottomCornerMm: 20,
  topCornerMm: 7,
  panelMm: 3.4,
  gussetMm: 1.6,
  marginMm: 3,
  sagMm: 25,
  bulgeMm: 1.9,
  seamMm: 4.2,
});

const flapForm: FlapForm = {
  thicknessMm: 2.8,
  topMm: lundSize.heightMm,
  backToMm: 138,
  frontToMm: 88,
  backWidthMm: 206,
  frontWidthMm: 211,
  frontCornerMm: 36,
  dipMm: 7,
  droopMm: 1.6,
};

const ringAtX = 52;
const barMm = 3.2;
const ring = { widthMm: 20.5, heightMm: 13.5 };
const lipMm = 9;
const tab = { widthMm: 17, thicknessMm: 1.9, reachMm: 23 };

/** Norde Lund: a structured bag of full-grain calf with one rolled handle, a flap and a turn-lock. */
export function lund(): PieceSpec {
  const flap = bagFlap(form, flapForm);
  const barY = lundSize.heightMm + barMm / 2 + 0.1;
  const upperBarY = barY + ring.heightMm;
  const endY = upperBarY - barMm / 2 - 2.2;
  const apexY = lundSize.heightMm + lundSize.handleDropMm + lipMm;
  const rise = apexY - endY;
  const handle = rolledHandle({
    path: [
      [-1, 0],
      [-1.01, 0.13],
      [-1.03, 0.27],
      [-1.0, 0.5],
      [-0.86, 0.76],
      [-0.58, 0.95],
      [-0.2, 1.005],
      [0.2, 1.005],
      [0.58, 0.95],
      [0.86, 0.76],
      [1.0, 0.5],
      [1.03, 0.27],
      [1.01, 0.13],
      [1, 0],
    ].map(([x = 0, y = 0]) => vec3(x * ringAtX, y * rise + endY - apexY, 0)),
    up: vec3(-1, 0, 0),
    radiusMm: 6.2,
    lipMm,
    lipThickMm: 3.6,
    endWidthMm: 15,
    barAtMm: upperBarY - endY,
    barMm,
  });
  const one = ringTab(tab, barMm, lundSize.heightMm);
  /** The highest place of the handle's underside, by which a hand carries it, over the bag's foot. */
  const apex = vec3(0, apexY, 0);
  const rings = merge(
    [-ringAtX, ringAtX].map((x) =>
      translate(
        squareRing(ring.widthMm, ring.heightMm, 4.2, barMm),
        vec3(x, (barY + upperBarY) / 2 - apexY, 0),
      ),
    ),
  );
  const lock = onFlap(flap, 24, flapForm.thicknessMm / 2);
  const onBody = (surface: Surface): Surface => translate(surface, scale(apex, -1));
  const inApex = (parts: readonly PartSurface[]): PartSurface[] =>
    parts.map(({ slot, surface }) => ({ slot, surface: onBody(surface) }));
  const base = leatherPiece({
    outline: roundedPolygon(
      [
        { x: -104, y: 38, radiusMm: 12 },
        { x: -104, y: -38, radiusMm: 12 },
        { x: 104, y: -38, radiusMm: 12 },
        { x: 104, y: 38, radiusMm: 12 },
      ],
      6,
    ),
    thicknessMm: 1.8,
    edgeMm: 0.75,
    map: ({ x, y, z }) => vec3(x, form.marginMm - z, y),
  });
  const feet = merge(
    [-90, 90].flatMap((x) =>
      [-29, 29].map((z) => translate(foot(6.5, 6.5), vec3(x, form.marginMm - 0.6, z))),
    ),
  );
  const hingeMm = vec3(0, form.heightMm - apexY, -form.topDepthMm / 2 - 1.5);
  const fromHinge = (parts: readonly PartSurface[]): PartSurface[] => shifted(parts, scale(hingeMm, -1));
  const pivotMm = vec3(0, barY - apexY, 0);
  const tabSeams = [-ringAtX, ringAtX].flatMap((x) =>
    one.seams.map((seam) => seam.map(({ place: p, normal }) => ({ place: vec3(p.x + x, p.y, p.z), normal }))),
  );
  const metalTurn = place(lockTurn(25, 8.4), { ...lock, origin: vec3(0, 0, 0) });
  const lockOrigin = sub(sub(lock.origin, apex), hingeMm);
  return {
    id: 'lund',
    maison: 'norde',
    root: {
      name: 'lund',
      children: [
        {
          name: 'body',
          surfaces: bySlot(inApex([...bagBody(form), ...base, { slot: 'metal', surface: feet }])),
          children: [
            {
              name: 'body_stitches',
              share: 'stitch',
              instances: stitchesFrom(bodySeams(form), apex),
            },
            {
              name: 'flap',
              translationMm: hingeMm,
              surfaces: bySlot(
                fromHinge(
                  inApex([
                    ...flap.parts,
                    ...[-ringAtX, ringAtX].flatMap((x) => shifted(one.parts, vec3(x, 0, 0))),
                    { slot: 'metal', surface: place(lockPlate(46, 23), lock) },
                  ]),
                ),
              ),
              children: [
                {
                  name: 'turnlock',
                  translationMm: lockOrigin,
                  surfaces: [{ slot: 'metal', surface: metalTurn }],
                },
                {
                  name: 'flap_stitches',
                  share: 'stitch',
                  instances: stitchesFrom([flap.seam, ...tabSeams], add(apex, hingeMm)),
                },
                {
                  name: 'handle',
                  translationMm: sub(pivotMm, hingeMm),
                  surfaces: bySlot(
                    shifted([...handle.parts, { slot: 'metal', surface: rings }], scale(pivotMm, -1)),
                  ),
                  children: [
                    {
                      name: 'handle_stitches',
                      share: 'stitch',
                      instances: stitchesFrom(handle.seams, pivotMm),
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    shared: { stitch: { slot: 'thread', surface: stitchThread(), far: stitchThreadFar() } },
    variants: [
      {
        name: 'black',
        materials: {
          leather: calf('black calf', [0.016, 0.0158, 0.0155], [0.04, 0.04, 0.041], 0.42),
          edge: edgePaint('black edge', [0.008, 0.008, 0.008]),
          lining: suede('graphite suede', [0.06, 0.058, 0.056], [0.06, 0.06, 0.06]),
          thread: linenThread('graphite thread', [0.1, 0.098, 0.096]),
          metal: whiteGold,
        },
      },
      {
        name: 'cognac',
        materials: {
          leather: calf('cognac calf', [0.25, 0.082, 0.022], [0.06, 0.035, 0.022], 0.46),
          edge: edgePaint('cognac edge', [0.1, 0.032, 0.011]),
          lining: suede('sand suede', [0.32, 0.23, 0.15], [0.1, 0.08, 0.06]),
          thread: linenThread('honey thread', [0.5, 0.27, 0.1]),
          metal: paleGold,
        },
      },
    ],
    textureMm: { leather: leatherTileMm },
    extras: {
      schemaVersion: 1,
      category: 'bag',
      anchor: 'hand',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { ...lundSize },
      moving: [
        { node: 'flap', joint: 'hinge', axis: [1, 0, 0], limits: [-150, 0] },
        { node: 'turnlock', joint: 'hinge', axis: [lock.z.x, lock.z.y, lock.z.z], limits: [0, 90] },
        { node: 'handle', joint: 'hinge', axis: [1, 0, 0], limits: [-70, 70] },
      ],
      engraveable: [{ node: 'flap', areaMm: [40, 8] }],
    },
  };
}
