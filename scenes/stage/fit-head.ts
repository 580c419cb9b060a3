import { lobeOutwardRad } from '../../sdk/anchors/head-points.ts';
/**
 * The parts of a head that a face mesh leaves out, as ellipsoids in the head frame (mm): centre x y z, half axes x y z.
 * Six numbers each, in the order of `headParts`. `left` and `right` are the wearer's own.
 */
export const headParts = ['cranium', 'leftEar', 'rightEar', 'leftLobe', 'rightLobe', 'neck'] as const;
export const NUMBERS_PER_PART = 6;

/** A place at each ear, head frame (mm). */
interface TwoEars {
  readonly left: readonly [x: number, y: number, z: number];
  readonly right: readonly [x: number, y: number, z: number];
}

/** Shares of a face's height; and so far behind its front, that a stud on it is not bitten. */
const lobeHalfThickness = 0.017;
const lobeHalfHeight = 0.045;
const lobeSlackMm = 0.5;

/**
 * Fits cranium, ears and neck to a face mesh, the roots of its ears and their lobes' fronts, writing into `out`
 * (`headParts.length × 6` numbers).
 *
 * Proportions of an adult head to the face that MediaPipe's mesh covers (forehead to chin by cheek to cheek), from the
 * means of head length 194, breadth 152, and vertex to chin 227 mm (ANSUR II, men and women together) over the mesh's own
 * 177 by 143 mm. The cranium stays inside the ears' roots: a temple lies against the head and must not sink into it.
 */
export function fitHead(
  headMeshMm: Float32Array,
  { left: leftEarMm, right: rightEarMm }: TwoEars,
  lobes: TwoEars,
  out: Float32Array,
): void {
  let minX = Infinity;
  let maxX = -Infinity;
  let minY = Infinity;
  let maxY = -Infinity;
  let maxZ = -Infinity;
  for (let i = 0; i + 2 < headMeshMm.length; i += 3) {
    const x = headMeshMm[i] ?? 0;
    const y = headMeshMm[i + 1] ?? 0;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
    maxZ = Math.max(maxZ, headMeshMm[i + 2] ?? 0);
  }
  const faceHeight = maxY - minY;
  const faceBreadth = maxX - minX;
  const middleX = (minX + maxX) / 2;
  const earY = (leftEarMm[1] + rightEarMm[1]) / 2;
  const earZ = (leftEarMm[2] + rightEarMm[2]) / 2;
  const earBreadth = leftEarMm[0] - rightEarMm[0];

  // The tip of the nose lies a good centimetre and a half before the brow, from which a head's length is measured.
  const headLength = 1.1 * faceHeight;
  const browZ = maxZ - 0.13 * faceHeight;
  const craniumHalfHeight = 0.56 * faceHeight;
  writePart(out, 0, middleX, maxY + 0.27 * faceHeight - craniumHalfHeight, browZ - headLength / 2 - 4);
  writeHalfAxes(
    out,
    0,
    Math.min(0.52 * faceBreadth, earBreadth / 2 - 3),
    craniumHalfHeight,
    headLength / 2 - 4,
  );

  // An ear is 63 by 35 mm; a temple rests on top of its root, so most of it lies below and behind that point.
  const earHalfHeight = 0.17 * faceHeight;
  const earHalfLength = 0.095 * faceHeight;
  for (const [part, ear, side] of [
    [1, leftEarMm, 1],
    [2, rightEarMm, -1],
  ] as const) {
    writePart(out, part, ear[0] + side * 7, ear[1] - 0.8 * earHalfHeight, ear[2] - earHalfLength - 2);
    writeHalfAxes(out, part, 7, earHalfHeight, earHalfLength);
  }

  // A lobe is seven millimetres thick: a post goes through it, and what closes the post lies behind.
  const lobeHalf = lobeHalfThickness * faceHeight;
  for (const [part, lobe, side] of [
    [3, lobes.left, 1],
    [4, lobes.right, -1],
  ] as const) {
    const behind = lobeHalf + lobeSlackMm;
    writePart(
      out,
      part,
      lobe[0] - side * Math.sin(lobeOutwardRad) * behind,
      lobe[1],
      lobe[2] - Math.cos(lobeOutwardRad) * behind,
    );
    writeHalfAxes(out, part, lobeHalf, lobeHalfHeight * faceHeight, lobeHalf);
  }

  // A neck is slimmer than the jaw, and ends where the collar bones begin: a chain lies there, before it.
  const neckBottom = minY - 0.42 * faceHeight;
  const neckTop = Math.max(earY, minY + 0.4 * faceHeight);
  writePart(out, 5, middleX, (neckTop + neckBottom) / 2, earZ - 0.12 * faceHeight);
  writeHalfAxes(out, 5, 0.35 * faceBreadth, (neckTop - neckBottom) / 2, 0.33 * faceBreadth);
}

function writePart(out: Float32Array, part: number, x: number, y: number, z: number): void {
  out[part * NUMBERS_PER_PART] = x;
  out[part * NUMBERS_PER_PART + 1] = y;
  out[part * NUMBERS_PER_PART + 2] = z;
}

function writeHalfAxes(out: Float32Array, part: number, x: number, y: number, z: number): void {
  out[part * NUMBERS_PER_PART + 3] = x;
  out[part * NUMBERS_PER_PART + 4] = y;
  out[part * NUMBERS_PER_PART + 5] = z;
}
