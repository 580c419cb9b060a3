import { faceVertexCount } from '../../../sdk/geometry/canonical-face.ts';
import type { HeadDeformation } from '../sampling.ts';

function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/**
 * Another person's face: the canonical one with another width, jaw and nose, so that the solvers' own model is not the
 * truth. Lengths in millimetres, 468 × (x, y, z).
 */
export function deformHead(canonicalMm: Float32Array, { width, jaw, nose }: HeadDeformation): Float32Array {
  const deformed = canonicalMm.slice();
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    const at = vertex * 3;
    const [x, y, z] = [deformed[at] ?? 0, deformed[at + 1] ?? 0, deformed[at + 2] ?? 0];
    const jawShare = smoothStep(-20, -80, y);
    const noseShare =
      smoothStep(26, 10, Math.abs(x)) *
      smoothStep(-28, -18, y) *
      smoothStep(36, 20, y) *
      smoothStep(45, 60, z);
    deformed[at] = x * (1 + width) * (1 + jaw * jawShare);
    deformed[at + 1] = y * (1 + jaw * jawShare);
    deformed[at + 2] = z * (1 + nose * noseShare);
  }
  return deformed;
}
