import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CardCalibration, CardCalibrationRefusal } from '../geometry/card-calibration.ts';
import { calibrateFromCards } from '../geometry/card-calibration.ts';
import { cardTilt } from '../geometry/card-pose.ts';
import { cardWidthMm, projectCard } from '../geometry/card.ts';
import type { Quad } from '../geometry/homography.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { Pose } from '../geometry/pose.ts';
import { identityRotation, quaternionFromYawPitchRoll } from '../geometry/pose-algebra.ts';
import type { Result } from '../core/result.ts';
import type { CardSighting } from './find-card.ts';
import { findCardNearAny } from './find-card.ts';
import type { LumaPicture } from './luma-picture.ts';

/** The views that the wizard asks for, in order. Left is the holder's own, which is the left of a mirrored picture. */
export const wizardViews = [
  'near',
  'far',
  'turned-left',
  'turned-right',
  'turned-up',
  'turned-down',
  'left-and-up',
  'right-and-down',
] as const;

/** One of the views that the wizard asks for. */
export type WizardView = (typeof wizardViews)[number];

/** What the wizard makes of the newest picture. */
export type WizardSight =
  | { readonly kind: 'no-card' }
  /** There is a card, but not as this view wants it. */
  | {
      readonly kind: 'not-yet';
      readonly corners: Quad;
      readonly want: 'nearer' | 'farther' | 'tilt' | 'straight';
    }
  | { readonly kind: 'hold-still'; readonly corners: Quad; /** 0 to 1. */ readonly progress: number }
  | { readonly kind: 'taken'; readonly corners: Quad };

/** A view that was taken. */
export interface TakenView {
  readonly view: WizardView;
  readonly corners: Quad;
}

/** How each view's outline lies: its width as a share of the picture, its turns in degrees. */
const outlines: Readonly<
  Record<WizardView, { readonly width: number; readonly left: number; readonly up: number }>
> = {
  near: { width: 0.44, left: 0, up: 0 },
  far: { width: 0.21, left: 0, up: 0 },
  'turned-left': { width: 0.4, left: 34, up: 0 },
  'turned-right': { width: 0.4, left: -34, up: 0 },
  'turned-up': { width: 0.4, left: 0, up: 34 },
  'turned-down': { width: 0.4, left: 0, up: -34 },
  'left-and-up': { width: 0.38, left: 26, up: 24 },
  'right-and-down': { width: 0.38, left: -26, up: -24 },
};

const degree = Math.PI / 180;
/** A turn counts from here on, and the card counts as straight below it. */
const turnedFromRad = 14 * degree;
/** With two turns at once each may be smaller. */
const bothTurnedFromRad = 9 * degree;
/** Shares of the picture's width between which a far card must lie, and above which every other one. */
const nearFromShare = 0.28;
const farFromShare = 0.13;
const farToShare = 0.27;
/** So many pictures in a row must show the card at one place; their mean is taken. */
const stillPictures = 6;
/** How far a corner may wander from the first of those, as a share of the picture's longer side. */
const stillShare = 0.003;

/** The pose at which a view wants the card, for a camera of these intrinsics. */
export function wantedPose(view: WizardView, intrinsics: CameraIntrinsics): Pose {
  const { width, left, up } = outlines[view];
  // On an upright picture a share of the width would be a card too small to measure.
  const widthPx = width * Math.max(intrinsics.widthPx, 0.75 * intrinsics.heightPx);
  return {
    rotation: quaternionFromYawPitchRoll(left * degree, -up * degree, 0),
    translationMm: [0, 0, (-intrinsics.fxPx * cardWidthMm) / widthPx],
  };
}

/**
 * Leads through the views of a card that a calibration needs: looks for the card near the view's outline or where it last was, waits
 * until it is turned as wanted and held still, takes the view, and goes on. It opens nothing and keeps no picture.
 */
export class CardWizard {
  readonly #intrinsics: CameraIntrinsics;
  readonly #wanted: WizardView[] = [...wizardViews];
  readonly #taken: TakenView[] = [];
  #last: Quad | null = null;
  #still: Quad[] = [];

  /** For pictures of this size, from a camera that nobody knows yet. */
  constructor(widthPx: number, heightPx: number) {
    this.#intrinsics = defaultIntrinsics(widthPx, heightPx);
  }

  /** The view that is wanted now; null when there are no more. */
  get wanted(): WizardView | null {
    return this.#wanted[0] ?? null;
  }

  get taken(): readonly TakenView[] {
    return this.#taken;
  }

