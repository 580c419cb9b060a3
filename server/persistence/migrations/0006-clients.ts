import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Clients who ask to be known: pseudonymous links, grants by purpose, erasures, phones; cards and facts in the embedded OMS. */
export const clients: Migration = {
  version: 6,
  name: 'clients',
  up: async ({ schema }, { id }) => {
    const text = sql`text`;
    const whole = sql`bigint`;
    await schema
      .createTable('client_links')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
      .addColumn('session_id', id, (column) => column.notNull().references('sessions.id'))
      .addColumn('client_id', text, (column) => column.notNull())
      .addColumn('created_at_ms', whole, (column) => column.notNull())
      .addColumn('keep_until_ms', whole, (column) => column.notNull())
      .execute();
    await schema.createIndex('client_links_by_session').on('client_links').column('session_id').execute();
    await schema
      .createIndex('client_links_by_client')
      .on('client_links')
      .columns(['maison_id', 'client_id'])
      .execute();
    await schema
      .createTable('client_grants')
      .addColumn('link_id', id, (column) => column.notNull())
      .addColumn('purpose', text, (column) => column.notNull())
      .addColumn('term', text, (column) => column.notNull())
      .addColumn('granted_at_ms', whole, (column) => column.notNull())
      .addColumn('ends_at_ms', whole, (column) => column.notNull())
      .addColumn('text_version', text, (column) => column.notNull())
      .addColumn('locale', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('client_grants_pk', ['link_id', 'purpose'])
      .execute();
    await schema.createIndex('client_grants_by_end').on('client_grants').column('ends_at_ms').execute();
    await schema
      .createTable('client_erasures')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('session_id', id, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('asked_at_ms', whole, (column) => column.notNull())
      .execute();
    await schema
      .createIndex('client_erasures_by_session')
      .on('client_erasures')
      .column('session_id')
      .execute();
    await schema
      .createTable('client_phones')
      .addColumn('hash', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
      .addColumn('session_id', id, (column) => column.notNull().references('sessions.id'))
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('link_id', id)
      .addColumn('erasure_id', id)
      .addColumn('expires_at_ms', whole, (column) => column.notNull())
      .execute();
    await schema.createIndex('client_phones_by_end').on('client_phones').column('expires_at_ms').execute();
    await schema
      .createTable('client_tries')
      .addColumn('session_id', id, (column) => column.primaryKey().references('sessions.id'))
      .addColumn('wrong_cards', whole, (column) => column.notNull())
      .addColumn('last_wrong_at_ms', whole, (column) => column.notNull())
      .execute();
    await schema.alterTable('oms_clients').addColumn('card', id).execute();
    await schema
      .alterTable('oms_clients')
      .addColumn('facts', text, (column) => column.notNull().defaultTo('[]'))
      .execute();
    await schema
      .createIndex('oms_clients_by_card')
      .on('oms_clients')
      .columns(['maison_id', 'card'])
      .execute();
  },
};
