import type { PartInstance } from '../document/piece-spec.ts';
import type { Station } from '../geometry/sweep.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { along, cross, dot, length, mix, normalize, radians, scale, sub, vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { framesAlong, superellipse, sweep } from '../geometry/sweep.ts';
import { resamplePath } from '../geometry/spline.ts';

/** One link of a chain, by its outer sizes. */
export interface LinkShape {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly wireMm: number;
  /** 2 is an ellipse; more makes the long sides straighter. */
  readonly exponent?: number;
}

/** How finely a link is drawn: sections round the link, corners round the wire. */
export interface LinkDetail {
  readonly steps: number;
  readonly around: number;
}

/** Distance between the middles of neighbouring links in a taut chain: wire lies on wire inside the bows. */
export function linkPitchMm(shape: LinkShape): number {
  return shape.lengthMm - 2 * shape.wireMm;
}

/**
 * A closed link of round wire in the plane z = 0, its long axis y, its middle at the origin. `section` replaces the
 * round wire by another one: x lies in the link's plane (outwards negative), y along z.
 */
export function link(shape: LinkShape, detail: LinkDetail, section?: readonly Vec2[]): Surface {
  const { wireMm } = shape;
  const middle = superellipse(
    (shape.widthMm - wireMm) / 2,
    (shape.lengthMm - wireMm) / 2,
    shape.exponent ?? 2.3,
    detail.steps * 8,
  );
  const closed = [...middle, at(middle, 0)].map((p) => vec3(p.x, p.y, 0));
  const even = resamplePath(closed, detail.steps + 1).slice(0, detail.steps);
  const own = section ?? superellipse(wireMm / 2, wireMm / 2, 2, detail.around);
  const stations = even.map((centre, i): Station => {
    const tangent = normalize(sub(at(even, i + 1), at(even, i - 1)));
    const up = vec3(0, 0, 1);
    return { centre, side: cross(up, tangent), up, section: own };
  });
  return sweep(stations, true);
}

/** How links follow a path. */
export interface LayOptions {
  readonly pitchMm: number;
  /** A loop whose last link hangs in its first; an open path otherwise, a link's middle half a pitch from either end. */
  readonly closed?: boolean;
  /** Turn of the first link about the path. Links that lie on skin rest at 45°, so that both kinds of link are seen alike. */
  readonly restDeg?: number;
  /** Turn from each link to the next; 90 for a cable chain. */
  readonly alternateDeg?: number;
  /** Direction that counts as up at the path's start, across the path. */
  readonly up: Vec3;
}

/**
 * Places equal links along a path, in order from its start. A link's frame: y along the path, x in the link's plane, z
 * across it; it is turned by `restDeg` and, every other one, by `alternateDeg` more. The pitch is stretched a little
 * so that a whole number of links fits (an even one on a loop, so that the turns meet).
 */
export function layLinks(path: readonly Vec3[], options: LayOptions): PartInstance[] {
  const loop = options.closed === true ? [...path, at(path, 0)] : [...path];
  const lengths = [0];
  for (let i = 1; i < loop.length; i += 1) {
    lengths.push(at(lengths, i - 1) + length(sub(at(loop, i), at(loop, i - 1))));
  }
  const total = at(lengths, -1);
  const count =
    options.closed === true
      ? 2 * Math.round(total / options.pitchMm / 2)
      : Math.max(1, Math.round(total / options.pitchMm));
  // Two samples for each link: its ends on the even ones, its middle on the odd ones.
  const samples = resamplePath(loop, 2 * count + 1);
  const frames = framesAlong(samples, options.up);
  // A loop's frames come back twisted; every link takes its share of the difference.
  const [first, last] = [at(frames, 0), at(frames, -1)];
  const twist = options.closed === true ? Math.atan2(dot(last.side, first.up), dot(last.up, first.up)) : 0;
  return Array.from({ length: count }, (_, i): PartInstance => {
    const [from, to] = [at(samples, 2 * i), at(samples, 2 * i + 2)];
    const frame = at(frames, 2 * i + 1);
    const y = normalize(sub(to, from));
    const turn =
      radians((options.restDeg ?? 45) + (i % 2) * (options.alternateDeg ?? 90)) + (twist * (i + 0.5)) / count;
    const across = along(scale(frame.up, Math.cos(turn)), frame.side, Math.sin(turn));
    const x = normalize(along(across, y, -dot(across, y)));
    return {
      translationMm: mix(mix(from, to, 0.5), at(samples, 2 * i + 1), 0.5),
      rotation: frameQuaternion(x, y, cross(x, y)),
    };
  });
}

/** A jump ring: a link that is a circle. */
export function jumpRing(outerMm: number, wireMm: number, detail: LinkDetail): Surface {
  return link({ lengthMm: outerMm, widthMm: outerMm, wireMm, exponent: 2 }, detail);
}
