import type { Result } from '../core/result.ts';
import { err, ok } from '../core/result.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import { messageOf } from '../core/vitrine-error.ts';
import type { TrackingProblem } from './tracker.ts';

/** Why there are no model bytes. */
export interface ModelRefusal {
  readonly problem: TrackingProblem;
  readonly message: string;
}

/** A download of which nothing more came for so long is given up. */
export const stalledAfterMs = 20_000;

/** Fetches a model and makes sure that it is the expected one, as a damaged one may fail only when it runs. */
export async function fetchModel(
  modelUrl: string,
  expectedSha256: string,
  fetchBytes: typeof fetch,
  clock: Pick<Clock, 'after'> = systemClock,
): Promise<Result<Uint8Array<ArrayBuffer>, ModelRefusal>> {
  let bytes: Uint8Array<ArrayBuffer>;
  const patience = new Patience(clock);
  try {
    const response = await fetchBytes(modelUrl, { signal: patience.signal });
    if (!response.ok) {
      return err({ problem: 'model-missing', message: `The tracking model answered ${response.status}.` });
    }
    bytes = await readAll(response, patience);
  } catch (cause) {
    return err({
      problem: 'model-missing',
      message: `The tracking model could not be fetched: ${messageOf(cause)}`,
    });
  } finally {
    patience.end();
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (sha256 !== expectedSha256.toLowerCase()) {
    return err({
      problem: 'model-corrupt',
      message: `The tracking model is not the expected one: sha256 ${sha256} instead of ${expectedSha256}.`,
    });
  }
  return ok(bytes);
}

/** Gives a download up that stands still, and never one that is merely slow. */
class Patience {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #controller = new AbortController();
  #cancel: () => void;

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
    this.#cancel = this.#wait();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came. */
  renew(): void {
    this.#cancel();
    this.#cancel = this.#wait();
  }

  end(): void {
    this.#cancel();
  }

  #wait(): () => void {
    const seconds = stalledAfterMs / 1_000;
    return this.#clock.after(stalledAfterMs, () =>
      this.#controller.abort(new DOMException(`nothing came for ${seconds} seconds`, 'TimeoutError')),
    );
  }
}

async function readAll(response: Response, patience: Patience): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    patience.renew();
    parts.push(value);
    size += value.byteLength;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
