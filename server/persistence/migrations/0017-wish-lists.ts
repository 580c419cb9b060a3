import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Lists that clients bring along from a house's own pages. */
export const wishLists: Migration = {
  version: 17,
  name: 'wish-lists',
  up: async ({ schema }, { id }) => {
    const text = sql`text`;
    await schema
      .createTable('wish_lists')
      .addColumn('hash', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('store_ids', text)
      .addColumn('skus', text, (column) => column.notNull())
      .addColumn('expires_at_ms', sql`bigint`, (column) => column.notNull())
      .execute();
    await schema.createIndex('wish_lists_by_end').on('wish_lists').column('expires_at_ms').execute();
  },
};
