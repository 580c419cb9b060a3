import { InstancedMesh, Matrix4, Mesh, Vector3, type Object3D } from 'three';
import type { Spot } from '../../protocol/together.ts';
import { primitiveOf } from '../models/material-variants.ts';
import { MM_PER_METRE } from '../units.ts';

/** Where a light on a piece hangs: from a part, at a place of that part's own frame (metres). */
export interface SpotPlace {
  readonly part: Object3D;
  readonly at: Vector3;
}

/** Of two parts that a spot lies on, the smaller is the one that was touched: so much of its size counts as distance. */
const sizeShare = 0.01;

/** A spot in a model's own frame (metres). */
export function inModel({ xMm, yMm, zMm }: Spot): Vector3 {
  return new Vector3(xMm, yMm, zMm).divideScalar(MM_PER_METRE);
}

/**
 * The place of a spot on a piece that is worn. Its parts are moved by themselves there, each earring to its ear, so the light goes with the
 * part on which the spot lies in `model`, which is as it was made. Null where `worn` has no such part.
 */
export function spotPlace(spot: Spot, model: Object3D, worn: Object3D): SpotPlace | null {
  const parts: Mesh[] = [];
  worn.traverse((node) => {
    if (node instanceof Mesh) parts[primitiveOf(node) ?? -1] = node;
  });
  const point = model.localToWorld(inModel(spot));
  const instance = new Matrix4();
  let place: SpotPlace | null = null;
  let nearest = Infinity;
  model.traverse((node) => {
    if (!(node instanceof Mesh)) return;
    const part = parts[primitiveOf(node) ?? -1];
    if (!part) return;
    node.geometry.computeBoundingBox();
    const { boundingBox: box } = node.geometry;
    if (!box) return;
    const count = node instanceof InstancedMesh ? node.count : 1;
    for (let link = 0; link < count; link += 1) {
      instance.identity();
      if (node instanceof InstancedMesh) node.getMatrixAt(link, instance);
      const inPart = node.worldToLocal(point.clone()).applyMatrix4(instance.invert());
      const distance = box.distanceToPoint(inPart) + sizeShare * box.min.distanceTo(box.max);
      if (distance >= nearest) continue;
      nearest = distance;
      if (part instanceof InstancedMesh) part.getMatrixAt(link, instance);
      place = { part, at: inPart.applyMatrix4(instance) };
    }
  });
  return place;
}
