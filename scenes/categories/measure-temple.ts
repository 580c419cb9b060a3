import { Mesh, Vector3, type Object3D } from 'three';
import type { Vec3 } from '../../sdk/geometry/pose.ts';

/** The arm of a temple as measured from its model, in the piece's frame (mm). */
export interface TempleShape {
  /** The middle of the hinge, about which the temple turns. */
  readonly hingeMm: Vec3;
  /** Where the arm's inner side and lower edge run, front to back: z, inner x, lower y at each step. */
  readonly steps: ReadonlyArray<Vec3>;
}

const STEP_MM = 8;
const HINGE_DEPTH_MM = 5;

/**
 * Measures a temple from the vertices of its node in world millimetres, so its tree must stand where it was loaded: the
 * hinge is its front end, and each step of 8 mm tells where the arm's inner side and lower edge run. `side` is +1 for the wearer's left. Once per model.
 */
export function measureTemple(temple: Object3D, side: 1 | -1): TempleShape | null {
  const points = verticesOf(temple);
  let frontZ = -Infinity;
  for (const point of points) frontZ = Math.max(frontZ, point.z);
  if (points.length === 0) return null;

  const hinge = new Vector3();
  let hingePoints = 0;
  const slices = new Map<number, { innerX: number; lowerY: number }>();
  for (const point of points) {
    if (point.z > frontZ - HINGE_DEPTH_MM) {
      hinge.add(point);
      hingePoints += 1;
    }
    const slice = Math.floor((frontZ - point.z) / STEP_MM);
    const known = slices.get(slice);
    slices.set(slice, {
      innerX: side * Math.min(side * point.x, side * (known?.innerX ?? side * Infinity)),
      lowerY: Math.min(point.y, known?.lowerY ?? Infinity),
    });
  }
  hinge.divideScalar(hingePoints);
  const steps = [...slices]
    .sort(([a], [b]) => a - b)
    .map(([slice, { innerX, lowerY }]): Vec3 => [frontZ - (slice + 0.5) * STEP_MM, innerX, lowerY]);
  return { hingeMm: [hinge.x, hinge.y, hinge.z], steps };
}

function verticesOf(node: Object3D): Vector3[] {
  node.updateWorldMatrix(true, true);
  const points: Vector3[] = [];
  node.traverse((child) => {
    if (!(child instanceof Mesh)) return;
    const position = child.geometry.getAttribute('position');
    for (let i = 0; i < position.count; i += 1) {
      const point = new Vector3().fromBufferAttribute(position, i);
      points.push(point.applyMatrix4(child.matrixWorld));
    }
  });
  return points;
}
