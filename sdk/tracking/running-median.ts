/** The median of the last samples. */
export class RunningMedian {
  readonly #capacity: number;
  #samples: number[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Takes a sample in; the oldest leaves. */
  add(sample: number): void {
    this.#samples.push(sample);
    if (this.#samples.length > this.#capacity) this.#samples.shift();
  }

  /** 0 without samples. */
  get value(): number {
    return this.#samples.toSorted((a, b) => a - b)[Math.floor(this.#samples.length / 2)] ?? 0;
  }
}
