import type { PartSurface } from '../document/piece-spec.ts';
import type { SeamPoint } from './saddle-stitch.ts';
import type { SpaceMap, Surface, Triangle } from '../geometry/surface.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { leatherPiece } from './leather-piece.ts';
import { cross, lerp, normalize, scale, smoothstep, sub, vec2, vec3 } from '../geometry/vector.ts';
import { boxOf, offsetOutline } from '../geometry/outline.ts';
import { merge, place } from '../geometry/surface.ts';
import { resamplePath } from '../geometry/spline.ts';
import { roundedPolygon } from '../geometry/rounded-polygon.ts';
import { seamOn } from './saddle-stitch.ts';
import { splitBy } from '../geometry/split.ts';
import { sweep } from '../geometry/sweep.ts';

/** A bag of two panels and a gusset between them, its foot on y = 0, in millimetres. */
export interface BagForm {
  readonly bottomWidthMm: number;
  readonly topWidthMm: number;
  /** Height of the panels. */
  readonly heightMm: number;
  readonly bottomDepthMm: number;
  readonly topDepthMm: number;
  readonly bottomCornerMm: number;
  readonly topCornerMm: number;
  /** Panel and the gusset's flange behind it, glued and painted as one edge. */
  readonly panelMm: number;
  readonly gussetMm: number;
  /** How far the edge stands out over the gusset. */
  readonly marginMm: number;
  /** How far the gusset folds in at the top. */
  readonly sagMm: number;
  /** How far a panel swells between its seams. */
  readonly bulgeMm: number;
  readonly seamMm: number;
}

/** Half the bag's depth over its panels at a height, without their swelling. */
export function halfDepth(form: BagForm, y: number): number {
  const k = y / form.heightMm;
  return lerp(form.bottomDepthMm, form.topDepthMm, k + 0.1 * k * (1 - k)) / 2;
}

function halfWidth(form: BagForm, y: number): number {
  return lerp(form.bottomWidthMm, form.topWidthMm, y / form.heightMm) / 2;
}

/** How far a panel swells at a place: quickly behind the seam, then level, as hide over a soft board does. */
export function swelling(form: BagForm, x: number, y: number): number {
  const ease = (distance: number, reach: number): number => {
    const k = Math.min(1, Math.max(0, (distance - form.seamMm) / reach));
    return k * (2 - k);
  };
  const r = form.bottomCornerMm;
  const side = halfWidth(form, y) - Math.abs(x);
  // Near a rounded corner the distance is counted from the arc.
  const corner = r - Math.hypot(Math.max(0, r - side), Math.max(0, r - y));
  const inside = side < r && y < r ? corner : Math.min(side, y);
  return form.bulgeMm * ease(inside, 34) * ease(form.heightMm - y, 26);
}

/** The outline of both panels; the first point is at the left of the top. */
export function panelOutline(form: BagForm): Vec2[] {
  const [bottom, top] = [form.bottomWidthMm / 2, form.topWidthMm / 2];
  return roundedPolygon(
    [
      { x: -top, y: form.heightMm, radiusMm: form.topCornerMm },
      { x: -bottom, y: 0, radiusMm: form.bottomCornerMm },
      { x: bottom, y: 0, radiusMm: form.bottomCornerMm },
      { x: top, y: form.heightMm, radiusMm: form.topCornerMm },
    ],
    4.5,
  );
}

/** A form whose bottom is so wide that its rounded panel measures that across, as a bag is sold by. */
export function fittedWidth(form: BagForm): BagForm {
  let bottomWidthMm = form.bottomWidthMm;
  for (let step = 0; step < 6; step += 1) {
    const box = boxOf(panelOutline({ ...form, bottomWidthMm }));
    bottomWidthMm += form.bottomWidthMm - (box.maxX - box.minX);
  }
  return { ...form, bottomWidthMm };
}

/** Bends the front panel's drawing into place. */
export function panelMap(form: BagForm): SpaceMap {
  return ({ x, y, z }) =>
    vec3(x, y, halfDepth(form, y) - form.panelMm / 2 + z + swelling(form, x, y) * (z > 0 ? 1 : 0.6));
}

const halfTurn = { origin: vec3(0, 0, 0), x: vec3(-1, 0, 0), y: vec3(0, 1, 0), z: vec3(0, 0, -1) };

/** Turns something of the bag's front to its back. */
export function toBack(surface: Surface): Surface {
  return place(surface, halfTurn);
}

