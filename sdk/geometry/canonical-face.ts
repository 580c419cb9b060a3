/** How many landmarks the canonical face has; the tracker adds ten for the irises behind them. */
export const faceVertexCount = 468;

/** Landmarks of one tracked face: the canonical face's, then five for each iris. */
export const faceLandmarkCount = 478;

/** How far the irises lie before the line between the eye's corners, canonical millimetres. */
export const irisBeforeCornersMm = 2;

/**
 * The average face to which every tracked face is compared, read at run time from the tracker's model bundle.
 * Frame: +x to the wearer's left, +y up, +z out of the face.
 */
export interface CanonicalFace {
  /** 468 × (x, y, z) in millimetres. */
  readonly verticesMm: Float32Array;
  /** Three vertex numbers a triangle, counter-clockwise seen from outside. */
  readonly triangles: Uint16Array;
  /** 468 weights for a rigid fit: large where the face hardly moves with expression, zero elsewhere; their sum is 1. */
  readonly fitWeights: Float32Array;
}

/** Numbers of the landmarks that the kit names. `right` and `left` are the wearer's own. */
export const faceLandmark = {
  nasion: 168,
  bridgeUpper: 6,
  bridgeLower: 197,
  foreheadTop: 10,
  chin: 152,
  rightEyeOuter: 33,
  rightEyeInner: 133,
  leftEyeInner: 362,
  leftEyeOuter: 263,
  rightLidUpper: 159,
  rightLidLower: 145,
  leftLidUpper: 386,
  leftLidLower: 374,
  rightEdgeUpper: 127,
  leftEdgeUpper: 356,
  rightEdge: 234,
  leftEdge: 454,
  rightEdgeLower: 132,
  leftEdgeLower: 361,
  rightIris: 468,
  leftIris: 473,
} as const;
