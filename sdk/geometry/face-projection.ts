import type { CameraIntrinsics } from './camera-intrinsics.ts';
import type { CanonicalFace } from './canonical-face.ts';
import { faceLandmark, faceLandmarkCount, faceVertexCount, irisBeforeCornersMm } from './canonical-face.ts';
import type { FaceLandmarks } from './face-landmarks.ts';
import { projectPoint } from './intrinsics.ts';
import { irisDiameterMm } from './iris-scale.ts';
import type { Pose, Vec3 } from './pose.ts';
import { lengthOf, scaleVector, transformPoint } from './pose-algebra.ts';

/**
 * The landmarks a perfect tracker would give of the canonical face, enlarged by `scale`, at a pose in true millimetres.
 * Depth is given along the line of sight to the head, as a network sees it that looks at a crop around the face.
 * Irises are 11.7 mm discs that face the camera, as those of a person who looks into a mirror do. Null when a point is not before the camera.
 */
export function projectFace(
  face: CanonicalFace,
  cameraFromFace: Pose,
  scale: number,
  intrinsics: CameraIntrinsics,
): FaceLandmarks | null {
  const landmarks = new Float32Array(faceLandmarkCount * 3);
  const distanceMm = lengthOf(cameraFromFace.translationMm);
  const lineOfSight = scaleVector(cameraFromFace.translationMm, 1 / distanceMm);
  const place = (landmark: number, seen: Vec3): boolean => {
    if (!(seen[2] < -1)) return false;
    const [uPx, vPx] = projectPoint(intrinsics, seen);
    landmarks[landmark * 3] = uPx / intrinsics.widthPx;
    landmarks[landmark * 3 + 1] = vPx / intrinsics.heightPx;
    const fartherMm =
      seen[0] * lineOfSight[0] + seen[1] * lineOfSight[1] + seen[2] * lineOfSight[2] - distanceMm;
    landmarks[landmark * 3 + 2] = (fartherMm * intrinsics.fxPx) / distanceMm / intrinsics.widthPx;
    return true;
  };
  const vertexMm = (vertex: number): Vec3 => [
    (face.verticesMm[vertex * 3] ?? 0) * scale,
    (face.verticesMm[vertex * 3 + 1] ?? 0) * scale,
    (face.verticesMm[vertex * 3 + 2] ?? 0) * scale,
  ];
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    if (!place(vertex, transformPoint(cameraFromFace, vertexMm(vertex)))) return null;
  }
  const eyes = [
    [faceLandmark.rightIris, faceLandmark.rightEyeOuter, faceLandmark.rightEyeInner],
    [faceLandmark.leftIris, faceLandmark.leftEyeOuter, faceLandmark.leftEyeInner],
  ] as const;
  const radiusMm = irisDiameterMm / 2;
  for (const [iris, outer, inner] of eyes) {
    const [a, b] = [vertexMm(outer), vertexMm(inner)];
    const [x, y, z] = transformPoint(cameraFromFace, [
      (a[0] + b[0]) / 2,
      (a[1] + b[1]) / 2,
      (a[2] + b[2]) / 2 + irisBeforeCornersMm * scale,
    ]);
    const placed =
      place(iris, [x, y, z]) &&
      place(iris + 1, [x + radiusMm, y, z]) &&
      place(iris + 2, [x, y + radiusMm, z]) &&
      place(iris + 3, [x - radiusMm, y, z]) &&
      place(iris + 4, [x, y - radiusMm, z]);
    if (!placed) return null;
  }
  return landmarks;
}
