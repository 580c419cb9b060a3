import type { Locale } from '../../protocol/ids.ts';
import type { Freshness } from '../session/stock-line.ts';
import type { AdvisorCall } from './activation-page.ts';
import type { BoutiqueWords } from './boutique-words.ts';

/** What a client may do by touch. */
export type BoutiqueDeed = 'call' | 'cancel' | 'confirm' | 'decline' | 'farewell';

/** What is to be seen. */
export interface BoutiqueShown {
  readonly locale: Locale;
  readonly stock: { readonly text: string; readonly freshness: Freshness['kind'] } | null;
  /** Null where the activation's pages may not call. */
  readonly call: AdvisorCall | null;
  readonly storeName: string;
  readonly canCall: boolean;
  readonly problem: string | null;
  readonly isJoining: boolean;
}

const style = `
:host { display: block; font: inherit; color: inherit; }
:host([hidden]) { display: none; }
p { margin: 0; }
[part='stock'] { font-variant-numeric: tabular-nums; }
[part='stock'][data-freshness='stale'] { opacity: 0.75; font-style: italic; }
[part='words']:not(:empty) { margin-block-start: 0.75em; }
[part='digits'] { margin-block: 0.4em; font-size: 2.4em; letter-spacing: 0.2em; font-variant-numeric: tabular-nums; }
.deeds:not(:empty) { display: flex; flex-wrap: wrap; gap: 0.75em; margin-block-start: 0.75em; }
button {
  font: inherit; color: inherit; min-block-size: 48px; min-inline-size: 48px; padding: 0 1.5em;
  background: none; border: 1px solid currentColor; border-radius: 0; cursor: pointer;
}
button:focus-visible { outline: 2px solid currentColor; outline-offset: 3px; }
button:disabled { opacity: 0.5; cursor: default; }
`;

/** The shadow tree of `<vitrine-boutique>`. It wears the page's own type and colours. */
export class BoutiqueView {
  readonly #stock = made('stock');
  readonly #words = made('words');
  readonly #digits = made('digits');
  readonly #deeds = document.createElement('div');
  readonly #root = document.createElement('div');
  readonly #onDeed: (deed: BoutiqueDeed) => void;
  #drawn = '';

  constructor(root: ShadowRoot, onDeed: (deed: BoutiqueDeed) => void) {
    this.#onDeed = onDeed;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    this.#stock.setAttribute('role', 'status');
    this.#words.setAttribute('role', 'status');
    this.#deeds.className = 'deeds';
    this.#root.append(this.#stock, this.#words, this.#digits, this.#deeds);
    root.replaceChildren(this.#root);
  }

  clear(): void {
    for (const part of [this.#stock, this.#words, this.#digits]) part.textContent = '';
    this.#digits.hidden = true;
    this.#deeds.replaceChildren();
    this.#drawn = '';
  }

  draw(words: BoutiqueWords, shown: BoutiqueShown): void {
    // What has not changed is left alone: a screen reader would say it again, and a finger may be on the button.
    const drawn = JSON.stringify(shown);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const { stock, call } = shown;
    this.#root.lang = shown.locale;
    this.#stock.textContent = stock?.text ?? (shown.isJoining ? words.joining : '');
    this.#stock.hidden = this.#stock.textContent === '';
    this.#stock.dataset['freshness'] = stock?.freshness ?? 'never';
    this.#words.textContent = shown.problem ?? (call ? callWords(call, words, shown.storeName) : '');
    this.#digits.hidden = call?.kind !== 'answered';
    this.#digits.textContent = call?.kind === 'answered' ? call.digits : '';
    this.#digits.setAttribute('aria-label', `${words.digits}: ${this.#digits.textContent}`);
    this.#setDeeds(call ? deedsOf(call, words) : [], shown.canCall);
  }

  #setDeeds(deeds: readonly (readonly [BoutiqueDeed, string])[], canCall: boolean): void {
    const key = deeds.map(([deed, label]) => `${deed} ${label}`).join();
    if (this.#deeds.dataset['deeds'] !== key) {
      const hadFocus = this.#deeds.contains(focusOf(this.#deeds));
      this.#deeds.dataset['deeds'] = key;
      this.#deeds.replaceChildren(...deeds.map(([deed, label]) => this.#button(deed, label)));
      if (hadFocus) this.#deeds.querySelector('button')?.focus();
    }
    for (const button of this.#deeds.querySelectorAll('button')) button.disabled = !canCall;
  }

  #button(deed: BoutiqueDeed, label: string): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.part.add('button', deed);
    button.textContent = label;
    button.addEventListener('click', () => this.#onDeed(deed));
    return button;
  }
}

function focusOf(node: Node): Element | null {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.activeElement : null;
}

function made(part: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.part.add(part);
  return element;
}

function callWords(call: AdvisorCall, words: BoutiqueWords, storeName: string): string {
  switch (call.kind) {
    case 'none':
      return call.ended === 'unanswered' ? words.unanswered : '';
    case 'calling':
      return words.calling(storeName);
    case 'answered':
      return words.answered(call.advisor);
    case 'assisted':
      return words.assisted(call.advisor);
  }
}

function deedsOf(call: AdvisorCall, words: BoutiqueWords): readonly (readonly [BoutiqueDeed, string])[] {
  switch (call.kind) {
    case 'none':
      return [['call', words.call]];
    case 'calling':
      return [['cancel', words.takeBack]];
    case 'answered':
      return [
        ['confirm', words.confirm],
        ['decline', words.decline],
      ];
    case 'assisted':
      return [['farewell', words.farewell]];
  }
}
