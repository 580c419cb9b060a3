import type { CameraIntrinsics } from '../../../sdk/geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { projectFace } from '../../../sdk/geometry/face-projection.ts';
import { naturalHeadMotion } from '../../../sdk/tracking/head-motion.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { nothingSeen } from '../../../sdk/tracking/landmark-frame.ts';
import type { TrackedPart } from '../../../sdk/tracking/tracker.ts';
import { paperBody, seePaperBody } from '../../../tests/support/paper-body.ts';
import { paperAngles, seePaperHand, type PaperHand } from '../../../tests/support/paper-hand.ts';
import type { WorkerLike } from '../../../sdk/tracking/tracker-link.ts';
import type { WorkerReply, WorkerRequest } from '../../../sdk/tracking/worker-messages.ts';

/** Where the scripted person stands, and holds up their left hand. */
const cameraFromBody: Pose = { rotation: [0, 0, 0, 1], translationMm: [0, -640, -720] };
const hand: PaperHand = {
  side: 'left',
  cameraFromHand: { rotation: [0, 0, 0, 1], translationMm: [60, -90, -420] },
  anglesRad: paperAngles(0.1),
  scale: 1,
};

/**
 * Stands in for the tracker's worker and answers every picture at once with the landmarks of a scripted person: the bench
 * measures what the page's own thread does, and a network on the other core would only add noise to it.
 */
export function createScriptedWorker(
  face: CanonicalFace,
  intrinsicsFor: (widthPx: number, heightPx: number) => CameraIntrinsics,
): WorkerLike {
  let hear: (event: MessageEvent<WorkerReply>) => void = () => undefined;
  const say = (data: WorkerReply): void => {
    queueMicrotask(() => hear(new MessageEvent('message', { data })));
  };
  let parts: readonly TrackedPart[] = ['face'];
  const answer = ({ frameId, capturedAtMs, image }: Extract<WorkerRequest, { kind: 'frame' }>): void => {
    const pose = naturalHeadMotion(capturedAtMs);
    const drawn = intrinsicsFor(image.width, image.height);
    const landmarks = pose && projectFace(face, pose, 1, drawn);
    const faces = landmarks ? [{ trackId: 1, landmarks }] : [];
    const sight = parts.includes('hand') ? seePaperHand(hand, drawn) : null;
    say({
      kind: 'result',
      ...nothingSeen,
      frameId,
      capturedAtMs,
      image,
      faces,
      hands: sight === null ? [] : [{ trackId: 1, sideScore: 1, ...sight }],
      body: parts.includes('body') ? seePaperBody(paperBody(), cameraFromBody, drawn) : null,
      signs: null,
      inferenceMs: 1,
    });
  };
  const beat = setInterval(() => say({ kind: 'heartbeat', requestsRefused: 0, wasmBytes: 0 }), 500);
  return {
    postMessage: (message: WorkerRequest): void => {
      if (message.kind === 'start') say({ kind: 'ready', delegate: 'CPU', canonicalFace: face });
      if (message.kind === 'needs') parts = message.parts;
      if (message.kind === 'frame') answer(message);
    },
    addEventListener: (type: string, listener: (event: never) => void) => {
      if (type === 'message') hear = listener as typeof hear;
    },
    terminate: () => clearInterval(beat),
  };
}
