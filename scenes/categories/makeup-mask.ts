import type { MakeupFit } from '../../protocol/piece-extras.ts';

/** Where on the face a colour is worn. */
export type MakeupRegion = MakeupFit['region'];

/** Vertices of the tracked face mesh, and two numbers that lie at each. */
const vertexCount = 468;
const perVertex = 2;

/** Four rings round the mouth, from the lips' outer contour to the inner one, each from the wearer's right corner below round and back above. */
const lipRings = [
  [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185],
  [76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 408, 304, 303, 302, 11, 72, 73, 74, 184],
  [62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 407, 272, 271, 268, 12, 38, 41, 42, 183],
  [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191],
] as const;
/** How much of a gloss shines, from the corner of the mouth inwards: in the corners lips turn to the side. */
const alongLips = [0, 0.35, 0.85, 1, 1, 1] as const;

/** Rows over an eye from its outer corner inwards: the lashes, the crease, the bone under the brow. */
const lidRows = {
  right: [
    [33, 246, 161, 160, 159, 158, 157, 173, 133],
    [226, 247, 30, 29, 27, 28, 56, 190, 243],
    [113, 225, 224, 223, 222, 221, 189],
  ],
  left: [
    [263, 466, 388, 387, 386, 385, 384, 398, 362],
    [446, 467, 260, 259, 257, 258, 286, 414, 463],
    [342, 445, 444, 443, 442, 441, 413],
  ],
} as const;
/** Beside the corners: the colour has run out there. */
const besideEyes = [130, 359, 244, 464] as const;
/** How much of the colour a place along the lid has, from the outer corner inwards: it runs out towards both corners. */
const alongLid = [0, 0.75, 1, 1, 1, 0.95, 0.8, 0.45, 0] as const;
const alongBone = [0.35, 0.9, 1, 1, 0.9, 0.6, 0] as const;
const lowerLashes = [7, 163, 144, 145, 153, 154, 155, 249, 390, 373, 374, 380, 381, 382] as const;

/** The apple of each cheek, below it, and where the colour is drawn out to. Right, then left. */
const cheekMarks = [
  { apple: 50, below: 205, towards: 127 },
  { apple: 280, below: 425, towards: 356 },
] as const;

/** How the colour sets in and runs out across a region's band: smoothsteps of the band's first number. */
export const bandRamps = {
  /** Within the first millimetre inside the outer contour; from the third ring to the inner one of an open mouth. */
  lips: { in: [0, 0.36], out: [2.35, 3] },
  /** Off the lashes; past the crease towards the bone. */
  eyes: { in: [0.02, 0.4], out: [0.75, 1.95] },
} as const;

/** Places at which the region's own light is measured in the picture. */
export const lightMarks: Readonly<Record<MakeupRegion, readonly number[]>> = {
  lips: [85, 16, 315, 180, 404, 15, 72, 11, 302, 73, 303, 12],
  cheeks: [50, 280, 205, 425, 117, 346, 187, 411, 101, 330, 36, 266],
  // Not in the fold, which is dark in any light.
  eyes: [225, 224, 223, 222, 445, 444, 443, 442, 118, 347, 119, 348],
};

/** Where a region's colour lies on the face mesh. */
export interface MakeupMask {
  /**
   * 468 × (across, share). Lips: 0 on the outer contour, 1 and 2 on the rings between, 3 on the inner contour. Eyes: 0 on the
   * lashes, 1 in the crease, 2 on the bone. Cheeks are bounded by ellipses instead. `share` is how much of the colour is
   * there; on the lips, which are covered throughout, how much of its gloss.
   */
  readonly bands: Float32Array;
  /** Whether a triangle of the mesh can carry the colour: never the eye. */
  keeps(a: number, b: number, c: number): boolean;
}

/** The mask of a region on the canonical mesh's vertices. */
export function makeupMask(region: MakeupRegion): MakeupMask {
  const bands = new Float32Array(vertexCount * perVertex);
  const inside = new Set<number>();
  const set = (vertex: number, across: number, share: number): void => {
    bands[vertex * perVertex] = across;
    bands[vertex * perVertex + 1] = share;
    inside.add(vertex);
  };
  switch (region) {
    case 'lips':
      lipRings.forEach((ring, across) => {
        ring.forEach((vertex, at) => set(vertex, across, alongLips[Math.min(at % 10, 10 - (at % 10))] ?? 1));
      });
      // What closes the mouth is lip while it is shut, and carries nothing once it is open.
      return { bands, keeps: bandKeeps(inside, []) };
    case 'eyes':
      for (const rows of [lidRows.right, lidRows.left]) {
        rows.forEach((row, across) => {
          const shares: readonly number[] = across === 2 ? alongBone : alongLid;
          row.forEach((vertex, at) => set(vertex, across, shares[at] ?? 0));
        });
      }
      for (const vertex of besideEyes) set(vertex, 0.5, 0);
      return { bands, keeps: bandKeeps(inside, [...lidRows.right[0], ...lidRows.left[0]]) };
    case 'cheeks': {
      const never = new Set<number>([
        ...lipRings.flat(),
        ...lidRows.right[0],
        ...lidRows.left[0],
        ...lowerLashes,
      ]);
      for (let vertex = 0; vertex < vertexCount; vertex += 1) {
        if (!never.has(vertex)) set(vertex, 0, 1);
      }
      return { bands, keeps: (a, b, c) => inside.has(a) && inside.has(b) && inside.has(c) };
    }
  }
}

/** Triangles between a band's rows, but not those that close the opening within it. */
function bandKeeps(inside: ReadonlySet<number>, opening: readonly number[]): MakeupMask['keeps'] {
  const open = new Set(opening);
  return (a, b, c) =>
    inside.has(a) && inside.has(b) && inside.has(c) && !(open.has(a) && open.has(b) && open.has(c));
}

/**
 * Where the colour lies on both cheeks of this face, right, then left, in the head frame: middles (mm) and the unit directions in
 * which it is drawn out, three numbers a cheek. Writes into both and allocates nothing.
 */
export function placeCheeks(skinMm: Float32Array, middlesMm: Float32Array, axes: Float32Array): void {
  for (let side = 0; side < cheekMarks.length; side += 1) {
    const marks = cheekMarks[side];
    if (marks === undefined) continue;
    let squares = 0;
    for (let part = 0; part < 3; part += 1) {
      const apple = skinMm[marks.apple * 3 + part] ?? 0;
      const below = skinMm[marks.below * 3 + part] ?? 0;
      const towards = skinMm[marks.towards * 3 + part] ?? 0;
      middlesMm[side * 3 + part] = 0.93 * apple + 0.07 * towards;
      axes[side * 3 + part] = towards - below;
      squares += (towards - below) ** 2;
    }
    const length = Math.sqrt(squares) || 1;
    for (let part = side * 3; part < side * 3 + 3; part += 1) axes[part] = (axes[part] ?? 0) / length;
  }
}

/** How far the mouth is open, in millimetres, between the middles of both inner contours. */
export function mouthOpenMm(skinMm: Float32Array): number {
  return Math.hypot(
    (skinMm[13 * 3] ?? 0) - (skinMm[14 * 3] ?? 0),
    (skinMm[13 * 3 + 1] ?? 0) - (skinMm[14 * 3 + 1] ?? 0),
    (skinMm[13 * 3 + 2] ?? 0) - (skinMm[14 * 3 + 2] ?? 0),
  );
}
