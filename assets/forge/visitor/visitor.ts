import { writeFormGlb } from '../mannequin/form-glb.ts';
import { meshForm } from '../mannequin/form-mesh.ts';
import { visitorGarmentMm, visitorHairMm, visitorHandsMm, visitorSkinMm } from './visitor-form.ts';

/** How finely to forge. */
export interface VisitorOptions {
  /** The mesher's cell on skin, in millimetres; 1.2 unless told. */
  readonly cellMm?: number;
}

const headBox = { halfWidthMm: 130, fromMm: [-216, -176], toMm: [156, 88] } as const;
const hairBox = { halfWidthMm: 100, fromMm: [-120, -176], toMm: [164, 60] } as const;
const garmentBox = { halfWidthMm: 320, fromMm: [-1020, -240], toMm: [-112, 80] } as const;
const handsBox = { halfWidthMm: 280, fromMm: [-940, -80], toMm: [-720, 60] } as const;
const lipschitz = 1.6;
const skinColour = [0.6, 0.42, 0.33] as const;

/**
 * Forges the head of a visitor that the kit itself brings: skin with open lids, hair, jersey and hanging hands as four forms of one
 * GLB, in the canonical face frame (metres; +x the wearer's left, +y up, +z out of the face). Colours are set by whoever
 * draws it; eyeballs are spheres and drawn there too. Deterministic.
 */
export async function forgeVisitor({ cellMm = 1.2 }: VisitorOptions = {}): Promise<Uint8Array> {
  const [skin, hair, garment, hands] = await Promise.all([
    meshForm(visitorSkinMm, { box: headBox, cellMm, lipschitz, triangles: 44_000 }),
    meshForm(visitorHairMm, { box: hairBox, cellMm: cellMm * 2, lipschitz, triangles: 8_000 }),
    meshForm(visitorGarmentMm, { box: garmentBox, cellMm: cellMm * 3, lipschitz, triangles: 10_000 }),
    meshForm(visitorHandsMm, { box: handsBox, cellMm: cellMm * 3, lipschitz, triangles: 2_000 }),
  ]);
  return writeFormGlb('visitor', [
    { name: 'skin', mesh: skin, colour: skinColour, roughness: 0.55 },
    { name: 'hair', mesh: hair, colour: [0.1, 0.07, 0.05], roughness: 0.6 },
    { name: 'hands', mesh: hands, colour: skinColour, roughness: 0.55 },
    { name: 'garment', mesh: garment, colour: [0.16, 0.18, 0.21], roughness: 0.9 },
  ]);
}
