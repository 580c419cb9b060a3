import type { FormMesh } from './form-mesh.ts';
import { meshForm } from './form-mesh.ts';
import { mannequinDistanceMm } from './mannequin-form.ts';

const box = { halfWidthMm: 130, fromMm: [-250, -172], toMm: [152, 88] } as const;
/** The form never claims more than this times its true distance; found by sampling (see the test). */
export const mannequinLipschitz = 1.6;
const triangles = 39_500;

/**
 * Meshes the mannequin, in at most 40 000 triangles. Deterministic.
 *
 * @param cellMm - the mesher's cell; its finest groove is about two cells wide.
 */
export function meshMannequin(cellMm = 1): Promise<FormMesh> {
  return meshForm(mannequinDistanceMm, { box, cellMm, lipschitz: mannequinLipschitz, triangles });
}
