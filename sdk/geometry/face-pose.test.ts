import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { faceLandmark } from './canonical-face.ts';
import { faceModelOf, solveFacePose } from './face-pose.ts';
import { projectFace } from './face-projection.ts';
import { defaultIntrinsics, intrinsicsFromVerticalFov } from './intrinsics.ts';
import { exactLandmarks } from './network-slips.ts';
import { refinePnp } from './pnp.ts';
import { angleBetweenRad, lengthOf, subtractVectors } from './pose-algebra.ts';
import { arbitraryHeadPose } from './pose.arbitrary.ts';

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
