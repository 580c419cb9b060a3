import type { PaveBar } from '../parts/pave-bar.ts';
import type { Station } from '../geometry/sweep.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import {
  add,
  along,
  cross,
  length,
  normalize,
  scale,
  smoothstep,
  sub,
  vec2,
  vec3,
} from '../geometry/vector.ts';
import { barrel, dome } from '../geometry/lathe.ts';
import { merge, place, translate } from '../geometry/surface.ts';
import { ovalLoop } from '../geometry/oval-loop.ts';
import { paveBar } from '../parts/pave-bar.ts';
import { ribbon } from '../geometry/ribbon.ts';
import { roundedBox } from '../parts/rounded-box.ts';
import { sweep } from '../geometry/sweep.ts';
import { waveSection } from '../parts/wave-section.ts';

/** Onde's sizes in millimetres. */
export const ondeSize = {
  innerWidthMm: 58,
  innerHeightMm: 48,
  sectionWidthMm: 4,
  sectionHeightMm: 3,
  stoneMm: 1.2,
  stones: 11,
} as const;

const loop = ovalLoop(ondeSize.innerWidthMm / 2, ondeSize.innerHeightMm / 2);
const quarterMm = loop.lengthMm / 4;
const pitchMm = 1.34;
const rowMm = pitchMm * (ondeSize.stones - 1) + 1.8;
const channelRoundMm = 0.88;
/** Depth of the section's middle, about which it is swept. */
const middleMm = 1.2;

/** Three waves run round the wrist, high over its back and calm beneath it. */
function waveAt(alongMm: number): { readonly y: number; readonly crestMm: number } {
  const phase = (6 * Math.PI * alongMm) / loop.lengthMm;
  const calm = 0.5 + 0.5 * Math.cos((2 * Math.PI * alongMm) / loop.lengthMm);
  return { y: (0.9 + 1.9 * calm) * Math.sin(phase), crestMm: 0.78 * Math.sin(phase) };
}

/** A cross-section's frame: up leaves the wrist, side lies across the band. */
interface BandFrame {
  readonly inner: Vec3;
  readonly side: Vec3;
  readonly up: Vec3;
  readonly tangent: Vec3;
}

function frameAt(alongMm: number): BandFrame {
  const inner = (s: number): Vec3 => along(loop.at(s).point, vec3(0, 1, 0), waveAt(s).y);
  const up = loop.at(alongMm).outward;
  const tangent = normalize(sub(inner(alongMm + 0.02), inner(alongMm - 0.02)));
  return { inner: inner(alongMm), side: cross(up, tangent), up, tangent };
}

/** How much longer the crest of the wave is than the inside of the oval beneath it, over the stones. */
const crestPerInside = ((): number => {
  const crest = (s: number): Vec3 => along(frameAt(s).inner, frameAt(s).up, ondeSize.sectionHeightMm - 0.65);
  const steps = Array.from({ length: 14 }, (_, i) => i - 7);
  return steps.reduce((sum, s) => sum + length(sub(crest(s + 1), crest(s))), 0) / steps.length;
})();
const rowInsideMm = rowMm / crestPerInside;
const channelEndMm = rowInsideMm / 2 + 0.04;

function sectionAt(alongMm: number): Vec2[] {
  // Beneath the wrist the length runs on past the clasp towards the hinge.
  const place = Math.abs(alongMm > 2 * quarterMm ? alongMm - 4 * quarterMm : alongMm);
  const atJoint = 1 - smoothstep(1.6, 6.5, Math.abs(quarterMm - place));
  const atStones = 1 - smoothstep(channelEndMm - 0.6, channelEndMm + 7, place);
  const straight = channelEndMm - channelRoundMm;
  const round = Math.sqrt(Math.max(0, 1 - Math.max(0, (place - straight) / channelRoundMm) ** 2));
  return waveSection({
    widthMm: ondeSize.sectionWidthMm,
    heightMm: ondeSize.sectionHeightMm,
    crestMm: waveAt(alongMm).crestMm,
    crestBreadthMm: 0.34 + 1.9 * atStones + 1.5 * atJoint,
    channelBreadthMm: Math.max(0.08, 2 * channelRoundMm * round),
    channelDepthMm: place < channelEndMm ? 0.85 : 0,
  });
}

function station(alongMm: number, inset = 0): Station {
  const { inner, side, up } = frameAt(alongMm);
  const shrink = 1 - inset / 1.5;
  return {
    centre: along(inner, up, middleMm),
    side,
    up,
    section: sectionAt(alongMm).map((p) => vec2(p.x * shrink, (p.y - middleMm) * shrink)),
  };
}

/** A half of the band between two places, its ends filed round where they meet the other half. */
function half(fromMm: number, toMm: number, places: readonly number[]): Surface {
  const file = [0, 0.025, 0.07, 0.14].map((inMm, i) => ({ inMm, inset: [0.14, 0.065, 0.02, 0][i] ?? 0 }));
  const stations = [
    ...file.map(({ inMm, inset }) => station(fromMm + inMm, inset)),
    ...places.filter((s) => s > fromMm + 0.3 && s < toMm - 0.3).map((s) => station(s)),
    ...file.map(({ inMm, inset }) => station(toMm - inMm, inset)).toReversed(),
  ];
  return sweep(stations);
}

