import type { ErrorCode, WireError } from '../../protocol/index.ts';

/** The HTTP status that goes with each refusal. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  'bad-request': 400,
  'too-large': 413,
  'rate-limited': 429,
  'unsupported-version': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'code-unknown': 404,
  'code-expired': 410,
  'code-used': 409,
  'code-locked': 429,
  'wrong-store': 403,
  'pin-wrong': 403,
  'pin-locked': 429,
  'pin-easy': 422,
  'passkey-refused': 403,
  'unknown-piece': 404,
  'unknown-sku': 404,
  'out-of-stock': 409,
  'hold-ended': 409,
  'session-ended': 409,
  conflict: 409,
  'client-unknown': 404,
  'oms-unavailable': 503,
  'not-offered': 501,
  'consent-missing': 403,
  'line-refused': 422,
  internal: 500,
  unreachable: 503,
};

/** What a fault of the HTTP layer is called on the wire. Only the layer's own 4xx words are told; the rest is ours. */
export function wireErrorOf(fault: { statusCode?: number; code?: string }): WireError {
  const status = fault.statusCode ?? 500;
  if (status === 413)
    return { code: 'too-large', message: 'The request is larger than this server accepts.' };
  if (status === 404) return { code: 'not-found', message: 'There is nothing at this address.' };
  if (status === 403) return { code: 'forbidden', message: 'This address is not served.' };
  if (status >= 400 && status < 500) {
    return { code: 'bad-request', message: 'The request does not have the agreed form.' };
  }
  return { code: 'internal', message: 'The server failed; the fault was logged.' };
}
