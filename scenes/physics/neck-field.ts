import { neckFormMm } from './neck-form.ts';

const stepMm = 8;
/** The left half of what chains reach: from the nape to below the longest. */
const lowMm = [0, -320, -128] as const;
const counts = [20, 53, 24] as const;

let sampled: Float32Array | null = null;

/** The neck's form, sampled once; distances between the samples are mixed, which is off by a millimetre and a half at most, at the collar bone. */
function samples(): Float32Array {
  if (sampled !== null) return sampled;
  const [across, high, deep] = counts;
  const made = new Float32Array(across * high * deep);
  let at = 0;
  for (let x = 0; x < across; x += 1) {
    for (let y = 0; y < high; y += 1) {
      for (let z = 0; z < deep; z += 1) {
        made[at] = neckFormMm(lowMm[0] + x * stepMm, lowMm[1] + y * stepMm, lowMm[2] + z * stepMm);
        at += 1;
      }
    }
  }
  sampled = made;
  return made;
}

/**
 * Distance to the skin of a neck of average size at `place`, and the way out of it into `outwards` (unit length; x of the left half).
 * Neck base frame, millimetres; beyond what is sampled, as at the nearest sample.
 */
export function neckFieldMm(
  place: readonly [number, number, number],
  outwards: [number, number, number],
): number {
  const field = samples();
  const [, high, deep] = counts;
  const u = onAxis(Math.abs(place[0]), 0);
  const v = onAxis(place[1], 1);
  const w = onAxis(place[2], 2);
  const [i, j, k] = [Math.floor(u), Math.floor(v), Math.floor(w)];
  const [p, q, r] = [u - i, v - j, w - k];
  const first = (i * high + j) * deep + k;
  const at = (x: number, y: number, z: number): number => field[first + (x * high + y) * deep + z] ?? 0;
  // Along z on the four edges, then along y, then along x; the slopes fall out by the way.
  const [e00, e01, e10, e11] = [
    mixed(at(0, 0, 0), at(0, 0, 1), r),
    mixed(at(0, 1, 0), at(0, 1, 1), r),
    mixed(at(1, 0, 0), at(1, 0, 1), r),
    mixed(at(1, 1, 0), at(1, 1, 1), r),
  ];
  const [f0, f1] = [mixed(e00, e01, q), mixed(e10, e11, q)];
  outwards[0] = f1 - f0;
  outwards[1] = mixed(e01 - e00, e11 - e10, p);
  outwards[2] = mixed(
    mixed(at(0, 0, 1) - at(0, 0, 0), at(0, 1, 1) - at(0, 1, 0), q),
    mixed(at(1, 0, 1) - at(1, 0, 0), at(1, 1, 1) - at(1, 1, 0), q),
    p,
  );
  const length = Math.hypot(...outwards) || 1;
  for (let axis = 0; axis < 3; axis += 1) outwards[axis] = (outwards[axis] ?? 0) / length;
  return mixed(f0, f1, p);
}

/** Where a coordinate lies among the samples of its axis. */
function onAxis(mm: number, axis: 0 | 1 | 2): number {
  return Math.max(0, Math.min(counts[axis] - 1.001, (mm - lowMm[axis]) / stepMm));
}

function mixed(one: number, other: number, share: number): number {
  return one + share * (other - one);
}
