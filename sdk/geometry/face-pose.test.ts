import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { faceLandmark } from './canonical-face.ts';
import { faceLandmarkerSlips } from './face-landmarker-slips.ts';
import { faceModelOf, solveFacePose } from './face-pose.ts';
import { projectFace } from './face-projection.ts';
import { defaultIntrinsics, intrinsicsFromVerticalFov, projectPoint } from './intrinsics.ts';
import { biasFactors, exactLandmarks } from './network-slips.ts';
import { refinePnp } from './pnp.ts';
import {
  angleBetweenRad,
  lengthOf,
  quaternionFromYawPitchRoll,
  rotateVector,
  subtractVectors,
} from './pose-algebra.ts';
import { arbitraryHeadPose } from './pose.arbitrary.ts';
import { headViewOf } from './view-frame.ts';

const face = paperFace();
const model = faceModelOf(face, exactLandmarks);

describe('the pose of a face', () => {
  it('is found again from its landmarks, wherever the head is and whatever the field of view', () => {
    fc.assert(
      fc.property(arbitraryHeadPose, fc.double({ min: 0.6, max: 1.3, noNaN: true }), (pose, fovRad) => {
        const intrinsics = intrinsicsFromVerticalFov(1280, 720, fovRad);
        const landmarks = projectFace(face, pose, 1, intrinsics);
        expect(landmarks).not.toBeNull();
        const solved = solveFacePose(model, landmarks!, intrinsics);
        expect(solved).not.toBeNull();
        expect(angleBetweenRad(solved!.cameraFromFace.rotation, pose.rotation)).toBeLessThan(1e-3);
        const missMm = lengthOf(subtractVectors(solved!.cameraFromFace.translationMm, pose.translationMm));
        expect(missMm / lengthOf(pose.translationMm)).toBeLessThan(1e-3);
      }),
      { numRuns: 60 },
    );
  });

  it('has no bias in yaw for a face that stands aside', () => {
    const intrinsics = defaultIntrinsics(1280, 720);
    const landmarks = projectFace(
      face,
      { rotation: [0, 0, 0, 1], translationMm: [180, 0, -600] },
      1,
      intrinsics,
    );
    const solved = solveFacePose(model, landmarks!, intrinsics);
    expect(angleBetweenRad(solved!.cameraFromFace.rotation, [0, 0, 0, 1])).toBeLessThan(1e-3);
  });

  it('hardly minds a landmark that slipped', () => {
    const intrinsics = defaultIntrinsics(1280, 720);
    const pose = { rotation: [0, 0, 0, 1], translationMm: [0, 0, -600] } as const;
    const landmarks = projectFace(face, pose, 1, intrinsics)!;
    landmarks[faceLandmark.chin * 3 + 1] = (landmarks[faceLandmark.chin * 3 + 1] ?? 0) + 0.1;
    const solved = solveFacePose(model, landmarks, intrinsics);
    expect(angleBetweenRad(solved!.cameraFromFace.rotation, pose.rotation)).toBeLessThan(0.003);
  });

  it('is found again through the mean errors of the network, which depend on the view', () => {
    const intrinsics = defaultIntrinsics(1280, 720);
    const slips = faceLandmarkerSlips();
    for (const yawRad of [-0.6, 0, 0.4]) {
      const pose = {
        rotation: quaternionFromYawPitchRoll(yawRad, 0.15, -0.1),
        translationMm: [120, 30, -700],
      } as const;
      const landmarks = projectFace(face, pose, 1, intrinsics)!;
      const view = headViewOf(pose);
      const factors = biasFactors(view);
      slips.vertices.forEach((vertex, index) => {
        const biasMm = (axis: number): number =>
          factors.reduce(
            (sum, factor, term) =>
              sum + factor * slips.biasMm[(term * slips.vertices.length + index) * 3 + axis]!,
            0,
          );
        const [x, y, z] = rotateVector(view.viewFromFace, [
          face.verticesMm[vertex * 3]!,
          face.verticesMm[vertex * 3 + 1]!,
          face.verticesMm[vertex * 3 + 2]!,
        ]);
        const zoom = view.distanceMm / (view.distanceMm - z);
        const ray = rotateVector(view.cameraFromView, [
          x * zoom + biasMm(0),
          y * zoom + biasMm(1),
          -view.distanceMm,
        ]);
        const [uPx, vPx] = projectPoint(intrinsics, ray);
        const depthMm = -(z + biasMm(2));
        landmarks.set(
          [uPx / 1280, vPx / 720, (depthMm * intrinsics.fxPx) / view.distanceMm / 1280],
          vertex * 3,
        );
      });
      const through = solveFacePose(faceModelOf(face, slips), landmarks, intrinsics);
      const taken = solveFacePose(model, landmarks, intrinsics);
      const missRad = angleBetweenRad(through!.cameraFromFace.rotation, pose.rotation);
      expect(missRad).toBeLessThan(0.006);
      expect(missRad).toBeLessThan(0.5 * angleBetweenRad(taken!.cameraFromFace.rotation, pose.rotation));
    }
  });

  it('is unknown for landmarks that are no numbers', () => {
    const landmarks = new Float32Array(478 * 3).fill(Number.NaN);
    expect(solveFacePose(model, landmarks, defaultIntrinsics(640, 480))).toBeNull();
  });

  it('is unknown for landmarks that coincide', () => {
    expect(solveFacePose(model, new Float32Array(478 * 3).fill(0.5), defaultIntrinsics(640, 480))).toBeNull();
  });

  it('is not looked for behind the camera', () => {
    expect(
      refinePnp({
        intrinsics: defaultIntrinsics(640, 480),
        pointsMm: face.verticesMm,
        pixels: new Float64Array(468 * 2),
        weights: face.fitWeights,
        robustPx: 3,
        initialCameraFromBody: { rotation: [0, 0, 0, 1], translationMm: [0, 0, 500] },
      }),
    ).toBeNull();
  });
});