/** The strip between the panels, from the left top round the bottom to the right top, folded inwards towards its ends. */
function gusset(form: BagForm): { readonly strip: Surface; readonly ends: Surface } {
  const inner = offsetOutline(panelOutline(form), -form.marginMm).filter(
    ({ y }) => y < form.heightMm - form.topCornerMm - 1,
  );
  // The panels' top corners are rounded; the gusset goes straight on to just below their edge.
  const topX = form.topWidthMm / 2 - form.marginMm;
  const topY = form.heightMm - 1.5;
  const path = resamplePath(
    [vec2(-topX, topY), ...inner, vec2(topX, topY)].map(({ x, y }) => vec3(x, y, 0)),
    118,
  );
  const across = Array.from({ length: 19 }, (_, i) => -Math.cos((Math.PI * i) / 18));
  const stations = path.map((centre, i) => {
    const along = normalize(sub(at(path, Math.min(path.length - 1, i + 1)), at(path, Math.max(0, i - 1))));
    const up = vec3(along.y, -along.x, 0);
    const half = halfDepth(form, centre.y) - form.panelMm + 0.5;
    const sag = form.sagMm * smoothstep(form.bottomCornerMm * 0.6, form.heightMm, centre.y) ** 1.2;
    // A soft fold: two flanks and a rounded valley.
    const depth = (k: number): number =>
      -sag * (1 - (Math.sqrt(k * k + 0.02) - 0.1414) / 0.8686) - 0.5 * (1 - k * k);
    return {
      centre,
      side: vec3(0, 0, 1),
      up,
      section: [
        ...across.map((k) => vec2(k * half, depth(k) - form.gussetMm)),
        ...across.toReversed().map((k) => vec2(k * half, depth(k))),
      ],
    };
  });
  const whole = sweep(stations);
  // A sweep closes its ends by fans, which a folded section is too hollow for: these run from its inner to its outer line.
  const around = 2 * across.length;
  const skinCount = (around + 1) * stations.length;
  const ends = [0, stations.length - 1].map((row) => {
    const first = row * (around + 1);
    const { side, up } = at(stations, row);
    const facing = scale(cross(side, up), row === 0 ? -1 : 1);
    const vertices = Array.from({ length: around }, (_, i) => ({
      ...at(whole.vertices, first + i),
      normal: facing,
    }));
    const triangles = across.slice(1).flatMap((_, i): Triangle[] => {
      const [a, b, c, d] = [i, i + 1, around - 2 - i, around - 1 - i];
      return row === 0
        ? [
            [a, c, b],
            [a, d, c],
          ]
        : [
            [a, b, c],
            [a, c, d],
          ];
    });
    return { vertices, triangles };
  });
  const strip = {
    vertices: whole.vertices.slice(0, skinCount),
    triangles: whole.triangles.filter((corners) => corners.every((index) => index < skinCount)),
  };
  return { strip, ends: merge(ends) };
}

/** Both panels and the gusset. Slots: `leather`, `edge` and `lining`. */
export function bagBody(form: BagForm): PartSurface[] {
  const front = leatherPiece({
    outline: panelOutline(form),
    thicknessMm: form.panelMm,
    edgeMm: form.panelMm * 0.42,
    interiorMm: {
      finestMm: 4.6,
      at: ({ x, y }) => (halfWidth(form, y) - Math.abs(x) < 26 || y < 26 ? 4.6 : 8),
    },
    map: panelMap(form),
    backSlot: 'lining',
  });
  const { strip: fold, ends } = gusset(form);
  const strip = splitBy(fold, (corners) =>
    corners.every(({ position: p, normal: n }) => p.x * n.x + (p.y - form.heightMm * 0.6) * n.y > 0),
  );
  return [
    ...front,
    ...front.map(({ slot, surface }) => ({ slot, surface: toBack(surface) })),
    { slot: 'leather', surface: strip.chosen },
    { slot: 'lining', surface: strip.rest },
    { slot: 'edge', surface: ends },
  ];
}

/** The seams that hold the panels to the gusset: on the front's outside, and on the back's. */
export function bodySeams(form: BagForm): SeamPoint[][] {
  const drawn = offsetOutline(panelOutline(form), -form.seamMm)
    .filter(({ y }) => y < form.heightMm - form.topCornerMm * 1.2)
    .map(({ x, y }) => vec3(x, y, form.panelMm / 2 + 0.1));
  const front = seamOn(panelMap(form), drawn);
  const turned = front.map(({ place: p, normal: n }) => ({
    place: vec3(-p.x, p.y, -p.z),
    normal: vec3(-n.x, n.y, -n.z),
  }));
  return [front, turned];
}
