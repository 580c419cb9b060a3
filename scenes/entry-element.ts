import { TryOn, type CameraMode, type TryOnRequest } from './element/try-on.ts';
import type { TryOnEvents } from './element/try-on-events.ts';

export type { TryOnEvents } from './element/try-on-events.ts';
export type { TryOnErrorCode, TryOnProblemCode } from './element/try-on-error.ts';

/** Where this script came from; from there, and from nowhere else, comes everything that the element fetches. */
const scriptUrl = import.meta.url;

// Node has no HTMLElement, and importing this there must do nothing.
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/**
 * `<vitrine-try-on maison="norde" piece="fjord-51" variant="tortoise">`: a piece of a Maison's collection, worn. With the
 * client's own touch on the notice it becomes a mirror; without, a mannequin wears the piece.
 *
 * Attributes: `maison`, `piece`, `variant` (the first one when absent), `camera` (`on`, which asks first and is the
 * default; `visitor`, a drawn person before a drawn camera, for demos; `scripted`, a moving mannequin; `off`, a still one), `visitor`
 * (what that person looks like and does: `look=brown&hand=left`), `lang` (else the page's), `base` (the folder that holds
 * `collections/` and `api/`; by default the one above the script's). Events: `TryOnEvents`.
 */
export class VitrineTryOnElement extends Base {
  static readonly observedAttributes = ['maison', 'piece', 'variant', 'camera', 'visitor', 'lang', 'base'];

  #tryOn: TryOn | null = null;
  #base: string | null = null;
  #waits = false;

  connectedCallback(): void {
    if (!this.shadowRoot) this.attachShadow({ mode: 'open' });
    this.#ask();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(): void {
    this.#ask();
  }

  /** Attributes that are set one after another are taken together. */
  #ask(): void {
    if (this.#waits) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      if (this.isConnected) this.#show();
    });
  }

  #show(): void {
    const { shadowRoot: root } = this;
    const [maison, piece] = [this.getAttribute('maison'), this.getAttribute('piece')];
    if (!root || !maison || !piece) return;
    const base = this.getAttribute('base');
    if (this.#base !== base) this.#end();
    this.#base = base;
    this.#tryOn ??= new TryOn({
      root,
      base: base === null ? new URL('..', scriptUrl) : new URL(base.replace(/\/?$/, '/'), document.baseURI),
      emit: (name, detail) => this.#emit(name, detail),
    });
    const request: TryOnRequest = {
      maison,
      piece,
      variant: this.getAttribute('variant'),
      camera: cameraMode(this.getAttribute('camera')),
      visitor: this.getAttribute('visitor'),
      language: this.closest('[lang]')?.getAttribute('lang') ?? 'en',
    };
    void this.#tryOn.show(request);
  }

  #end(): void {
    this.#tryOn?.dispose();
    this.#tryOn = null;
  }

  #emit<Name extends keyof TryOnEvents>(name: Name, detail: TryOnEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function cameraMode(value: string | null): CameraMode {
  return value === 'visitor' || value === 'scripted' || value === 'off' ? value : 'on';
}

if (globalThis.customElements && !customElements.get('vitrine-try-on')) {
  customElements.define('vitrine-try-on', VitrineTryOnElement);
}
