import type { ClientErasure, ClientPurpose, ClientTerm, Locale } from '../../protocol/index.ts';

/** Who is known in which visit, by which yes, and who asked to be forgotten. */
export interface ClientTables {
  /** Who a session's client is in the house, by its number there and no more. Erasure deletes the row. */
  client_links: {
    id: string;
    maison_id: string;
    store_id: string;
    session_id: string;
    client_id: string;
    created_at_ms: number;
    /** Kept as long for the client's own phone, which may still withdraw and erase; 0 where there is none. */
    keep_until_ms: number;
  };
  client_grants: {
    link_id: string;
    purpose: ClientPurpose;
    term: ClientTerm;
    granted_at_ms: number;
    ends_at_ms: number;
    text_version: string;
    locale: Locale;
  };
  client_erasures: {
    id: string;
    maison_id: string;
    session_id: string;
    state: ClientErasure['state'];
    asked_at_ms: number;
    /** The mark that is not beside the backups yet (`ErasureMarks`). */
    mark: string | null;
  };
  /** A mark that waits for a phone, or the page that a client keeps. */
  client_phones: {
    hash: string;
    maison_id: string;
    store_id: string;
    session_id: string;
    state: 'invited' | 'open';
    link_id: string | null;
    erasure_id: string | null;
    expires_at_ms: number;
  };
  /** What an advisor asked a session's client last, or the client's no, for two minutes. */
  client_asks: {
    session_id: string;
    maison_id: string;
    ask_id: string;
    /** `shown`: a mirror has it, and the card is gone from here. */
    state: 'asked' | 'shown' | 'declined';
    advisor: string | null;
    reference: string | null;
    expires_at_ms: number;
  };
  /** The moment of a Maison's last decision: the next one's is later. Updating it puts them in order. */
  consent_heads: { maison_id: string; last_at_ms: number };
  client_tries: { session_id: string; wrong_cards: number; last_wrong_at_ms: number };
}
