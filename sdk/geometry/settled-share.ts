/** Edges less clear than this say nothing. */
export const leastEdgeTrust = 0.25;

/** Share of the way to the newest measure that one takes, once there were some: a finger or a wrist does not change. */
const weight = 0.1;

/** How broad a part of somebody is for a hand of its size, over all frames in which it was seen. */
export class SettledShare {
  readonly #least: number;
  readonly #most: number;
  #seen = 0;
  #value = 1;

  /** It is taken for no farther off a hand's build than this. */
  constructor(least: number, most: number) {
    this.#least = least;
    this.#most = most;
  }

  /** 1 until it was seen. */
  get value(): number {
    return this.#value;
  }

  note(share: number): void {
    this.#seen += 1;
    const within = Math.min(this.#most, Math.max(this.#least, share));
    this.#value += Math.max(weight, 1 / this.#seen) * (within - this.#value);
  }
}
