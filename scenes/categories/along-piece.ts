import { Box3, type Object3D } from 'three';

/** From where to where a part of a model reaches along its finger or forearm, in the piece's frame, millimetres; +y is towards the hand's tips. */
export function alongPiece(
  instance: Object3D,
  part: Object3D = instance,
): { readonly minMm: number; readonly maxMm: number } {
  instance.updateWorldMatrix(true, true);
  const { min, max } = new Box3().setFromObject(part);
  return { minMm: min.y, maxMm: max.y };
}
