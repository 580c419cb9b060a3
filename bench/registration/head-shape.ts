import { faceVertexCount } from '../../sdk/geometry/canonical-face.ts';
import type { Vec3 } from '../../sdk/geometry/pose.ts';
import { transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import { fitRigid } from '../../sdk/geometry/rigid-fit.ts';
import type { HeadDeformation } from './sampling.ts';
import { seededRandom } from './sampling.ts';

const bumps = 10;
/** Share of a displacement that both sides of the face have in common. */
const symmetricShare = 0.8;

function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/**
 * Another person's face: the canonical one with another width, jaw and nose and a smooth displacement, so that the solvers'
 * own model is not the truth. Its frame is that in which it lies nearest to the canonical face without change of size:
 * nothing else would tell how a deformed head is turned. 468 × (x, y, z) in millimetres.
 */
export function deformHead(canonicalMm: Float32Array, deformation: HeadDeformation): Float32Array {
  const { width, jaw, nose } = deformation;
  const deformed = canonicalMm.slice();
  const waves = wavesOf(canonicalMm, deformation);
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    const at = vertex * 3;
    const [x, y, z] = pointAt(deformed, vertex);
    const jawShare = smoothStep(-20, -80, y);
    const noseShare =
      smoothStep(26, 10, Math.abs(x)) *
      smoothStep(-28, -18, y) *
      smoothStep(36, 20, y) *
      smoothStep(45, 60, z);
    deformed[at] = x * (1 + width) * (1 + jaw * jawShare) + (waves[at] ?? 0);
    deformed[at + 1] = y * (1 + jaw * jawShare) + (waves[at + 1] ?? 0);
    deformed[at + 2] = z * (1 + nose * noseShare) + (waves[at + 2] ?? 0);
  }
  const upright = fitRigid(deformed, canonicalMm, new Float32Array(faceVertexCount).fill(1), true);
  if (upright === null) return deformed;
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    deformed.set(transformPoint(upright.pose, pointAt(deformed, vertex)), vertex * 3);
  }
  return deformed;
}

/** A smooth displacement of every vertex: soft bumps at random places, brought to the asked root mean square. */
function wavesOf(canonicalMm: Float32Array, { waveMm, waveSeed }: HeadDeformation): Float32Array {
  const random = seededRandom(waveSeed);
  const spread = (): number => random() + random() + random() - 1.5;
  const waves = new Float32Array(canonicalMm.length);
  for (let bump = 0; bump < bumps; bump += 1) {
    const [mx, my, mz] = pointAt(canonicalMm, Math.floor(random() * faceVertexCount));
    const reachMm = 25 + 20 * random();
    const push = [spread(), spread(), spread()] as const;
    for (const side of [1, -1] as const) {
      const share = side === 1 ? 1 : symmetricShare;
      for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
        const [x, y, z] = pointAt(canonicalMm, vertex);
        const near =
          share * Math.exp(-((x - side * mx) ** 2 + (y - my) ** 2 + (z - mz) ** 2) / (2 * reachMm ** 2));
        waves[vertex * 3] = (waves[vertex * 3] ?? 0) + side * push[0] * near;
        waves[vertex * 3 + 1] = (waves[vertex * 3 + 1] ?? 0) + push[1] * near;
        waves[vertex * 3 + 2] = (waves[vertex * 3 + 2] ?? 0) + push[2] * near;
      }
    }
  }
  const squares = waves.reduce((sum, value) => sum + value * value, 0);
  const factor = squares > 0 ? waveMm / Math.sqrt(squares / faceVertexCount) : 0;
  return waves.map((value) => value * factor);
}

/** One vertex of a flat mesh. */
export function pointAt(verticesMm: ArrayLike<number>, vertex: number): Vec3 {
  return [verticesMm[vertex * 3] ?? 0, verticesMm[vertex * 3 + 1] ?? 0, verticesMm[vertex * 3 + 2] ?? 0];
}
