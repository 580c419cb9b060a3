import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Answer, EpochMs } from '../../../protocol/index.ts';
import { done, refuse } from '../../core/answers.ts';

/** Headers of every signed message, in either direction. */
export const signatureHeaders = {
  /** Epoch seconds at which it was signed. */
  timestamp: 'vitrine-timestamp',
  /** `v1=<hex>`: HMAC-SHA-256 over `<timestamp>.<id>.<method> <path>.<body>`. */
  signature: 'vitrine-signature',
  /** Names one intention or delivery; the same name is taken once. */
  id: 'vitrine-id',
} as const;

/** How far the sender's clock and ours may be apart, both ways; what is older is a replay. */
export const replayWindowMs = 5 * 60_000;

/** What is signed: one message to one place. A signature fits no other call, and no other id. */
export interface SignedCall {
  readonly id: string;
  readonly method: string;
  /** With its query, as the receiver sees it. */
  readonly path: string;
  /** Byte for byte; empty where there is none. */
  readonly body: string;
}

/** The signature of a call at a time. */
export function signatureOf(
  secret: string,
  timestamp: string,
  { id, method, path, body }: SignedCall,
): string {
  return createHmac('sha256', secret).update(`${timestamp}.${id}.${method} ${path}.${body}`).digest('hex');
}

/** The headers with which a call is sent. */
export function signedHeaders(secret: string, call: SignedCall, nowMs: EpochMs) {
  const timestamp = String(Math.floor(nowMs / 1_000));
  return {
    [signatureHeaders.timestamp]: timestamp,
    [signatureHeaders.signature]: `v1=${signatureOf(secret, timestamp, call)}`,
    [signatureHeaders.id]: call.id,
  };
}

/** A message as it came: nothing of it is believed yet. */
export interface SignedMessage extends Omit<SignedCall, 'id'> {
  readonly timestamp: unknown;
  readonly id: unknown;
  readonly signature: unknown;
}

/**
 * Checks a message against every secret that is good now: two while a key is being changed. All are tried, in a time that does not
 * tell which one fits or where it differs. Gives the id under which it was signed.
 */
export function verifySignature(
  secrets: readonly string[],
  { timestamp, signature, id, method, path, body }: SignedMessage,
  nowMs: EpochMs,
): Answer<{ id: string }> {
  if (typeof timestamp !== 'string' || !/^\d{9,12}$/.test(timestamp)) {
    return refuse('unauthenticated', `The message has no ${signatureHeaders.timestamp} in epoch seconds.`);
  }
  if (typeof id !== 'string' || !/^[\w-]{8,64}$/.test(id)) {
    return refuse(
      'unauthenticated',
      `The message has no ${signatureHeaders.id} of 8 to 64 letters, digits, - and _.`,
    );
  }
  const given = typeof signature === 'string' ? /^v1=([0-9a-f]{64})$/.exec(signature)?.[1] : undefined;
  if (!given)
    return refuse(
      'unauthenticated',
      `The message has no ${signatureHeaders.signature} of v1= and 64 hexadecimal digits.`,
    );
  const found = Buffer.from(given, 'hex');
  let fits = false;
  for (const secret of secrets) {
    const wanted = Buffer.from(signatureOf(secret, timestamp, { id, method, path, body }), 'hex');
    if (timingSafeEqual(found, wanted)) fits = true;
  }
  if (!fits) return refuse('unauthenticated', 'The signature is by none of the agreed keys.');
  // Looked at last: who cannot sign learns nothing about our clock.
  if (Math.abs(nowMs - Number(timestamp) * 1_000) > replayWindowMs) {
    return refuse('unauthenticated', 'The message was signed too long ago, or by a clock that is wrong.');
  }
  return done({ id });
}
