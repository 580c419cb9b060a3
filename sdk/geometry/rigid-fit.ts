import type { Pose, Quaternion, Vec3 } from './pose.ts';
import { normaliseQuaternion, rotateVector } from './pose-algebra.ts';

/** A similarity: `pointInTarget = scale · rotate(pose.rotation, pointInSource) + pose.translationMm`. */
export interface RigidFit {
  readonly pose: Pose;
  /** 1 when the fit was asked to keep the size. */
  readonly scale: number;
}

/**
 * The similarity (or, with `keepScale`, the rigid motion) that brings `source` onto `target` with the least weighted sum
 * of squared distances; both are N × (x, y, z). The rotation is the largest eigenvector of Horn's symmetric 4×4 matrix,
 * which never yields a reflection; the scale is Umeyama's. Null when fewer than three points carry weight or the points
 * have no extent.
 * Sources: Horn, J. Opt. Soc. Am. A 4 (1987); Umeyama, IEEE PAMI 13 (1991).
 */
export function fitRigid(
  source: ArrayLike<number>,
  target: ArrayLike<number>,
  weights: ArrayLike<number>,
  keepScale: boolean,
): RigidFit | null {
  const sourceMean = weightedMean(source, weights);
  const targetMean = weightedMean(target, weights);
  if (sourceMean === null || targetMean === null) return null;

  let [xx, xy, xz, yx, yy, yz, zx, zy, zz, spread] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let point = 0; point < weights.length; point += 1) {
    const weight = weights[point] ?? 0;
    if (weight <= 0) continue;
    const s = offsetFrom(sourceMean, source, point);
    const t = offsetFrom(targetMean, target, point);
    spread += weight * (s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
    xx += weight * s[0] * t[0];
    xy += weight * s[0] * t[1];
    xz += weight * s[0] * t[2];
    yx += weight * s[1] * t[0];
    yy += weight * s[1] * t[1];
    yz += weight * s[1] * t[2];
    zx += weight * s[2] * t[0];
    zy += weight * s[2] * t[1];
    zz += weight * s[2] * t[2];
  }
  if (!(spread > 0)) return null;

  const { vector, value } = largestEigenpair([
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ]);
  const rotation: Quaternion = normaliseQuaternion([vector[1], vector[2], vector[3], vector[0]]);
  // The largest eigenvalue is Σ w tᵀRs at the best R, which is the numerator of Umeyama's scale.
  const scale = keepScale ? 1 : value / spread;
  if (!(scale > 0)) return null;
  const turned = rotateVector(rotation, sourceMean);
  const translationMm: Vec3 = [
    targetMean[0] - scale * turned[0],
    targetMean[1] - scale * turned[1],
    targetMean[2] - scale * turned[2],
  ];
  return { pose: { rotation, translationMm }, scale };
}

function weightedMean(points: ArrayLike<number>, weights: ArrayLike<number>): Vec3 | null {
  let [x, y, z, total, used] = [0, 0, 0, 0, 0];
  for (let point = 0; point < weights.length; point += 1) {
    const weight = weights[point] ?? 0;
    if (weight <= 0) continue;
    x += weight * (points[point * 3] ?? 0);
    y += weight * (points[point * 3 + 1] ?? 0);
    z += weight * (points[point * 3 + 2] ?? 0);
    total += weight;
    used += 1;
  }
  return used < 3 ? null : [x / total, y / total, z / total];
}

function offsetFrom(mean: Vec3, points: ArrayLike<number>, point: number): Vec3 {
  return [
    (points[point * 3] ?? 0) - mean[0],
    (points[point * 3 + 1] ?? 0) - mean[1],
    (points[point * 3 + 2] ?? 0) - mean[2],
  ];
}

type Row4 = [number, number, number, number];
type Matrix4 = [Row4, Row4, Row4, Row4];
type Index4 = 0 | 1 | 2 | 3;

const offDiagonal: readonly (readonly [Index4, Index4])[] = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
];
const all4: readonly Index4[] = [0, 1, 2, 3];

/** Cyclic Jacobi; a symmetric 4×4 matrix converges quadratically within a handful of sweeps. */
function largestEigenpair(symmetric: Matrix4): { vector: Row4; value: number } {
  const a = symmetric;
  const v: Matrix4 = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  for (let sweep = 0; sweep < 32; sweep += 1) {
    let off = 0;
    let diagonal = 0;
    for (const [p, q] of offDiagonal) off += a[p][q] * a[p][q];
    for (const k of all4) diagonal += a[k][k] * a[k][k];
    if (off <= 1e-30 * diagonal) break;
    for (const [p, q] of offDiagonal) {
      if (a[p][q] === 0) continue;
      const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
      const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const cos = 1 / Math.hypot(t, 1);
      const sin = t * cos;
      for (const k of all4) {
        const [akp, akq] = [a[k][p], a[k][q]];
        a[k][p] = cos * akp - sin * akq;
        a[k][q] = sin * akp + cos * akq;
      }
      for (const k of all4) {
        const [apk, aqk] = [a[p][k], a[q][k]];
        a[p][k] = cos * apk - sin * aqk;
        a[q][k] = sin * apk + cos * aqk;
        const [vkp, vkq] = [v[k][p], v[k][q]];
        v[k][p] = cos * vkp - sin * vkq;
        v[k][q] = sin * vkp + cos * vkq;
      }
    }
  }
  let best: Index4 = 0;
  for (const k of all4) if (a[k][k] > a[best][best]) best = k;
  return { vector: [v[0][best], v[1][best], v[2][best], v[3][best]], value: a[best][best] };
}
