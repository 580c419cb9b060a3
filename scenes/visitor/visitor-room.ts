import { CanvasTexture, SRGBColorSpace } from 'three';

/** Warm lamps of a boutique out of focus: place as a share of the picture, radius as a share of its height. */
const lamps: readonly (readonly [u: number, v: number, radius: number, glow: number])[] = [
  [0.12, 0.24, 0.1, 0.5],
  [0.27, 0.16, 0.07, 0.35],
  [0.76, 0.18, 0.09, 0.45],
  [0.9, 0.3, 0.12, 0.4],
  [0.93, 0.62, 0.06, 0.22],
  [0.08, 0.6, 0.07, 0.22],
];
const coarsenessPx = 24;
const shelves = [0.34, 0.52, 0.7] as const;

/** The room behind a visitor: a wall, its shelves and lamps, far out of focus. The caller disposes of it. */
export function visitorRoom(widthPx: number, heightPx: number): CanvasTexture {
  const canvas = document.createElement('canvas');
  // So coarse that enlarging it is all the blur it needs.
  canvas.width = Math.ceil(widthPx / coarsenessPx);
  canvas.height = Math.ceil(heightPx / coarsenessPx);
  const paint = canvas.getContext('2d');
  if (paint === null) throw new Error('This browser gives no 2D canvas.');
  const { width, height } = canvas;
  const wall = paint.createLinearGradient(0, 0, 0, height);
  wall.addColorStop(0, '#8a8177');
  wall.addColorStop(0.7, '#7a7168');
  wall.addColorStop(1, '#5b534b');
  paint.fillStyle = wall;
  paint.fillRect(0, 0, width, height);
  for (const v of shelves) {
    const y = v * height;
    const shelf = paint.createLinearGradient(0, y - height * 0.03, 0, y + height * 0.05);
    shelf.addColorStop(0, 'rgba(60, 50, 42, 0)');
    shelf.addColorStop(0.45, 'rgba(60, 50, 42, 0.4)');
    shelf.addColorStop(1, 'rgba(60, 50, 42, 0)');
    paint.fillStyle = shelf;
    for (const [from, to] of [
      [0, 0.3],
      [0.7, 1],
    ] as const) {
      paint.fillRect(from * width, y - height * 0.03, (to - from) * width, height * 0.08);
    }
  }
  for (const [u, v, radius, glow] of lamps) {
    const [x, y, r] = [u * width, v * height, radius * height];
    const light = paint.createRadialGradient(x, y, r * 0.2, x, y, r);
    light.addColorStop(0, `rgba(255, 226, 184, ${glow})`);
    light.addColorStop(0.8, `rgba(255, 214, 160, ${glow * 0.6})`);
    light.addColorStop(1, 'rgba(255, 214, 160, 0)');
    paint.fillStyle = light;
    paint.fillRect(x - r, y - r, 2 * r, 2 * r);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
