import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import type { Migration } from '../migration.ts';

/** What the connector port needs: promised pieces, native holds, letters, cursors; and the whole of the embedded OMS. */
export const connectors: Migration = {
  version: 2,
  name: 'connectors',
  up: async (db, { id }) => {
    const text = sql`text`;
    const whole = sql`bigint`;
    for (const table of ['oms_levels', 'stock_levels'] as const) {
      await db.schema
        .alterTable(table)
        .addColumn('promised', whole, (column) => column.notNull().defaultTo(0))
        .execute();
    }
    await db.schema
      .alterTable('stock_log')
      .addColumn('kept_back', whole, (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .alterTable('holds')
      .addColumn('native', text, (column) => column.notNull().defaultTo('none'))
      .execute();
    await db.schema.alterTable('holds').addColumn('oms_hold_id', text).execute();
    await kit(db, id, text, whole);
    await embedded(db, id, text, whole);
  },
};

type ColumnType = ReturnType<typeof sql>;

async function kit({ schema }: Kysely<Tables>, id: ColumnType, text: ColumnType, whole: ColumnType) {
  await schema
    .createTable('stock_rules')
    .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
    .addColumn('sku', id, (column) => column.notNull())
    .addColumn('safety', whole, (column) => column.notNull())
    .addColumn('display', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('stock_rules_pk', ['store_id', 'sku'])
    .execute();
  await schema
    .createTable('oms_cursors')
    .addColumn('maison_id', id, (column) => column.primaryKey().references('maisons.id'))
    .addColumn('source', text, (column) => column.notNull())
    .addColumn('cursor', text, (column) => column.notNull())
    .execute();
  await schema
    .createTable('oms_letters')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
    .addColumn('direction', text, (column) => column.notNull())
    .addColumn('subject', text, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('tries', whole, (column) => column.notNull())
    .addColumn('next_try_at_ms', whole, (column) => column.notNull())
    .addColumn('last_fault', text)
    .addColumn('created_at_ms', whole, (column) => column.notNull())
    .execute();
  await schema
    .createIndex('oms_letters_due')
    .on('oms_letters')
    .columns(['state', 'next_try_at_ms'])
    .execute();
  await schema
    .createTable('oms_deliveries')
    .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
    .addColumn('delivery_id', id, (column) => column.notNull())
    .addColumn('received_at_ms', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('oms_deliveries_pk', ['maison_id', 'delivery_id'])
    .execute();
  await schema
    .createTable('epcis_captures')
    .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
    .addColumn('id', id, (column) => column.notNull())
    .addColumn('job', text, (column) => column.notNull())
    .addColumn('created_at_ms', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('epcis_captures_pk', ['maison_id', 'id'])
    .execute();
}

async function embedded({ schema }: Kysely<Tables>, id: ColumnType, text: ColumnType, whole: ColumnType) {
  await schema
    .createTable('oms_heads')
    .addColumn('maison_id', id, (column) => column.primaryKey())
    .addColumn('seq', whole, (column) => column.notNull())
    .addColumn('pruned_to_seq', whole, (column) => column.notNull())
    .execute();
  await schema
    .createTable('oms_changes')
    .addColumn('maison_id', id, (column) => column.notNull())
    .addColumn('seq', whole, (column) => column.notNull())
    .addColumn('store_id', id, (column) => column.notNull())
    .addColumn('sku', id, (column) => column.notNull())
    .addPrimaryKeyConstraint('oms_changes_pk', ['maison_id', 'seq'])
    .execute();
  await schema
    .createTable('oms_replies')
    .addColumn('maison_id', id, (column) => column.notNull())
    .addColumn('key', id, (column) => column.notNull())
    .addColumn('call', text, (column) => column.notNull())
    .addColumn('reply', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('oms_replies_pk', ['maison_id', 'key'])
    .execute();
  await schema
    .createTable('oms_holds')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('maison_id', id, (column) => column.notNull())
    .addColumn('store_id', id, (column) => column.notNull())
    .addColumn('sku', id, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('expires_at_ms', whole, (column) => column.notNull())
    .execute();
  await schema
    .createIndex('oms_holds_due')
    .on('oms_holds')
    .columns(['maison_id', 'state', 'expires_at_ms'])
    .execute();
  await schema
    .createTable('oms_consents')
    .addColumn('maison_id', id, (column) => column.notNull())
    .addColumn('key', id, (column) => column.notNull())
    .addColumn('client_id', id, (column) => column.notNull())
    .addColumn('record', text, (column) => column.notNull())
    .addColumn('at_ms', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('oms_consents_pk', ['maison_id', 'key'])
    .execute();
  await schema
    .createTable('oms_orders')
    .addColumn('maison_id', id, (column) => column.notNull())
    .addColumn('id', id, (column) => column.notNull())
    .addColumn('revision', whole, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('oms_orders_pk', ['maison_id', 'id'])
    .execute();
  await schema
    .createTable('oms_appointments')
    .addColumn('maison_id', id, (column) => column.notNull())
    .addColumn('id', id, (column) => column.notNull())
    .addColumn('advisor_id', id, (column) => column.notNull())
    .addColumn('starts_at_ms', whole, (column) => column.notNull())
    .addColumn('ends_at_ms', whole, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('oms_appointments_pk', ['maison_id', 'id'])
    .execute();
  await schema
    .createTable('oms_transfers')
    .addColumn('maison_id', id, (column) => column.notNull())
    .addColumn('id', id, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('oms_transfers_pk', ['maison_id', 'id'])
    .execute();
  await schema
    .createTable('oms_transfer_times')
    .addColumn('from_store_id', id, (column) => column.notNull())
    .addColumn('to_store_id', id, (column) => column.notNull())
    .addColumn('duration_ms', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('oms_transfer_times_pk', ['from_store_id', 'to_store_id'])
    .execute();
}
