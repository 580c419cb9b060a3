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
  const u = onAxis(Math.abs(place[0]), 0);
  const v = onAxis(place[1], 1);
  const w = onAxis(place[2], 2);
  const p = u - Math.floor(u);
  const q = v - Math.floor(v);
  const r = w - Math.floor(w);
  const first = (Math.floor(u) * counts[1] + Math.floor(v)) * counts[2] + Math.floor(w);
  const above = first + counts[2];
  const beside = first + counts[1] * counts[2];
  const across = beside + counts[2];
  // Along z on the four edges, then along y, then along x; the slopes fall out by the way. By scalars: a chain asks a hundred thousand times.
  const e00 = mixed(field[first] ?? 0, field[first + 1] ?? 0, r);
  const e01 = mixed(field[above] ?? 0, field[above + 1] ?? 0, r);
  const e10 = mixed(field[beside] ?? 0, field[beside + 1] ?? 0, r);
  const e11 = mixed(field[across] ?? 0, field[across + 1] ?? 0, r);
  const f0 = mixed(e00, e01, q);
  const f1 = mixed(e10, e11, q);
  const outX = f1 - f0;
  const outY = mixed(e01 - e00, e11 - e10, p);
  const outZ = mixed(
    mixed((field[first + 1] ?? 0) - (field[first] ?? 0), (field[above + 1] ?? 0) - (field[above] ?? 0), q),
    mixed(
      (field[beside + 1] ?? 0) - (field[beside] ?? 0),
      (field[across + 1] ?? 0) - (field[across] ?? 0),
      q,
    ),
    p,
  );
  const length = Math.sqrt(outX * outX + outY * outY + outZ * outZ) || 1;
  outwards[0] = outX / length;
  outwards[1] = outY / length;
  outwards[2] = outZ / length;
  return mixed(f0, f1, p);
}

/** Where a coordinate lies among the samples of its axis. */
function onAxis(mm: number, axis: 0 | 1 | 2): number {
  return Math.max(0, Math.min(counts[axis] - 1.001, (mm - lowMm[axis]) / stepMm));
}

function mixed(one: number, other: number, share: number): number {
  return one + share * (other - one);
}
