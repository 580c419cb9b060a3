import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import { forgottenAfterMs } from './absence.ts';
import { CropSchedule } from './crop-schedule.ts';
import { cropAround, followCrop, placeOf, uncrop } from './face-crop.ts';
import type { TrackedFace } from './landmark-frame.ts';
import type { FacePlace, PicturePoint, PictureRegion, PictureSize } from './picture-region.ts';
import { isSamePlace } from './picture-region.ts';

/** Follows one face on crops of the picture, one after the other; `null` where it does not see it. */
export interface FaceEye {
  look(image: ImageBitmap, crop: PictureRegion, capturedAtMs: number): FaceLandmarks | null;
  /** Forgets the face it followed. */
  forget(): void;
}

/** What the tracks see with. */
export interface FaceSenses {
  /** Faces in one region of the picture, as boxes. */
  detect(image: ImageBitmap, region: PictureRegion): FacePlace[];
  /** Where something moved since the last picture. */
  motion(image: ImageBitmap, size: PictureSize): PicturePoint | null;
  /** An eye that follows nobody yet. */
  openEye(): Promise<FaceEye>;
}

/** A touch that met nobody counts so long, which is a sweep of the search; then whoever comes there has touched nothing. */
export const touchCountsMs = 1_500;
/** Looks of the detector on one picture: with nobody there, and beside somebody who is followed. */
const looksAlone = 4;
const looksBeside = 1;
/** A face that was lost is the one found within this many of its heights from where it was. */
const sameWithinHeights = 1.2;

interface Track {
  readonly trackId: number;
  readonly eye: FaceEye;
  crop: PictureRegion;
  place: FacePlace;
  lastSeenMs: number;
  seen: boolean;
}

/**
 * Whose faces are followed: searches the picture by boxes, follows those who may be followed by landmarks, each in a crop of
 * its own, and gives each a number that lasts as long as they are not away for more than two seconds. Nobody beyond
 * `people` is landmarked, and nothing of what a face looks like is kept.
 */
export class FaceTracks {
  readonly #senses: FaceSenses;
  readonly #schedule = new CropSchedule();
  readonly #eyes: FaceEye[] = [];
  #tracks: Track[] = [];
  #people = 1;
  #chosen: PicturePoint | null = null;
  /** When the touch was first looked for; null until then. */
  #chosenAtMs: number | null = null;
  #trackIds = 0;

  /** `eye` is the one that was warmed up; others are opened when more people are allowed. */
  constructor(senses: FaceSenses, eye: FaceEye) {
    this.#senses = senses;
    this.#eyes.push(eye);
  }

