import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The house's number of a delivery: one that this node has not seen may have come to another. */
export const numberedDeliveries: Migration = {
  version: 24,
  name: 'numbered-deliveries',
  up: async ({ schema }) => {
    await schema
      .alterTable('oms_deliveries')
      .addColumn('seq', sql`bigint`)
      .execute();
    await schema
      .createIndex('oms_deliveries_by_seq')
      .on('oms_deliveries')
      .columns(['maison_id', 'seq'])
      .execute();
  },
};
