import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The mark of an erasure, until it lies beside the backups; and an advisor's question, until the client's mirror shows it. */
export const erasuresAndAsks: Migration = {
  version: 14,
  name: 'erasures-and-asks',
  up: async ({ schema }, { id }) => {
    const text = sql`text`;
    await schema.alterTable('client_erasures').addColumn('mark', text).execute();
    await schema
      .createTable('client_asks')
      .addColumn('session_id', id, (column) => column.primaryKey().references('sessions.id'))
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('ask_id', id, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('advisor', text)
      .addColumn('reference', text)
      .addColumn('expires_at_ms', sql`bigint`, (column) => column.notNull())
      .execute();
    await schema.createIndex('client_asks_by_end').on('client_asks').column('expires_at_ms').execute();
  },
};
