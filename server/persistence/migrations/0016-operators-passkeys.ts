import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The operator's passkeys, the questions put to them, and by which a session of the console was opened. */
export const operatorsPasskeys: Migration = {
  version: 16,
  name: 'operators-passkeys',
  up: async ({ schema }, { id }) => {
    const text = sql`text`;
    const whole = sql`bigint`;
    await schema
      .createTable('operator_passkeys')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('credential_id', id, (column) => column.notNull().unique())
      .addColumn('public_key', text, (column) => column.notNull())
      .addColumn('counter', whole, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('made_at_ms', whole, (column) => column.notNull())
      .addColumn('used_at_ms', whole)
      .execute();
    await schema
      .createTable('operator_challenges')
      .addColumn('hash', text, (column) => column.primaryKey())
      .addColumn('purpose', text, (column) => column.notNull())
      .addColumn('session_hash', text)
      .addColumn('expires_at_ms', whole, (column) => column.notNull())
      .execute();
    await schema.alterTable('console_sessions').addColumn('passkey_id', id).execute();
  },
};
