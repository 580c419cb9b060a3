import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The mark of an erasure, until it lies beside the backups. */
export const erasureMarks: Migration = {
  version: 14,
  name: 'erasure-marks',
  up: async ({ schema }) => {
    await schema
      .alterTable('client_erasures')
      .addColumn('mark', sql`text`)
      .execute();
  },
};
