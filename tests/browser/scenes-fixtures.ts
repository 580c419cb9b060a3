import { Document, NodeIO, type Material, type Node, type Primitive } from '@gltf-transform/core';
import { KHRMaterialsVariants } from '@gltf-transform/extensions';

/** A plain frame in metres, drawn by boxes: what the stage's rules need to be tested, and nothing that a client would see. */
export async function plainFrameGlb(level: 'fine' | 'coarse' = 'coarse'): Promise<Uint8Array> {
  const document = new Document();
  document.createBuffer();
  const variants = document.createExtension(KHRMaterialsVariants);
  const metal = document.createMaterial('metal').setMetallicFactor(1).setRoughnessFactor(0.15);
  metal.setBaseColorFactor([1, 0.77, 0.34, 1]);
  const red = document.createMaterial('red').setMetallicFactor(0).setRoughnessFactor(0.6);
  red.setBaseColorFactor([0.8, 0.02, 0.02, 1]);
  const gold = variants.createVariant('gold');
  const signal = variants.createVariant('signal');

  const root = document.createNode('piece').setExtras({
    vitrine: { schemaVersion: 1, category: 'eyewear', anchor: 'noseBridge' },
  });
  const part = (name: string, min: Point, max: Point): Node => {
    const primitive = boxPrimitive(document, metal, min, max, level === 'fine' ? 4 : 1);
    const list = variants.createMappingList();
    list.addMapping(variants.createMapping().setMaterial(metal).addVariant(gold));
    list.addMapping(variants.createMapping().setMaterial(red).addVariant(signal));
    primitive.setExtension('KHR_materials_variants', list);
    const node = document.createNode(name).setMesh(document.createMesh(name).addPrimitive(primitive));
    root.addChild(node);
    return node;
  };
  part('front', [-0.068, -0.006, 0.002], [0.068, 0.006, 0.008]);
  part('temple_left', [0.064, -0.003, -0.14], [0.068, 0.003, 0.002]);
  part('temple_right', [-0.068, -0.003, -0.14], [-0.064, 0.003, 0.002]);
  document.createScene().addChild(root);
  return new NodeIO().registerExtensions([KHRMaterialsVariants]).writeBinary(document);
}

type Point = readonly [x: number, y: number, z: number];

/** Two triangles a side, each side with its own normal; all of it `layers` times over. */
function boxPrimitive(
  document: Document,
  material: Material,
  min: Point,
  max: Point,
  layers: number,
): Primitive {
  const positions: number[] = [];
  const normals: number[] = [];
  const corners = [0, 1, 2, 0, 2, 3] as const;
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const;
  const axes = Array.from({ length: layers }, () => [0, 1, 2] as const).flat();
  for (const axis of axes) {
    for (const side of [0, 1] as const) {
      for (const corner of side === 1 ? corners : corners.toReversed()) {
        const [a, b] = square[corner];
        const pick = { [axis]: side, [(axis + 1) % 3]: a, [(axis + 2) % 3]: b };
        positions.push(...([0, 1, 2] as const).map((i) => (pick[i] === 1 ? max[i] : min[i])));
        normals.push(...[0, 1, 2].map((i) => (i === axis ? side * 2 - 1 : 0)));
      }
    }
  }
  const buffer = document.getRoot().listBuffers()[0] ?? null;
  const accessor = (values: number[]) =>
    document.createAccessor().setType('VEC3').setArray(new Float32Array(values)).setBuffer(buffer);
  return document
    .createPrimitive()
    .setMaterial(material)
    .setAttribute('POSITION', accessor(positions))
    .setAttribute('NORMAL', accessor(normals));
}
