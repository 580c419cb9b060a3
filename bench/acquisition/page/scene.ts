import type { FaceLandmarker } from '@mediapipe/tasks-vision';

/** A face cut out of a picture, ready to be drawn at any size. */
export interface FaceCut {
  readonly canvas: HTMLCanvasElement;
  /** Brow to chin, as the landmarks have it, in the cut's pixels. */
  readonly facePx: number;
}

export const widthPx = 1280;
export const heightPx = 720;
/** How much of the head around the face is cut out with it. */
const headPerFace = 1.7;

/** Cuts the head out of a photograph, its edge fading into whatever it is drawn on. @throws Error where there is no face */
export function cutFace(
  source: CanvasImageSource & { width: number; height: number },
  finder: FaceLandmarker,
): FaceCut {
  const whole = canvasOf(source.width * 2, source.height * 2);
  context(whole).drawImage(source, 0, 0, whole.width, whole.height);
  const points = finder.detect(whole).faceLandmarks[0];
  if (points === undefined) throw new Error('there is no face on this picture');
  const xs = points.map(({ x }) => x * whole.width);
  const ys = points.map(({ y }) => y * whole.height);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const facePx = bottom - top;
  const side = Math.round(facePx * headPerFace);
  const cut = canvasOf(side, side);
  const paint = context(cut);
  paint.drawImage(whole, (left + right - side) / 2, (top + bottom - side) / 2, side, side, 0, 0, side, side);
  const edge = paint.createRadialGradient(side / 2, side / 2, side * 0.36, side / 2, side / 2, side * 0.5);
  edge.addColorStop(0, 'rgba(0,0,0,1)');
  edge.addColorStop(1, 'rgba(0,0,0,0)');
  paint.globalCompositeOperation = 'destination-in';
  paint.fillStyle = edge;
  paint.fillRect(0, 0, side, side);
  return { canvas: cut, facePx };
}

/** A boutique's wall out of focus: soft shelves and lamps, and the sensor's noise, which differs from picture to picture. */
export function drawRoom(paint: CanvasRenderingContext2D, random: () => number): void {
  paint.drawImage(roomWith(), 0, 0);
  const noise = paint.getImageData(0, 0, widthPx, heightPx);
  const { data } = noise;
  for (let at = 0; at < data.length; at += 4) {
    const grain = (random() + random() - 1) * 6;
    for (let channel = 0; channel < 3; channel += 1) data[at + channel] = (data[at + channel] ?? 0) + grain;
  }
  paint.putImageData(noise, 0, 0);
}

/** Draws a face of this height with its middle at a point. */
export function drawFace(
  paint: CanvasRenderingContext2D,
  cut: FaceCut,
  u: number,
  v: number,
  heightPxOfFace: number,
): void {
  const side = (cut.canvas.width * heightPxOfFace) / cut.facePx;
  paint.imageSmoothingQuality = 'high';
  paint.drawImage(shrunk(cut.canvas, side), u - side / 2, v - side / 2, side, side);
}

let room: HTMLCanvasElement | null = null;
function roomWith(): HTMLCanvasElement {
  if (room !== null) return room;
  room = canvasOf(widthPx, heightPx);
  const paint = context(room);
  paint.fillStyle = '#8d857b';
  paint.fillRect(0, 0, widthPx, heightPx);
  paint.filter = 'blur(9px)';
  for (let shelf = 0; shelf < 4; shelf += 1) {
    paint.fillStyle = '#6b6259';
    paint.fillRect(0, 90 + shelf * 170, widthPx, 18);
    for (let piece = 0; piece < 9; piece += 1) {
      paint.fillStyle = ['#b9a48c', '#3f3a36', '#a8573f', '#d8d0c4'][(piece + shelf) % 4] ?? '#fff';
      paint.fillRect(40 + piece * 140, 30 + shelf * 170, 50 + 9 * ((piece * 7) % 5), 60);
    }
  }
  return room;
}

/** Halves until one step is left: drawing far smaller at once leaves pixels out. */
function shrunk(source: HTMLCanvasElement, side: number): HTMLCanvasElement {
  let from = source;
  while (from.width > 2 * side) {
    const half = canvasOf(Math.ceil(from.width / 2), Math.ceil(from.height / 2));
    context(half).drawImage(from, 0, 0, half.width, half.height);
    from = half;
  }
  return from;
}

export function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

export function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const found = canvas.getContext('2d', { willReadFrequently: true });
  if (found === null) throw new Error('no 2D canvas');
  found.imageSmoothingQuality = 'high';
  return found;
}
