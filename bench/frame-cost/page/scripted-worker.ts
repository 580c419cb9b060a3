import { faceLandmarkerSlips } from '../../../sdk/geometry/face-landmarker-slips.ts';
import { projectFace } from '../../../sdk/geometry/face-projection.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { FrameSolver } from '../../../sdk/tracking/frame-solver.ts';
import { naturalHeadMotion } from '../../../sdk/tracking/head-motion.ts';
import { nothingSeen } from '../../../sdk/tracking/landmark-frame.ts';
import type { TrackedPart } from '../../../sdk/tracking/tracker.ts';
import type { WorkerReply, WorkerRequest } from '../../../sdk/tracking/worker-messages.ts';
import { paperBody, seePaperBody } from '../../../tests/support/paper-body.ts';
import { paperFace } from '../../../tests/support/paper-face.ts';
import { paperAngles, seePaperHand, type PaperHand } from '../../../tests/support/paper-hand.ts';

/** Where the scripted person stands, and holds up their left hand. */
const cameraFromBody: Pose = { rotation: [0, 0, 0, 1], translationMm: [0, -640, -720] };
const hand: PaperHand = {
  side: 'left',
  cameraFromHand: { rotation: [0, 0, 0, 1], translationMm: [60, -90, -420] },
  anglesRad: paperAngles(0.1),
  scale: 1,
};

const face = paperFace();
const solver = new FrameSolver(face, faceLandmarkerSlips());
let parts: readonly TrackedPart[] = ['face'];

/**
 * Stands in for the tracker's worker: answers every picture at once with the landmarks of a scripted person, solved as the tracker's
 * worker solves them. The bench measures what the page's own thread does, and a network beside it would only add noise.
 */
function answer({
  frameId,
  capturedAtMs,
  image,
  intrinsics,
}: Extract<WorkerRequest, { kind: 'frame' }>): void {
  const pose = naturalHeadMotion(capturedAtMs);
  const landmarks = pose && projectFace(face, pose, 1, intrinsics);
  const sight = parts.includes('hand') ? seePaperHand(hand, intrinsics) : null;
  const seen = {
    ...nothingSeen,
    frameId,
    capturedAtMs,
    faces: landmarks ? [{ trackId: 1, landmarks }] : [],
    hands: sight === null ? [] : [{ trackId: 1, sideScore: 1, ...sight }],
    body: parts.includes('body') ? seePaperBody(paperBody(), cameraFromBody, intrinsics) : null,
  };
  const solved = solver.solve(seen, intrinsics);
  const buffers = solved.faces.flatMap((it) => [
    it.landmarks.buffer,
    ...(it.solution === null ? [] : [it.solution.meshMm.buffer]),
  ]);
  say({ kind: 'result', image, intrinsics, ...solved, signs: null, inferenceMs: 1 }, [image, ...buffers]);
}

function say(reply: WorkerReply, transfer: Transferable[] = []): void {
  self.postMessage(reply, { transfer });
}

self.addEventListener('message', ({ data: request }: MessageEvent<WorkerRequest>) => {
  if (request.kind === 'start') say({ kind: 'ready', delegate: 'CPU', canonicalFace: face });
  else if (request.kind === 'needs') ({ parts } = request);
  else if (request.kind === 'frame') answer(request);
});
setInterval(() => say({ kind: 'heartbeat', requestsRefused: 0, wasmBytes: 0 }), 500);