  /** Where the card should be on the picture. */
  outline(): Quad | null {
    return this.wanted === null
      ? null
      : projectCard(this.#intrinsics, wantedPose(this.wanted, this.#intrinsics));
  }

  /** Goes on without the view that is wanted now. */
  skip(): void {
    this.#wanted.shift();
    this.#still = [];
  }

  /** Looks at the next picture. */
  look(picture: LumaPicture): WizardSight {
    const [view, outline] = [this.wanted, this.outline()];
    if (view === null || outline === null) return { kind: 'no-card' };
    const guides = [...(this.#last === null ? [] : [this.#last]), outline, ...this.#nearby(view)];
    const sighting = findCardNearAny(picture, guides, this.#intrinsics);
    this.#last = sighting?.corners ?? null;
    if (sighting === null) {
      this.#still = [];
      return { kind: 'no-card' };
    }
    const { corners } = sighting;
    const want = wantOf(view, sighting, this.#intrinsics);
    if (want !== null) {
      this.#still = [];
      return { kind: 'not-yet', corners, want };
    }
    const reachPx = stillShare * Math.max(picture.widthPx, picture.heightPx);
    const [first] = this.#still;
    this.#still =
      first !== undefined && isNear(first, corners, reachPx) ? [...this.#still, corners] : [corners];
    if (this.#still.length < stillPictures) {
      return { kind: 'hold-still', corners, progress: this.#still.length / stillPictures };
    }
    const mean = meanOf(this.#still);
    this.#taken.push({ view, corners: mean });
    this.#wanted.shift();
    this.#still = [];
    return { kind: 'taken', corners: mean };
  }

  /** Where a card is that is not yet turned, or nearer or farther than the view wants it. */
  #nearby(view: WizardView): readonly Quad[] {
    const pose = wantedPose(view, this.#intrinsics);
    const [x, y, z] = pose.translationMm;
    return [1, 0.75, 1.35].map((farther) =>
      projectCard(this.#intrinsics, { rotation: identityRotation, translationMm: [x, y, z * farther] }),
    );
  }

  /** What the views taken so far tell of the camera. */
  calibration(): Result<CardCalibration, CardCalibrationRefusal> {
    const { widthPx, heightPx } = this.#intrinsics;
    return calibrateFromCards(
      this.#taken.map(({ corners }) => corners),
      widthPx,
      heightPx,
    );
  }
}

function wantOf(
  view: WizardView,
  { corners, pose }: CardSighting,
  { widthPx, heightPx }: CameraIntrinsics,
): 'nearer' | 'farther' | 'tilt' | 'straight' | null {
  const { sidewaysRad, upwardsRad } = cardTilt(pose.cameraFromCard);
  const { left, up } = outlines[view];
  const share = longestSidePx(corners) / Math.max(widthPx, 0.75 * heightPx);
  if (view === 'far' ? share > farToShare : false) return 'farther';
  if (share < (view === 'far' ? farFromShare : nearFromShare)) return 'nearer';
  if (left === 0 && up === 0) {
    return Math.hypot(sidewaysRad, upwardsRad) < turnedFromRad ? null : 'straight';
  }
  const fromRad = left !== 0 && up !== 0 ? bothTurnedFromRad : turnedFromRad;
  const isTurned = (wanted: number, isRad: number): boolean =>
    wanted === 0 || isRad * Math.sign(wanted) >= fromRad;
  return isTurned(left, sidewaysRad) && isTurned(up, upwardsRad) ? null : 'tilt';
}

function longestSidePx([a, b, c, d]: Quad): number {
  return Math.max(
    ...[
      [a, b],
      [b, c],
      [c, d],
      [d, a],
    ].map(([p = [0, 0], q = [0, 0]]) => Math.hypot(p[0] - q[0], p[1] - q[1])),
  );
}

function isNear(one: Quad, other: Quad, reachPx: number): boolean {
  return one.every(([u, v], corner) => {
    const [ou, ov] = other[corner] ?? [Number.NaN, Number.NaN];
    return Math.hypot(u - ou, v - ov) <= reachPx;
  });
}

function meanOf(quads: readonly Quad[]): Quad {
  const corner = (index: 0 | 1 | 2 | 3): readonly [number, number] => [
    quads.reduce((sum, quad) => sum + quad[index][0], 0) / quads.length,
    quads.reduce((sum, quad) => sum + quad[index][1], 0) / quads.length,
  ];
  return [corner(0), corner(1), corner(2), corner(3)];
}
