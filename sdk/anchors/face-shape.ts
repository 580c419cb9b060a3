import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import { faceVertexCount } from '../geometry/canonical-face.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { landmarkPx } from '../geometry/face-landmarks.ts';
import { backProject } from '../geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import { invertPose, transformPoint } from '../geometry/pose-algebra.ts';

/** The newest frame's weight in the running mean once enough frames were seen: about a second at 30 frames a second. */
const settledWeight = 1 / 30;

/**
 * How far the shape goes from the canonical one towards what was seen. Landmarks slide along smooth skin, most of all down
 * the bridge of the nose and along the outline: on the registration bench's heads, up to 8 % off the canonical one, going
 * the whole way doubles the error at bridge and temples, and a third of it costs nothing there and helps at the eyes.
 */
const ownShare = 0.3;

/**
 * The client's own face shape in the head frame, at the canonical scale: every landmark is put on its ray at the depth
 * that the posed shape has there, and averaged over frames. Turns of the head show every point from several sides, so
 * what one view cannot tell, its depth, the mean of many does.
 */
export class FaceShape {
  readonly #canonicalMm: Float32Array;
  readonly #shapeMm: Float32Array;
  /** The running mean of what was seen. */
  readonly #seenMm: Float32Array;
  #frames = 0;

  /** `canonicalMm`: 468 × (x, y, z), the shape until something was seen. */
  constructor(canonicalMm: Float32Array) {
    this.#canonicalMm = canonicalMm;
    this.#shapeMm = canonicalMm.slice();
    this.#seenMm = canonicalMm.slice();
  }

  /** 468 × (x, y, z), canonical millimetres; changes with the next `observe`. */
  get verticesMm(): Float32Array {
    return this.#shapeMm;
  }

  /** How many frames are in the mean; 0 when nothing is known of this face. */
  get frames(): number {
    return this.#frames;
  }

  /** Takes one frame into the mean. `cameraFromFace` is unfiltered and at the canonical scale. */
  observe(landmarks: FaceLandmarks, intrinsics: CameraIntrinsics, cameraFromFace: Pose): void {
    this.#frames += 1;
    const weight = Math.max(settledWeight, 1 / this.#frames);
    const faceFromCamera = invertPose(cameraFromFace);
    for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
      const at = vertex * 3;
      const depthMm = -transformPoint(cameraFromFace, vertexAt(this.#shapeMm, vertex))[2];
      const [uPx, vPx] = landmarkPx(landmarks, vertex, intrinsics);
      const seen = transformPoint(faceFromCamera, backProject(intrinsics, uPx, vPx, depthMm));
      for (let axis = 0; axis < 3; axis += 1) {
        const known = this.#seenMm[at + axis] ?? 0;
        const mean = known + weight * ((seen[axis] ?? 0) - known);
        const canonical = this.#canonicalMm[at + axis] ?? 0;
        this.#seenMm[at + axis] = mean;
        this.#shapeMm[at + axis] = canonical + ownShare * (mean - canonical);
      }
    }
  }

  /** Forgets the person. */
  reset(): void {
    this.#frames = 0;
    this.#shapeMm.set(this.#canonicalMm);
    this.#seenMm.set(this.#canonicalMm);
  }
}

/** One vertex of a flat mesh. */
export function vertexAt(verticesMm: ArrayLike<number>, vertex: number): Vec3 {
  return [verticesMm[vertex * 3] ?? 0, verticesMm[vertex * 3 + 1] ?? 0, verticesMm[vertex * 3 + 2] ?? 0];
}
