import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { landmarkPx } from '../geometry/face-landmarks.ts';
import { projectFace } from '../geometry/face-projection.ts';
import { defaultIntrinsics, projectPoint } from '../geometry/intrinsics.ts';
import type { Pose } from '../geometry/pose.ts';
import {
  lengthOf,
  quaternionFromYawPitchRoll,
  subtractVectors,
  transformPoint,
} from '../geometry/pose-algebra.ts';
import { vertexAt } from './face-shape.ts';
import { faceSkin } from './face-skin.ts';

const face = paperFace();
const intrinsics = defaultIntrinsics(1280, 720);
const cameraFromHead: Pose = {
  rotation: quaternionFromYawPitchRoll(0.4, -0.1, 0.05),
  translationMm: [40, -20, -600],
};
const landmarks = projectFace(face, cameraFromHead, 1, intrinsics) ?? new Float32Array();

describe('the skin on a picture', () => {
  it('is the head’s mesh where the landmarks are the mesh’s own', () => {
    const skin = faceSkin(face.verticesMm, cameraFromHead, landmarks, intrinsics);
    skin.forEach((value, at) => expect(value).toBeCloseTo(face.verticesMm[at] ?? Number.NaN, 2));
  });

  it('covers each landmark where it was seen, and moves no vertex nearer or farther', () => {
    const spoken = landmarks.slice();
    // A lower lip that goes down by some millimetres.
    for (const vertex of [14, 15, 16, 17]) spoken[vertex * 3 + 1] = (spoken[vertex * 3 + 1] ?? 0) + 0.012;
    const skin = faceSkin(face.verticesMm, cameraFromHead, spoken, intrinsics);
    for (const vertex of [13, 14, 17, 152]) {
      const seen = transformPoint(cameraFromHead, vertexAt(skin, vertex));
      const [uPx, vPx] = projectPoint(intrinsics, seen);
      const [u, v] = landmarkPx(spoken, vertex, intrinsics);
      expect(uPx).toBeCloseTo(u, 2);
      expect(vPx).toBeCloseTo(v, 2);
      expect(seen[2]).toBeCloseTo(transformPoint(cameraFromHead, vertexAt(face.verticesMm, vertex))[2], 2);
    }
    const movedMm = lengthOf(subtractVectors(vertexAt(skin, 14), vertexAt(face.verticesMm, 14)));
    expect(movedMm).toBeGreaterThan(5);
    expect(movedMm).toBeLessThan(9);
  });
});
