import type { CheckResult } from './check-result.ts';
import type { GlbBudget } from './glb-budget.ts';
import type { GltfDescription } from './gltf-description.ts';
import { accept, refuse } from './check-result.ts';

/** What a model costs when it is drawn once. */
export interface GlbCost {
  readonly triangles: number;
  readonly drawCalls: number;
  readonly nodes: number;
  readonly depth: number;
}

const NUMBERS_PER_TYPE: Readonly<Record<string, number>> = {
  SCALAR: 1,
  VEC2: 2,
  VEC3: 3,
  VEC4: 4,
  MAT2: 4,
  MAT3: 9,
  MAT4: 16,
};

interface MeshCost {
  readonly triangles: number;
  readonly drawCalls: number;
}

function meshCost(gltf: GltfDescription, mesh: number): MeshCost | null {
  let triangles = 0;
  const primitives = gltf.meshes?.[mesh]?.primitives;
  if (primitives === undefined) {
    return null;
  }
  for (const { attributes, indices, mode = 4 } of primitives) {
    const counted = indices ?? attributes['POSITION'];
    const count = counted === undefined ? undefined : gltf.accessors?.[counted]?.count;
    if (count === undefined) {
      return null;
    }
    triangles += mode === 4 ? count / 3 : Math.max(0, count - 2);
  }
  return { triangles, drawCalls: primitives.length };
}

/** How often a node draws its mesh: as its longest list of places says, or once. */
function instancesOf(gltf: GltfDescription, node: NonNullable<GltfDescription['nodes']>[number]): number {
  const attributes = node.extensions?.EXT_mesh_gpu_instancing?.attributes;
  if (attributes === undefined) {
    return 1;
  }
  return Math.max(0, ...Object.values(attributes).map((accessor) => gltf.accessors?.[accessor]?.count ?? 0));
}

/**
 * Walks the description before anything is unpacked: a small file may ask for gigabytes, and nodes that are their own
 * ancestors would never end.
 */
export function measureGlb(
  gltf: GltfDescription,
  binaryBytes: number,
  budget: GlbBudget,
): CheckResult<GlbCost> {
  let numbers = 0;
  for (const { bufferView, count, type } of gltf.accessors ?? []) {
    if (bufferView === undefined || gltf.bufferViews?.[bufferView] === undefined) {
      return refuse('over-budget', 'The model has an accessor without data of its own.');
    }
    numbers += count * (NUMBERS_PER_TYPE[type] ?? 16);
  }
  if (numbers > budget.accessorNumbers) {
    return refuse(
      'over-budget',
      `The model unpacks to ${numbers} numbers; ${budget.accessorNumbers} are allowed.`,
    );
  }
  for (const { byteOffset = 0, byteLength } of gltf.bufferViews ?? []) {
    if (byteOffset + byteLength > binaryBytes) {
      return refuse('cut-short', 'The model refers to data behind its end.');
    }
  }
  const nodes = gltf.nodes ?? [];
  if (nodes.length > budget.nodes) {
    return refuse('over-budget', `The model has ${nodes.length} nodes; ${budget.nodes} are allowed.`);
  }
  let triangles = 0;
  let drawCalls = 0;
  let depth = 0;
  const visited = new Set<number>();
  const waiting = (gltf.scenes?.[gltf.scene ?? 0]?.nodes ?? []).map((node) => ({ node, level: 1 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = nodes[next.node];
    if (node === undefined || visited.has(next.node)) {
      return refuse('invalid-gltf', 'The model has a node that is missing or has two parents.');
    }
    visited.add(next.node);
    depth = Math.max(depth, next.level);
    if (depth > budget.depth) {
      return refuse('over-budget', `The nodes of the model are nested deeper than ${budget.depth}.`);
    }
    if (node.mesh !== undefined) {
      const cost = meshCost(gltf, node.mesh);
      if (cost === null) {
        return refuse('invalid-gltf', 'The model has a mesh without points.');
      }
      triangles += cost.triangles * instancesOf(gltf, node);
      drawCalls += cost.drawCalls;
    }
    for (const child of node.children ?? []) {
      waiting.push({ node: child, level: next.level + 1 });
    }
  }
  if (triangles > budget.triangles) {
    return refuse('over-budget', `The model has ${triangles} triangles; ${budget.triangles} are allowed.`);
  }
  if (drawCalls > budget.drawCalls) {
    return refuse('over-budget', `The model needs ${drawCalls} draw calls; ${budget.drawCalls} are allowed.`);
  }
  return accept({ triangles, drawCalls, nodes: nodes.length, depth });
}
