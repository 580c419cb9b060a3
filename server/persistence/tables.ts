import type { Generated } from 'kysely';
import type { AuditAction, AuditActor, DeviceRole, HoldState, Locale } from '../../protocol/index.ts';
import type { ClientTables } from './client-tables.ts';
import type { OmsTables } from './oms-tables.ts';
import type { SaleTables } from './sale-tables.ts';

/** What can be the matter with an offer. The first two are alive. */
export type OfferState = 'open' | 'claimed' | 'confirmed' | 'declined' | 'cancelled' | 'expired' | 'replaced';

/**
 * What the house's OMS knows of a hold of ours. `none`: it keeps no holds. `asked`: it was asked and has not answered,
 * and nobody was told. `queued`: it is to be asked, and the client was told. `held`: it counts the piece as promised. `ended`: it need not be told any more.
 */
export type NativeHold = 'none' | 'asked' | 'queued' | 'held' | 'ended';

/** Every table, as both databases hold it. Ids are text, times are epoch milliseconds, lists are JSON in text. */
export interface Tables extends ClientTables, SaleTables, OmsTables {
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
    /** Empty where they have no PIN. */
    pin_hash: string;
    start_code_hash: Generated<string | null>;
    start_code_until_ms: Generated<number | null>;
    last_sign_in_at_ms: Generated<number | null>;
    /** When they left. Their row stays: sales and sessions name them. */
    left_at_ms: Generated<number | null>;
    /** Since when their row tells a pseudonym only. */
    erased_at_ms: Generated<number | null>;
    /** The id that they are being given: their erasure has begun and not ended. */
    becomes: Generated<string | null>;
    /** The mark of their erasure that is not beside the backups yet (`ErasureMarks`). */
    mark: Generated<string | null>;
  };
  /** Wrong PINs by boutique and the name that was tried, whether or not anybody is called so. */
  pin_tries: {
    store_id: string;
    advisor_id: string;
    wrong: number;
    /** Locks since the last right PIN or the last quiet day: each is longer than the one before. */
    locks: number;
    locked_until_ms: number;
    last_wrong_at_ms: number;
  };
  /** Advisors' passkeys. The authenticator keeps the private half. */
  passkeys: {
    id: string;
    maison_id: string;
    advisor_id: string;
    credential_id: string;
    user_handle: string;
    /** COSE, base64url. */
    public_key: string;
    counter: number;
    made_on: string;
    made_at_ms: number;
    used_at_ms: number | null;
  };
  /** The one question of each kind that a tablet has open; of its challenge a keyed hash. */
  passkey_challenges: {
    device_id: string;
    purpose: 'make' | 'sign-in';
    hash: string;
    /** For whom a passkey is being made; null for a sign-in, whose answer says who it is. */
    advisor_id: string | null;
    expires_at_ms: number;
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
    /** The agency's activation under which it enrolled itself; null for the house's own devices. */
    activation_id: Generated<string | null>;
    /** Grows with every change of the device's key; a token names the number of the key that asked for it. */
    key_number: Generated<number>;
    /** Until when a device of an activation counts as one that is there; 0 for the house's own. */
    seat_until_ms: Generated<number>;
  };
  challenges: { nonce: string; device_id: string; expires_at_ms: number };
  sign_ins: {
    device_id: string;
    maison_id: string;
    advisor_id: string;
    expires_at_ms: number;
    signed_in_at_ms: number;
    /** By which passkey; null: by PIN. */
    passkey_id: string | null;
  };

  activations: {
    id: string;
    maison_id: string;
    store_id: string;
    /** The agency's name, for screens. */
    agency: string;
    /** Stands in the agency's page, so it is no secret. */
    publishable_key: string;
    /** Lists, JSON in text. */
    origins: string;
    scope: string;
    most_devices: number;
    starts_at_ms: number;
    ends_at_ms: number;
    made_at_ms: number;
    revoked_at_ms: number | null;
    /** How many browsers have enrolled. Updating it is the activation's write lock. */
    enrolled: number;
  };
  /** Keys that sign device tokens. The newest signs; all that are still good are believed. */
  token_keys: {
    id: string;
    value: string;
    made_at_ms: number;
    good_until_ms: number | null;
  };

  /** One row per Maison: the number of its newest line. Updating it is the trail's write lock. */
  audit_heads: { maison_id: string; seq: number };
  audit_entries: {
    maison_id: string;
    seq: number;
    store_id: string | null;
    at_ms: number;
    actor_kind: AuditActor['kind'];
    actor_id: string | null;
    action: AuditAction;
    subject: string | null;
    reason: string | null;
  };

  /** Sessions of the console, by the hash of their cookie. */
  console_sessions: {
    id_hash: string;
    actor_kind: 'operator' | 'device';
    device_id: string | null;
    maison_id: string | null;
    started_at_ms: number;
    seen_at_ms: number;
    /** By which of the operator's passkeys; null: by a token. */
    passkey_id: Generated<string | null>;
  };
  /** The operator's passkeys. The authenticator keeps the private half. */
  operator_passkeys: {
    id: string;
    credential_id: string;
    /** COSE, base64url. */
    public_key: string;
    counter: number;
    /** What the operator calls it. */
    name: string;
    made_at_ms: number;
    used_at_ms: number | null;
  };
  /** Questions that are open to an operator's passkey; of each challenge a keyed hash. */
  operator_challenges: {
    hash: string;
    purpose: 'make' | 'sign-in';
    /** The session in which a passkey is being made; null for a sign-in. */
    session_hash: string | null;
    expires_at_ms: number;
  };
  /** Wrong sign-ins at the console, by the hash of the address from which they came. */
  console_tries: { address_hash: string; wrong: number; last_wrong_at_ms: number };
  /** The latest of each device's health. */
  device_reports: {
    device_id: string;
    version: string | null;
    /** 1 while its line was open. */
    online: number;
    seen_at_ms: number;
    report: string | null;
    reported_at_ms: number | null;
  };

  /** One row per boutique: its sequence, and up to where its log was pruned. Updating it is the boutique's write lock. */
  stock_heads: { store_id: string; seq: number; pruned_to_seq: number };
  stock_levels: {
    store_id: string;
    sku: string;
    on_hand: number;
    promised: number;
    revision: number;
    as_of_ms: number;
    source: string;
  };
  /** Pieces that a boutique does not offer: of one SKU, or of each (`*`) that has no rule of its own. */
  stock_rules: { store_id: string; sku: string; safety: number; display: number };
  stock_log: {
    store_id: string;
    seq: number;
    sku: string;
    on_hand: number;
    available: number;
    kept_back: number;
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
    native: NativeHold;
    oms_hold_id: string | null;
    /**
     * `visit`: for the client who is here. `collection`: waits for them, and their screens count it apart. `given`: is with
     * its client, and the house has not counted it yet.
     */
    purpose: Generated<'visit' | 'collection' | 'given'>;
  };

  /** How far the hints of a Maison's connector have been read. */
  oms_cursors: { maison_id: string; source: string; cursor: string };
  /** What is to be said to an OMS until it has heard it, and what nobody could deliver or read. */
  oms_letters: {
    id: string;
    maison_id: string;
    direction: 'out' | 'in';
    subject: string;
    body: string;
    state: 'waiting' | 'dead';
    tries: number;
    next_try_at_ms: number;
    last_fault: string | null;
    created_at_ms: number;
  };
  /** Signed messages that have been taken: each is taken once. `seq` is the house's own number, where it counts them. */
  oms_deliveries: {
    maison_id: string;
    delivery_id: string;
    received_at_ms: number;
    seq: Generated<number | null>;
  };
  epcis_captures: { maison_id: string; id: string; job: string; created_at_ms: number };

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
    /** The first of the offers by which this client calls; null for one from before there were calls. */
    call_id: Generated<string | null>;
    called_at_ms: Generated<number | null>;
    locale: Generated<string | null>;
    /** What the mirror shows on the client, as JSON. */
    worn: Generated<string | null>;
    going_advisor_id: Generated<string | null>;
    going_until_ms: Generated<number | null>;
    passed_by_advisor_id: Generated<string | null>;
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
    lead_by: Generated<string>;
    lead_seq: Generated<number>;
  };
  session_events: { session_id: string; seq: number; at_ms: number; actor: string; fact: string };

  command_answers: {
    device_id: string;
    command_id: string;
    name: string;
    answer: string;
    answered_at_ms: number;
  };
}
