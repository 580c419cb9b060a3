import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec2 } from './vector.ts';
import { vec2, vec3 } from './vector.ts';
import { at } from './at.ts';
import { dropSlivers } from './surface.ts';

/**
 * A body of revolution about y. `profile` gives (radius, y) from the bottom pole to the top pole; both ends should
 * have radius 0 for a solid. Corners sharper than 30° stay sharp in shading, gentler ones are smoothed.
 */
export function lathe(profile: readonly Vec2[], around: number): Surface {
  const vertices: Vertex[] = [];
  const triangles: Triangle[] = [];
  const normalOf = (segment: number): Vec2 => {
    const a = at(profile, segment);
    const b = at(profile, segment + 1);
    const size = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    return vec2((b.y - a.y) / size, (a.x - b.x) / size);
  };
  const segments = profile.length - 1;
  const blend = (one: Vec2, other: Vec2): Vec2 => {
    if (one.x * other.x + one.y * other.y < Math.cos(Math.PI / 6)) {
      return one;
    }
    const size = Math.hypot(one.x + other.x, one.y + other.y);
    return vec2((one.x + other.x) / size, (one.y + other.y) / size);
  };
  for (let segment = 0; segment < segments; segment += 1) {
    const own = normalOf(segment);
    const starts = segment > 0 ? blend(own, normalOf(segment - 1)) : own;
    const ends = segment < segments - 1 ? blend(own, normalOf(segment + 1)) : own;
    const base = vertices.length;
    for (const [point, normal] of [
      [at(profile, segment), starts],
      [at(profile, segment + 1), ends],
    ] as const) {
      for (let i = 0; i <= around; i += 1) {
        // The last column repeats the first exactly, so that welding closes the body.
        const angle = (2 * Math.PI * (i % around)) / around;
        const c = Math.cos(angle);
        const s = Math.sin(angle);
        vertices.push({
          position: vec3(point.x * c, point.y, -point.x * s),
          normal: vec3(normal.x * c, normal.y, -normal.x * s),
          uv: vec2((2 * Math.PI * i * point.x) / around, point.y),
        });
      }
    }
    for (let i = 0; i < around; i += 1) {
      const a = base + i;
      const c = a + around + 1;
      triangles.push([a, a + 1, c], [a + 1, c + 1, c]);
    }
  }
  return dropSlivers({ vertices, triangles });
}

/** A turned pin or barrel about y between two heights, its edges chamfered by rounding. */
export function barrel(
  radiusMm: number,
  bottomMm: number,
  topMm: number,
  edgeMm: number,
  around: number,
): Surface {
  const steps = 3;
  const profile: Vec2[] = [vec2(0, bottomMm)];
  for (let i = 0; i <= steps; i += 1) {
    const angle = ((Math.PI / 2) * i) / steps;
    profile.push(vec2(radiusMm - edgeMm * (1 - Math.sin(angle)), bottomMm + edgeMm * (1 - Math.cos(angle))));
  }
  for (let i = 0; i <= steps; i += 1) {
    const angle = ((Math.PI / 2) * i) / steps;
    profile.push(vec2(radiusMm - edgeMm * (1 - Math.cos(angle)), topMm - edgeMm * (1 - Math.sin(angle))));
  }
  profile.push(vec2(0, topMm));
  return lathe(profile, around);
}

/** A domed head about y sitting on y = 0: a rivet, a screw's head, the tip of a claw. */
export function dome(radiusMm: number, heightMm: number, sinkMm: number, around: number): Surface {
  const steps = 5;
  const profile: Vec2[] = [vec2(0, -sinkMm), vec2(radiusMm, -sinkMm)];
  for (let i = 0; i <= steps; i += 1) {
    const angle = ((Math.PI / 2) * i) / steps;
    profile.push(vec2(i === steps ? 0 : radiusMm * Math.cos(angle), heightMm * Math.sin(angle)));
  }
  return lathe(profile, around);
}
