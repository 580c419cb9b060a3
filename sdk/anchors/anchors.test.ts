import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { faceLandmark } from '../geometry/canonical-face.ts';
import { projectFace } from '../geometry/face-projection.ts';
import { faceModelOf, solveFacePose } from '../geometry/face-pose.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import { exactLandmarks } from '../geometry/network-slips.ts';
import type { Pose } from '../geometry/pose.ts';
import { quaternionFromYawPitchRoll } from '../geometry/pose-algebra.ts';
import { faceAnchorPoses } from './face-anchors.ts';
import { faceConfidence } from './face-confidence.ts';
import { FaceShape, vertexAt } from './face-shape.ts';
import { headPointsOf } from './head-points.ts';

const face = paperFace();

describe('the points of a head', () => {
  it("lie on the wearer's own sides, the ears behind the mesh's edge, the lobes below the ears", () => {
    const points = headPointsOf(face.verticesMm);
    const edge = vertexAt(face.verticesMm, faceLandmark.leftEdge);
    expect(points.leftEar[0]).toBeGreaterThan(60);
    expect(points.rightEar[0]).toBeCloseTo(-points.leftEar[0], 3);
    expect(points.leftEar[2]).toBeLessThan(edge[2] - 10);
    expect(points.leftEarlobe[1]).toBeLessThan(points.leftEar[1] - 40);
    // A temple of 140 to 145 mm, of which about 40 bend down behind the ear, reaches from hinge to ear's root.
    const reachMm = points.noseBridge[2] - points.leftEar[2];
    expect(reachMm).toBeGreaterThan(90);
    expect(reachMm).toBeLessThan(115);
  });

  it('grow with the head', () => {
    const large = headPointsOf(
      face.verticesMm.map((value) => value * 1.1),
      1.1,
    );
    const normal = headPointsOf(face.verticesMm);
    for (const name of ['noseBridge', 'leftEar', 'rightEarlobe'] as const) {
      normal[name].forEach((value, axis) => expect(large[name][axis]).toBeCloseTo(value * 1.1, 3));
    }
  });
});

describe('face anchors', () => {
  it('turn with the head and share its attitude', () => {
    const points = headPointsOf(face.verticesMm);
    const cameraFromHead = {
      rotation: quaternionFromYawPitchRoll(0.5, 0, 0),
      translationMm: [10, 0, -600],
    } as const;
    const anchors = faceAnchorPoses(cameraFromHead, points);
    expect(anchors.noseBridge.rotation).toBe(cameraFromHead.rotation);
    // Turning the nose to the camera's right brings the wearer's left ear nearer to the middle and farther away.
    expect(anchors.leftEar.translationMm[2]).toBeLessThan(anchors.rightEar.translationMm[2]);
    expect(anchors.noseBridge.translationMm[0]).toBeGreaterThan(anchors.head.translationMm[0] + 20);
  });
});

