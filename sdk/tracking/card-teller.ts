import type { CardSight, TrackerEvents } from './tracker.ts';

/** A worse sight than the one that was told counts only when nothing better was seen for so long: one missed picture says nothing. */
const steadyMs = 600;

const ranks: Readonly<Record<CardSight, number>> = { none: 0, away: 1, tilted: 1, held: 2, measured: 3 };

/** Decides what is told of a card that is sought, so that words on a screen do not change from picture to picture. */
export class CardTeller {
  #told: TrackerEvents['card'] | null = null;
  #supportedAtMs = Number.NEGATIVE_INFINITY;

  /** Whether a card is sought. */
  get isSeeking(): boolean {
    return this.#told !== null;
  }

  begin(): void {
    this.#told = { sight: 'none', progress: 0 };
  }

  end(): void {
    this.#told = null;
  }

  /** What there is to tell after one more picture; null for nothing new. `progress` is null while nobody is seen. */
  note(sight: CardSight, progress: number | null, timeMs: number): TrackerEvents['card'] | null {
    const told = this.#told;
    if (told === null) return null;
    const isWorse = ranks[sight] < ranks[told.sight];
    if (!isWorse) this.#supportedAtMs = timeMs;
    const isPassing = isWorse && timeMs - this.#supportedAtMs <= steadyMs;
    const next = {
      sight: isPassing ? told.sight : sight,
      progress: progress ?? told.progress,
    };
    if (next.sight === told.sight && next.progress === told.progress) return null;
    this.#told = next.sight === 'measured' ? null : next;
    return next;
  }
}
