import * as z from 'zod/mini';
import { ConsoleSessionReply, csrfHeader, type ConsoleSignInRequest } from '../../../protocol/index.ts';

/** What a server answered. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly setCookie: string | null;
}

/** A browser at the console: keeps the cookie it was given, and sends the session's word with what changes something. */
export class TestBrowser {
  csrf: string | null = null;
  #url: string;
  #cookie: string | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  moveTo(url: string): void {
    this.#url = url;
  }

  async get(path: string): Promise<Answered> {
    return await this.#ask(path, { method: 'GET', headers: this.#headers() });
  }

  /** `csrf` null leaves it out; anything else is sent instead of the session's own. */
  async post(
    path: string,
    body: unknown,
    { csrf = this.csrf }: { readonly csrf?: string | null } = {},
  ): Promise<Answered> {
    const word = csrf === null ? {} : { [csrfHeader]: csrf };
    const headers = { 'content-type': 'application/json', ...this.#headers(), ...word };
    return await this.#ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Signs in, or throws what the server said. */
  async signIn(request: ConsoleSignInRequest): Promise<Answered> {
    const answered = await this.post('/api/console/sign-in', request);
    if (answered.status !== 200) throw new Error(answered.text);
    this.csrf = z.parse(ConsoleSessionReply, answered.body).session?.csrf ?? null;
    return answered;
  }

  #headers(): Record<string, string> {
    return this.#cookie === null ? {} : { cookie: this.#cookie };
  }

  async #ask(path: string, init: RequestInit): Promise<Answered> {
    const response = await fetch(this.#url + path, init);
    const text = await response.text();
    const setCookie = response.headers.get('set-cookie');
    if (setCookie !== null) this.#cookie = setCookie.split(';')[0] ?? null;
    return { status: response.status, body: JSON.parse(text) as unknown, text, setCookie };
  }
}
