import type { AnchorFrame } from '../anchors/anchor-frame.ts';
import type { HairShares } from '../anchors/hair-mask.ts';
import type { Emitter } from '../core/emitter.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import type { CameraFrame } from './frame-handover.ts';
import { nothingSeen } from './landmark-frame.ts';
import { neutralEstimate } from './light-meter.ts';
import { PosePipeline } from './pose-pipeline.ts';
import type { SolvedFrame } from './solved-frame.ts';
import type { CardPlace, TrackedFrame, TrackerEvents } from './tracker.ts';

/**
 * Makes of a camera picture and what was seen in it the frame that the display takes, and owns the newest until somebody does. No
 * picture follows one that was taken later, and none from before a `forget` is shown.
 */
export class ShownFrames {
  readonly #events: Emitter<TrackerEvents>;
  #pipeline: PosePipeline | null = null;
  #cardPlace: CardPlace | null = null;
  #looksAtHair = false;
  #newest: TrackedFrame | null = null;
  #lastShownId = 0;
  /** Frames up to here are from before a stop: what still comes back of them is closed unseen. */
  #lastForgottenId = 0;

  constructor(events: Emitter<TrackerEvents>) {
    this.#events = events;
  }

  /** From now on faces can be told from landmarks. */
  begin(canonicalFace: CanonicalFace): void {
    if (this.#pipeline !== null) return;
    this.#pipeline = new PosePipeline(canonicalFace, this.#events);
    this.#pipeline.seekCard(this.#cardPlace);
    this.#pipeline.lookAtHair(this.#looksAtHair);
  }

  /** Takes over a picture that comes back from the worker. */
  showSeen({ image, intrinsics }: Pick<CameraFrame, 'image' | 'intrinsics'>, seen: SolvedFrame): void {
    // Of a newer picture that is shown already, as nobody was there, whoever came is found on the next one.
    const isLate = seen.frameId < this.#lastShownId || this.#isForgotten(seen.frameId);
    if (isLate || this.#pipeline === null) image.close();
    else this.#show({ image, intrinsics }, seen);
  }

  /** Takes over a picture that nobody looked at. */
  showUnseen(frame: CameraFrame): void {
    const { frameId, capturedAtMs } = frame;
    this.#show(frame, { frameId, capturedAtMs, ...nothingSeen });
  }

  /** As the pipeline's own. */
  lookAtHair(isLooking: boolean): void {
    this.#looksAtHair = isLooking;
    this.#pipeline?.lookAtHair(isLooking);
  }

  takeHair(frameId: number, hair: HairShares): void {
    if (!this.#isForgotten(frameId)) this.#pipeline?.takeHair(frameId, hair);
  }

  /** Hands over the newest frame that nobody took, with its image. */
  take(): TrackedFrame | null {
    const frame = this.#newest;
    this.#newest = null;
    return frame;
  }

  seekCard(place: CardPlace | null): void {
    this.#cardPlace = place;
    this.#pipeline?.seekCard(place);
  }

  /** As the pipeline's own. */
  forgetUnseen(): void {
    this.#pipeline?.forgetUnseen();
  }

  /** Forgets everybody and what was measured of them. */
  forgetPeople(): void {
    this.#pipeline?.reset();
  }

  /** Forgets every frame up to this one, and everybody. */
  forget(lastFrameId: number): void {
    this.#lastForgottenId = lastFrameId;
    this.forgetPeople();
    this.#newest?.image?.close();
    this.#newest = null;
  }

  #isForgotten(frameId: number): boolean {
    return frameId <= this.#lastForgottenId;
  }

  #show({ image, intrinsics }: Pick<CameraFrame, 'image' | 'intrinsics'>, seen: SolvedFrame): void {
    const { frameId, capturedAtMs } = seen;
    let anchors: AnchorFrame | undefined;
    try {
      anchors = this.#pipeline?.process(seen, intrinsics);
    } catch (fault) {
      // A listener's: it must not cost the memory of a picture.
      image.close();
      throw fault;
    }
    this.#newest?.image?.close();
    this.#lastShownId = frameId;
    this.#newest = {
      image,
      intrinsics,
      anchors: anchors ?? { frameId, capturedAtMs, faces: [], hands: [], body: null, light: neutralEstimate },
    };
  }
}
