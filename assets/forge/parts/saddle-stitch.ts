import type { PartInstance } from '../document/piece-spec.ts';
import type { SpaceMap, Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add, cross, length, normalize, radians, scale, sub, vec2, vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { skin } from '../geometry/skin.ts';
import { smoothNormals } from '../geometry/smooth-normals.ts';

/** A place of a seam with the direction that leaves the leather there. */
export interface SeamPoint {
  readonly place: Vec3;
  readonly normal: Vec3;
}

/** Distance from one stitch to the next: seven to the inch, as a saddler marks it. */
export const stitchPitchMm = 3.5;

/** Waxed linen, flattened by the mallet: the thread's own axis is x, y leaves the leather, both ends dive into their holes. */
export function stitchThread(lengthMm = 3.1, widthMm = 0.82): Surface {
  return thread(lengthMm, widthMm, 5, [-0.5, -0.36, 0, 0.36, 0.5], [0, 0.85, 1, 0.85, 0]);
}

/** The same thread seen from farther away. */
export function stitchThreadFar(lengthMm = 3.1, widthMm = 0.82): Surface {
  return thread(lengthMm, widthMm * 1.15, 3, [-0.5, 0, 0.5], [0, 1, 0]);
}

function thread(
  lengthMm: number,
  widthMm: number,
  sides: number,
  places: readonly number[],
  sizes: readonly number[],
): Surface {
  const rings = places.map((k, row) => {
    const y = 0.16 - 2.9 * k * k;
    return Array.from({ length: sides }, (_, i) => {
      const angle = -Math.PI / 2 - (2 * Math.PI * i) / sides;
      const r = (at(sizes, row) * widthMm) / 2;
      return vec3(k * lengthMm, y + Math.sin(angle) * r * 0.8, Math.cos(angle) * r);
    });
  });
  return smoothNormals(skin(rings, (row, i) => vec2(row, i)));
}

/** Stitches evenly spaced along a seam, each leaning the way that a saddle stitch leans. */
export function stitchesAlong(
  seam: readonly SeamPoint[],
  options: { readonly pitchMm?: number; readonly slantDeg?: number; readonly closed?: boolean } = {},
): PartInstance[] {
  const { pitchMm = stitchPitchMm, slantDeg = 13, closed = false } = options;
  const points = closed ? [...seam, at(seam, 0)] : seam;
  const lengths = [0];
  for (let i = 1; i < points.length; i += 1) {
    lengths.push(at(lengths, -1) + length(sub(at(points, i).place, at(points, i - 1).place)));
  }
  const total = at(lengths, -1);
  const count = Math.round(total / pitchMm);
  const turn = radians(slantDeg);
  let segment = 1;
  return Array.from({ length: count }, (_, i) => {
    const target = (total * (i + 0.5)) / count;
    while (segment < points.length - 1 && at(lengths, segment) < target) segment += 1;
    const [a, b] = [at(points, segment - 1), at(points, segment)];
    const k = (target - at(lengths, segment - 1)) / (at(lengths, segment) - at(lengths, segment - 1));
    const tangent = normalize(sub(b.place, a.place));
    const blended = add(scale(a.normal, 1 - k), scale(b.normal, k));
    const side = normalize(cross(tangent, blended));
    const up = cross(side, tangent);
    const axis = add(scale(tangent, Math.cos(turn)), scale(side, Math.sin(turn)));
    return {
      translationMm: add(scale(a.place, 1 - k), scale(b.place, k)),
      rotation: frameQuaternion(axis, up, cross(axis, up)),
    };
  });
}

/** The stitches of several seams, in the frame of a node whose origin lies at `origin`. */
export function stitchesFrom(seams: readonly (readonly SeamPoint[])[], origin: Vec3): PartInstance[] {
  return seams
    .flatMap((seam) => stitchesAlong(seam))
    .map((instance) => ({ ...instance, translationMm: sub(instance.translationMm, origin) }));
}

/** Lifts a seam drawn on a flat piece of leather to where that piece is bent to. */
export function seamOn(map: SpaceMap, drawn: readonly Vec3[], facing: 1 | -1 = 1): SeamPoint[] {
  const step = 0.01;
  return drawn.map((p) => {
    const dx = sub(map({ ...p, x: p.x + step }), map({ ...p, x: p.x - step }));
    const dy = sub(map({ ...p, y: p.y + step }), map({ ...p, y: p.y - step }));
    return { place: map(p), normal: scale(normalize(cross(dx, dy)), facing) };
  });
}
