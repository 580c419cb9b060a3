import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The way from love to sale: its steps, marks for phones, the keys that sign attributions, and the signed records. */
export const sale: Migration = {
  version: 10,
  name: 'sale',
  up: async ({ schema }, { id }) => {
    const text = sql`text`;
    const whole = sql`bigint`;
    await schema
      .createTable('sale_steps')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
      .addColumn('session_id', id, (column) => column.notNull().references('sessions.id'))
      .addColumn('device_id', id, (column) => column.notNull())
      .addColumn('command_id', id, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('advisor_id', id, (column) => column.notNull())
      .addColumn('other_id', id)
      .addColumn('body', text, (column) => column.notNull())
      .addColumn('made_at_ms', whole, (column) => column.notNull())
      .addColumn('changed_at_ms', whole, (column) => column.notNull())
      .addColumn('until_ms', whole, (column) => column.notNull())
      .execute();
    await schema
      .createIndex('sale_steps_by_command')
      .unique()
      .on('sale_steps')
      .columns(['device_id', 'command_id'])
      .execute();
    await schema.createIndex('sale_steps_by_session').on('sale_steps').column('session_id').execute();
    await schema
      .createIndex('sale_steps_by_store')
      .on('sale_steps')
      .columns(['store_id', 'kind', 'state'])
      .execute();
    await schema.createIndex('sale_steps_by_change').on('sale_steps').column('changed_at_ms').execute();
    await schema
      .createTable('sale_takeaways')
      .addColumn('hash', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('step_id', id, (column) => column.notNull())
      .addColumn('expires_at_ms', whole, (column) => column.notNull())
      .execute();
    await schema
      .createTable('attribution_keys')
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('id', id, (column) => column.notNull())
      .addColumn('private_jwk', text, (column) => column.notNull())
      .addColumn('public_jwk', text, (column) => column.notNull())
      .addColumn('made_at_ms', whole, (column) => column.notNull())
      .addPrimaryKeyConstraint('attribution_keys_pk', ['maison_id', 'id'])
      .execute();
    await schema
      .createTable('attributions')
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('order_id', id, (column) => column.notNull())
      .addColumn('session_id', id, (column) => column.notNull())
      .addColumn('record', text, (column) => column.notNull())
      .addColumn('made_at_ms', whole, (column) => column.notNull())
      .addPrimaryKeyConstraint('attributions_pk', ['maison_id', 'order_id'])
      .execute();
    await schema
      .alterTable('holds')
      .addColumn('purpose', text, (column) => column.notNull().defaultTo('visit'))
      .execute();
  },
};
