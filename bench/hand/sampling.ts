import type { HandHold } from '../../scenes/visitor/hand-form.ts';
import { seededRandom } from '../registration/sampling.ts';

/** One picture of a hand, and the camera that sees it. */
export interface HandSample extends HandHold {
  readonly verticalFovRad: number;
  /** Linear light that the skin reflects. */
  readonly skin: readonly [r: number, g: number, b: number];
  readonly wall: readonly [r: number, g: number, b: number];
}

const degree = Math.PI / 180;
const skins = [
  [0.6, 0.34, 0.24],
  [0.42, 0.22, 0.14],
  [0.16, 0.075, 0.05],
] as const;
const walls = [
  [0.35, 0.38, 0.42],
  [0.12, 0.16, 0.2],
  [0.62, 0.58, 0.52],
] as const;
/** The default of this kit, and a wide webcam. */
const verticalFovsRad = [43.3 * degree, 54 * degree];

/**
 * Hands held up before a mirror as one shows a ring or a watch: back or palm, left or right, upright to lying, turned up to
 * 40° away, 35 to 60 cm from the camera, loosely bent; sizes from small women's to large men's; every finger up to 8 % off
 * the average in length and breadth.
 */
export function drawHandSamples(count: number, seed: number): HandSample[] {
  const random = seededRandom(seed);
  const within = (low: number, high: number): number => low + (high - low) * random();
  const each = <T>(make: (finger: number) => T): T[] =>
    Array.from({ length: 5 }, (_, finger) => make(finger));
  return Array.from({ length: count }, (_, index) => {
    const loose = within(0, 1);
    return {
      side: index % 2 === 0 ? 'left' : 'right',
      shows: Math.floor(index / 2) % 2 === 0 ? 'back' : 'palm',
      yawRad: within(-40, 40) * degree,
      pitchRad: within(-35, 35) * degree,
      rollRad: within(-70, 70) * degree,
      positionMm: [within(-90, 90), within(-40, 40), -within(350, 600)],
      verticalFovRad: verticalFovsRad[Math.floor(index / 4) % 2] ?? 0.75,
      size: within(0.9, 1.1),
      lengths: each(() => within(0.92, 1.08)),
      breadths: each(() => within(0.92, 1.08)),
      palmWidth: within(0.92, 1.08),
      bends: each((finger) =>
        finger === 0
          ? ([
              within(-15, 15) * degree,
              within(-15, 20) * degree,
              within(0, 25) * degree,
              within(0, 30) * degree,
            ] as const)
          : ([
              within(-5, 5) * degree,
              (loose * within(5, 35) + within(-6, 6)) * degree,
              (5 + loose * within(10, 50)) * degree,
              (4 + loose * within(5, 30)) * degree,
            ] as const),
      ),
      twists: each(() => within(-6, 6) * degree),
      wristRad: [within(-12, 12) * degree, within(-8, 8) * degree],
      skin: skins[Math.floor(index / 8) % skins.length] ?? skins[0],
      wall: walls[Math.floor(index / 3) % walls.length] ?? walls[0],
    };
  });
}
