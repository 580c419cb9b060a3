import type { CheckResult } from './check-result.ts';
import type { GltfDescription } from './gltf-description.ts';
import { accept, refuse } from './check-result.ts';

/** Of the fine model's triangles the coarse one draws a quarter; it is measured with what thinning leaves over. */
const mostShare = 0.3;

/** What is compared of a piece's two levels. */
export interface LevelOfDetail {
  readonly gltf: GltfDescription;
  readonly triangles: number;
}

/**
 * Whether a piece's second level can stand in for its first: the stage swaps the geometry of the one for that of the other primitive by
 * primitive, in the order of the nodes, while the piece is worn.
 */
export function checkLod(fine: LevelOfDetail, coarse: LevelOfDetail): CheckResult<null> {
  const wanted = partsOf(fine.gltf);
  const given = partsOf(coarse.gltf);
  const at = wanted.findIndex((part, place) => part !== given[place]);
  if (at >= 0)
    return refuse(
      'wrong-lod',
      `Where the model has ${wanted[at] ?? ''}, its second level has ${given[at] ?? 'nothing'}.`,
    );
  const more = given[wanted.length];
  if (more !== undefined) return refuse('wrong-lod', `The model has no ${more}, its second level has.`);
  const most = Math.floor(fine.triangles * mostShare);
  return coarse.triangles <= most
    ? accept(null)
    : refuse('wrong-lod', `The second level has ${coarse.triangles} triangles; ${most} are allowed.`);
}

/** The nodes that draw something, in the order in which a loader meets them, each with its primitives. */
function partsOf(gltf: GltfDescription): string[] {
  const parts: string[] = [];
  const waiting = [...(gltf.scenes?.[gltf.scene ?? 0]?.nodes ?? [])];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const node = gltf.nodes?.[next];
    const primitives = node?.mesh === undefined ? 0 : (gltf.meshes?.[node.mesh]?.primitives.length ?? 0);
    if (primitives > 0) parts.push(`${node?.name ?? 'a node without a name'} of ${primitives} primitives`);
    waiting.unshift(...(node?.children ?? []));
  }
  return parts;
}
