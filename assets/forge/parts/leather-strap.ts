import { at } from '../geometry/at.ts';
import type { PartInstance, PartSurface } from '../document/piece-spec.ts';
import type { SpaceMap, Surface } from '../geometry/surface.ts';
import type { Station } from '../geometry/sweep.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { add, cross, lerp, normalize, scale, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { deform } from '../geometry/surface.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { sheetFrame } from './front-frame.ts';
import { superellipse, sweep } from '../geometry/sweep.ts';

/** One piece of a leather strap in flat coordinates: s along from the lugs, t across, d out of the skin. */
export interface LeatherStrap {
  readonly lengthMm: number;
  readonly widthAt: (s: number) => number;
  /** Over the padded middle. */
  readonly thicknessAt: (s: number) => number;
  /** At the painted edge, where upper and lining are sewn together. */
  readonly edgeAt: (s: number) => number;
  /** A pointed tip, or an end folded round a bar. */
  readonly end: 'tip' | 'fold';
  /** The wall that the strap's start follows: the case's radius, and how steeply the strap falls away from it. */
  readonly fit?: { readonly radiusMm: number; readonly fallDeg: number };
}

/** How far the stitches run inside the edge. */
export const seamInsetMm = 1.5;
const topSteps = 12;

function sectionAt(strap: LeatherStrap, s: number): Vec2[] {
  const fold = 1.7;
  const fromEnd = strap.lengthMm - s;
  const tipMm = 8.5;
  const pointed = strap.end === 'tip' && fromEnd < tipMm;
  const narrow = pointed ? Math.sqrt(Math.max(0.004, 1 - ((tipMm - fromEnd) / tipMm) ** 2.2)) : 1;
  const w = (strap.widthAt(s) / 2) * narrow;
  const round = (distance: number): number =>
    distance >= fold ? 1 : Math.sqrt(Math.max(0.05, 1 - ((fold - distance) / fold) ** 2));
  const flat = Math.min(round(s), strap.end === 'fold' ? round(fromEnd) : 1);
  const centre = strap.thicknessAt(s);
  const edge = Math.min(strap.edgeAt(s), centre);
  const r = Math.min(0.42, edge * 0.4, w * 0.3);
  const arc = (x: number, y: number, fromDeg: number): Vec2[] =>
    [0, 30, 60, 90].map((step) => {
      const angle = ((fromDeg + step) * Math.PI) / 180;
      return vec2(x + Math.cos(angle) * r, y + Math.sin(angle) * r);
    });
  const top = Array.from({ length: topSteps - 1 }, (_, i) => {
    const x = (w - r) * (1 - (2 * (i + 1)) / topSteps);
    const inside = w - Math.abs(x);
    const shoulder = smoothstep(seamInsetMm + 0.1, seamInsetMm + 2.6, inside);
    // The thread pulls a shallow furrow along the seam.
    const furrow = 0.1 * Math.exp(-(((inside - seamInsetMm) / 0.5) ** 2));
    return vec2(x, lerp(edge, centre, shoulder) - furrow);
  });
  const points = [
    ...arc(-w + r, r, 180),
    ...arc(w - r, r, 270),
    ...arc(w - r, edge - r, 0),
    ...top,
    ...arc(-w + r, edge - r, 90),
  ];
  return points.map((p) => vec2(p.x, centre / 2 + (p.y - centre / 2) * flat));
}

/** Column of the section to the slot of the skin there. */
function slotOf(column: number): string {
  if (column === 3) return 'lining';
  return column < 11 || column >= 11 + topSteps ? 'edge' : 'leather';
}

/** Draws the start of the strap to the case's wall: round like the wall, and upright although the strap falls. */
function fitted(fit: LeatherStrap['fit']): SpaceMap {
  return (p) => {
    if (fit === undefined) {
      return p;
    }
    const bow = fit.radiusMm - Math.sqrt(fit.radiusMm * fit.radiusMm - p.y * p.y);
    const lean = p.z * Math.tan((fit.fallDeg * Math.PI) / 180);
    return vec3(p.x - (bow + lean) * (1 - smoothstep(0.5, 9, p.x)), p.y, p.z);
  };
}

