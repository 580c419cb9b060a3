import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { faceLandmark } from '../geometry/canonical-face.ts';
import { projectFace } from '../geometry/face-projection.ts';
import { defaultIntrinsics, projectPoint } from '../geometry/intrinsics.ts';
import { quaternionFromYawPitchRoll, transformPoint } from '../geometry/pose-algebra.ts';
import { faceAnchorPoses } from './face-anchors.ts';
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
  const wideNose = { ...face, verticesMm: face.verticesMm.slice() };
  for (const vertex of [98, 327]) wideNose.verticesMm[vertex * 3] = (face.verticesMm[vertex * 3] ?? 0) * 1.3;

  it('is the canonical one until something was seen, and again when the person is forgotten', () => {
    const shape = new FaceShape(face.verticesMm);
    const pose = { rotation: [0, 0, 0, 1], translationMm: [0, 0, -600] } as const;
    shape.observe(projectFace(wideNose, pose, 1, intrinsics)!, intrinsics, pose);
    expect(shape.frames).toBe(1);
    expect(shape.verticesMm).not.toEqual(face.verticesMm);
    shape.reset();
    expect(shape.frames).toBe(0);
    expect(shape.verticesMm).toEqual(face.verticesMm);
  });

  it('comes nearer to the very person, from every side, and takes their steady features only', () => {
    const shape = new FaceShape(face.verticesMm);
    for (let frame = 0; frame < 120; frame += 1) {
      const pose = {
        rotation: quaternionFromYawPitchRoll(0.4 * Math.sin(frame / 9), 0.1 * Math.cos(frame / 7), 0),
        translationMm: [0, 0, -600],
      } as const;
      shape.observe(projectFace(wideNose, pose, 1, intrinsics)!, intrinsics, pose);
    }
    const fromTheSide = {
      rotation: quaternionFromYawPitchRoll(-0.35, 0, 0),
      translationMm: [0, 0, -600],
    } as const;
    const missPx = (verticesMm: Float32Array, vertex: number): number => {
      const seen = projectPoint(intrinsics, transformPoint(fromTheSide, vertexAt(verticesMm, vertex)));
      const truth = projectPoint(
        intrinsics,
        transformPoint(fromTheSide, vertexAt(wideNose.verticesMm, vertex)),
      );
      return Math.hypot(seen[0] - truth[0], seen[1] - truth[1]);
    };
    for (const vertex of [98, 327]) {
      expect(missPx(shape.verticesMm, vertex)).toBeLessThan(0.8 * missPx(face.verticesMm, vertex));
    }
    expect(missPx(shape.verticesMm, faceLandmark.chin)).toBeLessThan(0.5);
  });
});
