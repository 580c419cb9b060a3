import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Each Maison's audit trail, numbered without gaps. */
export const audit: Migration = {
  version: 3,
  name: 'audit',
  up: async ({ schema }, { id }) => {
    const text = sql`text`;
    const whole = sql`bigint`;
    await schema
      .createTable('audit_heads')
      .addColumn('maison_id', id, (column) => column.primaryKey().references('maisons.id'))
      .addColumn('seq', whole, (column) => column.notNull())
      .execute();
    await schema
      .createTable('audit_entries')
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('seq', whole, (column) => column.notNull())
      .addColumn('store_id', id)
      .addColumn('at_ms', whole, (column) => column.notNull())
      .addColumn('actor_kind', text, (column) => column.notNull())
      .addColumn('actor_id', text)
      .addColumn('action', text, (column) => column.notNull())
      .addColumn('subject', text)
      .addColumn('reason', text)
      .addPrimaryKeyConstraint('audit_entries_pk', ['maison_id', 'seq'])
      .execute();
  },
};
