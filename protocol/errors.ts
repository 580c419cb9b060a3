import * as z from 'zod/mini';

/**
 * Every refusal that crosses the wire, by code. `message` is a plain sentence for logs and developers; screens translate
 * the code. Codes are never reused for another meaning.
 */
export const errorCodes = [
  'bad-request', // the message does not have the agreed form
  'too-large', // more than agreed: a payload, or what one visit holds
  'rate-limited', // too many requests; `retryAfterMs` says when
  'unsupported-version', // the peers speak different versions of the contract
  'unauthenticated', // no token, or one that has ended
  'forbidden', // a good token without the right
  'not-found', // there is no such thing, or not for this Maison
  'code-unknown', // an enrolment or pairing code that never was
  'code-expired', // the code or the offer has ended
  'code-used', // someone else was first
  'code-locked', // too many wrong tries
  'wrong-store', // right Maison, another boutique
  'pin-wrong', // `triesLeft` says how many tries are left
  'pin-locked', // too many wrong PINs; `retryAfterMs` says for how long
  'pin-easy', // a PIN that anybody would guess first: choose another
  'passkey-refused', // this passkey proves nobody of this boutique, or its answer is not a good one
  'unknown-piece', // the Maison’s catalogue has no such piece, or not in this variant
  'unknown-sku', // the Maison has no such SKU
  'out-of-stock', // nothing free to hold; `nextFreeAtMs` where it is known
  'hold-ended', // the hold was released or has expired
  'session-ended', // the session was closed
  'conflict', // the state has moved on; read it again
  'client-unknown', // nobody is known by this card; `triesLeft`
  'oms-unavailable', // the house's stock system does not answer
  'not-offered', // the house's system cannot do this at all
  'consent-missing', // the client has not said yes to this, or no longer
  'line-refused', // the line of a note is about a person, or holds an address or a number
  'internal', // our fault; it was logged
  'unreachable', // said by the device itself: the server did not answer in time
] as const;

export const ErrorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const WireError = z.object({
  code: ErrorCode,
  message: z.string(),
  retryAfterMs: z.optional(z.int()),
  triesLeft: z.optional(z.int()),
  nextFreeAtMs: z.optional(z.int()),
});
export type WireError = z.infer<typeof WireError>;

/** An answer: the value, or why not. */
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: WireError };

/** The schema of an answer that carries `value`. */
export function answerOf<Value extends z.core.$ZodType>(value: Value) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: WireError }),
  ]);
}
