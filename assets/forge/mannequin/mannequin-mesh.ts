import { MeshoptSimplifier } from 'meshoptimizer';
import { createOpenness } from './ambient-occlusion.ts';
import { mannequinDistanceMm } from './mannequin-form.ts';
import { surfaceNets } from './surface-nets.ts';

/** The mannequin's surface: xyz interleaved positions (mm), unit normals, openness per vertex, and triangles. */
export interface MannequinMesh {
  readonly positionsMm: Float32Array;
  readonly normals: Float32Array;
  /** 1 open to the light, 0 shut; one per vertex. */
  readonly openness: Float32Array;
  readonly indices: Uint32Array;
}

const box = { halfWidthMm: 130, fromMm: [-236, -172], toMm: [152, 88] } as const;
/** An upper bound of the form's gradient, found by sampling it near its surface (see the test). */
export const mannequinLipschitz = 1.6;
const triangleTarget = 39_500;

/**
 * Meshes the mannequin, thins it to at most 40 000 triangles, sets every vertex exactly on the form, and takes normals
 * and openness from the form itself. Deterministic.
 *
 * @param cellMm - the mesher's cell; its finest groove is about two cells wide.
 */
export async function meshMannequin(cellMm = 1.1): Promise<MannequinMesh> {
  await MeshoptSimplifier.ready;
  const dense = surfaceNets(mannequinDistanceMm, { ...box, cellMm, lipschitz: mannequinLipschitz });
  const [kept] = MeshoptSimplifier.simplify(
    dense.indices,
    dense.positionsMm,
    3,
    triangleTarget * 3,
    1,
    ['Prune', 'RegularizeLight'],
  );
  const [remap, count] = MeshoptSimplifier.compactMesh(kept);
  const positionsMm = new Float32Array(count * 3);
  remap.forEach((target, source) => {
    if (target === 0xffffffff) return;
    positionsMm.set(dense.positionsMm.subarray(source * 3, source * 3 + 3), target * 3);
  });
  return finish(positionsMm, kept);
}

function finish(positionsMm: Float32Array, indices: Uint32Array): MannequinMesh {
  const count = positionsMm.length / 3;
  const normals = new Float32Array(count * 3);
  const openness = new Float32Array(count);
  const opennessAt = createOpenness(mannequinDistanceMm, box);
  for (let vertex = 0; vertex < count; vertex += 1) {
    let at = vectorAt(positionsMm, vertex);
    const first = gradientMm(at);
    const step = mannequinDistanceMm(...at) / Math.max(first.length, 0.5);
    at = [at[0] - first.unit[0] * step, at[1] - first.unit[1] * step, at[2] - first.unit[2] * step];
    positionsMm.set(at, vertex * 3);
    const normal = gradientMm(at).unit;
    normals.set(normal, vertex * 3);
    openness[vertex] = opennessAt(at, normal);
  }
  return { positionsMm, normals, openness, indices };
}

type Vector = readonly [number, number, number];

function vectorAt(array: Float32Array, index: number): Vector {
  return [array[index * 3] ?? 0, array[index * 3 + 1] ?? 0, array[index * 3 + 2] ?? 0];
}

function gradientMm(at: Vector): { readonly unit: Vector; readonly length: number } {
  const [x, y, z] = at;
  const h = 0.35;
  const gx = mannequinDistanceMm(x + h, y, z) - mannequinDistanceMm(x - h, y, z);
  const gy = mannequinDistanceMm(x, y + h, z) - mannequinDistanceMm(x, y - h, z);
  const gz = mannequinDistanceMm(x, y, z + h) - mannequinDistanceMm(x, y, z - h);
  const length = Math.hypot(gx, gy, gz) || 1;
  return { unit: [gx / length, gy / length, gz / length], length: length / (2 * h) };
}
