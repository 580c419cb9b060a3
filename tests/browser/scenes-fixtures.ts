import { Document, NodeIO, type Material, type Node, type Primitive } from '@gltf-transform/core';
import { KHRMaterialsVariants } from '@gltf-transform/extensions';

/** A plain frame in metres, drawn by boxes: what the stage's rules need to be tested, and nothing that a client would see. */
export async function plainFrameGlb(): Promise<Uint8Array> {
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
    const primitive = boxPrimitive(document, metal, min, max);
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

function boxPrimitive(document: Document, material: Material, min: Point, max: Point): Primitive {
  const positions: number[] = [];
  const normals: number[] = [];
  for (let axis = 0; axis < 3; axis += 1) {
    for (const side of [0, 1]) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3] as const;
      const corners =
        side === 1
          ? [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
              [1, 1],
              [0, 1],
            ]
          : [
              [0, 0],
              [1, 1],
              [1, 0],
              [0, 0],
              [0, 1],
              [1, 1],
            ];
      for (const [a, b] of corners) {
        const point = [0, 0, 0];
        point[axis] = (side === 1 ? max : min)[axis]!;
        point[u] = (a === 1 ? max : min)[u]!;
        point[v] = (b === 1 ? max : min)[v]!;
        positions.push(...point);
        const normal = [0, 0, 0];
        normal[axis] = side === 1 ? 1 : -1;
        normals.push(...normal);
      }
    }
  }
  const [buffer] = document.getRoot().listBuffers();
  const accessor = (values: number[]) =>
    document.createAccessor().setType('VEC3').setArray(new Float32Array(values)).setBuffer(buffer!);
  return document
    .createPrimitive()
    .setMaterial(material)
    .setAttribute('POSITION', accessor(positions))
    .setAttribute('NORMAL', accessor(normals));
}
