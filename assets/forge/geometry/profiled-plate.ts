import type { PartSurface } from '../document/piece-spec.ts';
import type { Vec2 } from './vector.ts';
import { at } from './at.ts';
import { counterClockwise, outwardNormals } from './outline.ts';
import { interiorPoints, type InteriorSpacing } from './interior-points.ts';
import { creasedNormals, SlotSkins } from './turned.ts';
import { deform } from './surface.ts';
import type { SpaceMap } from './surface.ts';
import { distance2, lerp, vec2, vec3 } from './vector.ts';
import { triangulateArea } from './delaunay.ts';

/** A step of a plate's wall: how far inside the outline and how high; `slot` is the material of the wall below it. */
export interface WallStep {
  readonly insetMm: number;
  readonly z: number;
  readonly slot: string;
}

/** A plate whose wall has flat chamfers with crisp edges, each with its own finish. */
export interface ProfiledPlateOptions {
  readonly outer: readonly Vec2[];
  /** From the rim of the front face down to the rim of the back face. */
  readonly wall: readonly WallStep[];
  readonly frontSlot: string;
  readonly backSlot: string;
  /** Distance between points inside the faces at a place, for a plate that is bent; none when absent. */
  readonly interiorMm?: InteriorSpacing;
  readonly map?: SpaceMap;
  /** Longest edge of the outline; as drawn when absent. */
  readonly edgeMm?: number;
}

/** Splits edges that are longer than `mostMm`, so that a bend finds points to move and thin shapes triangulate. */
export function subdivided(outline: readonly Vec2[], mostMm: number): Vec2[] {
  return outline.flatMap((a, i) => {
    const b = at(outline, i + 1);
    const parts = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / mostMm));
    return Array.from({ length: parts }, (_, k) =>
      vec2(lerp(a.x, b.x, k / parts), lerp(a.y, b.y, k / parts)),
    );
  });
}

/** A solid plate with a profiled wall. Faces carry (x, y) as texture places, walls the way round and the way down. */
export function profiledPlate(options: ProfiledPlateOptions): PartSurface[] {
  const points = subdivided(counterClockwise(options.outer), options.edgeMm ?? Infinity);
  const normals = outwardNormals(points);
  const skins = new SlotSkins();
  const inset = (byMm: number): Vec2[] =>
    points.map((p, i) => vec2(p.x - at(normals, i).x * byMm, p.y - at(normals, i).y * byMm));
  // Upwards: the outer side lies to the right of a rising wall.
  const rising = options.wall.toReversed();
  const profile = rising.map(({ insetMm, z }) => vec2(-insetMm, z));
  const lengths = [0];
  points.forEach((p, i) => lengths.push(at(lengths, i) + distance2(p, at(points, i + 1))));
  let v = 0;
  for (let segment = 0; segment + 1 < rising.length; segment += 1) {
    const ends = creasedNormals(profile, segment, false);
    const { vertices, triangles } = skins.of(at(rising, segment + 1).slot);
    const base = vertices.length;
    const long = distance2(at(profile, segment), at(profile, segment + 1));
    for (const [end, n] of ends.entries()) {
      const step = at(rising, segment + end);
      const ring = inset(step.insetMm);
      for (let i = 0; i <= points.length; i += 1) {
        const p = at(ring, i);
        const out = at(normals, i);
        vertices.push({
          position: vec3(p.x, p.y, step.z),
          normal: vec3(out.x * n.x, out.y * n.x, n.y),
          uv: vec2(at(lengths, i), v + end * long),
        });
      }
    }
    for (let i = 0; i < points.length; i += 1) {
      const a = base + i;
      const b = a + points.length + 1;
      triangles.push([a, a + 1, b], [a + 1, b + 1, b]);
    }
    v += long;
  }
  for (const side of [1, -1] as const) {
    const rimStep = at(options.wall, side > 0 ? 0 : -1);
    const rim = inset(rimStep.insetMm);
    const { interiorMm } = options;
    const interior = interiorMm === undefined ? [] : interiorPoints([rim], interiorMm);
    const { vertices, triangles } = skins.of(side > 0 ? options.frontSlot : options.backSlot);
    const base = vertices.length;
    for (const p of [...rim, ...interior]) {
      vertices.push({ position: vec3(p.x, p.y, rimStep.z), normal: vec3(0, 0, side), uv: p });
    }
    for (const [a, b, c] of triangulateArea([rim], interior)) {
      triangles.push(side > 0 ? [base + a, base + b, base + c] : [base + a, base + c, base + b]);
    }
  }
  const { map } = options;
  return skins.surfaces(map === undefined ? undefined : (surface) => deform(surface, map));
}
