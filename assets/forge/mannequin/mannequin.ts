import { writeFormGlb } from './form-glb.ts';
import { meshMannequin } from './mannequin-mesh.ts';

/** Linear base colour of the matte, warm plaster. */
const plaster = [0.78, 0.74, 0.7] as const;

/** How finely to forge. */
export interface MannequinOptions {
  /** The mesher's cell in millimetres; 1 unless told. Twice as coarse takes about a fifth of the time. */
  readonly cellMm?: number;
}

/**
 * Forges the boutique's display head as one GLB: a neutral head, neck and shoulder tops in matte plaster, in the
 * canonical face frame at scale 1 (metres; +x the wearer's left, +y up, +z out of the face), so that whatever fits a
 * tracked face fits it. Positions and normals are 16-bit (KHR_mesh_quantization); COLOR_0 carries ambient occlusion.
 * Deterministic; at most 40 000 triangles.
 */
export async function forgeMannequin(options: MannequinOptions = {}): Promise<Uint8Array> {
  const mesh = await meshMannequin(options.cellMm);
  return writeFormGlb('mannequin', [{ name: 'mannequin', mesh, colour: plaster, roughness: 0.75 }]);
}
