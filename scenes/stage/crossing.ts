/** One thing fades into the other, calmly. */
const crossingMs = 420;

/**
 * Keeps the last picture of a canvas over the ones that follow and lets it fade: who stands in the mirror comes out of who
 * stood there, instead of jumping into their place.
 */
export class Crossing {
  readonly #canvas: HTMLCanvasElement;
  #held: HTMLCanvasElement | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Call it in the task in which the picture was drawn: a canvas does not keep it longer. */
  hold(): void {
    this.#drop(this.#held);
    const page = this.#canvas.ownerDocument;
    if (page.defaultView?.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const held = page.createElement('canvas');
    held.width = this.#canvas.width;
    held.height = this.#canvas.height;
    const context = held.getContext('2d');
    if (context === null) return;
    context.drawImage(this.#canvas, 0, 0);
    const { offsetLeft, offsetTop, clientWidth, clientHeight, style } = this.#canvas;
    held.style.cssText = `position:absolute;left:${offsetLeft}px;top:${offsetTop}px;width:${clientWidth}px;height:${clientHeight}px;pointer-events:none`;
    held.style.transform = style.transform;
    this.#canvas.after(held);
    this.#held = held;
    const fade = held.animate({ opacity: [1, 0] }, { duration: crossingMs, easing: 'ease-in-out' });
    fade.addEventListener('finish', () => this.#drop(held));
  }

  stop(): void {
    this.#drop(this.#held);
  }

  #drop(held: HTMLCanvasElement | null): void {
    held?.remove();
    if (this.#held === held) this.#held = null;
  }
}
