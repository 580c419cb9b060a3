import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Advisors who left and asked to be forgotten: their row stays, under a pseudonym. */
export const erasedAdvisors: Migration = {
  version: 22,
  name: 'erased-advisors',
  up: async ({ schema }) => {
    await schema
      .alterTable('advisors')
      .addColumn('erased_at_ms', sql`bigint`)
      .execute();
  },
};
