import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Of a list, what was asked for: whoever asks again under the same name must ask for the same. */
export const wishListAsks: Migration = {
  version: 20,
  name: 'wish-list-asks',
  up: async ({ schema }) => {
    await schema
      .alterTable('wish_lists')
      .addColumn('asked', sql`text`)
      .execute();
  },
};
