import type { LinearRgb, TextureRecipe } from '../document/recipes.ts';
import type { Stroke } from './house-letters.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { lerp, vec2 } from '../geometry/vector.ts';
import { paintWebp } from './encode.ts';
import { roughnessMapWebp } from './normal-map.ts';

/**
 * How a dial's texture lies: once round the dial in u, from the middle (below) to `radiusMm` in v. Polar, so that a brush or a
 * rosette engine's grain runs along the texture's axes and the minute track stays sharp at the rim.
 */
export interface PolarSize {
  readonly radiusMm: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The angle (counter-clockwise from 3 o'clock, from −π) and the radius at a place of the texture. */
export function polarPlace(
  size: PolarSize,
  u: number,
  v: number,
): { readonly angle: number; readonly r: number } {
  return { angle: (u - 0.5) * 2 * Math.PI, r: (1 - v) * size.radiusMm };
}

/** How far a place lies from a stroke's middle line. */
export function distanceToStroke(p: Vec2, { a, b }: Stroke): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const k = Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - dx * k, p.y - a.y - dy * k);
}

/** How much ink lies on every pixel, 0 to 1, row by row. */
export function inkOf(size: PolarSize, strokes: readonly Stroke[]): Float32Array {
  const { widthPx, heightPx, radiusMm } = size;
  const ink = new Float32Array(widthPx * heightPx);
  for (const stroke of strokes) {
    const pad = stroke.widthMm / 2 + 0.05;
    const places = Array.from({ length: 9 }, (_, i) =>
      vec2(lerp(stroke.a.x, stroke.b.x, i / 8), lerp(stroke.a.y, stroke.b.y, i / 8)),
    );
    const radii = places.map((p) => Math.hypot(p.x, p.y));
    const first = Math.atan2(stroke.a.y, stroke.a.x);
    const turns = places.map((p) => {
      const turn = Math.atan2(p.y, p.x) - first;
      return Math.atan2(Math.sin(turn), Math.cos(turn));
    });
    const inner = Math.max(0.3, Math.min(...radii) - pad);
    const margin = pad / inner;
    const column = (turn: number): number => ((first + turn) / (2 * Math.PI) + 0.5) * widthPx;
    const lastRow = Math.min(heightPx - 1, Math.ceil((1 - inner / radiusMm) * heightPx));
    const firstRow = Math.max(0, Math.floor((1 - (Math.max(...radii) + pad) / radiusMm) * heightPx));
    for (let row = firstRow; row <= lastRow; row += 1) {
      const r = (1 - (row + 0.5) / heightPx) * radiusMm;
      const soft = Math.max(radiusMm / heightPx, (2 * Math.PI * r) / widthPx) * 0.6;
      const end = Math.ceil(column(Math.max(...turns) + margin));
      for (let c = Math.floor(column(Math.min(...turns) - margin)); c <= end; c += 1) {
        const wrapped = ((c % widthPx) + widthPx) % widthPx;
        const angle = ((wrapped + 0.5) / widthPx - 0.5) * 2 * Math.PI;
        const d = distanceToStroke(vec2(r * Math.cos(angle), r * Math.sin(angle)), stroke);
        const cover = Math.min(1, Math.max(0, (stroke.widthMm / 2 - d) / soft + 0.5));
        const index = row * widthPx + wrapped;
        ink[index] = Math.max(ink[index] ?? 0, cover);
      }
    }
  }
  return ink;
}

/** What a printed dial is made of. */
export interface DialPrint {
  readonly name: string;
  readonly size: PolarSize;
  readonly strokes: readonly Stroke[];
  readonly ink: LinearRgb;
  /** The ground's colour by radius and angle. */
  readonly ground: (r: number, angle: number) => LinearRgb;
}

/** The dial's colour: ground and ink. */
export function dialColor({ name, size, strokes, ink, ground }: DialPrint): TextureRecipe {
  return {
    name,
    wrap: 'repeat',
    bake: (scale) => {
      const own = { ...size, widthPx: size.widthPx * scale, heightPx: size.heightPx * scale };
      const cover = inkOf(own, strokes);
      return paintWebp(own.widthPx, own.heightPx, 90, (u, v) => {
        const k = cover[Math.floor(v * own.heightPx) * own.widthPx + Math.floor(u * own.widthPx)] ?? 0;
        const { angle, r } = polarPlace(own, u, v);
        const color = ground(r, angle);
        return [lerp(color[0], ink[0], k), lerp(color[1], ink[1], k), lerp(color[2], ink[2], k)];
      });
    },
  };
}

/** The dial's roughness: `ground` under the lacquer, printed ink always dull. */
export function dialRoughness(
  name: string,
  size: PolarSize,
  strokes: readonly Stroke[],
  ground: (r: number, angle: number) => number,
): TextureRecipe {
  return {
    name,
    wrap: 'repeat',
    bake: (scale) => {
      const own = { ...size, widthPx: size.widthPx * scale, heightPx: size.heightPx * scale };
      const cover = inkOf(own, strokes);
      return roughnessMapWebp(own.widthPx, own.heightPx, (u, v) => {
        const k = cover[Math.floor(v * own.heightPx) * own.widthPx + Math.floor(u * own.widthPx)] ?? 0;
        const { angle, r } = polarPlace(own, u, v);
        return lerp(ground(r, angle), 0.85, k);
      });
    },
  };
}

/** A minute track: strokes at every minute between two radii, every fifth one wider, in a thin circle if asked for. */
export function minuteTrack(options: {
  readonly fromMm: number;
  readonly toMm: number;
  readonly widthMm: number;
  readonly fifthMm: number;
  readonly circleMm?: number;
}): Stroke[] {
  const polar = (r: number, angle: number): Vec2 => vec2(r * Math.cos(angle), r * Math.sin(angle));
  const ticks = Array.from({ length: 60 }, (_, i): Stroke => {
    const angle = (i * Math.PI) / 30;
    const fifth = i % 5 === 0;
    return {
      a: polar(options.fromMm, angle),
      b: polar(options.toMm, angle),
      widthMm: fifth ? options.fifthMm : options.widthMm,
    };
  });
  if (options.circleMm === undefined) {
    return ticks;
  }
  const { circleMm } = options;
  const circle = Array.from({ length: 180 }, (_, i): Stroke => {
    const step = Math.PI / 90;
    return {
      a: polar(circleMm, i * step),
      b: polar(circleMm, (i + 1) * step),
      widthMm: options.widthMm * 0.8,
    };
  });
  return [...ticks, ...circle];
}
