import type { FaceLandmarkerResult, NormalizedLandmark } from '@mediapipe/tasks-vision';
import { FaceLandmarker, FilesetResolver } from '@mediapipe/tasks-vision';
import { headPointsOf } from '../../../sdk/anchors/head-points.ts';
import { Emitter } from '../../../sdk/core/emitter.ts';
import { readCanonicalFace } from '../../../sdk/geometry/canonical-face-reader.ts';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { faceLandmark } from '../../../sdk/geometry/canonical-face.ts';
import type { CameraIntrinsics } from '../../../sdk/geometry/camera-intrinsics.ts';
import type { FaceLandmarks } from '../../../sdk/geometry/face-landmarks.ts';
import { intrinsicsFromVerticalFov, projectPoint } from '../../../sdk/geometry/intrinsics.ts';
import type { Pose, Quaternion, Vec3 } from '../../../sdk/geometry/pose.ts';
import {
  angleBetweenRad,
  quaternionFromMatrix,
  quaternionFromYawPitchRoll,
  transformPoint,
} from '../../../sdk/geometry/pose-algebra.ts';
import { nothingSeen } from '../../../sdk/tracking/landmark-frame.ts';
import { PosePipeline } from '../../../sdk/tracking/pose-pipeline.ts';
import type { TrackerEvents } from '../../../sdk/tracking/tracker.ts';
import type { RegistrationSample } from '../sampling.ts';
import { deformHead } from './deform-head.ts';
import { HeadScene } from './head-scene.ts';

const widthPx = 1280;
const heightPx = 720;
/** What the reference takes every camera for. */
const referenceFovRad = (63 * Math.PI) / 180;
const mmPerCm = 10;
const framePeriodMs = 33;
const settlingFrames = 5;
/** Where spectacles meet the face: bridge, corners of the eyes, temples, upper cheeks. */
const overlayVertices = [6, 197, 33, 133, 362, 263, 127, 356, 117, 346];

/** How far one solver was off on one picture. */
export interface Misses {
  /** Mean over the points where spectacles meet the face, share of the face's height on the picture. */
  readonly overlay: number;
  /** The same of the one point where a frame's bridge rests. */
  readonly bridge: number;
  readonly rotationRad: number;
  /** Signed share of the true depth. */
  readonly depth: number;
}

/** One picture's outcome; null when no face was found on it. */
export type Measured = { readonly ours: Misses; readonly reference: Misses } | null;

/** What the bench asks of its page. */
export interface RegistrationPage {
  prepare(modelUrl: string, photoUrl: string): Promise<void>;
  measure(samples: readonly RegistrationSample[]): Measured[];
  /** A PNG of one picture, for a person to look at. */
  picture(sample: RegistrationSample): string;
}

interface Prepared {
  readonly landmarker: FaceLandmarker;
  readonly face: CanonicalFace;
  readonly scene: HeadScene;
}

let prepared: Prepared | null = null;
let timeMs = 0;

function flatLandmarks(points: readonly NormalizedLandmark[]): FaceLandmarks {
  const flat = new Float32Array(points.length * 3);
  points.forEach(({ x, y, z }, index) => flat.set([x, y, z], index * 3));
  return flat;
}

/**
 * What the network says of a picture that stands still: an empty frame first, so that it forgets the last picture, then the
 * same frame until its crop has settled around the face, as it has on any but a face's first frames.
 */
function settle(landmarker: FaceLandmarker, picture: HTMLCanvasElement): FaceLandmarkerResult | null {
  const empty = document.createElement('canvas');
  empty.width = 64;
  empty.height = 36;
  empty.getContext('2d')?.fillRect(0, 0, 64, 36);
  let result: FaceLandmarkerResult | null = null;
  for (let frame = 0; frame <= settlingFrames; frame += 1) {
    timeMs += framePeriodMs;
    result = landmarker.detectForVideo(frame === 0 ? empty : picture, timeMs);
  }
  return result;
}

async function prepare(modelUrl: string, photoUrl: string): Promise<void> {
  const model = new Uint8Array(await (await fetch(modelUrl)).arrayBuffer());
  const face = readCanonicalFace(model);
  const landmarker = await FaceLandmarker.createFromOptions(await FilesetResolver.forVisionTasks('/wasm'), {
    baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
    runningMode: 'VIDEO',
    numFaces: 1,
    outputFacialTransformationMatrixes: true,
  });
  const bitmap = await createImageBitmap(await (await fetch(photoUrl)).blob());
  const photo = document.createElement('canvas');
  photo.width = bitmap.width * 3;
  photo.height = bitmap.height * 3;
  const context = photo.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, photo.width, photo.height);
  const found = settle(landmarker, photo)?.faceLandmarks[0];
  if (found === undefined) throw new Error('no face on the photograph');
  prepared = {
    landmarker,
    face,
    scene: new HeadScene(face, photo, flatLandmarks(found), widthPx, heightPx),
  };
}

