/** What the hand's and the body's graphs add to the face's. */
const loadedModelsBytes = 400 * 2 ** 20;
/** The wasm's memory never shrinks: at so many times its first size the worker is replaced, between visits or at once. */
const mostGrowth = { idle: 2, busy: 6 } as const;

/** Watches what the library's wasm holds in the worker of the moment. */
export class WasmGauge {
  /** What it held when the worker was ready; 0 until that is known. */
  #firstBytes = 0;
  #bytes = 0;

  /** What it held when it was told last; 0 before. */
  get bytes(): number {
    return this.#bytes;
  }

  note(bytes: number): void {
    if (this.#firstBytes === 0) this.#firstBytes = bytes;
    this.#bytes = bytes;
  }

  /** Whether the worker is better replaced: `idle`, while nobody waits for the one that follows; `busy`, in the middle of a visit. */
  isTooMuch(when: keyof typeof mostGrowth): boolean {
    return this.#firstBytes > 0 && this.#bytes > this.#firstBytes * mostGrowth[when] + loadedModelsBytes;
  }

  /** Another worker begins. */
  reset(): void {
    [this.#firstBytes, this.#bytes] = [0, 0];
  }
}
