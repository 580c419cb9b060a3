import type { Migration } from '../migration.ts';

/** What every node reads every few seconds is found without reading a whole table. */
export const manyNodes: Migration = {
  version: 8,
  name: 'many-nodes',
  up: async ({ schema }) => {
    await schema.createIndex('sessions_by_end').on('sessions').column('closed_at_ms').execute();
    await schema.createIndex('offers_by_end').on('offers').column('expires_at_ms').execute();
    await schema.createIndex('devices_by_revocation').on('devices').column('revoked_at_ms').execute();
  },
};
