import type { HoldState, Locale } from '../../protocol/index.ts';

/** The embedded OMS's own tables: the kit reads them through the connector only. */
export interface OmsTables {
  oms_levels: {
    store_id: string;
    sku: string;
    on_hand: number;
    promised: number;
    revision: number;
  };
  oms_clients: {
    maison_id: string;
    id: string;
    name: string;
    store_id: string;
    locale: Locale;
    /** What is printed on the loyalty card; the number itself where null. */
    card: string | null;
    /** What the house knows of them: `KnownFact`s beside name and language. */
    facts: string;
  };
  /** One row per Maison: the last change, and up to where changes were pruned. Updating it is the OMS's write lock. */
  oms_heads: { maison_id: string; seq: number; pruned_to_seq: number };
  oms_changes: { maison_id: string; seq: number; store_id: string; sku: string };
  oms_replies: { maison_id: string; key: string; call: string; reply: string; at_ms: number };
  oms_holds: {
    id: string;
    maison_id: string;
    store_id: string;
    sku: string;
    state: HoldState;
    expires_at_ms: number;
  };
  oms_consents: { maison_id: string; key: string; client_id: string; record: string; at_ms: number };
  /** Notes of visits in clients' records; `record` is a `NoteRecord`. */
  oms_notes: {
    maison_id: string;
    key: string;
    client_id: string;
    store_id: string;
    at_ms: number;
    ends_at_ms: number;
    record: string;
  };
  oms_orders: { maison_id: string; id: string; revision: number; body: string };
  oms_appointments: {
    maison_id: string;
    id: string;
    advisor_id: string;
    starts_at_ms: number;
    ends_at_ms: number;
    body: string;
  };
  oms_transfers: { maison_id: string; id: string; body: string };
  oms_transfer_times: { from_store_id: string; to_store_id: string; duration_ms: number };
}
