import type { Document } from '@gltf-transform/core';
import type { InstancedMesh } from '@gltf-transform/extensions';
import type { PartNode, PieceSpec } from './piece-spec.ts';

/** Triangles that a piece draws at its full level, each place of an instanced mesh counted. */
export function specTriangles({ root, shared }: PieceSpec): number {
  const ofNode = ({ surfaces = [], share, instances, children = [] }: PartNode): number => {
    const parts = share === undefined ? surfaces : [...surfaces, shared[share]];
    const own = parts.reduce((sum, part) => sum + (part?.surface.triangles.length ?? 0), 0);
    return children.reduce((sum, child) => sum + ofNode(child), own * (instances?.length ?? 1));
  };
  return ofNode(root);
}

/** Triangles that a document draws, each place of an instanced mesh counted. */
export function drawnTriangles(document: Document): number {
  return document
    .getRoot()
    .listNodes()
    .reduce((sum, node) => {
      const batch = node.getExtension<InstancedMesh>('EXT_mesh_gpu_instancing');
      const places = batch?.getAttribute('TRANSLATION')?.getCount() ?? 1;
      const indices = (node.getMesh()?.listPrimitives() ?? []).map(
        (primitive) => primitive.getIndices()?.getCount() ?? 0,
      );
      return sum + (places * indices.reduce((total, count) => total + count, 0)) / 3;
    }, 0);
}
