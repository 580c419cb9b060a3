import { faceConfidence } from '../anchors/face-confidence.ts';
import { FaceShape } from '../anchors/face-shape.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { isWholeFace } from '../geometry/face-landmarks.ts';
import type { FaceModel } from '../geometry/face-pose.ts';
import { solveFacePose } from '../geometry/face-pose.ts';
import type { FaceSolution } from './solved-frame.ts';

/** Works out where one person's face is, picture after picture, and learns its shape. What it learns lives and dies with it. */
export class FaceSolver {
  readonly #model: FaceModel;
  readonly #shape: FaceShape;

  constructor(model: FaceModel) {
    this.#model = model;
    this.#shape = new FaceShape(model);
  }

  /** Null when the landmarks describe no face, or one that is turned so far away that nothing can be worn on it. */
  solve(landmarks: FaceLandmarks, intrinsics: CameraIntrinsics): FaceSolution | null {
    if (!isWholeFace(landmarks)) return null;
    const pose = solveFacePose(this.#model, landmarks, intrinsics, this.#shape.known);
    if (pose === null || faceConfidence(pose) <= 0) return null;
    this.#shape.observe(pose);
    const { cameraFromFace, relativeError, viewAngleRad } = pose;
    return {
      // Without what the fit found out about the shape: the mesh says it, and the rest is many times its size.
      pose: { cameraFromFace, relativeError, viewAngleRad },
      meshMm: this.#shape.verticesMm.slice(),
    };
  }
}
