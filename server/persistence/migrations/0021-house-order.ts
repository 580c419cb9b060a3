import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** In which order clients decided, whichever node they told; and since when the embedded OMS remembers a reply. */
export const houseOrder: Migration = {
  version: 21,
  name: 'house-order',
  up: async ({ schema }, { id }) => {
    const whole = sql`bigint`;
    await schema
      .createTable('consent_heads')
      .addColumn('maison_id', id, (column) => column.primaryKey().references('maisons.id'))
      .addColumn('last_at_ms', whole, (column) => column.notNull())
      .execute();
    // 0: from before there was a date. The first tidying dates it.
    await schema
      .alterTable('oms_replies')
      .addColumn('at_ms', whole, (column) => column.notNull().defaultTo(0))
      .execute();
    await schema.createIndex('oms_replies_by_age').on('oms_replies').column('at_ms').execute();
    await schema.createIndex('enrolments_by_end').on('enrolments').column('expires_at_ms').execute();
  },
};
