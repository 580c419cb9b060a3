import type { CanonicalFace } from '../../sdk/geometry/canonical-face.ts';
import { faceLandmark, faceVertexCount } from '../../sdk/geometry/canonical-face.ts';

/** Where the named landmarks lie on a face of our own making, millimetres. */
const namedMm: ReadonlyMap<number, readonly [number, number, number]> = new Map([
  [faceLandmark.nasion, [0, 33, 52]],
  [faceLandmark.bridgeUpper, [0, 25, 58]],
  [faceLandmark.bridgeLower, [0, 17, 63]],
  [faceLandmark.foreheadTop, [0, 83, 45]],
  [faceLandmark.chin, [0, -94, 43]],
  [faceLandmark.rightEyeOuter, [-44, 27, 32]],
  [faceLandmark.rightEyeInner, [-18, 26, 38]],
  [faceLandmark.leftEyeInner, [18, 26, 38]],
  [faceLandmark.leftEyeOuter, [44, 27, 32]],
  [faceLandmark.rightLidUpper, [-31, 31, 39]],
  [faceLandmark.rightLidLower, [-31, 22, 38]],
  [faceLandmark.leftLidUpper, [31, 31, 39]],
  [faceLandmark.leftLidLower, [31, 22, 38]],
  [faceLandmark.rightEdgeUpper, [-77, 24, -20]],
  [faceLandmark.leftEdgeUpper, [77, 24, -20]],
  [faceLandmark.rightEdge, [-77, 7, -24]],
  [faceLandmark.leftEdge, [77, 7, -24]],
  [faceLandmark.rightEdgeLower, [-73, -29, -22]],
  [faceLandmark.leftEdgeLower, [73, -29, -22]],
]);

const goldenAngleRad = Math.PI * (3 - Math.sqrt(5));

/**
 * A face cut out of an ellipsoid, for tests that need no model: its named landmarks lie where a face has them, all others
 * are strewn evenly over the front.
 */
export function paperFace(): CanonicalFace {
  const verticesMm = new Float32Array(faceVertexCount * 3);
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    const z = 1 - (0.95 * (vertex + 0.5)) / faceVertexCount;
    const radius = Math.sqrt(1 - z * z);
    const angle = vertex * goldenAngleRad;
    verticesMm.set(
      namedMm.get(vertex) ?? [77 * radius * Math.cos(angle), 92 * radius * Math.sin(angle), 95 * z - 25],
      vertex * 3,
    );
  }
  const triangles = Uint16Array.from({ length: (faceVertexCount - 2) * 3 }, (_, at) =>
    at % 3 === 0 ? 0 : Math.floor(at / 3) + (at % 3),
  );
  return { verticesMm, triangles, fitWeights: new Float32Array(faceVertexCount).fill(1 / faceVertexCount) };
}
