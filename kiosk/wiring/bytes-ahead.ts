import { browserIdle, LoadAhead, type WhenIdle } from '../../scenes/models/load-ahead.ts';

/** What a visit may fetch before anybody asks, where the service worker does not have it yet. */
const BUDGET_BYTES = 24 * 1024 * 1024;

export interface BytesAheadOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly onFault: (fault: unknown) => void;
  readonly whenIdle?: WhenIdle;
  readonly budgetBytes?: number;
}

/**
 * Brings files into the browser's own cache while a screen without a mirror is read, so that the next one need not wait for the
 * network: one at a time, at low priority, within a budget, and not while a screen waits for a piece of its own.
 */
export class BytesAhead {
  readonly #options: BytesAheadOptions;
  readonly #ahead: LoadAhead;
  readonly #fetched = new Set<string>();
  #leftBytes: number;

  constructor(options: BytesAheadOptions) {
    this.#options = options;
    this.#leftBytes = options.budgetBytes ?? BUDGET_BYTES;
    this.#ahead = new LoadAhead(options.whenIdle ?? browserIdle, options.onFault);
  }

  /** The files that are likely to be wanted, most likely first. */
  want(urls: readonly string[]): void {
    const missing = urls.filter((url) => !this.#fetched.has(url));
    this.#ahead.want(missing.map((url) => ({ key: url, run: () => this.#fetch(url) })));
  }

  /** The visit is over: the next one has the whole budget again. */
  renew(): void {
    this.#leftBytes = this.#options.budgetBytes ?? BUDGET_BYTES;
  }

  /** A screen waits for a piece until the returned function is called. */
  hold(): () => void {
    return this.#ahead.hold();
  }

  stop(): void {
    this.#ahead.stop();
  }

  async #fetch(url: string): Promise<boolean> {
    if (this.#leftBytes <= 0) return false;
    const response = await this.#options.fetch(url, { priority: 'low' });
    this.#leftBytes -= (await response.arrayBuffer()).byteLength;
    if (response.ok) this.#fetched.add(url);
    return true;
  }
}