function upperPlaces(): number[] {
  const evenly = Array.from({ length: 121 }, (_, i) => -quarterMm + (2 * quarterMm * i) / 120);
  const ends = Array.from({ length: 11 }, (_, i) => {
    const s = channelEndMm - channelRoundMm * (1 - Math.sin((Math.PI / 2) * (i / 10)));
    return [s, -s];
  }).flat();
  const walls = [0.012, 0.03, 0.06].flatMap((mm) => [channelEndMm + mm, -channelEndMm - mm]);
  const clear = (s: number): boolean => Math.abs(Math.abs(s) - channelEndMm + 0.4) > 0.75;
  return [...evenly.filter(clear), ...ends.filter((s) => Math.abs(s) < channelEndMm), ...walls].toSorted(
    (a, b) => a - b,
  );
}

/** Onde's parts: the half with the stones, the half that opens, where its hinge's pin is, and the stones' places. */
export interface OndeBody {
  readonly upper: Surface;
  /** In the frame of the hinge's pin. */
  readonly lower: Surface;
  readonly pin: Vec3;
  readonly seats: PaveBar['seats'];
}

/** The frame of a turned part lying across the band, its axis along y. */
function across(frame: BandFrame, origin: Vec3): { origin: Vec3; x: Vec3; y: Vec3; z: Vec3 } {
  return { origin, x: frame.tangent, y: frame.side, z: cross(frame.tangent, frame.side) };
}

/** Builds the bangle, closed. */
export function ondeBody(): OndeBody {
  const gapMm = 0.05;
  const { sectionHeightMm } = ondeSize;
  const crestPath = Array.from({ length: 120 }, (_, i) => {
    const s = -rowInsideMm / 2 + (rowInsideMm * i) / 119;
    const frame = frameAt(s);
    const plateMm = sectionHeightMm - 0.3 - 0.35;
    return add(frame.inner, add(scale(frame.up, plateMm), scale(frame.side, waveAt(s).crestMm)));
  });
  const strip = ribbon(crestPath, (i) => frameAt(-rowInsideMm / 2 + (rowInsideMm * i) / 119).side);
  const bar = paveBar({
    ribbon: strip,
    thicknessMm: 0.7,
    halfWidthMm: () => 0.84,
    edgeMm: 0.08,
    stones: ondeSize.stones,
    stoneMm: ondeSize.stoneMm,
    pitchMm,
    firstMm: (strip.lengthMm - pitchMm * (ondeSize.stones - 1)) / 2,
  });

  const hinge = frameAt(-quarterMm);
  const onHinge = (acrossMm: number, upMm: number): Vec3 =>
    add(hinge.inner, add(scale(hinge.up, upMm), scale(hinge.side, waveAt(-quarterMm).crestMm + acrossMm)));
  const pin = onHinge(0, sectionHeightMm - 0.66);
  const knuckle = (acrossMm: number): Surface =>
    place(barrel(0.72, -0.28, 0.28, 0.07, 28), across(hinge, onHinge(acrossMm, sectionHeightMm - 0.66)));
  const pinHeads = ([1, -1] as const).map((side) => {
    const head = across(hinge, onHinge(side * 0.86, sectionHeightMm - 0.66));
    return place(
      dome(0.3, 0.12, 0.2, 16),
      side > 0 ? head : { ...head, y: scale(head.y, -1), z: scale(head.z, -1) },
    );
  });

  const clasp = frameAt(quarterMm);
  const onClasp = (alongMm: number, acrossMm: number, upMm: number): Vec3 =>
    add(
      add(clasp.inner, scale(clasp.tangent, alongMm)),
      add(scale(clasp.up, upMm), scale(clasp.side, acrossMm)),
    );
  const tongue = place(roundedBox(3, 1.7, 0.9, 0.1, 0.2), {
    origin: onClasp(0.2, -0.1, 1.1),
    x: clasp.tangent,
    y: clasp.side,
    z: clasp.up,
  });
  // The push lies in the calm edge under the parting line, where a thumb finds it and an eye does not.
  const push = place(roundedBox(2.3, 0.86, 0.8, 0.22, 0.4), {
    origin: onClasp(2.3, 1.98, 0.95),
    x: clasp.tangent,
    y: clasp.up,
    z: scale(clasp.side, -1),
  });
  const grip = [-0.6, -0.2, 0.2, 0.6].map((x) =>
    place(roundedBox(0.16, 0.66, 0.24, 0.06, 0.07), {
      origin: onClasp(2.3 + x, 2.4, 0.95),
      x: clasp.tangent,
      y: clasp.up,
      z: scale(clasp.side, -1),
    }),
  );

  const upper = half(-quarterMm + gapMm, quarterMm - gapMm, upperPlaces());
  const lowerPlaces = Array.from({ length: 91 }, (_, i) => quarterMm + (2 * quarterMm * i) / 90);
  const lower = half(quarterMm + gapMm, 3 * quarterMm - gapMm, lowerPlaces);
  const opening = translate(merge([lower, knuckle(0), push, ...grip]), scale(pin, -1));
  return {
    upper: merge([upper, bar.metal, knuckle(0.58), knuckle(-0.58), ...pinHeads, tongue]),
    lower: opening,
    pin,
    seats: bar.seats,
  };
}
