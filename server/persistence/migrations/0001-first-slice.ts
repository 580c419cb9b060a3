import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import type { Migration } from '../migration.ts';

/** Houses, devices, stock, holds, hand-off, sessions, and the embedded OMS. */
export const firstSlice: Migration = {
  version: 1,
  name: 'first-slice',
  up: async (db, { id }) => {
    const { schema } = db;
    const text = sql`text`;
    const whole = sql`bigint`;

    await schema
      .createTable('server_secrets')
      .addColumn('name', id, (column) => column.primaryKey())
      .addColumn('value', text, (column) => column.notNull())
      .execute();

    await schema
      .createTable('maisons')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('name', text, (column) => column.notNull())
      .execute();
    await schema
      .createTable('stores')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('city', text, (column) => column.notNull())
      .addColumn('locale', text, (column) => column.notNull())
      .addColumn('time_zone', text, (column) => column.notNull())
      .addColumn('position', whole, (column) => column.notNull())
      .execute();
    await schema
      .createTable('advisors')
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('id', id, (column) => column.notNull())
      .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('title_en', text, (column) => column.notNull())
      .addColumn('title_fr', text, (column) => column.notNull())
      .addColumn('languages', text, (column) => column.notNull())
      .addColumn('pin_hash', text, (column) => column.notNull())
      .addColumn('wrong_pins', whole, (column) => column.notNull())
      .addColumn('pin_locked_until_ms', whole, (column) => column.notNull())
      .addPrimaryKeyConstraint('advisors_pk', ['maison_id', 'id'])
      .execute();

    await devices(db, id, text, whole);
    await stock(db, id, text, whole);
    await handoff(db, id, text, whole);

    await schema
      .createTable('oms_levels')
      .addColumn('store_id', id, (column) => column.notNull())
      .addColumn('sku', id, (column) => column.notNull())
      .addColumn('on_hand', whole, (column) => column.notNull())
      .addColumn('revision', whole, (column) => column.notNull())
      .addPrimaryKeyConstraint('oms_levels_pk', ['store_id', 'sku'])
      .addCheckConstraint('oms_levels_not_negative', sql`on_hand >= 0`)
      .execute();
    await schema
      .createTable('oms_clients')
      .addColumn('maison_id', id, (column) => column.notNull())
      .addColumn('id', id, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('store_id', id, (column) => column.notNull())
      .addColumn('locale', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('oms_clients_pk', ['maison_id', 'id'])
      .execute();
  },
};

type ColumnType = ReturnType<typeof sql>;

async function devices({ schema }: Kysely<Tables>, id: ColumnType, text: ColumnType, whole: ColumnType) {
  await schema
    .createTable('enrolments')
    .addColumn('code_hash', id, (column) => column.primaryKey())
    .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
    .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('expires_at_ms', whole, (column) => column.notNull())
    .addColumn('device_id', id)
    .execute();
  await schema
    .createTable('devices')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
    .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('public_key', text, (column) => column.notNull())
    .addColumn('enrolled_at_ms', whole, (column) => column.notNull())
    .addColumn('revoked_at_ms', whole)
    .execute();
  await schema
    .createTable('challenges')
    .addColumn('nonce', id, (column) => column.primaryKey())
    .addColumn('device_id', id, (column) => column.notNull().references('devices.id'))
    .addColumn('expires_at_ms', whole, (column) => column.notNull())
    .execute();
  await schema
    .createTable('sign_ins')
    .addColumn('device_id', id, (column) => column.primaryKey().references('devices.id'))
    .addColumn('maison_id', id, (column) => column.notNull())
    .addColumn('advisor_id', id, (column) => column.notNull())
    .addColumn('expires_at_ms', whole, (column) => column.notNull())
    .execute();
  await schema
    .createTable('command_answers')
    .addColumn('device_id', id, (column) => column.notNull().references('devices.id'))
    .addColumn('command_id', id, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('answer', text, (column) => column.notNull())
    .addColumn('answered_at_ms', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('command_answers_pk', ['device_id', 'command_id'])
    .execute();
  await schema.createIndex('command_answers_by_age').on('command_answers').column('answered_at_ms').execute();
}

async function stock({ schema }: Kysely<Tables>, id: ColumnType, text: ColumnType, whole: ColumnType) {
  await schema
    .createTable('stock_heads')
    .addColumn('store_id', id, (column) => column.primaryKey().references('stores.id'))
    .addColumn('seq', whole, (column) => column.notNull())
    .addColumn('pruned_to_seq', whole, (column) => column.notNull())
    .execute();
  await schema
    .createTable('stock_levels')
    .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
    .addColumn('sku', id, (column) => column.notNull())
    .addColumn('on_hand', whole, (column) => column.notNull())
    .addColumn('revision', whole, (column) => column.notNull())
    .addColumn('as_of_ms', whole, (column) => column.notNull())
    .addColumn('source', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('stock_levels_pk', ['store_id', 'sku'])
    .execute();
  await schema
    .createTable('stock_log')
    .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
    .addColumn('seq', whole, (column) => column.notNull())
    .addColumn('sku', id, (column) => column.notNull())
    .addColumn('on_hand', whole, (column) => column.notNull())
    .addColumn('available', whole, (column) => column.notNull())
    .addColumn('revision', whole, (column) => column.notNull())
    .addColumn('as_of_ms', whole, (column) => column.notNull())
    .addColumn('source', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('stock_log_pk', ['store_id', 'seq'])
    .execute();
  await schema
    .createTable('holds')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
    .addColumn('sku', id, (column) => column.notNull())
    .addColumn('session_id', id, (column) => column.notNull())
    .addColumn('device_id', id, (column) => column.notNull())
    .addColumn('command_id', id, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('created_at_ms', whole, (column) => column.notNull())
    .addColumn('expires_at_ms', whole, (column) => column.notNull())
    .addUniqueConstraint('holds_once_per_command', ['device_id', 'command_id'])
    .execute();
  await schema.createIndex('holds_by_piece').on('holds').columns(['store_id', 'sku', 'state']).execute();
  await schema.createIndex('holds_by_expiry').on('holds').columns(['state', 'expires_at_ms']).execute();
  await schema.createIndex('holds_by_session').on('holds').column('session_id').execute();
}

async function handoff({ schema }: Kysely<Tables>, id: ColumnType, text: ColumnType, whole: ColumnType) {
  await schema
    .createTable('offers')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
    .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
    .addColumn('kiosk_id', id, (column) => column.notNull().references('devices.id'))
    .addColumn('secret_hash', id, (column) => column.notNull().unique())
    .addColumn('code_hash', id, (column) => column.notNull().unique())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('created_at_ms', whole, (column) => column.notNull())
    .addColumn('expires_at_ms', whole, (column) => column.notNull())
    .addColumn('claimed_by_device_id', id)
    .addColumn('advisor_id', id)
    .addColumn('digits', text)
    .addColumn('session_id', id)
    .execute();
  await schema.createIndex('offers_by_kiosk').on('offers').columns(['kiosk_id', 'state']).execute();
  await schema.createIndex('offers_by_store').on('offers').columns(['store_id', 'state']).execute();
  await schema.createIndex('offers_by_expiry').on('offers').columns(['state', 'expires_at_ms']).execute();
  await schema
    .createTable('claim_tries')
    .addColumn('device_id', id, (column) => column.primaryKey().references('devices.id'))
    .addColumn('wrong_codes', whole, (column) => column.notNull())
    .addColumn('last_wrong_at_ms', whole, (column) => column.notNull())
    .execute();
  await schema
    .createTable('sessions')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
    .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
    .addColumn('kiosk_id', id, (column) => column.notNull().references('devices.id'))
    .addColumn('advisor_id', id, (column) => column.notNull())
    .addColumn('head_seq', whole, (column) => column.notNull())
    .addColumn('started_at_ms', whole, (column) => column.notNull())
    .addColumn('closed_at_ms', whole)
    .execute();
  await schema
    .createIndex('sessions_by_kiosk')
    .on('sessions')
    .columns(['kiosk_id', 'closed_at_ms'])
    .execute();
  await schema
    .createIndex('sessions_by_advisor')
    .on('sessions')
    .columns(['maison_id', 'advisor_id', 'closed_at_ms'])
    .execute();
  await schema
    .createTable('session_events')
    .addColumn('session_id', id, (column) => column.notNull().references('sessions.id'))
    .addColumn('seq', whole, (column) => column.notNull())
    .addColumn('at_ms', whole, (column) => column.notNull())
    .addColumn('actor', text, (column) => column.notNull())
    .addColumn('fact', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('session_events_pk', ['session_id', 'seq'])
    .execute();
}
