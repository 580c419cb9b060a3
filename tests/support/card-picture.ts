import type { LumaPicture } from '../../sdk/calibration/luma-picture.ts';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import {
  cardCornerRadiusMm,
  cardCornersMm,
  cardHeightMm,
  cardWidthMm,
  projectCard,
} from '../../sdk/geometry/card.ts';
import { homographyOf, mapPoint } from '../../sdk/geometry/homography.ts';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { seededRandom } from '../../bench/registration/sampling.ts';

/** How a card is drawn on a picture. */
export interface CardPicture {
  readonly intrinsics: CameraIntrinsics;
  readonly cameraFromCard: Pose | null;
  readonly seed: number;
  /** Brightness of the card and of what is behind it, 0 to 255. */
  readonly card: number;
  readonly ground: number;
  /** Standard deviation of the sensor's noise. */
  readonly noise: number;
  /** Radius of the lens's blur, in pixels. */
  readonly blurPx: number;
  /** How much the ground's brightness wanders. */
  readonly texture: number;
  /** Fingers over the card's edges: places on the card in millimetres, with their radius. */
  readonly fingersMm?: readonly (readonly [x: number, y: number, radius: number])[];
}

/** A picture of a card whose place is known: perspective, round corners, print, ground, fingers, blur and noise. */
export function drawCard(scene: CardPicture): LumaPicture {
  const { widthPx, heightPx } = scene.intrinsics;
  const random = seededRandom(scene.seed);
  const waves = Array.from({ length: 3 }, () => ({
    u: (random() - 0.5) * 0.09,
    v: (random() - 0.5) * 0.09,
    phase: random() * 7,
  }));
  const fromPicture =
    scene.cameraFromCard === null
      ? null
      : homographyOf(projectCard(scene.intrinsics, scene.cameraFromCard), cardCornersMm);
  const groundAt = (u: number, v: number): number => {
    let sum = 0;
    for (const wave of waves) sum += Math.sin(u * wave.u + v * wave.v + wave.phase);
    return scene.ground + (scene.texture * sum) / 2;
  };
  const shade = (u: number, v: number, ground: number): number => {
    if (fromPicture !== null) {
      const [x, y] = mapPoint(fromPicture, [u, v]);
      for (const [fx, fy, radius] of scene.fingersMm ?? []) {
        if (Math.hypot(x - fx, y - fy) < radius) return (scene.card + scene.ground) * 0.4 + 25;
      }
      if (isOnCard(x, y)) return scene.card + printOf(x, y);
    }
    return ground;
  };
  let sharp = new Float64Array(widthPx * heightPx);
  const places = fromPicture === null ? [1 / 2] : [1 / 6, 1 / 2, 5 / 6];
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const ground = groundAt(column + 0.5, row + 0.5);
      let sum = 0;
      for (const dv of places) for (const du of places) sum += shade(column + du, row + dv, ground);
      sharp[row * widthPx + column] = sum / places.length ** 2;
    }
  }
  sharp = blurred(
    blurred(sharp, widthPx, heightPx, scene.blurPx, 1),
    widthPx,
    heightPx,
    scene.blurPx,
    widthPx,
  );
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const data = Uint8ClampedArray.from(sharp, (value) => Math.round(value + scene.noise * gaussian()));
  return { widthPx, heightPx, data };
}

function isOnCard(x: number, y: number): boolean {
  const [dx, dy] = [Math.abs(x) - cardWidthMm / 2, Math.abs(y) - cardHeightMm / 2];
  if (dx > 0 || dy > 0) return false;
  const [cx, cy] = [dx + cardCornerRadiusMm, dy + cardCornerRadiusMm];
  return cx <= 0 || cy <= 0 || Math.hypot(cx, cy) <= cardCornerRadiusMm;
}

/** A chip, a stripe and lines of letters, as bank cards carry them. */
function printOf(x: number, y: number): number {
  if (x > -34 && x < -22 && y > -2 && y < 7) return 45;
  if (y > 13 && y < 22) return -28;
  if (y < -10 && y > -14 && Math.sin(x * 2.3) > 0.2 && Math.abs(x) < 34) return -35;
  return 0;
}

function blurred(
  values: Float64Array<ArrayBuffer>,
  widthPx: number,
  heightPx: number,
  sigmaPx: number,
  stride: number,
): Float64Array<ArrayBuffer> {
  if (!(sigmaPx > 0)) return values;
  const reach = Math.ceil(3 * sigmaPx);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigmaPx ** 2)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const result = new Float64Array(values.length);
  const limit = stride === 1 ? widthPx : heightPx;
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const at = row * widthPx + column;
      const place = stride === 1 ? column : row;
      let sum = 0;
      for (let k = -reach; k <= reach; k += 1) {
        const shift = Math.min(Math.max(place + k, 0), limit - 1) - place;
        sum += (kernel[k + reach] ?? 0) * (values[at + shift * stride] ?? 0);
      }
      result[at] = sum / total;
    }
  }
  return result;
}
