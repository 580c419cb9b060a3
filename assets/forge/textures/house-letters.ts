import type { Vec2 } from '../geometry/vector.ts';
import { vec2 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';

/** A straight stroke of ink between two places, millimetres. */
export interface Stroke {
  readonly a: Vec2;
  readonly b: Vec2;
  readonly widthMm: number;
}

/** How a house draws its letters: widths as shares of a capital's height. */
export interface Lettering {
  readonly stem: number;
  readonly hair: number;
  /** Clear space between letters. */
  readonly tracking: number;
}

/** Norde: one weight, wide and calm. */
export const nordeLettering: Lettering = { stem: 0.13, hair: 0.13, tracking: 0.46 };
/** Aurelle: upright strokes full, the others a hairline. */
export const aurelleLettering: Lettering = { stem: 0.16, hair: 0.085, tracking: 0.34 };

interface GlyphLine {
  readonly weight: 'stem' | 'hair';
  readonly points: readonly Vec2[];
}
interface Glyph {
  readonly width: number;
  readonly lines: readonly GlyphLine[];
}

const stem = (...points: readonly (readonly [number, number])[]): GlyphLine => ({
  weight: 'stem',
  points: points.map(([x, y]) => vec2(x, y)),
});
const hair = (...points: readonly (readonly [number, number])[]): GlyphLine => ({
  ...stem(...points),
  weight: 'hair',
});

/** An elliptic arc as a hairline; its upright parts are thickened by a stem laid over them where the glyph says so. */
function bow(
  weight: GlyphLine['weight'],
  centre: readonly [number, number],
  radii: readonly [number, number],
  fromDeg: number,
  toDeg: number,
): GlyphLine {
  const steps = Math.max(4, Math.round(Math.abs(toDeg - fromDeg) / 12));
  return {
    weight,
    points: Array.from({ length: steps + 1 }, (_, i) => {
      const angle = ((fromDeg + ((toDeg - fromDeg) * i) / steps) * Math.PI) / 180;
      return vec2(centre[0] + Math.cos(angle) * radii[0], centre[1] + Math.sin(angle) * radii[1]);
    }),
  };
}

/** The letters that dials and labels need, a capital's height being 1. */
const glyphs: Readonly<Record<string, Glyph>> = {
  A: {
    width: 0.84,
    lines: [hair([0, 0], [0.42, 1]), stem([0.42, 1], [0.84, 0]), hair([0.17, 0.34], [0.67, 0.34])],
  },
  C: {
    width: 0.82,
    lines: [
      bow('hair', [0.5, 0.5], [0.5, 0.5], 48, 130),
      bow('stem', [0.5, 0.5], [0.5, 0.5], 130, 230),
      bow('hair', [0.5, 0.5], [0.5, 0.5], 230, 312),
    ],
  },
  D: {
    width: 0.84,
    lines: [
      stem([0, 0], [0, 1]),
      hair([0, 1], [0.36, 1]),
      bow('hair', [0.36, 0.5], [0.48, 0.5], 90, 45),
      bow('stem', [0.36, 0.5], [0.48, 0.5], 45, -45),
      bow('hair', [0.36, 0.5], [0.48, 0.5], -45, -90),
      hair([0.36, 0], [0, 0]),
    ],
  },
  E: {
    width: 0.58,
    lines: [
      stem([0, 0], [0, 1]),
      hair([0, 1], [0.58, 1]),
      hair([0, 0.5], [0.5, 0.5]),
      hair([0, 0], [0.58, 0]),
    ],
  },
  I: { width: 0, lines: [stem([0, 0], [0, 1])] },
  L: { width: 0.54, lines: [stem([0, 0], [0, 1]), hair([0, 0], [0.54, 0])] },
  M: {
    width: 0.96,
    lines: [
      hair([0, 0], [0, 1]),
      stem([0, 1], [0.48, 0.12]),
      hair([0.48, 0.12], [0.96, 1]),
      stem([0.96, 1], [0.96, 0]),
    ],
  },
  N: { width: 0.8, lines: [hair([0, 0], [0, 1]), stem([0, 1], [0.8, 0]), hair([0.8, 0], [0.8, 1])] },
  O: {
    width: 1,
    lines: [
      bow('hair', [0.5, 0.5], [0.5, 0.5], 50, 130),
      bow('stem', [0.5, 0.5], [0.5, 0.5], 130, 230),
      bow('hair', [0.5, 0.5], [0.5, 0.5], 230, 310),
      bow('stem', [0.5, 0.5], [0.5, 0.5], -50, 50),
    ],
  },
  R: {
    width: 0.66,
    lines: [
      stem([0, 0], [0, 1]),
      hair([0, 1], [0.34, 1]),
      bow('stem', [0.34, 0.74], [0.28, 0.26], 90, -90),
      hair([0.34, 0.48], [0, 0.48]),
      stem([0.32, 0.48], [0.66, 0]),
    ],
  },
  T: { width: 0.7, lines: [hair([0, 1], [0.7, 1]), stem([0.35, 1], [0.35, 0])] },
  U: {
    width: 0.76,
    lines: [
      stem([0, 1], [0, 0.38]),
      bow('hair', [0.38, 0.38], [0.38, 0.38], 180, 360),
      hair([0.76, 0.38], [0.76, 1]),
    ],
  },
};

/** A word in a house's capitals, centred on a place. Raises RangeError for a letter that nothing needed yet. */
export function lettered(word: string, lettering: Lettering, capMm: number, middle: Vec2): Stroke[] {
  const letters = Array.from(word, (letter) => {
    const glyph = glyphs[letter];
    if (glyph === undefined) {
      throw new RangeError(`lettered: the house has not drawn ${letter} yet`);
    }
    return glyph;
  });
  const total =
    letters.reduce((sum, { width }) => sum + width, 0) + (letters.length - 1) * lettering.tracking;
  const strokes: Stroke[] = [];
  let x = -total / 2;
  for (const { width, lines } of letters) {
    for (const { weight, points } of lines) {
      const place = (p: Vec2): Vec2 => vec2(middle.x + (x + p.x) * capMm, middle.y + (p.y - 0.5) * capMm);
      points.slice(1).forEach((p, i) => {
        strokes.push({ a: place(at(points, i)), b: place(p), widthMm: lettering[weight] * capMm });
      });
    }
    x += width + lettering.tracking;
  }
  return strokes;
}
