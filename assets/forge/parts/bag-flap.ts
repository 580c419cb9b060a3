import type { PartSurface } from '../document/piece-spec.ts';
import type { BagForm } from './bag-body.ts';
import type { Ribbon } from '../geometry/ribbon.ts';
import type { SeamPoint } from './saddle-stitch.ts';
import type { SheetFrame } from './front-frame.ts';
import type { SpaceMap } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { halfDepth, swelling } from './bag-body.ts';
import { leatherPiece } from './leather-piece.ts';
import { offsetOutline } from '../geometry/outline.ts';
import { openCurve } from '../geometry/spline.ts';
import { ribbon } from '../geometry/ribbon.ts';
import { roundedPolygon } from '../geometry/rounded-polygon.ts';
import { seamOn } from './saddle-stitch.ts';
import { scale, vec3 } from '../geometry/vector.ts';
import { sheetFrame } from './front-frame.ts';

/** A flap sewn to the back panel, bent over the bag's top and down its front. */
export interface FlapForm {
  readonly thicknessMm: number;
  /** Height of its outer side over the bag's foot at the top. */
  readonly topMm: number;
  /** Height of its lower edge on the back and on the front. */
  readonly backToMm: number;
  readonly frontToMm: number;
  readonly backWidthMm: number;
  readonly frontWidthMm: number;
  readonly frontCornerMm: number;
  /** How far the lower edge's middle hangs below its corners. */
  readonly dipMm: number;
  /** How far the sides droop. */
  readonly droopMm: number;
}

/** The flap's drawing, its bend, and the seam along its edge. */
export interface Flap {
  readonly parts: readonly PartSurface[];
  readonly map: SpaceMap;
  readonly ribbon: Ribbon;
  readonly seam: readonly SeamPoint[];
}

/** Middle of the flap's thickness over the bag's middle line, from the back's edge to the front's. */
function flapPath(form: BagForm, flap: FlapForm): Vec3[] {
  const half = flap.thicknessMm / 2;
  const lies = (y: number): number => halfDepth(form, y) + swelling(form, 0, y) + half + 0.35;
  const shoulder = form.heightMm;
  const top = flap.topMm - half;
  const wide = lies(shoulder);
  const down = (to: number): number[] => {
    const steps = Math.max(2, Math.round((shoulder - 4 - to) / 9));
    return Array.from({ length: steps + 1 }, (_, i) => to + ((shoulder - 4 - to) * i) / steps);
  };
  return openCurve(
    [
      ...down(flap.backToMm).map((y) => vec3(0, y, -lies(y))),
      vec3(0, shoulder + (top - shoulder) * 0.55, -wide + 0.2),
      vec3(0, top - 0.6, -wide + 5.5),
      vec3(0, top - 0.1, -wide + 14),
      vec3(0, top, -wide * 0.3),
      vec3(0, top, wide * 0.3),
      vec3(0, top - 0.1, wide - 14),
      vec3(0, top - 0.6, wide - 5.5),
      vec3(0, shoulder + (top - shoulder) * 0.55, wide - 0.2),
      ...down(flap.frontToMm)
        .toReversed()
        .map((y) => vec3(0, y, lies(y))),
    ],
    260,
  );
}

function flapOutline(lengthMm: number, flap: FlapForm): Vec2[] {
  const [back, front] = [flap.backWidthMm / 2, flap.frontWidthMm / 2];
  const straight = lengthMm - flap.dipMm;
  return roundedPolygon(
    [
      { x: 0, y: back, radiusMm: 6 },
      { x: 0, y: -back, radiusMm: 6 },
      { x: straight, y: -front, radiusMm: flap.frontCornerMm },
      { x: lengthMm + flap.dipMm * 0.4, y: 0, radiusMm: Math.max(40, front * 2.2) },
      { x: straight, y: front, radiusMm: flap.frontCornerMm },
    ],
    4.2,
  );
}

/** Cuts and bends the flap. In its drawing x runs from the back's edge over the top to the front's, y to the bag's right. */
export function bagFlap(form: BagForm, flap: FlapForm): Flap {
  const bent = ribbon(flapPath(form, flap), () => vec3(1, 0, 0));
  const droop = ({ x, y, z }: Vec3): Vec3 =>
    bent.map(vec3(x, y, z - flap.droopMm * Math.abs(y / (flap.frontWidthMm / 2)) ** 3));
  // Both shoulders bend within a finger's breadth and need more points than the level rest.
  const inFold = (s: number): boolean => {
    const { y, z } = bent.map(vec3(s, 0, 0));
    return y > form.heightMm - 7 && Math.abs(z) > halfDepth(form, form.heightMm) - 12;
  };
  const outline = flapOutline(bent.lengthMm, flap);
  const drawn = offsetOutline(outline, -form.seamMm).map(({ x, y }) =>
    vec3(x, y, flap.thicknessMm / 2 + 0.1),
  );
  return {
    parts: leatherPiece({
      outline,
      thicknessMm: flap.thicknessMm,
      edgeMm: flap.thicknessMm * 0.42,
      interiorMm: { finestMm: 2.5, at: ({ x }) => (inFold(x) ? 2.5 : 6) },
      map: droop,
      backSlot: 'lining',
    }),
    map: droop,
    ribbon: bent,
    seam: seamOn(droop, [...drawn, at(drawn, 0)]),
  };
}

/** The upright frame on the middle of a flap's face, so far from its lower edge; `outMm` from the leather's middle. */
export function onFlap(flap: Flap, fromEdgeMm: number, outMm: number): SheetFrame {
  const { origin, x, y, z } = sheetFrame(flap.map, vec3(flap.ribbon.lengthMm - fromEdgeMm, 0, outMm));
  return { origin, x: y, y: scale(x, -1), z };
}
