import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/**
 * Under which id an advisor will be known whose erasure is under way: who goes on with it takes the same one. And the mark of an erased
 * advisor that is not beside the backups yet.
 */
export const erasuresInSteps: Migration = {
  version: 23,
  name: 'erasures-in-steps',
  up: async ({ schema }, { id }) => {
    await schema.alterTable('advisors').addColumn('becomes', id).execute();
    await schema
      .alterTable('advisors')
      .addColumn('mark', sql`text`)
      .execute();
  },
};
