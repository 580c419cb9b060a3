import { ActivationError } from './activation-error.ts';
import type { ActivationPage, ActivationState, ActivationStatus, AdvisorCall } from './activation-page.ts';
import { boutiqueWordsFor, stockSentence } from './boutique-words.ts';
import { BoutiqueView, type BoutiqueDeed } from './boutique-view.ts';
import { joinActivation, type JoinOptions } from './join-activation.ts';

/** Where this script came from: the house's server, where no other is named. */
const scriptUrl = import.meta.url;

// Node has no HTMLElement, and importing this there must do nothing.
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** Events of `<vitrine-boutique>`, each a `CustomEvent` with this detail. */
export interface BoutiqueEvents {
  /** How the page stands with its boutique now. */
  readonly status: { readonly kind: ActivationStatus['kind'] };
  /** The call to an advisor has come a step further. */
  readonly call: AdvisorCall;
  /** The page was refused or waits; the code says why, the advice what to do. */
  readonly error: Pick<ActivationError, 'code' | 'message' | 'advice' | 'retryAfterMs'>;
}

/**
 * `<vitrine-boutique activation="vpk_…" sku="fjord-51.tortoise">`: the stock of one piece in the activation's boutique, with
 * its age, and the call to an advisor. It shows what the activation's scope allows; once the page is refused, nothing.
 *
 * Attributes: `activation` (the key), `sku` (without it, the call alone), `lang` (else the page's), `server` (the house's
 * server; by default where the script came from). Events: `BoutiqueEvents`. Parts for the page's own style: `stock`,
 * `button`, `words`, `digits`.
 */
export class VitrineBoutiqueElement extends Base {
  static readonly observedAttributes = ['activation', 'sku', 'lang', 'server'];

  #page: ActivationPage | null = null;
  #joined = '';
  #view: BoutiqueView | null = null;
  #round = 0;
  #unsubscribe = (): void => {};
  #told = { status: '', call: '' };
  #problem: string | null = null;
  #ages: ReturnType<typeof setInterval> | undefined;

  /** The line behind the element, for a page that draws its own; null before it has joined. */
  get page(): ActivationPage | null {
    return this.#page;
  }

  connectedCallback(): void {
    this.#view ??= new BoutiqueView(this.shadowRoot ?? this.attachShadow({ mode: 'open' }), (deed) => {
      void this.#do(deed);
    });
    // A number that stood live grows old without anybody saying so.
    this.#ages = setInterval(() => this.#draw(), 20_000);
    queueMicrotask(() => this.#join());
  }

  disconnectedCallback(): void {
    clearInterval(this.#ages);
    this.#end();
  }

  attributeChangedCallback(): void {
    queueMicrotask(() => this.#join());
  }

  #join(): void {
    if (!this.isConnected) return;
    const activation = this.getAttribute('activation') ?? '';
    const server = new URL(this.getAttribute('server') ?? '/', scriptUrl).origin;
    const joined = `${server} ${activation}`;
    if (joined === this.#joined) return this.#draw();
    this.#end();
    this.#joined = joined;
    if (activation === '') return;
    void this.#joinAs({ server, activation }, this.#round);
  }

  async #joinAs(options: JoinOptions, round: number): Promise<void> {
    try {
      const page = await joinActivation(options);
      if (round === this.#round) this.#take(page);
      else void page.stop();
    } catch (fault) {
      if (round !== this.#round) return;
      if (fault instanceof ActivationError) this.#tell(fault);
      else reportError(fault);
    }
  }

  #take(page: ActivationPage): void {
    this.#page = page;
    const ends = [
      page.subscribe(() => this.#draw()),
      page.events.on('problem', (error) => this.#tell(error)),
    ];
    this.#unsubscribe = () => ends.forEach((end) => end());
    const { status } = page.state.get();
    if (status.kind === 'refused' || status.kind === 'waiting') this.#tell(status.error);
    this.#draw();
  }

  #end(): void {
    this.#round += 1;
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    void this.#page?.stop();
    this.#page = null;
    this.#joined = '';
    this.#problem = null;
    this.#view?.clear();
  }

  async #do(deed: BoutiqueDeed): Promise<void> {
    const page = this.#page;
    if (!page) return;
    this.#problem = null;
    const { words, locale } = this.#language();
    const sku = this.getAttribute('sku');
    const answer = await {
      call: () => page.callAdvisor(),
      cancel: () => page.cancel(),
      decline: () => page.decline(),
      confirm: () => page.confirm({ locale, kept: sku === null ? [] : [sku] }),
      farewell: () => page.farewell(),
    }[deed]();
    if (!answer.ok) {
      this.#problem = words.callProblems[answer.error.code] ?? words.callFailed;
      this.#tell(answer.error);
    }
    this.#draw();
  }

  #draw(): void {
    const page = this.#page;
    if (!page || !this.#view) return;
    const state = page.state.get();
    const { words, locale } = this.#language();
    const { store, status, call, scope } = state;
    const sku = this.getAttribute('sku');
    const line = sku === null ? null : page.stock(sku);
    const shows = status.kind !== 'refused';
    this.#view.draw(words, {
      locale,
      stock:
        line && store
          ? {
              text: stockSentence(line, { locale, timeZone: store.timeZone, nowMs: Date.now() }),
              freshness: line.here.kind === 'unknown' ? 'never' : line.freshness.kind,
            }
          : null,
      call: shows && scope.includes('hand-off') ? call : null,
      storeName: store?.name ?? '',
      canCall: status.kind === 'live',
      problem: this.#problem,
      isJoining: status.kind === 'joining',
    });
    this.#tellChanges(state);
  }

  #tellChanges({ status, call }: ActivationState): void {
    const told = { status: status.kind, call: JSON.stringify(call) };
    const before = this.#told;
    this.#told = told;
    if (told.status !== before.status) this.#emit('status', { kind: status.kind });
    if (told.call !== before.call && before.call !== '') this.#emit('call', call);
  }

  #tell({ code, message, advice, retryAfterMs }: ActivationError): void {
    this.#emit('error', { code, message, advice, retryAfterMs });
  }

  #emit<Name extends keyof BoutiqueEvents>(name: Name, detail: BoutiqueEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #language() {
    const lang = this.closest('[lang]')?.getAttribute('lang') ?? 'en';
    const locale = lang.startsWith('fr') ? 'fr' : 'en';
    return { locale, words: boutiqueWordsFor(locale) } as const;
  }
}

if (globalThis.customElements && !customElements.get('vitrine-boutique')) {
  customElements.define('vitrine-boutique', VitrineBoutiqueElement);
}