describe("the client's own face shape", () => {
  const intrinsics = defaultIntrinsics(1280, 720);
  const model = faceModelOf(face, exactLandmarks);
  /** Another person: a broader face with a nose that stands out farther. */
  const other = {
    ...face,
    verticesMm: face.verticesMm.map((value, at) => {
      if (at % 3 === 0) return value * 1.06;
      const [x = 0, y = 0] = face.verticesMm.subarray(at - (at % 3), at - (at % 3) + 2);
      return at % 3 === 2 ? value + 4 * Math.exp(-(x * x + y * y) / 1_200) : value;
    }),
  };
  const turned = (yawRad: number, pitchRad = 0): Pose => ({
    rotation: quaternionFromYawPitchRoll(yawRad, pitchRad, 0),
    translationMm: [0, 0, -600],
  });
  const watch = (shape: FaceShape, pose: Pose): void => {
    const solved = solveFacePose(model, projectFace(other, pose, 1, intrinsics)!, intrinsics, shape.known);
    shape.observe(solved!);
  };
  /** How far the broadest points are from the truth, relative to the middle plane: free of pose. */
  const missMm = (verticesMm: Float32Array): number => {
    const breadth = (mesh: Float32Array): number =>
      vertexAt(mesh, faceLandmark.leftEdge)[0] - vertexAt(mesh, faceLandmark.rightEdge)[0];
    const depth = (mesh: Float32Array): number =>
      vertexAt(mesh, faceLandmark.bridgeUpper)[2] - vertexAt(mesh, faceLandmark.leftEdge)[2];
    return (
      Math.abs(breadth(verticesMm) - breadth(other.verticesMm)) +
      Math.abs(depth(verticesMm) - depth(other.verticesMm))
    );
  };

  it('is the canonical one until something was seen, and again when the person is forgotten', () => {
    const shape = new FaceShape(model);
    expect(shape.known).toBeNull();
    watch(shape, turned(0));
    expect(shape.frames).toBe(1);
    expect(shape.verticesMm).not.toEqual(face.verticesMm);
    shape.reset();
    expect(shape.frames).toBe(0);
    expect(shape.known).toBeNull();
    expect(shape.verticesMm).toEqual(face.verticesMm);
  });

  it('comes nearer to the very person with the first look and nearer still with turns of the head', () => {
    const shape = new FaceShape(model);
    watch(shape, turned(0));
    const afterOne = missMm(shape.verticesMm);
    expect(afterOne).toBeLessThan(0.7 * missMm(face.verticesMm));
    for (let frame = 0; frame < 60; frame += 1) watch(shape, turned(0.5 * Math.sin(frame / 9), 0.1));
    expect(missMm(shape.verticesMm)).toBeLessThan(afterOne);
  });

  it('does not depend on the order in which the sides were seen', () => {
    const yaws = [-0.5, -0.3, -0.1, 0.1, 0.3, 0.5];
    const [there, back] = [new FaceShape(model), new FaceShape(model)];
    for (const yaw of [...yaws, 0, 0, 0, 0, 0, 0, 0]) watch(there, turned(yaw));
    for (const yaw of [...yaws.toReversed(), 0, 0, 0, 0, 0, 0, 0]) watch(back, turned(yaw));
    there.verticesMm.forEach((value, at) =>
      expect(Math.abs(value - (back.verticesMm[at] ?? 0))).toBeLessThan(0.2),
    );
  });

  it('stays that of a face when the landmarks are rubbish', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0.01, max: 0.2, noNaN: true }),
        (seed, noise) => {
          const landmarks = projectFace(face, turned(0.2), 1, intrinsics)!;
          let state = seed;
          const random = (): number => {
            state = (state * 48_271) % 2_147_483_647;
            return state / 2_147_483_647 - 0.5;
          };
          const solved = solveFacePose(
            model,
            landmarks.map((value) => value + noise * random()),
            intrinsics,
          );
          if (solved === null || faceConfidence(solved) === 0) return;
          const shape = new FaceShape(model);
          shape.observe(solved);
          for (let at = 0; at < shape.verticesMm.length; at += 1) {
            expect(Math.abs((shape.verticesMm[at] ?? Number.NaN) - (face.verticesMm[at] ?? 0))).toBeLessThan(
              25,
            );
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('confidence', () => {
  it('falls with the turn of the head and with what the fit leaves, without a jump, to nothing', () => {
    let last = 1;
    for (let degrees = 0; degrees <= 90; degrees += 1) {
      const now = faceConfidence({ relativeError: 0.005, viewAngleRad: (degrees * Math.PI) / 180 });
      expect(now).toBeLessThanOrEqual(last);
      expect(last - now).toBeLessThan(0.05);
      last = now;
    }
    expect(last).toBe(0);
    expect(faceConfidence({ relativeError: 0.005, viewAngleRad: 0.6 })).toBe(1);
    expect(faceConfidence({ relativeError: 0.2, viewAngleRad: 0 })).toBe(0);
    expect(faceConfidence({ relativeError: Number.NaN, viewAngleRad: 0 })).toBe(0);
  });

  it('is nothing for a mirrored face', () => {
    const intrinsics = defaultIntrinsics(1280, 720);
    const landmarks = projectFace(
      face,
      { rotation: quaternionFromYawPitchRoll(0.3, 0, 0), translationMm: [0, 0, -600] },
      1,
      intrinsics,
    )!;
    const mirrored = landmarks.map((value, at) => (at % 3 === 0 ? 1 - value : value));
    const solved = solveFacePose(faceModelOf(face, exactLandmarks), mirrored, intrinsics);
    expect(solved === null ? 0 : faceConfidence(solved)).toBe(0);
  });
});
