/**
 * Lets so many works run at once and so many wait, first come first served. Whoever comes when the waiting room is full is
 * told so at once: an answer that would come too late is not worth its work.
 */
export class Gate {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(size: { atOnce: number; mostWaiting: number }) {
    this.#atOnce = size.atOnce;
    this.#mostWaiting = size.mostWaiting;
  }

  /** Runs `work` when it is its turn; null where there is no place. */
  async run<Value>(work: () => Promise<Value>): Promise<Value | null> {
    if (this.#running >= this.#atOnce) {
      if (this.#waiting.length >= this.#mostWaiting) return null;
      // Whoever leaves hands its place on, so that nobody can slip in between.
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    } else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
