import type { TrackedFrame, Tracker } from 'vitrine';
import { cameraFromPoint, pictureFromCamera, pictureFromMirror } from './picture-point.ts';

// #region follow
/** Shows every picture from now on, mirrored; gives back what ends it. */
export function followFaces(tracker: Tracker, context: CanvasRenderingContext2D): () => void {
  // The one place where anything is mirrored: everything drawn into the canvas is as the camera gave it.
  context.canvas.style.transform = 'scaleX(-1)';
  let request = 0;
  const show = (): void => {
    request = requestAnimationFrame(show);
    showNewest(tracker, context);
  };
  show();
  return () => cancelAnimationFrame(request);
}

/** Shows the newest picture, if nobody took it yet. Whoever takes a frame closes its image, also when drawing fails. */
export function showNewest(tracker: Tracker, context: CanvasRenderingContext2D): void {
  const frame = tracker.takeFrame();
  try {
    if (frame !== null) drawFrame(frame, context);
  } finally {
    frame?.image?.close();
  }
}
// #endregion

// #region draw
/** Draws a picture and, on the bridge of every nose, a dot with a line of 30 mm that points out of the face. */
function drawFrame({ image, intrinsics, anchors }: TrackedFrame, context: CanvasRenderingContext2D): void {
  const { canvas } = context;
  const { widthPx, heightPx } = intrinsics;
  // One pixel of the canvas for one of the picture, whose size changes when a camera is turned.
  if (canvas.width !== widthPx) canvas.width = widthPx;
  if (canvas.height !== heightPx) canvas.height = heightPx;
  context.clearRect(0, 0, widthPx, heightPx);
  if (image !== null) context.drawImage(image, 0, 0);
  for (const { confidence, cameraFromAnchor } of anchors.faces) {
    const { noseBridge } = cameraFromAnchor;
    const from = pictureFromCamera(intrinsics, noseBridge.translationMm);
    const to = pictureFromCamera(intrinsics, cameraFromPoint(noseBridge, [0, 0, 30]));
    if (confidence < 0.5 || from === null || to === null) continue;
    context.beginPath();
    context.arc(from.uPx, from.vPx, 4, 0, 2 * Math.PI);
    context.fill();
    context.beginPath();
    context.moveTo(from.uPx, from.vPx);
    context.lineTo(to.uPx, to.vPx);
    context.stroke();
  }
}
// #endregion

// #region choose
/** Whoever is touched in the mirror is served first; gives back what ends it. */
export function serveWhoIsTouched(tracker: Tracker, canvas: HTMLCanvasElement): () => void {
  const choose = ({ clientX, clientY }: PointerEvent): void => {
    const { uPx, vPx } = pictureFromMirror(canvas.getBoundingClientRect(), canvas, clientX, clientY);
    tracker.choosePerson(uPx, vPx);
  };
  canvas.addEventListener('pointerdown', choose);
  return () => canvas.removeEventListener('pointerdown', choose);
}
// #endregion
