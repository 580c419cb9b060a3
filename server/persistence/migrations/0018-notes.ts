import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Notes of visits in the embedded OMS. */
export const notes: Migration = {
  version: 18,
  name: 'notes',
  up: async ({ schema }, { id }) => {
    const text = sql`text`;
    const whole = sql`bigint`;
    await schema
      .createTable('oms_notes')
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('key', id, (column) => column.notNull())
      .addColumn('client_id', text, (column) => column.notNull())
      .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
      .addColumn('at_ms', whole, (column) => column.notNull())
      .addColumn('ends_at_ms', whole, (column) => column.notNull())
      .addColumn('record', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('oms_notes_pk', ['maison_id', 'key'])
      .execute();
    await schema
      .createIndex('oms_notes_by_client')
      .on('oms_notes')
      .columns(['maison_id', 'client_id'])
      .execute();
    await schema.createIndex('oms_notes_by_end').on('oms_notes').column('ends_at_ms').execute();
  },
};
