/** Who stands before the mirror in browser tests of the scenes: faces of paper, a camera of two colours. */
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import { Emitter } from '../../sdk/core/emitter.ts';
import { intrinsicsFromVerticalFov } from '../../sdk/geometry/intrinsics.ts';
import { quaternionFromYawPitchRoll, transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { neutralEstimate } from '../../sdk/tracking/light-meter.ts';
import { noRecoveries } from '../../sdk/tracking/recoveries.ts';
import type { TrackedFrame, Tracker, TrackerEvents } from '../../sdk/tracking/tracker.ts';

/** What must be there in this page, or the test is at fault. */
export function need<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('The test page lacks something.');
  return value;
}

export const intrinsics = intrinsicsFromVerticalFov(320, 240, 0.7);

/** Counts of camera pictures, to prove that each is closed. */
export const pictures = { made: 0, closed: 0 };
// The proxy hands `this` on.
// oxlint-disable-next-line typescript/unbound-method
ImageBitmap.prototype.close = new Proxy(ImageBitmap.prototype.close, {
  apply: (close, bitmap) => {
    pictures.closed += 1;
    Reflect.apply(close, bitmap, []);
  },
});

/** A face as half an ellipsoid, 140 × 180 mm, in rows of vertices. */
function paperFace(): { mesh: Float32Array; triangles: number[] } {
  const rows = 13;
  const mesh: number[] = [];
  const triangles: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < rows; column += 1) {
      const yaw = (column / (rows - 1) - 0.5) * Math.PI;
      const pitch = (row / (rows - 1) - 0.5) * Math.PI;
      mesh.push(
        70 * Math.sin(yaw) * Math.cos(pitch),
        90 * Math.sin(pitch),
        58 * Math.cos(yaw) * Math.cos(pitch),
      );
      const at = row * rows + column;
      if (row + 1 < rows && column + 1 < rows)
        triangles.push(at, at + 1, at + rows, at + 1, at + rows + 1, at + rows);
    }
  }
  return { mesh: new Float32Array(mesh), triangles };
}

export const face = paperFace();
export const bridgeInHead: Vec3 = [0, 20, 58];

export interface Scene {
  readonly yawDeg: number;
  readonly pitchDeg?: number;
  /** 480 unless told. */
  readonly distanceMm?: number;
  /** Green left, blue right half, when there is a camera. */
  readonly camera: boolean;
  readonly faceThere: boolean;
  /** A second person stands beside the first, who stands on the left of the camera's picture; and whom the mirror serves. */
  readonly couple?: { readonly served: 0 | 1 };
}

/** Who is before the mirror now, and whether the camera has no picture for it. */
export const before: { scene: Scene; stalled: boolean } = {
  scene: { yawDeg: 0, camera: true, faceThere: true },
  stalled: false,
};

/** How far two who stand side by side are from the middle (mm). */
export const besideMm = 95;

export function headPose(): Pose {
  return {
    rotation: quaternionFromYawPitchRoll(
      (before.scene.yawDeg * Math.PI) / 180,
      ((before.scene.pitchDeg ?? 0) * Math.PI) / 180,
      0,
    ),
    translationMm: before.scene.couple ? [-besideMm, 0, -620] : [0, 0, -(before.scene.distanceMm ?? 480)],
  };
}

function paint(): ImageBitmap {
  const canvas = new OffscreenCanvas(intrinsics.widthPx, intrinsics.heightPx);
  const context = need(canvas.getContext('2d'));
  context.fillStyle = 'rgb(20, 140, 60)';
  context.fillRect(0, 0, canvas.width / 2, canvas.height);
  context.fillStyle = 'rgb(30, 60, 190)';
  context.fillRect(canvas.width / 2, 0, canvas.width / 2, canvas.height);
  pictures.made += 1;
  return canvas.transferToImageBitmap();
}

function faceAt(identity: number, cameraFromHead: Pose): FaceAnchors {
  const at = (point: Vec3): Pose => ({
    rotation: cameraFromHead.rotation,
    translationMm: transformPoint(cameraFromHead, point),
  });
  return {
    identity,
    confidence: 1,
    cameraFromAnchor: {
      head: cameraFromHead,
      noseBridge: at(bridgeInHead),
      leftEar: at([70, 20, -44]),
      rightEar: at([-70, 20, -44]),
      leftEarlobe: at([70, -20, -40]),
      rightEarlobe: at([-70, -20, -40]),
    },
    headMeshMm: face.mesh,
    scale: { scale: 1, plusMinus: 0.05, source: 'assumed', samples: 0 },
    pupillaryDistance: null,
    faceWidth: null,
  };
}

let frameId = 0;
function trackedFrame(): TrackedFrame {
  const client = faceAt(1, headPose());
  const { rotation, translationMm } = headPose();
  const companion = faceAt(2, { rotation, translationMm: [besideMm, 0, translationMm[2]] });
  const couple = before.scene.couple?.served === 1 ? [companion, client] : [client, companion];
  frameId += 1;
  return {
    image: before.scene.camera ? paint() : null,
    intrinsics,
    anchors: {
      frameId,
      capturedAtMs: performance.now(),
      light: neutralEstimate,
      hands: [],
      body: null,
      faces: before.scene.faceThere ? (before.scene.couple ? couple : [client]) : [],
    },
  };
}

export const tracker: Tracker = {
  events: new Emitter<TrackerEvents>(),
  warmUp: () => Promise.resolve(),
  start: () => Promise.resolve(),
  stop: () => undefined,
  setNeeds: () => undefined,
  allowPeople: () => undefined,
  choosePerson: () => undefined,
  seekCard: () => undefined,
  takeFrame: () => (before.stalled ? null : trackedFrame()),
  metrics: () => ({
    framesOffered: frameId,
    framesInferred: frameId,
    framesReplaced: 0,
    restarts: 0,
    recoveries: noRecoveries(),
    inferencePeriodMs: 0,
    wasmBytes: 0,
    medianInferenceMs: 0,
    hair: { state: 'off', looks: 0, medianMs: 0 },
    delegate: null,
  }),
  dispose: () => undefined,
};

/** The same people as they stand where there is no camera: the mannequin before its studio. */
export const standIn: Tracker = {
  ...tracker,
  takeFrame: () => {
    const frame = trackedFrame();
    frame.image?.close();
    return { ...frame, image: null };
  },
};
