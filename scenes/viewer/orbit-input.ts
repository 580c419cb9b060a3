import type { Orbit } from './orbit.ts';

/** A drag over the whole width of the picture turns the piece by this much. */
const TURN_PER_WIDTH_RAD = Math.PI;
const KEY_STEP_RAD = 0.2;
const KEY_ZOOM = 1.15;
const ZOOM_PER_WHEEL_PX = 0.0012;
/** A finger that moved less than this in less time touched the piece; it did not turn it. */
const TAP_PX = 8;
const TAP_MS = 400;

/**
 * Lets fingers, mouse, wheel and keys (arrows, + and −) hold the piece. `changed` is called when there is something new to
 * draw, `touched` when a finger (or Enter, in the middle) touches without turning: CSS pixels from the canvas's upper left. Returns what takes the listeners back.
 */
export function bindOrbitInput(
  canvas: HTMLCanvasElement,
  orbit: Orbit,
  changed: () => void,
  touched: (viewX: number, viewY: number) => void = () => undefined,
): () => void {
  let tap: { readonly x: number; readonly y: number; readonly atMs: number } | null = null;
  const fingers = new Map<number, { x: number; y: number }>();
  const spread = (): number => {
    const [a, b] = fingers.values();
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };

  const onDown = (event: PointerEvent): void => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    tap = fingers.size === 1 ? { x: event.clientX, y: event.clientY, atMs: event.timeStamp } : null;
  };
  const onMove = (event: PointerEvent): void => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const spreadBefore = spread();
    const turn = TURN_PER_WIDTH_RAD / Math.max(1, canvas.clientWidth);
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    finger.x = event.clientX;
    finger.y = event.clientY;
    if (fingers.size === 1) orbit.turnBy(dx * turn, dy * turn);
    else if (spreadBefore > 0) orbit.zoomBy(spread() / spreadBefore);
    changed();
  };
  const onGone = (event: PointerEvent): void => void fingers.delete(event.pointerId);
  const onUp = (event: PointerEvent): void => {
    onGone(event);
    if (!tap || event.timeStamp - tap.atMs > TAP_MS) return;
    if (Math.hypot(event.clientX - tap.x, event.clientY - tap.y) > TAP_PX) return;
    tap = null;
    const { left, top } = canvas.getBoundingClientRect();
    touched(event.clientX - left, event.clientY - top);
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    orbit.zoomBy(Math.exp(-event.deltaY * ZOOM_PER_WHEEL_PX));
    changed();
  };
  const onKey = (event: KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowLeft':
        orbit.turnBy(-KEY_STEP_RAD, 0);
        break;
      case 'ArrowRight':
        orbit.turnBy(KEY_STEP_RAD, 0);
        break;
      case 'ArrowUp':
        orbit.turnBy(0, -KEY_STEP_RAD);
        break;
      case 'ArrowDown':
        orbit.turnBy(0, KEY_STEP_RAD);
        break;
      case '+':
        orbit.zoomBy(KEY_ZOOM);
        break;
      case '-':
        orbit.zoomBy(1 / KEY_ZOOM);
        break;
      case 'Enter':
        // Without a finger the middle of the picture is touched: turn the piece until the spot is there.
        touched(canvas.clientWidth / 2, canvas.clientHeight / 2);
        break;
      default:
        return;
    }
    event.preventDefault();
    changed();
  };

  canvas.addEventListener('pointerdown', onDown);
  canvas.addEventListener('pointermove', onMove);
  canvas.addEventListener('pointerup', onUp);
  canvas.addEventListener('pointercancel', onGone);
  canvas.addEventListener('wheel', onWheel, { passive: false });
  canvas.addEventListener('keydown', onKey);
  return () => {
    canvas.removeEventListener('pointerdown', onDown);
    canvas.removeEventListener('pointermove', onMove);
    canvas.removeEventListener('pointerup', onUp);
    canvas.removeEventListener('pointercancel', onGone);
    canvas.removeEventListener('wheel', onWheel);
    canvas.removeEventListener('keydown', onKey);
  };
}
