import { Group, type Object3D } from 'three';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { MM_PER_METRE } from '../units.ts';

/** Moves a node to a pose of its parent's frame. */
export function placeNode(node: Object3D, { rotation, translationMm }: Pose): void {
  node.quaternion.set(rotation[0], rotation[1], rotation[2], rotation[3]);
  node.position.set(translationMm[0], translationMm[1], translationMm[2]);
}

/**
 * Takes a node out of its model, which is written in metres, into a group of millimetres of its own: the node's origin and axes become
 * the group's. Null where the model has no such node.
 */
export function detachNode(instance: Object3D, name: string): Group | null {
  const node = instance.getObjectByName(name);
  if (node === undefined) return null;
  const holder = new Group();
  holder.name = `${name}_holder`;
  node.position.set(0, 0, 0);
  node.quaternion.identity();
  const scaled = new Group();
  scaled.scale.setScalar(MM_PER_METRE);
  scaled.add(node);
  holder.add(scaled);
  return holder;
}
