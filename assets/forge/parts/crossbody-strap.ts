import type { PartSurface } from '../document/piece-spec.ts';
import type { SeamPoint } from './saddle-stitch.ts';
import type { SpaceMap } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { deform, mirrorX, place, translate } from '../geometry/surface.ts';
import { keeper } from './keeper.ts';
import { lerp, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { openCurve, pathLength } from '../geometry/spline.ts';
import { ribbon } from '../geometry/ribbon.ts';
import { seamOn } from './saddle-stitch.ts';
import { squareRing } from './metal-furniture.ts';
import { frameBuckle, punchedHole } from './strap-buckle.ts';
import { strapLine, strapStrip, turnRound } from './strap-strip.ts';

/** A strap that hangs from a shoulder to two rings, in millimetres. */
export interface StrapForm {
  /** From the bar of one ring round the shoulder to the bar of the other. */
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly thicknessMm: number;
  /** Half the distance of the strap's middle lines at the rings. */
  readonly halfSpanMm: number;
  readonly ring: { readonly widthMm: number; readonly heightMm: number; readonly wireMm: number };
}

/** The strap about its highest middle, and where the rings' lower bars are. */
export interface CrossbodyStrap {
  readonly parts: readonly PartSurface[];
  readonly seams: readonly (readonly SeamPoint[])[];
  /** Middle of the left ring's lower bar (at −x); the right one's is its mirror image. */
  readonly lowerBar: Vec3;
}

const buckleAtMm = 150;
const buckleLengthMm = 24;
const tailMm = 106;

function hangingPath(form: StrapForm, dropMm: number): Vec3[] {
  const half: readonly (readonly [number, number])[] = [
    [form.halfSpanMm, -dropMm],
    [form.halfSpanMm, -dropMm + 30],
    [form.halfSpanMm - 1, -dropMm + 70],
    [form.halfSpanMm - 6, -dropMm * 0.68],
    [lerp(form.halfSpanMm, 62, 0.6), -dropMm * 0.42],
    [66, -dropMm * 0.2],
    [59, -46],
    [40, -12],
    [14, 1.4],
  ];
  return openCurve(
    [...half.map(([x, y]) => vec3(-x, y, 0)), ...half.toReversed().map(([x, y]) => vec3(x, y, 0))],
    700,
  );
}

/** The path whose length is the strap's, its highest place on y = 0. */
function fittedPath(form: StrapForm): Vec3[] {
  let [low, high] = [200, 700];
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (pathLength(hangingPath(form, middle)) < form.lengthMm) low = middle;
    else high = middle;
  }
  const path = hangingPath(form, low);
  const top = Math.max(...path.map(({ y }) => y));
  return path.map((p) => vec3(p.x, p.y - top, p.z));
}

/** Hangs the strap. Slots: `leather`, `edge` and `metal`. */
export function crossbodyStrap(form: StrapForm): CrossbodyStrap {
  const { widthMm, thicknessMm, ring } = form;
  const bent = ribbon(fittedPath(form), () => vec3(0, 0, -1));
  const total = bent.lengthMm;
  const map: SpaceMap = bent.map;
  const radius = ring.wireMm / 2 + thicknessMm / 2 + 0.15;
  const heel = 1.6 + thicknessMm / 2 + 0.15;
  const far = 1.6 + thicknessMm / 2 + 0.25;
  const under = -thicknessMm - 0.25;
  // The short part: sewn back under itself behind the ring, and again behind the buckle.
  const short = strapLine(
    [
      vec2(40, under),
      vec2(9, under),
      ...turnRound(vec2(0, -radius), radius, 'start'),
      vec2(buckleAtMm - 2, 0),
      ...turnRound(vec2(buckleAtMm, -heel), heel, 'end'),
      vec2(buckleAtMm - 9, under),
      vec2(buckleAtMm - 34, under),
    ],
    6,
  );
  // The long part: its tail lies over the short one, dives through the buckle, and runs over the shoulder to the other ring.
  const above = thicknessMm + 0.3;
  const sink = (s: number): number => above * (1 - smoothstep(buckleAtMm + 3, buckleAtMm + 22, s));
  const tailFrom = buckleAtMm - tailMm;
  const tip = Array.from({ length: 9 }, (_, i) => tailFrom + 12 * (1 - Math.cos((Math.PI / 2) * (i / 8))));
  const long = [
    ...tip.map((s) => vec2(s, above)),
    ...strapLine([vec2(tailFrom + 12.5, above), vec2(buckleAtMm, above)], 6),
    ...Array.from({ length: 14 }, (_, i) => vec2(buckleAtMm + 2 + i * 2, sink(buckleAtMm + 2 + i * 2))),
    ...strapLine(
      [
        vec2(buckleAtMm + 34, 0),
        vec2(total - 2, 0),
        ...turnRound(vec2(total, -radius), radius, 'end'),
        vec2(total - 9, under),
        vec2(total - 40, under),
      ],
      6,
    ),
  ];
  const longWidth = (i: number): number => {
    const s = (long[i]?.x ?? 99) - tailFrom;
    return i < 40 && s < 12 ? widthMm * (0.24 + 0.76 * Math.sqrt(1 - ((12 - s) / 12) ** 2)) : widthMm;
  };
  const holes = Array.from({ length: 6 }, (_, i) => buckleAtMm + 1.5 - (i + 1) * 15).map((s) =>
    place(punchedHole(), {
      origin: vec3(s, 0, above + thicknessMm / 2),
      x: vec3(1, 0, 0),
      y: vec3(0, 1, 0),
      z: vec3(0, 0, 1),
    }),
  );
  const flatRing = place(squareRing(ring.widthMm, ring.heightMm, 4, ring.wireMm), {
    origin: vec3(-ring.heightMm / 2, 0, -radius),
    x: vec3(0, -1, 0),
    y: vec3(1, 0, 0),
    z: vec3(0, 0, 1),
  });
  const leftRing = deform(flatRing, map);
  const keepers = [buckleAtMm - 24, buckleAtMm - 78].map((s, i) => {
    const low = -thicknessMm / 2 - 0.15 + (i === 0 ? under : 0);
    const high = above + thicknessMm / 2 + 0.15;
    return translate(keeper(widthMm + 0.7, high - low, 8, 1.5, low), vec3(s, 0, 0));
  });
  const seamLine = (from: number, to: number, t: number, d: (s: number) => number): SeamPoint[] => {
    const steps = Math.ceil((to - from) / 5);
    const places = Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps);
    return seamOn(
      map,
      places.map((s) => vec3(s, t, d(s))),
    );
  };
  const face = thicknessMm / 2 + 0.12;
  const inset = widthMm / 2 - 2.9;
  const seams = [-1, 1].flatMap((side) => [
    seamLine(6, tailFrom - 2, side * inset, () => face),
    seamLine(tailFrom + 12, total - 5, side * inset, (s) => sink(s) + face),
  ]);
  return {
    parts: [
      ...strapStrip(short, () => widthMm, thicknessMm, map),
      ...strapStrip(long, longWidth, thicknessMm, map),
      ...keepers.map((surface) => ({ slot: 'leather', surface: deform(surface, map) })),
      ...holes.map((surface) => ({ slot: 'edge', surface: deform(surface, map) })),
      { slot: 'metal', surface: deform(frameBuckle(buckleAtMm, buckleLengthMm, widthMm, -heel, far), map) },
      { slot: 'metal', surface: leftRing },
      { slot: 'metal', surface: mirrorX(leftRing) },
    ],
    seams,
    lowerBar: map(vec3(-ring.heightMm, 0, -radius)),
  };
}
