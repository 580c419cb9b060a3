import type { CameraIntrinsics } from '../../../sdk/geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { projectFace } from '../../../sdk/geometry/face-projection.ts';
import { naturalHeadMotion } from '../../../sdk/tracking/head-motion.ts';
import { nothingSeen } from '../../../sdk/tracking/landmark-frame.ts';
import type { WorkerLike } from '../../../sdk/tracking/tracker-link.ts';
import type { WorkerReply, WorkerRequest } from '../../../sdk/tracking/worker-messages.ts';

/**
 * Stands in for the tracker's worker and answers every picture at once with the landmarks of a scripted head: the bench
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
  const answer = ({ frameId, capturedAtMs, image }: Extract<WorkerRequest, { kind: 'frame' }>): void => {
    const pose = naturalHeadMotion(capturedAtMs);
    const landmarks = pose && projectFace(face, pose, 1, intrinsicsFor(image.width, image.height));
    const faces = landmarks ? [{ trackId: 1, landmarks }] : [];
    say({ kind: 'result', ...nothingSeen, frameId, capturedAtMs, image, faces, signs: null, inferenceMs: 1 });
  };
  const beat = setInterval(() => say({ kind: 'heartbeat', requestsRefused: 0, wasmBytes: 0 }), 500);
  return {
    postMessage: (message: WorkerRequest): void => {
      if (message.kind === 'start') say({ kind: 'ready', delegate: 'CPU', canonicalFace: face });
      if (message.kind === 'frame') answer(message);
    },
    addEventListener: (type: string, listener: (event: never) => void) => {
      if (type === 'message') hear = listener as typeof hear;
    },
    terminate: () => clearInterval(beat),
  };
}