  /** How many people may be followed, each of whom has agreed; those beyond are forgotten at once. */
  async allow(people: number): Promise<void> {
    this.#people = people;
    for (const track of this.#tracks.splice(people)) this.#end(track);
    while (this.#eyes.length + this.#tracks.length < people) this.#eyes.push(await this.#senses.openEye());
  }

  /** The client touched this point of the picture: whoever is there is served first. */
  choose(point: PicturePoint): void {
    const at = this.#tracks.findIndex(({ place }) => isOn(place, point));
    const [track] = at >= 0 ? this.#tracks.splice(at, 1) : [];
    if (track !== undefined) this.#tracks.unshift(track);
    this.#chosen = track === undefined ? point : null;
    this.#chosenAtMs = null;
  }

  /** The faces that are followed on this picture, the person served first. */
  follow(image: ImageBitmap, size: PictureSize, capturedAtMs: number): TrackedFace[] {
    this.#chosenAtMs ??= capturedAtMs;
    if (capturedAtMs - this.#chosenAtMs > touchCountsMs) this.#chosen = null;
    const faces: TrackedFace[] = [];
    for (const track of this.#tracks) {
      const landmarks = this.#look(track, image, size, capturedAtMs);
      if (landmarks !== null) faces.push({ trackId: track.trackId, landmarks });
    }
    this.#tracks = this.#tracks.filter((track, at) => {
      const isTwin = this.#tracks.some(
        (other, first) => first < at && other.seen && track.seen && isSamePlace(other.place, track.place),
      );
      const isGone = capturedAtMs - track.lastSeenMs > forgottenAfterMs;
      if (isTwin || isGone) this.#end(track);
      return !isTwin && !isGone;
    });
    if (this.#wantsSearch()) this.#search(image, size, capturedAtMs);
    const followed = new Set(this.#tracks.map(({ trackId }) => trackId));
    return faces.filter(({ trackId }) => followed.has(trackId));
  }

  /** Forgets everybody. */
  reset(): void {
    for (const track of this.#tracks.splice(0)) this.#end(track);
    this.#chosen = null;
    this.#schedule.restart();
  }

  #look(track: Track, image: ImageBitmap, size: PictureSize, timeMs: number): FaceLandmarks | null {
    const landmarks = track.eye.look(image, track.crop, timeMs);
    const whole = landmarks && uncrop(landmarks, track.crop, size);
    const place = whole && placeOf(whole, size);
    track.seen = place !== null && (this.#people === 1 || isNear(track.place, place));
    // The landmarker may come back with somebody else, who did not agree to be this one, and would stay with them.
    if (place !== null && !track.seen) track.eye.forget();
    if (whole === null || place === null || !track.seen) return null;
    track.place = place;
    track.lastSeenMs = timeMs;
    track.crop = followCrop(track.crop, place, size, this.#beside(track));
    return whole;
  }

  /** Where the other faces are that are followed, or were a moment ago: an eye that may look there takes them for its own. */
  #beside(track: Track | null): FacePlace[] {
    return this.#tracks.filter((other) => other !== track).map(({ place }) => place);
  }

  #wantsSearch(): boolean {
    const isSomebodyMissing = this.#tracks.some(({ seen }) => !seen);
    return this.#chosen !== null || isSomebodyMissing || this.#tracks.length < this.#people;
  }

  #search(image: ImageBitmap, size: PictureSize, timeMs: number): void {
    const missing = this.#tracks.find(({ seen }) => !seen);
    const looks = this.#tracks.some(({ seen }) => seen) ? looksBeside : looksAlone;
    const cues = {
      lastSeen: missing?.place ?? null,
      motion: this.#senses.motion(image, size),
      chosen: this.#chosen,
    };
    const found = this.#schedule
      .next(size, cues, looks)
      .flatMap((region) => this.#senses.detect(image, region))
      .filter((place) => !this.#tracks.some((track) => track.seen && isSamePlace(track.place, place)))
      .toSorted((one, other) => other.heightPx - one.heightPx);
    const chosen = this.#chosen;
    const wanted = chosen === null ? undefined : found.find((place) => isOn(place, chosen));
    if (wanted !== undefined) this.#serve(wanted, size, timeMs);
    else for (const place of found) this.#take(place, size, timeMs);
  }

  /** Somebody was touched: they are served first, instead of the first where no more may be followed. */
  #serve(place: FacePlace, size: PictureSize, timeMs: number): void {
    this.#chosen = null;
    if (this.#tracks.length >= this.#people) {
      for (const track of this.#tracks.splice(0, 1)) this.#end(track);
    }
    this.#begin(place, size, timeMs, 'first');
  }

  #take(place: FacePlace, size: PictureSize, timeMs: number): void {
    const missing = this.#tracks.filter(({ seen }) => !seen);
    if (missing.some((track) => isSamePlace(track.place, place))) {
      for (const track of missing) {
        if (isNear(track.place, place)) track.crop = cropAround(place, size, this.#beside(track));
      }
      return;
    }
    const near = missing.find((track) => isNear(track.place, place));
    if (near !== undefined) {
      near.place = place;
      near.crop = cropAround(place, size, this.#beside(near));
      near.eye.forget();
      return;
    }
    if (this.#tracks.length >= this.#people) {
      // Somebody else stands elsewhere while the one who was followed is gone.
      const gone = missing[0];
      if (gone === undefined || timeMs - gone.lastSeenMs < forgottenAfterMs / 2) return;
      this.#tracks = this.#tracks.filter((track) => track !== gone);
      this.#end(gone);
    }
    this.#begin(place, size, timeMs, 'last');
  }

  #begin(place: FacePlace, size: PictureSize, timeMs: number, rank: 'first' | 'last'): void {
    const eye = this.#eyes.pop();
    if (eye === undefined) return;
    this.#trackIds += 1;
    const track = {
      trackId: this.#trackIds,
      eye,
      place,
      crop: cropAround(place, size, this.#beside(null)),
      lastSeenMs: timeMs,
      seen: false,
    };
    if (rank === 'first') this.#tracks.unshift(track);
    else this.#tracks.push(track);
  }

  #end(track: Track): void {
    track.eye.forget();
    this.#eyes.push(track.eye);
  }
}

function isOn(place: FacePlace, { uPx, vPx }: PicturePoint): boolean {
  return Math.hypot(place.uPx - uPx, place.vPx - vPx) < 0.6 * place.heightPx;
}

function isNear(one: FacePlace, other: FacePlace): boolean {
  const apartPx = Math.hypot(one.uPx - other.uPx, one.vPx - other.vPx);
  const ratio = one.heightPx / other.heightPx;
  return apartPx < sameWithinHeights * Math.max(one.heightPx, other.heightPx) && ratio > 0.5 && ratio < 2;
}
