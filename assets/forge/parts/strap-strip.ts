import type { PartSurface } from '../document/piece-spec.ts';
import type { SpaceMap } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { cross, normalize, vec2, vec3 } from '../geometry/vector.ts';
import { deform } from '../geometry/surface.ts';
import { splitBy } from '../geometry/split.ts';
import { sweep } from '../geometry/sweep.ts';

/** Points across a strap: its flats and its rounded, painted edges. */
const flatPoints = 5;
const edgePoints = 4;

function strapSection(halfWidthMm: number, halfThickMm: number): Vec2[] {
  const edge = Math.min(halfThickMm * 0.85, halfWidthMm * 0.9);
  const flat = (sign: 1 | -1): Vec2[] =>
    Array.from({ length: flatPoints }, (_, i) =>
      vec2(sign * (halfWidthMm - edge) * ((2 * i) / (flatPoints - 1) - 1), -sign * halfThickMm),
    );
  const arc = (sign: 1 | -1): Vec2[] =>
    Array.from({ length: edgePoints }, (_, i) => {
      const turn = -Math.PI / 2 + (Math.PI * (i + 1)) / (edgePoints + 1);
      return vec2(sign * (halfWidthMm - edge + edge * Math.cos(turn)), sign * halfThickMm * Math.sin(turn));
    });
  return [...flat(1), ...arc(1), ...flat(-1), ...arc(-1)];
}

/**
 * A strap along a line of (along, above) places in the flat strap's own space, where x runs along it, y across and z out of its
 * face; `map` then hangs it. Slots: `leather` and `edge`.
 */
export function strapStrip(
  line: readonly Vec2[],
  widthMm: (index: number) => number,
  thicknessMm: number,
  map: SpaceMap,
): PartSurface[] {
  const stations = line.map((p, i) => {
    const before = at(line, Math.max(0, i - 1));
    const after = at(line, Math.min(line.length - 1, i + 1));
    const tangent = normalize(vec3(after.x - before.x, 0, after.y - before.y));
    const side: Vec3 = vec3(0, 1, 0);
    return {
      centre: vec3(p.x, 0, p.y),
      side,
      up: cross(tangent, side),
      section: strapSection(widthMm(i) / 2, thicknessMm / 2),
    };
  });
  const whole = sweep(stations);
  const around = 2 * (flatPoints + edgePoints) + 1;
  // The faces between two columns of an edge, and both cut ends, are painted.
  const half = flatPoints + edgePoints;
  const painted = splitBy(whole, (_, indices) => {
    if (indices.some((index) => index >= around * stations.length)) return true;
    const column = Math.min(...indices.map((index) => index % around));
    return column % half >= flatPoints - 1;
  });
  return [
    { slot: 'leather', surface: deform(painted.rest, map) },
    { slot: 'edge', surface: deform(painted.chosen, map) },
  ];
}

/** A line through corners in the flat strap's space: long steps where it is straight, short ones where it turns. */
export function strapLine(corners: readonly Vec2[], longStepMm: number): Vec2[] {
  const out: Vec2[] = [at(corners, 0)];
  for (let i = 1; i < corners.length; i += 1) {
    const [a, b] = [at(corners, i - 1), at(corners, i)];
    const size = Math.hypot(b.x - a.x, b.y - a.y);
    const steps = Math.max(1, Math.ceil(size / longStepMm));
    for (let k = 1; k <= steps; k += 1) {
      out.push(vec2(a.x + ((b.x - a.x) * k) / steps, a.y + ((b.y - a.y) * k) / steps));
    }
  }
  return out;
}

/** Half a turn of a strap round a bar: from below to above when it turns at its beginning, from above to below at its end. */
export function turnRound(bar: Vec2, radiusMm: number, end: 'start' | 'end'): Vec2[] {
  return Array.from({ length: 9 }, (_, i) => {
    const turn = -Math.PI / 2 + (Math.PI * i) / 8;
    const p = vec2(
      bar.x + (end === 'start' ? -1 : 1) * Math.cos(turn) * radiusMm,
      bar.y + Math.sin(turn) * radiusMm,
    );
    return p;
  }).toSorted((a, b) => (end === 'start' ? a.y - b.y : b.y - a.y));
}
