import type { PartSurface } from '../document/piece-spec.ts';
import type { Surface, Triangle, Vertex } from './surface.ts';
import type { Vec2 } from './vector.ts';
import { at } from './at.ts';
import { dropSlivers } from './surface.ts';
import { vec2, vec3 } from './vector.ts';

/** A corner of a closed outline, rounded by `roundMm`; `slot` names the material of the edge that leaves it. */
export interface Corner {
  readonly p: Vec2;
  readonly roundMm?: number;
  readonly slot?: string;
}

/** A point of a rounded outline with the slot of the edge that leaves it. */
export interface OutlinePoint {
  readonly p: Vec2;
  readonly slot: string;
}

/** Rounds the corners of a closed polygon by arcs; an arc belongs to the edge that follows it. */
export function rounded(corners: readonly Corner[], slot: string, stepsPerQuarter = 3): OutlinePoint[] {
  let current = corners.toReversed().find((corner) => corner.slot !== undefined)?.slot ?? slot;
  return corners.flatMap((corner, i): OutlinePoint[] => {
    current = corner.slot ?? current;
    const { p, roundMm = 0 } = corner;
    const a = at(corners, i - 1).p;
    const b = at(corners, i + 1).p;
    const unit = (to: Vec2): Vec2 => {
      const size = Math.hypot(to.x - p.x, to.y - p.y) || 1;
      return vec2((to.x - p.x) / size, (to.y - p.y) / size);
    };
    const [u, v] = [unit(a), unit(b)];
    const inner = Math.acos(Math.min(1, Math.max(-1, u.x * v.x + u.y * v.y)));
    if (roundMm === 0 || Math.PI - inner < 1e-3) {
      return [{ p, slot: current }];
    }
    const back = roundMm / Math.tan(inner / 2);
    const bisector = vec2(u.x + v.x, u.y + v.y);
    const size = Math.hypot(bisector.x, bisector.y);
    const reach = roundMm / Math.sin(inner / 2);
    const centre = vec2(p.x + (bisector.x / size) * reach, p.y + (bisector.y / size) * reach);
    const from = Math.atan2(p.y + u.y * back - centre.y, p.x + u.x * back - centre.x);
    const to = Math.atan2(p.y + v.y * back - centre.y, p.x + v.x * back - centre.x);
    const turn = Math.atan2(Math.sin(to - from), Math.cos(to - from));
    const steps = Math.max(2, Math.ceil((Math.abs(turn) / (Math.PI / 2)) * stepsPerQuarter));
    return Array.from({ length: steps + 1 }, (_, k) => {
      const angle = from + (turn * k) / steps;
      return {
        p: vec2(centre.x + Math.cos(angle) * roundMm, centre.y + Math.sin(angle) * roundMm),
        slot: current,
      };
    });
  });
}

/** Unit normal to the right of the way from a to b: outwards on a counter-clockwise outline. */
function rightOf(a: Vec2, b: Vec2): Vec2 {
  const size = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return vec2((b.y - a.y) / size, (a.x - b.x) / size);
}

/** Normals at both ends of a profile's segment: shared with its neighbour where the two meet at less than 40°. */
export function creasedNormals(
  points: readonly Vec2[],
  segment: number,
  closed: boolean,
): readonly [Vec2, Vec2] {
  const own = rightOf(at(points, segment), at(points, segment + 1));
  const blend = (other: Vec2): Vec2 => {
    if (own.x * other.x + own.y * other.y < Math.cos((40 * Math.PI) / 180)) {
      return own;
    }
    const size = Math.hypot(own.x + other.x, own.y + other.y);
    return vec2((own.x + other.x) / size, (own.y + other.y) / size);
  };
  const last = points.length - 2;
  return [
    closed || segment > 0 ? blend(rightOf(at(points, segment - 1), at(points, segment))) : own,
    closed || segment < last ? blend(rightOf(at(points, segment + 1), at(points, segment + 2))) : own,
  ];
}

/** One slot's collected skin. */
interface Skin {
  readonly vertices: Vertex[];
  readonly triangles: Triangle[];
}

/** Collects skins by slot. */
export class SlotSkins {
  readonly #skins = new Map<string, Skin>();

  of(slot: string): Skin {
    const skin = this.#skins.get(slot) ?? { vertices: [], triangles: [] };
    this.#skins.set(slot, skin);
    return skin;
  }

  surfaces(map: (surface: Surface) => Surface = (surface) => surface): PartSurface[] {
    return [...this.#skins].map(([slot, skin]) => ({ slot, surface: map(dropSlivers(skin)) }));
  }
}

/**
 * A body turned about z from a closed outline of (radius, z), counter-clockwise with the radius to the right. Texture
 * places: u runs round the axis in millimetres at `uRadiusMm`, v along the outline.
 */
export function turned(outline: readonly OutlinePoint[], around: number, uRadiusMm: number): PartSurface[] {
  const skins = new SlotSkins();
  const points = outline.map(({ p }) => p);
  let v = 0;
  outline.forEach(({ p: a, slot }, segment) => {
    const b = at(points, segment + 1);
    const long = Math.hypot(b.x - a.x, b.y - a.y);
    if (long < 1e-9) {
      return;
    }
    const normals = creasedNormals(points, segment, true);
    const { vertices, triangles } = skins.of(slot);
    const base = vertices.length;
    for (const [end, p] of [a, b].entries()) {
      const normal = at(normals, end);
      for (let i = 0; i <= around; i += 1) {
        // The last column repeats the first exactly, so that welding closes the body.
        const angle = (2 * Math.PI * (i % around)) / around;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        vertices.push({
          position: vec3(p.x * c, p.x * s, p.y),
          normal: vec3(normal.x * c, normal.x * s, normal.y),
          uv: vec2(((2 * Math.PI * i) / around) * uRadiusMm, v + end * long),
        });
      }
    }
    for (let i = 0; i < around; i += 1) {
      const p = base + i;
      const q = p + around + 1;
      triangles.push([p, p + 1, q], [p + 1, q + 1, q]);
    }
    v += long;
  });
  return skins.surfaces();
}
