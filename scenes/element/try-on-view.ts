import type { Theme } from '../../protocol/theme.ts';
import { applyTheme } from '../../sdk/session/theme-variables.ts';
import type { TryOnWords } from './words.ts';

const css = /* css */ `
:host { display: block; position: relative; overflow: hidden; min-block-size: 12rem; aspect-ratio: 3 / 4;
  font-family: var(--font-text, system-ui, sans-serif); color: var(--ink, #1b1917); background: var(--ground, #b9b3aa); }
:host([hidden]) { display: none; }
.stage { position: absolute; inset: 0; }
.foot { position: absolute; inset-inline: 0; inset-block-end: 0; background: var(--surface, #fff); }
.status, .notice { padding: 1rem 1.25rem; margin: 0; line-height: 1.45; font-size: 0.875rem; }
.notice h2 { margin: 0 0 0.375rem; font: 400 1.25rem/1.25 var(--font-display, inherit); }
.notice p { margin: 0 0 0.875rem; max-inline-size: 52ch; color: var(--ink-quiet, #4d4843); }
.choices { display: flex; flex-wrap: wrap; gap: 0.625rem; }
button { font: inherit; min-block-size: 2.75rem; padding: 0.375rem 1rem; border-radius: var(--corner, 0);
  border: 1px solid var(--ink, #1b1917); background: transparent; color: inherit; cursor: pointer; }
button.first { background: var(--accent, #1b1917); border-color: var(--accent, #1b1917); color: var(--on-accent, #fff); }
button:focus-visible { outline: 2px solid var(--accent, #1b1917); outline-offset: 3px; }
.camera { position: absolute; inset-block-start: 1rem; inset-inline-end: 1rem; font-size: 0.875rem;
  background: var(--surface, #fff); border-color: transparent; }
[hidden] { display: none; }
`;

/** What the client sees of the element's own beside the stage: one of these at a time. */
export type TryOnPanel = 'none' | 'notice' | 'camera-on' | 'camera-off';

export interface TryOnChoices {
  readonly onUseCamera: () => void;
  readonly onWithoutCamera: () => void;
  /** Another panel is shown, which leaves another part of the stage in view. */
  readonly onPanel: () => void;
}

/** The element's inside: the stage's place, the notice before the camera, and one quiet line for what went wrong. */
export class TryOnView {
  readonly stage: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #notice = document.createElement('section');
  readonly #title = document.createElement('h2');
  readonly #text = document.createElement('p');
  readonly #useCamera = document.createElement('button');
  readonly #withoutCamera = document.createElement('button');
  readonly #camera = document.createElement('button');
  readonly #status = document.createElement('p');
  readonly #choices: TryOnChoices;
  #panel: TryOnPanel = 'none';
  #words: TryOnWords;

  constructor(root: ShadowRoot, words: TryOnWords, choices: TryOnChoices) {
    this.#root = root;
    this.#words = words;
    this.#choices = choices;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    this.stage = document.createElement('div');
    this.stage.className = 'stage';
    this.#notice.className = 'notice';
    this.#title.id = 'title';
    this.#notice.setAttribute('aria-labelledby', 'title');
    this.#useCamera.className = 'first';
    this.#camera.className = 'camera';
    this.#status.className = 'status';
    this.#status.setAttribute('role', 'status');
    for (const button of [this.#useCamera, this.#withoutCamera, this.#camera]) button.type = 'button';
    const row = document.createElement('div');
    row.className = 'choices';
    row.append(this.#useCamera, this.#withoutCamera);
    this.#notice.append(this.#title, this.#text, row);
    const foot = document.createElement('div');
    foot.className = 'foot';
    foot.append(this.#status, this.#notice);
    root.replaceChildren(this.stage, this.#camera, foot);
    this.#useCamera.addEventListener('click', choices.onUseCamera);
    this.#withoutCamera.addEventListener('click', choices.onWithoutCamera);
    this.#camera.addEventListener('click', () => {
      // Whoever turned the camera down or off reads the notice again before it opens.
      if (this.#panel === 'camera-on') this.#choices.onWithoutCamera();
      else this.showPanel('notice');
    });
    this.say(words);
    this.showPanel('none');
    this.showStatus(null);
  }

  /** Speaks another language. */
  say(words: TryOnWords): void {
    this.#words = words;
    this.#title.textContent = words.noticeTitle;
    this.#text.textContent = words.notice;
    this.#useCamera.textContent = words.useCamera;
    this.#withoutCamera.textContent = words.withoutCamera;
    this.#camera.textContent = this.#panel === 'camera-on' ? words.cameraOff : words.cameraOn;
  }

  /** So much of the stage's height the notice covers, from below. */
  get coveredShare(): number {
    const { clientHeight } = this.stage;
    return this.#notice.hidden || clientHeight === 0
      ? 0
      : Math.min(0.6, this.#notice.offsetHeight / clientHeight);
  }

  showPanel(panel: TryOnPanel): void {
    const isAnother = this.#panel !== panel;
    this.#panel = panel;
    this.#notice.hidden = panel !== 'notice';
    this.#camera.hidden = panel !== 'camera-on' && panel !== 'camera-off';
    this.say(this.#words);
    if (isAnother) this.#choices.onPanel();
  }

  /** One plain sentence, or none. */
  showStatus(sentence: string | null): void {
    this.#status.textContent = sentence;
    this.#status.hidden = sentence === null;
  }

  setTheme(theme: Theme): void {
    if (this.#root.host instanceof HTMLElement) applyTheme(this.#root.host, theme);
  }

  dispose(): void {
    this.#root.replaceChildren();
  }
}
