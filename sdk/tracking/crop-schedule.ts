import type { FacePlace, PicturePoint, PictureRegion, PictureSize } from './picture-region.ts';
import { squareAround } from './picture-region.ts';

/** Where a face may be, beside the sweep over the whole picture. */
export interface SearchCues {
  /** Where a face was lost a moment ago. */
  readonly lastSeen: FacePlace | null;
  /** Where something moves. */
  readonly motion: PicturePoint | null;
  /** Where the client touched the mirror. */
  readonly chosen: PicturePoint | null;
}

/**
 * Crops by their side as a share of the picture's shorter side. The detector shrinks what it is given to 128 × 128 and needs
 * a face of about an eighth of it: of 720 lines the whole picture shows faces from about 150 pixels on, the smallest crops
 * from about 30. Measured by the bench `acquisition`.
 */
const sweepShares = [1, 1 / 2, 1 / 3] as const;
/** Neighbouring crops overlap by so much that a face as large as the next coarser level misses lies whole in one of them. */
const strideShare = 0.6;
/** A crop around a cue shows a face of this share of its side. */
const faceShareOfCrop = 0.4;
const motionShares = [1 / 2, 1 / 3, 3 / 4] as const;

/**
 * Which parts of the picture the face detector looks at next. Where a face was just lost, where the client touched and where
 * something moves come first; between them a sweep goes over the whole picture, coarse to fine, and begins again.
 */
export class CropSchedule {
  #sweep: readonly PictureRegion[] = [];
  #size: PictureSize = { widthPx: 0, heightPx: 0 };
  #at = 0;
  #turn = 0;

  /** How many looks one sweep over a picture of this size takes: a face that is large enough is found within them. */
  static sweepLooks(size: PictureSize): number {
    return sweepOf(size).length;
  }

  /** The next `looks` regions for a picture of this size. */
  next(size: PictureSize, cues: SearchCues, looks: number): PictureRegion[] {
    if (size.widthPx !== this.#size.widthPx || size.heightPx !== this.#size.heightPx) {
      this.#size = { widthPx: size.widthPx, heightPx: size.heightPx };
      this.#sweep = sweepOf(size);
      this.#at = 0;
    }
    this.#turn += 1;
    const regions = this.#cued(size, cues).slice(0, Math.max(1, looks - 1));
    while (regions.length < looks) {
      const region = this.#sweep[this.#at];
      this.#at = (this.#at + 1) % this.#sweep.length;
      if (region !== undefined) regions.push(region);
    }
    return regions;
  }

  /** Begins the sweep anew: nobody is there, or somebody else. */
  restart(): void {
    this.#at = 0;
  }

  #cued(size: PictureSize, { lastSeen, motion, chosen }: SearchCues): PictureRegion[] {
    const shortPx = Math.min(size.widthPx, size.heightPx);
    // Several sizes take turns, as neither a touch nor a movement tells how large the face is.
    const sidePx = shortPx * (motionShares[this.#turn % motionShares.length] ?? 1);
    return [
      ...(chosen === null ? [] : [squareAround(chosen, sidePx, size)]),
      ...(lastSeen === null ? [] : [squareAround(lastSeen, lastSeen.heightPx / faceShareOfCrop, size)]),
      ...(motion === null ? [] : [squareAround(motion, sidePx, size)]),
    ];
  }
}

function sweepOf(size: PictureSize): PictureRegion[] {
  const shortPx = Math.min(size.widthPx, size.heightPx);
  const whole = { xPx: 0, yPx: 0, ...size };
  const levels = sweepShares.flatMap((share) => {
    const sidePx = Math.round(shortPx * share);
    return placesAlong(size.heightPx, sidePx).flatMap((yPx) =>
      placesAlong(size.widthPx, sidePx).map((xPx) => ({ xPx, yPx, widthPx: sidePx, heightPx: sidePx })),
    );
  });
  return [{ ...whole, widthPx: size.widthPx, heightPx: size.heightPx }, ...levels];
}

/** Starts of crops of this side, evenly spread so that the first and the last touch the picture's edges. */
function placesAlong(wholePx: number, sidePx: number): number[] {
  const steps = Math.ceil((wholePx - sidePx) / (sidePx * strideShare) - 1e-9);
  return Array.from({ length: steps + 1 }, (_, step) =>
    steps === 0 ? 0 : Math.round((step * (wholePx - sidePx)) / steps),
  );
}