/** The strap piece bent by `map`: upper (`leather`), painted `edge` and `lining`, together one closed solid. */
export function leatherStrap(strap: LeatherStrap, map: SpaceMap): PartSurface[] {
  const places: number[] = [];
  const { lengthMm } = strap;
  const dense = [0, 0.12, 0.4, 0.85, 1.7];
  places.push(...dense);
  const tail = strap.end === 'tip' ? [0, 0.06, 0.25, 0.6, 1.2, 2, 3.2, 4.8, 6.6, 8.5] : dense;
  const last = lengthMm - (tail.at(-1) ?? 0);
  const steps = Math.round((last - 1.7) / 1.5);
  for (let i = 1; i < steps; i += 1) {
    places.push(1.7 + ((last - 1.7) * i) / steps);
  }
  places.push(...tail.toReversed().map((back) => lengthMm - back));
  const stations = places.map((s): Station => {
    const half = strap.thicknessAt(s) / 2;
    return {
      centre: vec3(s, 0, half),
      side: vec3(0, 1, 0),
      up: vec3(0, 0, 1),
      section: sectionAt(strap, s).map((p) => vec2(p.x, p.y - half)),
    };
  });
  const fit = fitted(strap.fit);
  const flat = sweep(stations);
  const around = (stations[0]?.section.length ?? 0) + 1;
  const skin = around * stations.length;
  const slots: Record<string, Surface['triangles'][number][]> = { leather: [], edge: [], lining: [] };
  for (const triangle of flat.triangles) {
    const first = Math.min(...triangle);
    slots[first >= skin ? 'edge' : slotOf(Math.min(...triangle.map((i) => i % around)))]?.push(triangle);
  }
  const bent = deform(flat, (p) => map(fit(p)));
  // The grain lies on the leather as it is cut, not as the sweep stretched it.
  const vertices = bent.vertices.map((vertex, i) => {
    const cut = fit(at(flat.vertices, i).position);
    return { ...vertex, uv: vec2(cut.x, vertex.uv.y) };
  });
  return Object.entries(slots).map(([slot, triangles]) => ({
    slot,
    surface: compact({ vertices, triangles }),
  }));
}

/** Leaves out vertices that no triangle uses. */
function compact({ vertices, triangles }: Surface): Surface {
  const ids = new Map<number, number>();
  const kept: Surface['vertices'][number][] = [];
  const renamed = triangles.map((triangle) => {
    const [a, b, c] = triangle.map((i) => {
      const known = ids.get(i);
      const vertex = vertices[i];
      if (known !== undefined || vertex === undefined) {
        return known ?? 0;
      }
      ids.set(i, kept.length);
      kept.push(vertex);
      return kept.length - 1;
    });
    return [a ?? 0, b ?? 0, c ?? 0] as const;
  });
  return { vertices: kept, triangles: renamed };
}

/** One stitch of waxed thread along x, its ends pulled into the leather. */
export function stitch(lengthMm: number, threadMm: number): Surface {
  const half = lengthMm / 2;
  const r = threadMm / 2;
  const stations = [
    [-1, -0.22],
    [-0.72, 0.02],
    [-0.4, 0.1],
    [0.4, 0.1],
    [0.72, 0.02],
    [1, -0.22],
  ].map(([along = 0, up = 0]): Station => ({
    centre: vec3(along * half, 0, up),
    side: vec3(0, 1, 0),
    up: vec3(0, 0, 1),
    section: superellipse(r, r, 2, 6),
  }));
  return sweep(stations);
}

/** Places of the stitches along both edges from one place to another, each leaning like saddle stitches do. */
export function seam(
  strap: LeatherStrap,
  map: SpaceMap,
  fromMm: number,
  toMm: number,
  pitchMm: number,
): PartInstance[] {
  const fit = fitted(strap.fit);
  const count = Math.round((toMm - fromMm) / pitchMm);
  return Array.from({ length: count + 1 }, (_, i) => fromMm + ((toMm - fromMm) * i) / count).flatMap((s) =>
    [1, -1].map((side): PartInstance => {
      const t = side * (strap.widthAt(s) / 2 - seamInsetMm);
      const frame = sheetFrame(
        (p) => map(fit(p)),
        vec3(s, t, Math.min(strap.edgeAt(s), strap.thicknessAt(s))),
      );
      const lean = side * 0.2;
      const x = normalize(add(frame.x, scale(frame.y, lean)));
      return {
        translationMm: frame.origin,
        rotation: frameQuaternion(x, cross(frame.z, x), frame.z),
      };
    }),
  );
}
