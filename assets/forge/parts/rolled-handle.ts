import type { PartSurface } from '../document/piece-spec.ts';
import type { SeamPoint } from './saddle-stitch.ts';
import type { Station } from '../geometry/sweep.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { along, lerp, scale, smoothstep, vec2 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { framesAlong, superellipse, sweep } from '../geometry/sweep.ts';
import { openCurve, pathLength } from '../geometry/spline.ts';
import { splitBy } from '../geometry/split.ts';

/** A handle rolled round a cord: the hide meets below the cord and is stitched there; both ends are pressed flat round a bar. */
export interface RolledHandleOptions {
  /** From one bar to the other; the hide ends a little below the bars. */
  readonly path: readonly Vec3[];
  /** Away from the bag at the path's start. */
  readonly up: Vec3;
  readonly radiusMm: number;
  /** How far the stitched lip stands out from the cord's middle. */
  readonly lipMm: number;
  readonly lipThickMm: number;
  readonly endWidthMm: number;
  /** Distance of the bar's middle from the path's end, and the bar's diameter. */
  readonly barAtMm: number;
  readonly barMm: number;
}

/** The handle, and the seams of its lip and of its flat ends. */
export interface RolledHandle {
  readonly parts: readonly PartSurface[];
  readonly seams: readonly (readonly SeamPoint[])[];
}

const arcSteps = 22;
const lipSteps = 8;

/** Section round the cord with the lip hanging along −y, from the lip's one side round over the top to its other side. */
function rolledSection({ radiusMm: r, lipMm, lipThickMm }: RolledHandleOptions): Vec2[] {
  const half = lipThickMm / 2;
  const neck = Math.asin(half / r) * 1.7;
  const arc = Array.from({ length: arcSteps }, (_, i) => {
    const angle = -Math.PI / 2 + neck + ((2 * Math.PI - 2 * neck) * i) / (arcSteps - 1);
    return vec2(Math.cos(angle) * r, Math.sin(angle) * r);
  });
  const edge = half * 0.7;
  const lip = [
    vec2(-half, -r - 0.4),
    vec2(-half, -lipMm + edge),
    vec2(-half * 0.86, -lipMm + edge * 0.4),
    vec2(-half * 0.4, -lipMm),
    vec2(half * 0.4, -lipMm),
    vec2(half * 0.86, -lipMm + edge * 0.4),
    vec2(half, -lipMm + edge),
    vec2(half, -r - 0.4),
  ];
  return [...arc, ...lip];
}

/** Section of the flat ends with its points at the same turns as the rolled section's. */
function flatSection(rolled: readonly Vec2[], halfThick: number, halfWidth: number): Vec2[] {
  const fine = superellipse(halfThick, halfWidth, 7, 360);
  return rolled.map((p, i) => {
    const turn =
      i < arcSteps ? Math.atan2(p.y, p.x) : -Math.PI / 2 - 0.42 + (0.84 * (i - arcSteps + 0.5)) / lipSteps;
    const wanted = Math.atan2(Math.sin(turn), Math.cos(turn));
    return fine.reduce((best, q) =>
      Math.abs(turnBetween(Math.atan2(q.y / halfWidth, q.x / halfThick), wanted)) <
      Math.abs(turnBetween(Math.atan2(best.y / halfWidth, best.x / halfThick), wanted))
        ? q
        : best,
    );
  });
}

function turnBetween(a: number, b: number): number {
  return Math.atan2(Math.sin(a - b), Math.cos(a - b));
}

/** Rolls the handle. Slots: `leather` and `edge`. */
export function rolledHandle(options: RolledHandleOptions): RolledHandle {
  const { barAtMm, barMm, endWidthMm, lipMm, lipThickMm } = options;
  const path = openCurve(options.path, 112);
  const total = pathLength(path);
  const frames = framesAlong(path, options.up);
  const rolled = rolledSection(options);
  const pressed = lipThickMm / 2 + 0.35;
  const looped = barMm / 2 + 1.9;
  const loopEnd = barAtMm + looped;
  const stations: Station[] = frames.map((frame, i) => {
    const k = i / (frames.length - 1);
    const fromEnd = Math.min(k, 1 - k) * total;
    // The loop closes round below the bar as a half circle does.
    const below = Math.max(0, barAtMm - fromEnd);
    const round = Math.sqrt(Math.max(0.1, 1 - (below / (barAtMm + 0.4)) ** 2));
    const thick = lerp(looped * round, pressed, smoothstep(barAtMm + 0.5, loopEnd + 4, fromEnd));
    const flat = flatSection(rolled, thick, endWidthMm / 2);
    const roll = smoothstep(loopEnd + 16, loopEnd + 46, fromEnd);
    return {
      ...frame,
      section: rolled.map((p, j) => {
        const q = at(flat, j);
        return vec2(lerp(q.x, p.x, roll), lerp(q.y, p.y, roll));
      }),
    };
  });
  const whole = sweep(stations);
  const aroundPlus = rolled.length + 1;
  const skinCount = aroundPlus * stations.length;
  const lipFrom = arcSteps + 1;
  const lipTo = arcSteps + lipSteps - 2;
  const painted = splitBy(whole, (_, indices) =>
    indices.every((index) => {
      const i = index % aroundPlus;
      return index < skinCount && i >= lipFrom && i <= lipTo;
    }),
  );
  const lipSeam = [1, -1].map((side) =>
    frames
      .map((frame, i) => {
        const k = i / (frames.length - 1);
        const roll = smoothstep(loopEnd + 16, loopEnd + 46, Math.min(k, 1 - k) * total);
        const x = lerp(pressed, lipThickMm / 2, roll) + 0.12;
        const y = lerp(-endWidthMm / 2 + 3, -lipMm + 2.7, roll);
        return {
          place: along(along(frame.centre, frame.side, side * x), frame.up, y),
          normal: scale(frame.side, side),
        };
      })
      .filter((_, i) => {
        const fromEnd = Math.min(i, frames.length - 1 - i) * (total / (frames.length - 1));
        return fromEnd > loopEnd + 5;
      }),
  );
  const ends = [0, 1].flatMap((end) =>
    [1, -1].map((side) => {
      const own = frames.filter((_, i) => {
        const fromEnd = (end === 0 ? i : frames.length - 1 - i) * (total / (frames.length - 1));
        return fromEnd > loopEnd + 5 && fromEnd < loopEnd + 22;
      });
      return own.map((frame) => ({
        place: along(along(frame.centre, frame.side, side * (pressed + 0.12)), frame.up, endWidthMm / 2 - 3),
        normal: scale(frame.side, side),
      }));
    }),
  );
  return {
    parts: [
      { slot: 'leather', surface: painted.rest },
      { slot: 'edge', surface: painted.chosen },
    ],
    seams: [...lipSeam, ...ends],
  };
}
