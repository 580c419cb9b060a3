import type { BagForm } from '../parts/bag-body.ts';
import type { FlapForm } from '../parts/bag-flap.ts';
import type { PartSurface, PieceSpec } from '../document/piece-spec.ts';
import type { SeamPoint } from '../parts/saddle-stitch.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { bagBody, bodySeams, fittedWidth, panelMap } from '../parts/bag-body.ts';
import { bagFlap, onFlap } from '../parts/bag-flap.ts';
import { barrel } from '../geometry/lathe.ts';
import { bySlot, shifted } from '../parts/slots.ts';
import { calf, edgePaint, linenThread, suede } from '../materials/leather.ts';
import { crossbodyStrap } from '../parts/crossbody-strap.ts';
import { leatherTileMm } from '../textures/leather-grain.ts';
import { mirrorX, place } from '../geometry/surface.ts';
import { paleGold, whiteGold } from '../materials/metals.ts';
import { ribbon } from '../geometry/ribbon.ts';
import { scale, vec2, vec3 } from '../geometry/vector.ts';
import { seamOn, stitchesFrom, stitchThread, stitchThreadFar } from '../parts/saddle-stitch.ts';
import { sheetFrame } from '../parts/front-frame.ts';
import { strapLine, strapStrip, turnRound } from '../parts/strap-strip.ts';
import { clasp } from '../parts/magnet-bar.ts';

/** Strand's sizes in millimetres: what its test measures again on the geometry. */
export const strandSize = { widthMm: 200, heightMm: 130, depthMm: 60, strapLengthMm: 1100 } as const;

const form: BagForm = fittedWidth({
  bottomWidthMm: strandSize.widthMm,
  topWidthMm: 190,
  heightMm: 122,
  bottomDepthMm: strandSize.depthMm,
  topDepthMm: 46,
  bottomCornerMm: 40,
  topCornerMm: 7,
  panelMm: 3.2,
  gussetMm: 1.5,
  marginMm: 2.8,
  sagMm: 3,
  bulgeMm: 2.4,
  seamMm: 4,
});

const flapForm: FlapForm = {
  thicknessMm: 2.7,
  topMm: strandSize.heightMm,
  backToMm: 92,
  frontToMm: 34,
  backWidthMm: 172,
  frontWidthMm: 176,
  frontCornerMm: 50,
  dipMm: 5,
  droopMm: 1,
};

const strapForm = {
  lengthMm: strandSize.strapLengthMm,
  widthMm: 19,
  thicknessMm: 2.5,
  halfSpanMm: 97.6,
  ring: { widthMm: 23, heightMm: 14, wireMm: 3 },
};

/** Height over the bag's foot at which the rings' lower bars are held. */
const barHeightMm = 109;
const tabWidthMm = 17;
const tabMm = 1.9;

/** The tab that holds a ring on the left gusset: sewn on below, turned round the bar. */
function sideTab(bar: Vec3): { parts: PartSurface[]; seams: SeamPoint[][] } {
  // A flat strap that stands upright: x up the gusset, z out of it.
  const outwards = ribbon([vec3(0, -60, 0), vec3(0, 0, 0), vec3(0, 60, 0)], () => vec3(0, 0, -1));
  const r = strapForm.ring.wireMm / 2 + tabMm / 2 + 0.15;
  const lean = (s: number): number => -Math.max(0, -s - 6) * 0.03;
  const line = strapLine(
    [
      ...[0, 0.2, 0.7, 1.5, 2.6, 4, 5.8, 8].map((k) => vec2(-44 + k, r + lean(-44 + k))),
      vec2(-2, r),
      ...turnRound(vec2(0, 0), r, 'end'),
      vec2(-6, -r),
      vec2(-14, -r),
    ],
    5,
  );
  const map = (p: Vec3): Vec3 => {
    const q = outwards.map(vec3(p.x + 60, p.y, p.z));
    return vec3(bar.x + q.x, bar.y + q.y, bar.z + q.z);
  };
  const tip = (i: number): number => {
    const s = (line[i]?.x ?? 0) + 44;
    return i < 9 && s < 8 ? tabWidthMm * (0.16 + 0.84 * Math.sqrt(1 - ((8 - s) / 8) ** 2)) : tabWidthMm;
  };
  const h = tabWidthMm / 2 - 2.5;
  const seam = [
    [-9, h],
    [-36, h],
    [-41, h - 3.5],
    [-41, -h + 3.5],
    [-36, -h],
    [-9, -h],
  ].map(([s = 0, t = 0]) => vec3(s, t, r + lean(s) + tabMm / 2 + 0.1));
  return { parts: strapStrip(line, tip, tabMm, map), seams: [seamOn(map, seam)] };
}

