import { Document, NodeIO } from '@gltf-transform/core';
import { KHRMeshQuantization } from '@gltf-transform/extensions';
import { meshMannequin } from './mannequin-mesh.ts';
import type { MannequinMesh } from './mannequin-mesh.ts';

/** Linear base colour of the matte, warm plaster. */
const plaster = [0.78, 0.74, 0.7] as const;
const roughness = 0.75;
/** Above 1, hollows are drawn deeper than they are: most stages that show the head cast no shadows. */
const occlusionDepth = 1.25;

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
  return writeGlb(await meshMannequin(options.cellMm));
}

async function writeGlb(mesh: MannequinMesh): Promise<Uint8Array> {
  const document = new Document();
  document.createExtension(KHRMeshQuantization).setRequired(true);
  const buffer = document.createBuffer();
  const { quantised, scale, centre } = quantisePositions(mesh.positionsMm);
  const accessor = (name: string): ReturnType<Document['createAccessor']> =>
    document.createAccessor(name).setBuffer(buffer);

  const material = document
    .createMaterial('matte plaster')
    .setBaseColorFactor([...plaster, 1])
    .setMetallicFactor(0)
    .setRoughnessFactor(roughness);
  const primitive = document
    .createPrimitive()
    .setMaterial(material)
    .setIndices(accessor('indices').setType('SCALAR').setArray(indicesOf(mesh)))
    .setAttribute('POSITION', accessor('position').setType('VEC3').setArray(quantised).setNormalized(true))
    .setAttribute(
      'NORMAL',
      accessor('normal')
        .setType('VEC3')
        .setArray(Int16Array.from(mesh.normals, (component) => Math.round(component * 32767)))
        .setNormalized(true),
    )
    .setAttribute(
      'COLOR_0',
      accessor('occlusion').setType('VEC3').setArray(occlusionColours(mesh)).setNormalized(true),
    );

  const node = document
    .createNode('mannequin')
    .setMesh(document.createMesh('mannequin').addPrimitive(primitive))
    .setScale([scale, scale, scale])
    .setTranslation(centre);
  document.getRoot().setDefaultScene(document.createScene('mannequin').addChild(node));
  return new NodeIO().registerExtensions([KHRMeshQuantization]).writeBinary(document);
}

function indicesOf(mesh: MannequinMesh): Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> {
  return mesh.positionsMm.length / 3 <= 65_535
    ? Uint16Array.from(mesh.indices)
    : Uint32Array.from(mesh.indices);
}

interface QuantisedPositions {
  readonly quantised: Int16Array<ArrayBuffer>;
  /** Metres per unit of the normalised range, and the metres of its origin. */
  readonly scale: number;
  readonly centre: [x: number, y: number, z: number];
}

function quantisePositions(positionsMm: Float32Array): QuantisedPositions {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  positionsMm.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3] ?? value, value);
    high[i % 3] = Math.max(high[i % 3] ?? value, value);
  });
  const middle = (axis: number): number => ((low[axis] ?? 0) + (high[axis] ?? 0)) / 2;
  const centreMm: [number, number, number] = [middle(0), middle(1), middle(2)];
  const halfMm = Math.max(...high.map((value, axis) => value - (centreMm[axis] ?? 0)));
  return {
    quantised: Int16Array.from(positionsMm, (value, i) =>
      Math.round(((value - (centreMm[i % 3] ?? 0)) / halfMm) * 32767),
    ),
    scale: halfMm / 1000,
    centre: [centreMm[0] / 1000, centreMm[1] / 1000, centreMm[2] / 1000],
  };
}

/**
 * Openness to colour, with the light that plaster throws back into its own hollows: per channel, the multi-bounce
 * polynomial of Jimenez et al., "Practical Real-Time Strategies for Accurate Indirect Occlusion" (2016).
 */
function occlusionColours(mesh: MannequinMesh): Uint16Array<ArrayBuffer> {
  const colours = new Uint16Array(mesh.openness.length * 3);
  mesh.openness.forEach((openness, vertex) => {
    const open = openness ** occlusionDepth;
    plaster.forEach((albedo, channel) => {
      const a = 2.0404 * albedo - 0.3324;
      const b = -4.7951 * albedo + 0.6417;
      const c = 2.7552 * albedo + 0.6903;
      const lit = Math.max(open, ((open * a + b) * open + c) * open);
      colours[vertex * 3 + channel] = Math.round(Math.min(1, lit) * 65_535);
    });
  });
  return colours;
}
