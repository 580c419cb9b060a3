import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The console's sessions, and what devices tell of their health. */
export const consoles: Migration = {
  version: 5,
  name: 'console',
  up: async ({ schema }, { id }) => {
    const text = sql`text`;
    const whole = sql`bigint`;
    await schema
      .createTable('console_sessions')
      .addColumn('id_hash', text, (column) => column.primaryKey())
      .addColumn('actor_kind', text, (column) => column.notNull())
      .addColumn('device_id', id, (column) => column.references('devices.id'))
      .addColumn('maison_id', id, (column) => column.references('maisons.id'))
      .addColumn('started_at_ms', whole, (column) => column.notNull())
      .addColumn('seen_at_ms', whole, (column) => column.notNull())
      .execute();
    await schema
      .createTable('console_tries')
      .addColumn('address_hash', text, (column) => column.primaryKey())
      .addColumn('wrong', whole, (column) => column.notNull())
      .addColumn('last_wrong_at_ms', whole, (column) => column.notNull())
      .execute();
    await schema
      .createTable('device_reports')
      .addColumn('device_id', id, (column) => column.primaryKey().references('devices.id'))
      .addColumn('version', text)
      .addColumn('online', whole, (column) => column.notNull())
      .addColumn('seen_at_ms', whole, (column) => column.notNull())
      .addColumn('report', text)
      .addColumn('reported_at_ms', whole)
      .execute();
    // The operator reads the trails of all Maisons by time.
    await schema
      .createIndex('audit_entries_by_time')
      .on('audit_entries')
      .columns(['at_ms', 'maison_id', 'seq'])
      .execute();
  },
};
