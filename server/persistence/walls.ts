import type { Tables } from './tables.ts';

/**
 * By what a row belongs to its Maison.
 *
 * - `column`: the row names the Maison itself.
 * - `through`: the row names something that does; a row whose something cannot be seen cannot be seen either.
 * - `house-wide`: the server's own, for no Maison at all.
 * - `open`: every scope may read and write it; the reason says why that gives nothing away.
 */
export type Wall =
  | { readonly by: 'column'; readonly column: string }
  | { readonly by: 'through'; readonly table: keyof Tables; readonly column: string }
  | { readonly by: 'house-wide'; readonly reason: string }
  | { readonly by: 'open'; readonly reason: string };

const ownColumn: Wall = { by: 'column', column: 'maison_id' };
const through = (table: keyof Tables, column: string): Wall => ({ by: 'through', table, column });

/** Every table and its wall: a table that is added without one does not compile. */
export const walls: { readonly [Name in keyof Tables]: Wall } = {
  schema_migrations: { by: 'open', reason: 'numbers and names of migrations; readiness reads it' },
  server_secrets: { by: 'house-wide', reason: 'the server’s own keys, from which each Maison’s are derived' },

  maisons: { by: 'column', column: 'id' },
  stores: ownColumn,
  advisors: ownColumn,
  enrolments: ownColumn,
  devices: ownColumn,
  activations: ownColumn,
  token_keys: { by: 'house-wide', reason: 'the server’s own keys, from which each Maison’s are derived' },
  challenges: through('devices', 'device_id'),
  sign_ins: ownColumn,
  pin_tries: through('stores', 'store_id'),
  passkeys: ownColumn,
  passkey_challenges: through('devices', 'device_id'),

  console_sessions: { by: 'house-wide', reason: 'the operator’s and consoles’, found by a cookie' },
  operator_passkeys: { by: 'house-wide', reason: 'the operator’s, who sees every Maison' },
  operator_challenges: { by: 'house-wide', reason: 'put to whoever says that they are the operator' },
  console_tries: { by: 'house-wide', reason: 'wrong sign-ins by address, of nobody yet' },
  device_reports: through('devices', 'device_id'),

  audit_heads: ownColumn,
  audit_entries: ownColumn,

  stock_heads: through('stores', 'store_id'),
  stock_levels: through('stores', 'store_id'),
  stock_rules: through('stores', 'store_id'),
  stock_log: through('stores', 'store_id'),
  holds: through('stores', 'store_id'),

  oms_cursors: ownColumn,
  oms_letters: ownColumn,
  oms_deliveries: ownColumn,
  epcis_captures: ownColumn,

  offers: ownColumn,
  claim_tries: through('devices', 'device_id'),
  sessions: ownColumn,
  session_events: through('sessions', 'session_id'),
  command_answers: through('devices', 'device_id'),

  client_links: ownColumn,
  client_grants: through('client_links', 'link_id'),
  client_erasures: ownColumn,
  client_phones: ownColumn,
  client_asks: ownColumn,
  client_tries: through('sessions', 'session_id'),
  consent_heads: ownColumn,

  sale_steps: ownColumn,
  sale_takeaways: ownColumn,
  wish_lists: ownColumn,
  attribution_keys: ownColumn,
  attributions: ownColumn,

  oms_levels: through('stores', 'store_id'),
  oms_clients: ownColumn,
  oms_heads: ownColumn,
  oms_changes: ownColumn,
  oms_replies: ownColumn,
  oms_holds: ownColumn,
  oms_consents: ownColumn,
  oms_notes: ownColumn,
  oms_orders: ownColumn,
  oms_appointments: ownColumn,
  oms_transfers: ownColumn,
  oms_transfer_times: through('stores', 'from_store_id'),
};
