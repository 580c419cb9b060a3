/**
 * Around half (AnchorFrame's contract) a product fades with the confidence of its place, so that a head that turns too far
 * loses it gradually; and how long it takes at least to come and go.
 */
const GONE_CONFIDENCE = 0.35;
const WHOLE_CONFIDENCE = 0.6;
const FADE_MS = 180;

/** How long, in capture time, a lost place keeps its product there before it fades: detection blinks. */
const HOLD_MS = 120;
/** Where pictures come slowly, one of them without a place is a blink too. */
const heldPictures = 1;

/** How much of a piece is there: whole while its place is seen, fading with how surely, and gone a little after it was seen last. */
export class Presence {
  #seenAtMs = -Infinity;
  /** Pictures since then. */
  #missed = Infinity;
  /** How much of the piece may be shown there, 0 to 1. */
  #share = 0;
  /** Whether the next picture is of somebody else. */
  #isCut = false;
  #value = 0;

  /** 0 to 1. */
  get value(): number {
    return this.#value;
  }

  /** A tracked frame: how surely its place was seen, 0 to 1. A category of a house's own may tell no number: that is no place either. */
  note(confidence: number, capturedAtMs: number): void {
    if (!(confidence > GONE_CONFIDENCE)) {
      this.#missed += 1;
      return;
    }
    this.#seenAtMs = capturedAtMs;
    this.#missed = 0;
    const share = Math.min(1, (confidence - GONE_CONFIDENCE) / (WHOLE_CONFIDENCE - GONE_CONFIDENCE));
    this.#share = share * share * (3 - 2 * share);
  }

  /** Somebody else stands there from one picture to the next: it is on them at once, or not there at all. */
  forget(): void {
    this.#seenAtMs = -Infinity;
    this.#missed = Infinity;
    this.#isCut = true;
  }

  /** Whether it has a place at this time. */
  isPlaced(frameAtMs: number): boolean {
    return this.#missed <= heldPictures || frameAtMs - this.#seenAtMs <= HOLD_MS;
  }

  /** One displayed frame: comes or goes a little; tells whether that changed the picture. */
  fade(frameAtMs: number, deltaMs: number): boolean {
    const wanted = this.isPlaced(frameAtMs) ? this.#share : 0;
    const step = this.#isCut ? 1 : deltaMs / FADE_MS;
    this.#isCut = false;
    const before = this.#value;
    this.#value = before + Math.min(step, Math.max(-step, wanted - before));
    return this.#value !== before;
  }
}
