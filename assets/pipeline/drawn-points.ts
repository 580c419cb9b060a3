import type { Accessor, Document, mat4, Node } from '@gltf-transform/core';
import type { InstancedMesh } from '@gltf-transform/extensions';

/** A place in space. */
export type Point = readonly [x: number, y: number, z: number];

/** What a model shows first. A file need not say which scene that is: it is the first then, as for whoever draws it. */
export function rootOf(document: Document): Node | null {
  const root = document.getRoot();
  const scene = root.getDefaultScene() ?? root.listScenes()[0];
  return scene?.listChildren()[0] ?? null;
}

/** What a node draws itself: the points of its mesh, or the places in which its mesh stands; in the node's own space, in metres. */
export function drawnBy(node: Node): readonly Accessor[] {
  const places = node.getExtension<InstancedMesh>('EXT_mesh_gpu_instancing')?.getAttribute('TRANSLATION');
  return (node.getMesh()?.listPrimitives() ?? []).flatMap(
    (primitive) => places ?? primitive.getAttribute('POSITION') ?? [],
  );
}

/** A point of a column-major matrix's space. */
export function transformed(m: mat4, [x, y, z]: Point): Point {
  const row = (at: 0 | 1 | 2): number =>
    (m[at] ?? 0) * x + (m[at + 4] ?? 0) * y + (m[at + 8] ?? 0) * z + (m[at + 12] ?? 0);
  return [row(0), row(1), row(2)];
}
