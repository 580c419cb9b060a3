import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Agencies' activations, the number of each device's key, and token keys that can be changed. */
export const devices: Migration = {
  version: 4,
  name: 'devices',
  up: async (db, { id }) => {
    const { schema } = db;
    const text = sql`text`;
    const whole = sql`bigint`;

    await schema
      .createTable('activations')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
      .addColumn('agency', text, (column) => column.notNull())
      .addColumn('publishable_key', id, (column) => column.notNull().unique())
      .addColumn('origins', text, (column) => column.notNull())
      .addColumn('scope', text, (column) => column.notNull())
      .addColumn('most_devices', whole, (column) => column.notNull())
      .addColumn('starts_at_ms', whole, (column) => column.notNull())
      .addColumn('ends_at_ms', whole, (column) => column.notNull())
      .addColumn('made_at_ms', whole, (column) => column.notNull())
      .addColumn('revoked_at_ms', whole)
      .addColumn('enrolled', whole, (column) => column.notNull())
      .execute();
    await schema.createIndex('activations_by_maison').on('activations').column('maison_id').execute();

    await schema.alterTable('devices').addColumn('activation_id', id).execute();
    await schema
      .alterTable('devices')
      .addColumn('key_number', whole, (column) => column.notNull().defaultTo(1))
      .execute();
    await schema
      .alterTable('devices')
      .addColumn('seat_until_ms', whole, (column) => column.notNull().defaultTo(0))
      .execute();
    await schema
      .createIndex('devices_by_activation')
      .on('devices')
      .columns(['activation_id', 'seat_until_ms'])
      .execute();
    await schema.createIndex('devices_by_maison').on('devices').columns(['maison_id', 'store_id']).execute();

    await schema
      .createTable('token_keys')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('value', text, (column) => column.notNull())
      .addColumn('made_at_ms', whole, (column) => column.notNull())
      .addColumn('good_until_ms', whole)
      .execute();
    // The one key that there was goes on signing, and its tokens go on being good.
    await sql`insert into token_keys (id, value, made_at_ms, good_until_ms)
      select 'first', value, 0, null from server_secrets where name = 'token-key'`.execute(db);
    await db.deleteFrom('server_secrets').where('name', '=', 'token-key').execute();
  },
};
