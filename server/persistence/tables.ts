import type { DeviceRole, HoldState, Locale } from '../../protocol/index.ts';

/** What can be the matter with an offer. The first two are alive. */
export type OfferState = 'open' | 'claimed' | 'confirmed' | 'declined' | 'cancelled' | 'expired' | 'replaced';

/** Every table, as both databases hold it. Ids are text, times are epoch milliseconds, lists are JSON in text. */
export interface Tables {
  schema_migrations: { version: number; name: string; applied_at_ms: number };
  server_secrets: { name: string; value: string };

  maisons: { id: string; name: string };
  stores: {
    id: string;
    maison_id: string;
    name: string;
    city: string;
    locale: Locale;
    time_zone: string;
    /** Place in the Maison's own order. */
    position: number;
  };
  advisors: {
    maison_id: string;
    id: string;
    store_id: string;
    name: string;
    title_en: string;
    title_fr: string;
    languages: string;
    pin_hash: string;
    wrong_pins: number;
    pin_locked_until_ms: number;
  };

  enrolments: {
    code_hash: string;
    maison_id: string;
    store_id: string;
    role: DeviceRole;
    name: string;
    expires_at_ms: number;
    device_id: string | null;
  };
  devices: {
    id: string;
    maison_id: string;
    store_id: string;
    role: DeviceRole;
    name: string;
    public_key: string;
    enrolled_at_ms: number;
    revoked_at_ms: number | null;
  };
  challenges: { nonce: string; device_id: string; expires_at_ms: number };
  sign_ins: { device_id: string; maison_id: string; advisor_id: string; expires_at_ms: number };

  /** One row per boutique: its sequence, and up to where its log was pruned. Updating it is the boutique's write lock. */
  stock_heads: { store_id: string; seq: number; pruned_to_seq: number };
  stock_levels: {
    store_id: string;
    sku: string;
    on_hand: number;
    revision: number;
    as_of_ms: number;
    source: string;
  };
  stock_log: {
    store_id: string;
    seq: number;
    sku: string;
    on_hand: number;
    available: number;
    revision: number;
    as_of_ms: number;
    source: string;
  };
  holds: {
    id: string;
    store_id: string;
    sku: string;
    session_id: string;
    device_id: string;
    command_id: string;
    state: HoldState;
    created_at_ms: number;
    expires_at_ms: number;
  };

  offers: {
    id: string;
    maison_id: string;
    store_id: string;
    kiosk_id: string;
    secret_hash: string;
    code_hash: string;
    state: OfferState;
    created_at_ms: number;
    expires_at_ms: number;
    claimed_by_device_id: string | null;
    advisor_id: string | null;
    digits: string | null;
    session_id: string | null;
  };
  claim_tries: { device_id: string; wrong_codes: number; last_wrong_at_ms: number };
  sessions: {
    id: string;
    maison_id: string;
    store_id: string;
    kiosk_id: string;
    advisor_id: string;
    head_seq: number;
    started_at_ms: number;
    closed_at_ms: number | null;
  };
  session_events: { session_id: string; seq: number; at_ms: number; actor: string; fact: string };

  command_answers: {
    device_id: string;
    command_id: string;
    name: string;
    answer: string;
    answered_at_ms: number;
  };

  /** The embedded OMS's own tables: the kit reads them through the connector only. */
  oms_levels: { store_id: string; sku: string; on_hand: number; revision: number };
  oms_clients: { maison_id: string; id: string; name: string; store_id: string; locale: Locale };
}
