import type { DeviceId, OfferId, SessionId, StoreId } from '../../protocol/index.ts';

/**
 * Says that something was committed. A hint carries no truth: who hears it reads the database, so a hint lost, doubled or
 * out of order costs a moment and never a fact.
 */
export type Hint =
  | { readonly kind: 'stock'; readonly storeId: StoreId }
  /** `fromSeq` is the first event that the write appended. */
  | { readonly kind: 'session'; readonly sessionId: SessionId; readonly fromSeq: number }
  /** What is known of a session's client is another than before. */
  | { readonly kind: 'client'; readonly sessionId: SessionId }
  /** Something was asked of a session's client, or answered with no. */
  | { readonly kind: 'client-ask'; readonly sessionId: SessionId }
  /** Something on the way to a sale is another than before; its boards are those of `storeId`. */
  | { readonly kind: 'sale'; readonly sessionId: SessionId; readonly storeId: StoreId }
  | { readonly kind: 'offer'; readonly offerId: OfferId }
  | { readonly kind: 'device-revoked'; readonly deviceId: DeviceId }
  /** Nobody is signed in on this tablet any more, by somebody else's doing. */
  | { readonly kind: 'signed-out'; readonly deviceId: DeviceId }
  /** Rights of more than one device, or keys, have changed: every open socket is looked at again. */
  | { readonly kind: 'standing' };

/**
 * Carries hints between the parts of the server. In one process this is a list of listeners; with several nodes it is a
 * broker, and nothing else changes.
 */
export interface Hints {
  publish(hint: Hint): void;
  /** Calls `listener` for every hint until the returned function is called. */
  subscribe(listener: (hint: Hint) => void): () => void;
}

/** Hints as the composition root owns them. */
export interface OwnedHints extends Hints {
  /** Calls `listener` each time that hints may have been missed, until the returned function is called. */
  onRejoined(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Hints within one process. */
export class LocalHints implements OwnedHints {
  readonly #listeners = new Set<(hint: Hint) => void>();

  publish(hint: Hint): void {
    for (const listener of Array.from(this.#listeners)) listener(hint);
  }

  subscribe(listener: (hint: Hint) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Within one process no hint is missed. */
  onRejoined(): () => void {
    return () => undefined;
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
