import type { Migration } from '../migration.ts';

/** Under which id an advisor will be known whose erasure is under way: who goes on with it takes the same one. */
export const erasuresInSteps: Migration = {
  version: 23,
  name: 'erasures-in-steps',
  up: async ({ schema }, { id }) => {
    await schema.alterTable('advisors').addColumn('becomes', id).execute();
  },
};
