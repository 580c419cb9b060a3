/** The lips' rings from the outer contour to the inner one: above from the wearer's right corner, below likewise. */
const lipsAbove = [
  [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291],
  [76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306],
  [62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292],
  [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308],
] as const;
const lipsBelow = [
  [146, 91, 181, 84, 17, 314, 405, 321, 375],
  [77, 90, 180, 85, 16, 315, 404, 320, 307],
  [96, 89, 179, 86, 15, 316, 403, 319, 325],
  [95, 88, 178, 87, 14, 317, 402, 318, 324],
] as const;
/** Rows over both eyes: the upper lid's edge, its fold, the bone under the brow. */
const lidEdge = [246, 161, 160, 159, 158, 157, 173, 466, 388, 387, 386, 385, 384, 398] as const;
const lidFold = [247, 30, 29, 27, 28, 56, 190, 467, 260, 259, 257, 258, 286, 414] as const;
const browBone = [225, 224, 223, 222, 221, 445, 444, 443, 442, 441] as const;
const foldOverEdgeMm = 4.8;
/** The bone stands as far over the fold as on the canonical face. */
const boneOverFoldMm = 5.2;

const bell = (at: number, width: number): number => Math.exp(-(at * at) / (width * width));

/** The painted lips' edge above, below and between, by the place across the face. The curves are those of `visitorPaintGlsl`. */
function lipsAt(
  x: number,
  openMm: number,
): { readonly top: number; readonly low: number; readonly mouth: number; readonly apart: number } {
  const t = Math.min(1, x / 25.4);
  const apart = openMm * (1 - t * t);
  return {
    top: -34.7 + 1.5 * bell(x - 5.8, 4.2) - 9.3 * t ** 3,
    low: -43.6 - 10 * (1 - t * t) - apart,
    apart,
    mouth: -43.3 + 0.8 * bell(x - 6, 5) + 0.6 * t * t,
  };
}

/** The upper lid's edge likewise. */
function lidAt(x: number): number {
  const t = Math.min(1, Math.max(0, (x - 18) / 27.2));
  return 25.2 + 1.2 * t + 5.6 * Math.max(Math.sin(Math.PI * t ** 0.9), 0) ** 0.8;
}

/**
 * The face mesh of the drawn visitor, as a tracker would find it in its picture: the canonical one with lips and lids where they are
 * painted, which is not where the canonical face has them: its mouth stands open, the visitor's so far as it is told. Canonical face
 * frame, millimetres.
 */
export function visitorFaceMm(canonicalMm: Float32Array, openMm = 0): Float32Array {
  const mm = Float32Array.from(canonicalMm);
  const across = (vertex: number): number => Math.abs(mm[vertex * 3] ?? 0);
  const raise = (vertex: number, y: number): void => {
    mm[vertex * 3 + 1] = y;
  };
  for (const [rows, isAbove] of [
    [lipsAbove, true],
    [lipsBelow, false],
  ] as const) {
    rows.forEach((row, ring) => {
      for (const vertex of row) {
        const { top, low, mouth, apart } = lipsAt(across(vertex), openMm);
        const inner = isAbove ? mouth : mouth - apart;
        const edge = isAbove ? Math.max(top, inner) : Math.min(low, inner);
        raise(vertex, edge + (inner - edge) * (ring / (rows.length - 1)));
      }
    });
  }
  for (const vertex of lidEdge) raise(vertex, lidAt(across(vertex)));
  for (const vertex of lidFold) raise(vertex, lidAt(across(vertex)) + foldOverEdgeMm);
  for (const vertex of browBone) raise(vertex, lidAt(across(vertex)) + foldOverEdgeMm + boneOverFoldMm);
  return mm;
}
