import { Document, NodeIO } from '@gltf-transform/core';
import { KHRMeshQuantization } from '@gltf-transform/extensions';
import type { FormMesh } from './form-mesh.ts';

/** One form of a GLB: its name (of node, mesh and material), its surface and its look. */
export interface GlbForm {
  readonly name: string;
  readonly mesh: FormMesh;
  /** Linear base colour. */
  readonly colour: readonly [red: number, green: number, blue: number];
  readonly roughness: number;
}

/** Above 1, hollows are drawn deeper than they are: most stages that show such forms cast no shadows. */
const occlusionDepth = 1.25;

/**
 * Writes forms as one GLB in metres. Positions and normals are 16-bit (KHR_mesh_quantization); COLOR_0 carries ambient
 * occlusion. Deterministic.
 */
export async function writeFormGlb(name: string, forms: readonly GlbForm[]): Promise<Uint8Array> {
  const document = new Document();
  document.createExtension(KHRMeshQuantization).setRequired(true);
  const buffer = document.createBuffer();
  const scene = document.createScene(name);
  document.getRoot().setDefaultScene(scene);
  for (const form of forms) {
    const { mesh } = form;
    const { quantised, scale, centre } = quantisePositions(mesh.positionsMm);
    const accessor = (of: string): ReturnType<Document['createAccessor']> =>
      document.createAccessor(`${form.name} ${of}`).setBuffer(buffer);
    const material = document
      .createMaterial(form.name)
      .setBaseColorFactor([...form.colour, 1])
      .setMetallicFactor(0)
      .setRoughnessFactor(form.roughness);
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
        accessor('occlusion').setType('VEC3').setArray(occlusionColours(form)).setNormalized(true),
      );
    scene.addChild(
      document
        .createNode(form.name)
        .setMesh(document.createMesh(form.name).addPrimitive(primitive))
        .setScale([scale, scale, scale])
        .setTranslation(centre),
    );
  }
  return new NodeIO().registerExtensions([KHRMeshQuantization]).writeBinary(document);
}

function indicesOf(mesh: FormMesh): Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> {
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
 * Openness to colour, with the light that a pale form throws back into its own hollows: per channel, the multi-bounce
 * polynomial of Jimenez et al., "Practical Real-Time Strategies for Accurate Indirect Occlusion" (2016).
 */
function occlusionColours({ mesh, colour }: GlbForm): Uint16Array<ArrayBuffer> {
  const colours = new Uint16Array(mesh.openness.length * 3);
  mesh.openness.forEach((openness, vertex) => {
    const open = openness ** occlusionDepth;
    colour.forEach((albedo, channel) => {
      const a = 2.0404 * albedo - 0.3324;
      const b = -4.7951 * albedo + 0.6417;
      const c = 2.7552 * albedo + 0.6903;
      const lit = Math.max(open, ((open * a + b) * open + c) * open);
      colours[vertex * 3 + channel] = Math.round(Math.min(1, lit) * 65_535);
    });
  });
  return colours;
}
