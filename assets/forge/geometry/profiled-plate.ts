import type { PartSurface } from '../document/piece-spec.ts';
import type { Vec2 } from './vector.ts';
import { at } from './at.ts';
import { boxOf, contains, counterClockwise, outwardNormals } from './outline.ts';
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
  readonly interiorMm?: (place: Vec2) => number;
  readonly map?: SpaceMap;
  /** Longest edge of the outline; as drawn when absent. */
  readonly edgeMm?: number;
}

function interiorPoints(rim: readonly Vec2[], spacing: (place: Vec2) => number, finestMm: number): Vec2[] {
  const box = boxOf(rim);
  const taken: Vec2[] = [];
  const rowMm = (finestMm * Math.sqrt(3)) / 2;
  for (let row = 0; row * rowMm < box.maxY - box.minY; row += 1) {
    for (let column = 0; column * finestMm < box.maxX - box.minX; column += 1) {
      const p = vec2(box.minX + (column + (row % 2) / 2) * finestMm, box.minY + row * rowMm);
      const wantedMm = spacing(p);
      if (
        contains(rim, p) &&
        // An edge of the rim survives triangulation when no point comes into the circle that has it as diameter.
        rim.every(
          (q, i) => distance2(p, q) > Math.max(0.72 * distance2(q, at(rim, i + 1)), wantedMm * 0.7),
        ) &&
        taken.every((q) => distance2(p, q) > wantedMm * 0.96)
      ) {
        taken.push(p);
      }
    }
  }
  return taken;
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
    const finest = interiorMm === undefined ? 0 : Math.min(...rim.map(interiorMm));
    const interior = interiorMm === undefined ? [] : interiorPoints(rim, interiorMm, finest);
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
