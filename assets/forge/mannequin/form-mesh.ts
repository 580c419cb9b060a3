import { MeshoptSimplifier } from 'meshoptimizer';
import { createOpenness } from './ambient-occlusion.ts';
import type { OcclusionDomain } from './ambient-occlusion.ts';
import type { DistanceMm } from './signed-distance.ts';
import { surfaceNets } from './surface-nets.ts';

/** A form's surface: xyz interleaved positions (mm), unit normals, openness per vertex, and triangles. */
export interface FormMesh {
  readonly positionsMm: Float32Array;
  readonly normals: Float32Array;
  /** 1 open to the light, 0 shut; one per vertex. */
  readonly openness: Float32Array;
  readonly indices: Uint32Array;
}

/** How a form is meshed. */
export interface FormMeshing {
  /** Where the form lies. */
  readonly box: OcclusionDomain;
  /** The mesher's cell; its finest groove is about two cells wide. */
  readonly cellMm: number;
  /** The form never claims more than this times its true distance. */
  readonly lipschitz: number;
  /** At most about so many triangles stay. */
  readonly triangles: number;
  /** What stands in the light beside the form itself; the form unless told. */
  readonly shadedBy?: DistanceMm;
}

/** How much a wrong normal counts against a wrong position (in units of the mesh's extent) when edges collapse. */
const normalWeight = 0.7;
/** What the simplifier's remap holds for a vertex that nothing uses. */
const dropped = 0xffffffff;

/**
 * Meshes a form that is mirror-symmetric in x, thins it, sets every vertex exactly on the form, and takes normals and
 * openness from the form itself. Deterministic.
 */
export async function meshForm(form: DistanceMm, meshing: FormMeshing): Promise<FormMesh> {
  const { box, cellMm, lipschitz, triangles, shadedBy = form } = meshing;
  await MeshoptSimplifier.ready;
  const dense = surfaceNets(form, { ...box, cellMm, lipschitz });
  const normals = settleOnForm(form, dense.positionsMm);
  const [indices] = MeshoptSimplifier.simplifyWithAttributes(
    dense.indices,
    dense.positionsMm,
    3,
    normals,
    3,
    [normalWeight, normalWeight, normalWeight],
    null,
    Math.min(triangles * 3, dense.indices.length),
    1,
    ['Prune'],
  );
  const [remap, count] = MeshoptSimplifier.compactMesh(indices);
  const kept = { positionsMm: new Float32Array(count * 3), normals: new Float32Array(count * 3) };
  remap.forEach((target, source) => {
    if (target === dropped) return;
    kept.positionsMm.set(dense.positionsMm.subarray(source * 3, source * 3 + 3), target * 3);
    kept.normals.set(normals.subarray(source * 3, source * 3 + 3), target * 3);
  });
  const opennessAt = createOpenness(shadedBy, box);
  const openness = Float32Array.from({ length: count }, (_, vertex) =>
    opennessAt(vectorAt(kept.positionsMm, vertex), vectorAt(kept.normals, vertex)),
  );
  return { ...kept, openness, indices };
}

/** Moves every vertex onto the form along its gradient, in place; returns the unit normals there. */
function settleOnForm(form: DistanceMm, positionsMm: Float32Array): Float32Array {
  const normals = new Float32Array(positionsMm.length);
  for (let vertex = 0; vertex < positionsMm.length / 3; vertex += 1) {
    const at = vectorAt(positionsMm, vertex);
    const { unit, length } = gradientAt(form, at);
    const step = form(...at) / Math.max(length, 0.5);
    positionsMm.set([at[0] - unit[0] * step, at[1] - unit[1] * step, at[2] - unit[2] * step], vertex * 3);
    normals.set(unit, vertex * 3);
  }
  return normals;
}

type Vector = readonly [number, number, number];

function vectorAt(array: Float32Array, index: number): Vector {
  return [array[index * 3] ?? 0, array[index * 3 + 1] ?? 0, array[index * 3 + 2] ?? 0];
}

/** The form's gradient by four samples on a tetrahedron. */
function gradientAt(form: DistanceMm, [x, y, z]: Vector): { readonly unit: Vector; readonly length: number } {
  const h = 0.3;
  const a = form(x + h, y - h, z - h);
  const b = form(x - h, y - h, z + h);
  const c = form(x - h, y + h, z - h);
  const d = form(x + h, y + h, z + h);
  const gx = a - b - c + d;
  const gy = -a - b + c + d;
  const gz = -a + b - c + d;
  const length = Math.hypot(gx, gy, gz) || 1;
  return { unit: [gx / length, gy / length, gz / length], length: length / (4 * h) };
}
