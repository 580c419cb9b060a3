import { Document, NodeIO } from '@gltf-transform/core';
import {
  EXTMeshGPUInstancing,
  KHRMaterialsTransmission,
  KHRMaterialsVariants,
  KHRMaterialsVolume,
} from '@gltf-transform/extensions';
import { Box3, InstancedMesh, Mesh, MeshPhysicalMaterial, type Object3D } from 'three';
import { describe, expect, it } from 'vitest';
import { loadModel } from './load-model.ts';

/** A lens of 51 by 38 by 2 mm, written in metres, clear or green, with the facts of a piece on its root. */
async function lensGlb(schemaVersion = 1, places: readonly number[] = []): Promise<Uint8Array<ArrayBuffer>> {
  const document = new Document();
  const buffer = document.createBuffer();
  const extensions = [
    EXTMeshGPUInstancing,
    KHRMaterialsVariants,
    KHRMaterialsTransmission,
    KHRMaterialsVolume,
  ];
  const variants = document.createExtension(KHRMaterialsVariants);
  const transmission = document.createExtension(KHRMaterialsTransmission);
  const volume = document.createExtension(KHRMaterialsVolume);
  const glass = (name: string, attenuationMetres: number) =>
    document
      .createMaterial(name)
      .setExtension('KHR_materials_transmission', transmission.createTransmission().setTransmissionFactor(1))
      .setExtension(
        'KHR_materials_volume',
        volume.createVolume().setThicknessFactor(0.002).setAttenuationDistance(attenuationMetres),
      );
  const [clear, green] = [glass('clear', 0.05), glass('green', 0.004)];
  const list = variants.createMappingList();
  for (const [name, material] of [
    ['clear', clear],
    ['green', green],
  ] as const) {
    list.addMapping(variants.createMapping().setMaterial(material).addVariant(variants.createVariant(name)));
  }
  const corners = new Float32Array([0, 0, 0, 0.051, 0, 0, 0.051, 0.038, 0, 0, 0.038, 0.002]);
  const primitive = document
    .createPrimitive()
    .setMaterial(clear)
    .setAttribute('POSITION', document.createAccessor().setType('VEC3').setArray(corners).setBuffer(buffer))
    .setIndices(
      document
        .createAccessor()
        .setType('SCALAR')
        .setArray(new Uint16Array([0, 1, 2, 0, 2, 3]))
        .setBuffer(buffer),
    )
    .setExtension('KHR_materials_variants', list);
  const lens = document.createNode('lens_left').setMesh(document.createMesh().addPrimitive(primitive));
  if (places.length > 0) {
    const at = Float32Array.from(places.flatMap((x) => [x, 0, 0]));
    const batch = document.createExtension(EXTMeshGPUInstancing).setRequired(true).createInstancedMesh();
    lens.setExtension(
      'EXT_mesh_gpu_instancing',
      batch.setAttribute(
        'TRANSLATION',
        document.createAccessor().setType('VEC3').setArray(at).setBuffer(buffer),
      ),
    );
  }
  const root = document.createNode('piece').addChild(lens);
  root.setExtras({
    vitrine: {
      schemaVersion,
      category: 'eyewear',
      anchor: 'noseBridge',
      wornFrame: { translationMm: [0, -3, 1], rotation: [0, 0, 0, 1] },
    },
  });
  document.createScene().addChild(root);
  return Uint8Array.from(await new NodeIO().registerExtensions(extensions).writeBinary(document));
}

function glassOf(instance: Object3D): MeshPhysicalMaterial {
  const lens = instance.getObjectByName('lens_left');
  if (lens instanceof Mesh && lens.material instanceof MeshPhysicalMaterial) return lens.material;
  throw new Error('There is no lens.');
}

describe('a model', () => {
  it('is in millimetres, the way of light through its glass included', async () => {
    const { prototype } = await loadModel(await lensGlb());
    const size = new Box3().setFromObject(prototype);
    expect(size.max.x - size.min.x).toBeCloseTo(51, 3);
    expect(size.max.y - size.min.y).toBeCloseTo(38, 3);
    const glass = glassOf(prototype);
    expect(glass.attenuationDistance).toBeCloseTo(50, 3);
    // three.js scales thickness by the model's own scale when it draws.
    expect(glass.thickness * prototype.scale.x).toBeCloseTo(2, 6);
  });

  it('brings the facts of its piece, and is refused when it is of a version that nobody here reads', async () => {
    const { extras } = await loadModel(await lensGlb());
    expect(extras).toMatchObject({ category: 'eyewear', wornFrame: { translationMm: [0, -3, 1] } });
    await expect(loadModel(await lensGlb(9))).rejects.toMatchObject({ code: 'piece-malformed' });
  });

  it('wears each of its variants on each of its copies, and refuses any other', async () => {
    const model = await loadModel(await lensGlb());
    const [one, other] = [model.prototype.clone(), model.prototype.clone()];
    expect(model.variants.names).toEqual(['clear', 'green']);
    model.variants.apply(one, 'green');
    expect(glassOf(one).name).toBe('green');
    expect(glassOf(one).attenuationDistance).toBeCloseTo(4, 3);
    expect(glassOf(other).name).toBe('clear');
    model.variants.apply(one, null);
    expect(glassOf(one).name).toBe('clear');
    expect(() => model.variants.apply(one, 'rose')).toThrow(
      expect.objectContaining({ code: 'variant-unknown' }),
    );
  });

  it('draws a part that stands in many places once, in every variant', async () => {
    const { prototype, variants } = await loadModel(await lensGlb(1, [0, 0.1, 0.2]));
    const copy = prototype.clone();
    const lens = copy.getObjectByName('lens_left');
    if (!(lens instanceof InstancedMesh)) throw new Error('The lens is not instanced.');
    expect(lens.count).toBe(3);
    expect(new Box3().setFromObject(copy).max.x).toBeCloseTo(251, 3);
    variants.apply(copy, 'green');
    expect(glassOf(copy).name).toBe('green');
  });

  it('disposes every geometry and every material, those of variants not worn included, once', async () => {
    const model = await loadModel(await lensGlb());
    const disposed: string[] = [];
    const copy = model.prototype.clone();
    for (const variant of ['clear', 'green']) {
      model.variants.apply(copy, variant);
      glassOf(copy).addEventListener('dispose', () => disposed.push(variant));
    }
    const lens = copy.getObjectByName('lens_left');
    if (lens instanceof Mesh) lens.geometry.addEventListener('dispose', () => disposed.push('geometry'));
    model.dispose();
    expect(disposed.sort()).toEqual(['clear', 'geometry', 'green']);
  });
});
