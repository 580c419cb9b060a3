import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** A call outlives the codes it shows, and tells its language, its piece and who is going; a session knows who leads. */
export const together: Migration = {
  version: 12,
  name: 'together',
  up: async (db, { id }) => {
    const text = sql`text`;
    const whole = sql`bigint`;
    const { schema } = db;
    await schema.alterTable('offers').addColumn('call_id', id).execute();
    await schema.alterTable('offers').addColumn('called_at_ms', whole).execute();
    await schema.alterTable('offers').addColumn('locale', text).execute();
    await schema.alterTable('offers').addColumn('worn', text).execute();
    await schema.alterTable('offers').addColumn('going_advisor_id', id).execute();
    await schema.alterTable('offers').addColumn('going_until_ms', whole).execute();
    await schema.alterTable('offers').addColumn('passed_by_advisor_id', id).execute();
    await schema.createIndex('offers_by_call').on('offers').columns(['store_id', 'call_id']).execute();
    await schema
      .alterTable('sessions')
      .addColumn('lead_by', text, (column) => column.notNull().defaultTo('client'))
      .execute();
    await schema
      .alterTable('sessions')
      .addColumn('lead_seq', whole, (column) => column.notNull().defaultTo(1))
      .execute();
  },
};
