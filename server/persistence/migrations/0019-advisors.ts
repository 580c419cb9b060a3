import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** An advisor's whole time in the house: start code, last sign-in, and when they left. */
export const advisors: Migration = {
  version: 19,
  name: 'advisors',
  up: async ({ schema }) => {
    const whole = sql`bigint`;
    await schema
      .alterTable('advisors')
      .addColumn('start_code_hash', sql`text`)
      .execute();
    await schema.alterTable('advisors').addColumn('start_code_until_ms', whole).execute();
    await schema.alterTable('advisors').addColumn('last_sign_in_at_ms', whole).execute();
    await schema.alterTable('advisors').addColumn('left_at_ms', whole).execute();
  },
};