/** Norde Strand: a small soft bag worn across the body, its full flap held by a magnet under a metal bar. */
export function strand(): PieceSpec {
  const flap = bagFlap(form, flapForm);
  const strap = crossbodyStrap(strapForm);
  const footY = strap.lowerBar.y - barHeightMm;
  const bodyMm = vec3(0, footY, 0);
  const hingeMm = vec3(0, form.heightMm, -form.topDepthMm / 2 - 1.4);
  const tab = sideTab(vec3(strap.lowerBar.x, barHeightMm, 0));
  const mirrored = (seam: readonly SeamPoint[]): SeamPoint[] =>
    seam.map(({ place: p, normal: n }) => ({ place: vec3(-p.x, p.y, p.z), normal: vec3(-n.x, n.y, n.z) }));
  const lock = onFlap(flap, 15, flapForm.thicknessMm / 2);
  const underFlap = onFlap(flap, 15, -flapForm.thicknessMm / 2);
  const onPanel = sheetFrame(panelMap(form), vec3(0, lock.origin.y, form.panelMm / 2));
  const disc = (frame: typeof lock, radiusMm: number, facing: 1 | -1) =>
    place(barrel(radiusMm, -0.6, 0.18, 0.12, 30), {
      origin: frame.origin,
      x: frame.x,
      y: scale(frame.z, facing),
      z: scale(frame.y, -facing),
    });
  const none = vec3(0, 0, 0);
  return {
    id: 'strand',
    maison: 'norde',
    root: {
      name: 'strand',
      children: [
        {
          name: 'body',
          translationMm: bodyMm,
          surfaces: bySlot([
            ...bagBody(form),
            ...tab.parts,
            ...tab.parts.map(({ slot, surface }) => ({ slot, surface: mirrorX(surface) })),
            { slot: 'metal', surface: disc(onPanel, 8, 1) },
          ]),
          children: [
            {
              name: 'body_stitches',
              share: 'stitch',
              instances: stitchesFrom([...bodySeams(form), ...tab.seams, ...tab.seams.map(mirrored)], none),
            },
            {
              name: 'flap',
              translationMm: hingeMm,
              surfaces: bySlot(
                shifted(
                  [
                    ...flap.parts,
                    { slot: 'metal', surface: place(clasp(42), lock) },
                    { slot: 'metal', surface: disc(underFlap, 7, -1) },
                  ],
                  scale(hingeMm, -1),
                ),
              ),
              children: [
                { name: 'flap_stitches', share: 'stitch', instances: stitchesFrom([flap.seam], hingeMm) },
              ],
            },
          ],
        },
        {
          name: 'strap',
          surfaces: bySlot(strap.parts),
          children: [{ name: 'strap_stitches', share: 'stitch', instances: stitchesFrom(strap.seams, none) }],
        },
      ],
    },
    shared: { stitch: { slot: 'thread', surface: stitchThread(), far: stitchThreadFar() } },
    variants: [
      {
        name: 'bone',
        materials: {
          leather: calf('bone calf', [0.43, 0.365, 0.285], [0.05, 0.045, 0.04], 0.5),
          edge: edgePaint('taupe edge', [0.2, 0.155, 0.115]),
          lining: suede('sand suede', [0.3, 0.235, 0.17], [0.1, 0.08, 0.06]),
          thread: linenThread('ecru thread', [0.6, 0.53, 0.42]),
          metal: paleGold,
        },
      },
      {
        name: 'forest',
        materials: {
          leather: calf('forest calf', [0.016, 0.04, 0.026], [0.025, 0.04, 0.03], 0.48),
          edge: edgePaint('forest edge', [0.006, 0.015, 0.01]),
          lining: suede('moss suede', [0.06, 0.075, 0.045], [0.06, 0.07, 0.05]),
          thread: linenThread('moss thread', [0.06, 0.11, 0.07]),
          metal: whiteGold,
        },
      },
    ],
    textureMm: { leather: leatherTileMm },
    extras: {
      schemaVersion: 1,
      category: 'bag',
      anchor: 'hand',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { ...strandSize },
      moving: [{ node: 'flap', joint: 'hinge', axis: [1, 0, 0], limits: [-160, 0] }],
      engraveable: [{ node: 'flap', areaMm: [36, 6] }],
    },
  };
}
