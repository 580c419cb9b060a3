import type { WireError } from '../../protocol/errors.ts';
import { VitrineError } from '../core/vitrine-error.ts';

/**
 * Why a page under an activation gets nothing, or not now.
 * - `key-unknown`: no activation has this key.
 * - `origin-not-allowed`: the activation is not for pages of this origin.
 * - `not-begun`: the activation begins later; the page comes in by itself then.
 * - `ended`: the activation is over, by its date or because the house ended it.
 * - `too-many`: every place is taken, or too much was asked at once; `retryAfterMs` says when to ask again.
 * - `browser-revoked`: the house sent this one browser away.
 * - `out-of-scope`: the activation does not allow this deed.
 * - `call-over`: the call it is about has ended.
 * - `version-too-old`: page and server are of releases that do not understand each other.
 * - `not-secure`: the page is neither served by https nor from localhost, and browsers then make no keys.
 * - `unreachable`: the server does not answer; the page goes on trying.
 * - `refused`: the server refused for a reason of its own; the message says which.
 */
export type ActivationErrorCode =
  | 'key-unknown'
  | 'origin-not-allowed'
  | 'not-begun'
  | 'ended'
  | 'too-many'
  | 'browser-revoked'
  | 'out-of-scope'
  | 'call-over'
  | 'version-too-old'
  | 'not-secure'
  | 'unreachable'
  | 'refused';

/** A refusal that an agency's page can act on: `code` for programs, the message and `advice` for people. */
export class ActivationError extends VitrineError<ActivationErrorCode> {
  /** After how many milliseconds it makes sense to ask again; null where it makes none, or where nobody knows. */
  readonly retryAfterMs: number | null;

  constructor(code: ActivationErrorCode, message: string, retryAfterMs: number | null = null) {
    super(code, message, adviceFor[code]);
    this.name = 'ActivationError';
    this.retryAfterMs = retryAfterMs;
  }
}

/** Whether the page goes on by itself after this refusal; after every other one it has stopped. */
export function isPassing({ code }: ActivationError): boolean {
  return code === 'too-many' || code === 'not-begun' || code === 'unreachable';
}

const adviceFor: Readonly<Record<ActivationErrorCode, string>> = {
  'key-unknown': 'Copy the activation’s key from the house’s console, whole, and set it in the page.',
  'origin-not-allowed':
    'Ask the house for an activation whose origins name this page’s, or serve it from one of them.',
  'not-begun': 'Nothing: the page comes in by itself when the activation begins.',
  ended: 'Take the element from the page, or ask the house for a new activation and set its key.',
  'too-many': 'Wait, the page tries again by itself; ask the house for more places where this comes often.',
  'browser-revoked': 'Ask the house why; clearing the site’s data gives the browser a new place.',
  'out-of-scope': 'Ask the house for an activation with this in its scope.',
  'call-over': 'Call again.',
  'version-too-old': 'Load the script from the server itself, or install the release that the server runs.',
  'not-secure': 'Serve the page by https, or from localhost for tests.',
  unreachable:
    'Check the server’s address, the network, and “connect-src” of the page’s policy (docs/embed.md).',
  refused: 'See the message; if it stays, tell the house.',
};

/** What a refusal of the enrolment means; `wasHere`: this browser was let in before. */
export function enrolmentError(error: WireError, wasHere: boolean): ActivationError {
  const retryAfterMs = error.retryAfterMs ?? null;
  switch (error.code) {
    case 'code-unknown':
      return new ActivationError('key-unknown', error.message);
    case 'code-expired':
      return new ActivationError('ended', error.message);
    case 'forbidden': {
      if (retryAfterMs !== null) return new ActivationError('not-begun', error.message, retryAfterMs);
      return new ActivationError(wasHere ? 'browser-revoked' : 'origin-not-allowed', error.message);
    }
    default:
      return commonError(error);
  }
}

/** What a refusal of a call, or of a deed about one, means. */
export function callError(error: WireError): ActivationError {
  switch (error.code) {
    case 'forbidden':
      return new ActivationError('out-of-scope', error.message);
    case 'code-expired':
    case 'code-used':
    case 'conflict':
    case 'not-found':
    case 'session-ended':
      return new ActivationError('call-over', error.message);
    default:
      return commonError(error);
  }
}

function commonError({ code, message, retryAfterMs }: WireError): ActivationError {
  switch (code) {
    case 'rate-limited':
      return new ActivationError('too-many', message, retryAfterMs ?? null);
    case 'unreachable':
      return new ActivationError('unreachable', message);
    case 'unsupported-version':
      return new ActivationError('version-too-old', message);
    default:
      return new ActivationError('refused', message);
  }
}
