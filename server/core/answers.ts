import type { ErrorCode, WireError } from '../../protocol/index.ts';

/** The good answer. */
export function done<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** What a refusal may tell beside its code and sentence. */
export type RefusalDetails = Pick<WireError, 'retryAfterMs' | 'triesLeft' | 'nextFreeAtMs'>;

/** A refusal: an expected outcome that the peer must look at. */
export interface Refusal {
  readonly ok: false;
  readonly error: WireError;
}

/** Refuses with a code that screens translate and a sentence for logs and developers. */
export function refuse(code: ErrorCode, message: string, details: RefusalDetails = {}): Refusal {
  return { ok: false, error: { code, message, ...details } };
}

/** The value of an answer that has nothing to say beyond yes. */
export type Nothing = Record<string, never>;
