import type { Result } from '../core/result.ts';
import { err, ok } from '../core/result.ts';
import { cardPose } from './card-pose.ts';
import { cardCornersMm } from './card.ts';
import type { CardCoverage } from './card-coverage.ts';
import { missingTilts, wantedTilts } from './card-coverage.ts';
import { refineFocal } from './card-bundle.ts';
import type { FocalSolution } from './card-bundle.ts';
import type { Quad } from './homography.ts';
import { homographyOf } from './homography.ts';
import { defaultIntrinsics } from './intrinsics.ts';
import type { CameraIntrinsics } from './camera-intrinsics.ts';
import type { Pose } from './pose.ts';

/** What several views of a card tell of the camera. */
export interface CardCalibration {
  readonly focalPx: number;
  /** 95 % half-interval of `focalPx`, from the covariance of the fit: it knows of noise, not of a bent lens. */
  readonly focalPlusMinusPx: number;
  /** Root mean square of the corners' reprojection error over the views used, in pixels. */
  readonly rmsPx: number;
  /** Where each view's card was; null for a view that did not agree with the others and was left out. */
  readonly cameraFromCards: readonly (Pose | null)[];
  /** Each view's own reprojection error, in pixels; null as above. */
  readonly viewRmsPx: readonly (number | null)[];
}

/** Why some views do not yet tell the focal length. */
export type CardCalibrationRefusal =
  /** Fewer than four views in which a card can be posed. */
  | { readonly kind: 'too-few-views'; readonly views: number }
  /** Every focal length explains views without tilt: these tilts would settle it. */
  | { readonly kind: 'tilt-the-card'; readonly missing: readonly CardCoverage[] }
  /** No focal length explains the views together. */
  | { readonly kind: 'views-disagree'; readonly rmsPx: number };

/** Fewer views leave the interval to luck. */
export const fewestViews = 4;
/** Beyond this share of the picture's shorter side the corners do not come from one card and one lens. */
const disagreeingShare = 0.004;
/** An interval wider than this share of the focal length means that the views hardly depend on it. */
const widestInterval = 0.05;
/** A view that misses by this many times the median view's error, and by a pixel, shows something else. */
const outlierRatio = 3;
const outlierPx = 1;
/** Focal lengths over the default from which the search starts, beside the closed form: it must not end in a side valley. */
const startingRatios = [0.6, 1, 1.6];

/**
 * The focal length of a camera with square pixels and its principal point in the middle, from corners of a card seen in
 * several views (order of `cardCornersMm`) on pictures of one size: closed form from the orthogonality of the card's
 * sides, then least reprojection error over the focal length and every pose. One or two views that disagree are left out.
 * Source: Zhang, A flexible new technique for camera calibration, IEEE PAMI 22 (2000).
 */
export function calibrateFromCards(
  views: readonly Quad[],
  widthPx: number,
  heightPx: number,
): Result<CardCalibration, CardCalibrationRefusal> {
  let used = views.map((corners, index) => ({ corners, index }));
  let solution: FocalSolution | null = null;
  for (let left = 0; left <= 2; left += 1) {
    solution = bestFocal(
      used.map(({ corners }) => corners),
      widthPx,
      heightPx,
    );
    if (solution === null || used.length < fewestViews)
      return err({ kind: 'too-few-views', views: used.length });
    const worst = outlierOf(solution.viewRmsPx);
    if (worst === null || used.length === fewestViews || left === 2) break;
    used = used.filter((_, index) => index !== worst);
  }
  if (solution === null) return err({ kind: 'too-few-views', views: used.length });
  const { focalPx, focalSd, rmsPx, cameraFromCards } = solution;
  const plusMinus = student95(2 * used.length - 1) * focalSd;
  if (!(plusMinus < widestInterval)) {
    return err({ kind: 'tilt-the-card', missing: wantedFor(cameraFromCards) });
  }
  if (rmsPx > disagreeingShare * Math.min(widthPx, heightPx)) return err({ kind: 'views-disagree', rmsPx });
  const places = views.map((_, index) => used.findIndex((view) => view.index === index));
  return ok({
    focalPx,
    focalPlusMinusPx: plusMinus * focalPx,
    rmsPx,
    cameraFromCards: places.map((place) => cameraFromCards[place] ?? null),
    viewRmsPx: places.map((place) => solution.viewRmsPx[place] ?? null),
  });
}

/** When every tilt was there and the interval is still wide, all of them are wanted again, more steeply. */
function wantedFor(cameraFromCards: readonly Pose[]): readonly CardCoverage[] {
  const missing = missingTilts(cameraFromCards);
  return missing.length > 0 ? missing : wantedTilts;
}

function bestFocal(views: readonly Quad[], widthPx: number, heightPx: number): FocalSolution | null {
  const usual = defaultIntrinsics(widthPx, heightPx);
  const closed = focalFromOrthogonality(views, usual);
  const starts = startingRatios.map((ratio) => ratio * usual.fxPx);
  if (closed !== null) starts.unshift(closed);
  let best: FocalSolution | null = null;
  for (const focalPx of starts) {
    const intrinsics = { ...usual, fxPx: focalPx, fyPx: focalPx };
    const poses = views.map((corners) => cardPose(corners, intrinsics)?.cameraFromCard ?? null);
    if (poses.some((pose) => pose === null)) continue;
    const found = refineFocal(
      views,
      intrinsics,
      poses.filter((pose) => pose !== null),
    );
    if (found !== null && (best === null || found.rmsPx < best.rmsPx)) best = found;
  }
  return best;
}

/**
 * Least squares over both of Zhang's constraints of every view: the sides stay at right angles and of one scale. Null when
 * the views say nothing or something impossible.
 */
function focalFromOrthogonality(views: readonly Quad[], usual: CameraIntrinsics): number | null {
  const { fxPx, cxPx, cyPx } = usual;
  let [numerator, denominator] = [0, 0];
  for (const [a, b, c, d] of views) {
    const centred = ([u, v]: readonly [number, number]): readonly [number, number] => [
      (u - cxPx) / fxPx,
      (v - cyPx) / fxPx,
    ];
    const h = homographyOf(cardCornersMm, [centred(a), centred(b), centred(c), centred(d)]);
    if (h === null) continue;
    const scale = Math.hypot(h[0], h[3]) * Math.hypot(h[1], h[4]);
    const constraints = [
      [h[0] * h[1] + h[3] * h[4], h[6] * h[7]],
      [(h[0] ** 2 + h[3] ** 2 - h[1] ** 2 - h[4] ** 2) / 2, (h[6] ** 2 - h[7] ** 2) / 2],
    ];
    for (const [across = 0, depth = 0] of constraints) {
      numerator -= (across * depth) / scale ** 2;
      denominator += (depth / scale) ** 2;
    }
  }
  const squared = numerator / denominator;
  return squared > 0.05 && squared < 20 ? Math.sqrt(squared) * fxPx : null;
}

function outlierOf(viewRmsPx: readonly number[]): number | null {
  const median = viewRmsPx.toSorted((a, b) => a - b)[Math.floor(viewRmsPx.length / 2)] ?? 0;
  const worst = Math.max(...viewRmsPx);
  return worst > outlierPx && worst > outlierRatio * median ? viewRmsPx.indexOf(worst) : null;
}

/** Student's t at 97.5 %, within half a percent from seven degrees of freedom on (Cornish and Fisher's expansion). */
export function student95(degrees: number): number {
  const z = 1.959964;
  const [z3, z5] = [z ** 3, z ** 5];
  return (
    z +
    (z3 + z) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees ** 3)
  );
}
