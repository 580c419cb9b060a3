/** Knows whether a canvas still holds its last picture: one whose buffer got another size, or whose memory was lost, is empty. */
export class DrawnCanvas {
  readonly #canvas: { readonly width: number; readonly height: number };
  #widthPx = 0;
  #heightPx = 0;

  constructor(canvas: { readonly width: number; readonly height: number }) {
    this.#canvas = canvas;
  }

  get isEmpty(): boolean {
    return this.#canvas.width !== this.#widthPx || this.#canvas.height !== this.#heightPx;
  }

  /** A picture was drawn. */
  note(): void {
    this.#widthPx = this.#canvas.width;
    this.#heightPx = this.#canvas.height;
  }

  /** The picture is gone though the size is the same. */
  forget(): void {
    this.#widthPx = 0;
    this.#heightPx = 0;
  }
}
