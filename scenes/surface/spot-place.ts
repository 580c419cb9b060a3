import { Box3, InstancedMesh, Matrix4, Mesh, Vector3, type Object3D } from 'three';
import type { Spot } from '../../protocol/together.ts';
import { primitiveOf } from '../models/material-variants.ts';
import { MM_PER_METRE } from '../units.ts';

/** Where a light on a piece hangs: from a part, at a place of that part's own frame (metres). */
export interface SpotPlace {
  readonly part: Object3D;
  readonly at: Vector3;
}

/** Boxes that are so near one another are equally near: the smaller part is the one that was touched. */
const sameMm = 0.3;

/** A spot in a model's own frame (metres). */
export function inModel({ xMm, yMm, zMm }: Spot): Vector3 {
  return new Vector3(xMm, yMm, zMm).divideScalar(MM_PER_METRE);
}

/**
 * The place of a spot on a piece that is worn. Its parts are moved by themselves there, each earring to its ear, so the light goes with the
 * part on which the spot lies in `model`, which is as it was made. Null where `worn` has no such part.
 */
export function spotPlace(spot: Spot, model: Object3D, worn: Object3D): SpotPlace | null {
  model.updateWorldMatrix(true, true);
  const point = model.localToWorld(inModel(spot));
  const found = nearestPart(model, point);
  if (found === null) return null;
  let place: SpotPlace | null = null;
  worn.traverse((node) => {
    if (!(node instanceof Mesh) || primitiveOf(node) !== found.primitive) return;
    const at = point.clone().applyMatrix4(found.partFromWorld);
    if (node instanceof InstancedMesh) at.applyMatrix4(instanceMatrix(node, found.instance));
    place = { part: node, at };
  });
  return place;
}

interface FoundPart {
  readonly primitive: number;
  /** Which of those that stand in many places. */
  readonly instance: number;
  readonly partFromWorld: Matrix4;
}

function nearestPart(model: Object3D, point: Vector3): FoundPart | null {
  let nearest: (FoundPart & { readonly distance: number; readonly size: number }) | null = null;
  const box = new Box3();
  model.traverse((node) => {
    const primitive = node instanceof Mesh ? primitiveOf(node) : null;
    if (!(node instanceof Mesh) || primitive === null) return;
    const { geometry } = node;
    if (geometry.boundingBox === null) geometry.computeBoundingBox();
    if (geometry.boundingBox === null) return;
    const count = node instanceof InstancedMesh ? node.count : 1;
    for (let instance = 0; instance < count; instance += 1) {
      const worldFromPart = node.matrixWorld.clone();
      if (node instanceof InstancedMesh) worldFromPart.multiply(instanceMatrix(node, instance));
      box.copy(geometry.boundingBox).applyMatrix4(worldFromPart);
      const distance = box.distanceToPoint(point);
      const size = box.min.distanceTo(box.max);
      const isNearer =
        nearest === null ||
        distance < nearest.distance - sameMm ||
        (distance < nearest.distance + sameMm && size < nearest.size);
      if (isNearer) nearest = { primitive, instance, distance, size, partFromWorld: worldFromPart.invert() };
    }
  });
  return nearest;
}

function instanceMatrix(mesh: InstancedMesh, instance: number): Matrix4 {
  const matrix = new Matrix4();
  mesh.getMatrixAt(instance, matrix);
  return matrix;
}
