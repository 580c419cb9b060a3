/** What a step on the way to a sale is. */
export type SaleStepKind = 'run' | 'transfer' | 'collection' | 'appointment' | 'order' | 'follow-up';

/** What is on its way from love to sale, and the records of what was sold. */
export interface SaleTables {
  /** What was asked for on the way from love to sale; what a kind needs beside is in `body`, JSON in text. */
  sale_steps: {
    id: string;
    maison_id: string;
    /** The boutique whose matter it is: where a piece is brought, comes to, or waits. */
    store_id: string;
    session_id: string;
    device_id: string;
    command_id: string;
    kind: SaleStepKind;
    state: string;
    advisor_id: string;
    /** The runner of a piece, the advisor of an appointment, whose a task is. */
    other_id: string | null;
    body: string;
    made_at_ms: number;
    changed_at_ms: number;
    /** So long it keeps its visit from being forgotten. */
    until_ms: number;
  };
  /** Lists that clients bring along; `store_ids` and `skus` as JSON, `asked` a hash of what was asked for. */
  wish_lists: {
    hash: string;
    maison_id: string;
    store_ids: string | null;
    skus: string;
    expires_at_ms: number;
    asked: string | null;
  };
  /** Marks by which phones take appointments. */
  sale_takeaways: { hash: string; maison_id: string; step_id: string; expires_at_ms: number };
  /** Keys that sign attributions, one for each key generation of a Maison. Their public halves stay published. */
  attribution_keys: {
    maison_id: string;
    id: string;
    private_jwk: string;
    public_jwk: string;
    made_at_ms: number;
  };
  attributions: {
    maison_id: string;
    order_id: string;
    session_id: string;
    record: string;
    made_at_ms: number;
  };
}