function truePose(sample: RegistrationSample): Pose {
  return {
    rotation: quaternionFromYawPitchRoll(sample.yawRad, sample.pitchRad, sample.rollRad),
    translationMm: sample.positionMm,
  };
}

function draw(
  { scene, face }: Prepared,
  sample: RegistrationSample,
): { canvas: HTMLCanvasElement; trueMm: Float32Array } {
  const trueMm = deformHead(face.verticesMm, sample.deformation);
  return { canvas: scene.draw(trueMm, truePose(sample), sample.verticalFovRad, sample.skinTone), trueMm };
}

function vertexOf(verticesMm: Float32Array, vertex: number): Vec3 {
  return [verticesMm[vertex * 3] ?? 0, verticesMm[vertex * 3 + 1] ?? 0, verticesMm[vertex * 3 + 2] ?? 0];
}

function measureOne(state: Prepared, sample: RegistrationSample): Measured {
  const { canvas, trueMm } = draw(state, sample);
  const result = settle(state.landmarker, canvas);
  const [points, matrix] = [result?.faceLandmarks[0], result?.facialTransformationMatrixes[0]];
  if (points === undefined || matrix === undefined) return null;
  const intrinsics = intrinsicsFromVerticalFov(widthPx, heightPx, sample.verticalFovRad);

  const pipeline = new PosePipeline(state.face, new Emitter<TrackerEvents>());
  const anchors = pipeline.process(
    {
      ...nothingSeen,
      frameId: 1,
      capturedAtMs: 0,
      faces: [{ trackId: 1, landmarks: flatLandmarks(points) }],
    },
    intrinsics,
  ).faces[0];
  if (anchors === undefined) return null;
  const truth = truePose(sample);
  return {
    ours: missesOf(sample, trueMm, truth, {
      pose: anchors.cameraFromAnchor.head,
      verticesMm: anchors.headMeshMm,
      intrinsics,
    }),
    reference: missesOf(sample, trueMm, truth, {
      pose: poseOfMatrix(matrix.data),
      verticesMm: state.face.verticesMm,
      intrinsics: intrinsicsFromVerticalFov(widthPx, heightPx, referenceFovRad),
    }),
  };
}

interface Claim {
  readonly pose: Pose;
  readonly verticesMm: Float32Array;
  readonly intrinsics: CameraIntrinsics;
}

function missesOf(sample: RegistrationSample, trueMm: Float32Array, truth: Pose, claim: Claim): Misses {
  const camera = intrinsicsFromVerticalFov(widthPx, heightPx, sample.verticalFovRad);
  const heightMm = (trueMm[faceLandmark.foreheadTop * 3 + 1] ?? 0) - (trueMm[faceLandmark.chin * 3 + 1] ?? 0);
  const faceHeightPx = (heightMm * camera.fyPx) / -truth.translationMm[2];
  const missPx = (trueMmInHead: Vec3, claimedMmInHead: Vec3): number => {
    const is = projectPoint(camera, transformPoint(truth, trueMmInHead));
    const claimed = projectPoint(claim.intrinsics, transformPoint(claim.pose, claimedMmInHead));
    return Math.hypot(is[0] - claimed[0], is[1] - claimed[1]);
  };
  const overlayPx = overlayVertices.map((vertex) =>
    missPx(vertexOf(trueMm, vertex), vertexOf(claim.verticesMm, vertex)),
  );
  const bridgePx = missPx(headPointsOf(trueMm).noseBridge, headPointsOf(claim.verticesMm).noseBridge);
  return {
    overlay: overlayPx.reduce((sum, px) => sum + px, 0) / overlayPx.length / faceHeightPx,
    bridge: bridgePx / faceHeightPx,
    rotationRad: angleBetweenRad(claim.pose.rotation, truth.rotation),
    depth: claim.pose.translationMm[2] / truth.translationMm[2] - 1,
  };
}

/** The reference's matrix: column by column, centimetres, with a scale in its axes. */
function poseOfMatrix(columns: readonly number[]): Pose {
  const at = (row: number, column: number): number => columns[column * 4 + row] ?? 0;
  const lengths = [0, 1, 2].map((column) => Math.hypot(at(0, column), at(1, column), at(2, column)));
  const rows = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => at(row, column) / (lengths[column] ?? 1)),
  );
  const rotation: Quaternion = quaternionFromMatrix(rows);
  return { rotation, translationMm: [at(0, 3) * mmPerCm, at(1, 3) * mmPerCm, at(2, 3) * mmPerCm] };
}

function ready(): Prepared {
  if (prepared === null) throw new Error('prepare first');
  return prepared;
}

const page: RegistrationPage = {
  prepare,
  measure: (samples) => samples.map((sample) => measureOne(ready(), sample)),
  picture: (sample) => draw(ready(), sample).canvas.toDataURL('image/png'),
};

declare global {
  interface Window {
    registration: RegistrationPage;
  }
}
window.registration = page;
