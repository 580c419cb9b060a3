import { OmsFault } from '../../protocol/connector/index.ts';
import { backoffMs } from '../core/backoff.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';

/** `fetch`, as far as a connector needs it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What an HTTP caller needs of its host. */
export interface CallerDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
}

/** One request. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** Made anew for every try: a signature has its time. */
  readonly headers: () => Record<string, string>;
  readonly body: string | null;
  /** Whether the same request may be sent twice: a reading, or a write that carries its key. */
  readonly repeatable: boolean;
  /** Statuses below 500 that are answers rather than faults. */
  readonly answers?: readonly number[];
}

/** What came back. */
export interface HttpReply {
  readonly status: number;
  readonly json: unknown;
}

/** Longest wait for one answer, in milliseconds. */
const answerMs = 5_000;

/** Tries of one call: a client waits for it, so what cannot be had soon is said to be unavailable. */
const tries = 3;
const steps = { firstMs: 100, longestMs: 1_000 };

/** Largest answer that is read, in bytes: a house's whole stock. */
const largestReply = 32 * 1024 * 1024;

/**
 * Calls a foreign system. It never follows a redirect, bounds time and size, and tries again with a growing, spread wait
 * where the system did not answer or asked to wait.
 *
 * @throws {OmsFault} `unavailable`, `refused`, `misspoke`
 */
export async function callHouse(call: HttpCall, deps: CallerDeps): Promise<HttpReply> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await callOnce(call, deps);
    } catch (fault) {
      const passes = fault instanceof OmsFault && fault.code === 'unavailable';
      if (!passes || !call.repeatable || tried >= tries) throw fault;
      const waitMs = Math.max(fault.retryAfterMs ?? 0, backoffMs(tried, steps, deps.random));
      if (waitMs > steps.longestMs) throw fault;
      await new Promise<void>((resolve) => void deps.clock.after(waitMs, resolve));
    }
  }
}

async function callOnce(call: HttpCall, { fetch, clock }: CallerDeps): Promise<HttpReply> {
  const { method, url, body } = call;
  const abort = new AbortController();
  const cancel = clock.after(answerMs, () => abort.abort());
  try {
    const response = await fetch(url, {
      method,
      headers: call.headers(),
      body,
      redirect: 'manual',
      signal: abort.signal,
    });
    const { status } = response;
    if (status >= 500 || status === 429) {
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      await response.body?.cancel();
      throw new OmsFault('unavailable', `The house’s system answered ${status}.`, {
        ...(seconds > 0 && { retryAfterMs: Math.min(seconds, 86_400) * 1_000 }),
      });
    }
    const text = await readBounded(response);
    if ((status < 200 || status >= 300) && !call.answers?.includes(status)) {
      throw new OmsFault('refused', `The house’s system answered ${status}.`);
    }
    return { status, json: parseJson(text) };
  } catch (fault) {
    if (fault instanceof OmsFault) throw fault;
    const how = abort.signal.aborted ? 'did not answer in time' : 'cannot be reached';
    throw new OmsFault('unavailable', `The house’s system ${how}.`, { cause: fault });
  } finally {
    cancel();
  }
}

async function readBounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > largestReply) throw new OmsFault('misspoke', 'The house’s system answered without end.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw new OmsFault('misspoke', 'The house’s system did not answer in JSON.', { cause: fault });
  }
}
