import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Advisors' passkeys, and wrong PINs counted by boutique and name, whether or not anybody is called so. */
export const passkeys: Migration = {
  version: 9,
  name: 'passkeys',
  up: async (db, { id }) => {
    const { schema } = db;
    const text = sql`text`;
    const whole = sql`bigint`;

    await schema
      .createTable('passkeys')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('maison_id', id, (column) => column.notNull().references('maisons.id'))
      .addColumn('advisor_id', id, (column) => column.notNull())
      .addColumn('credential_id', id, (column) => column.notNull())
      .addColumn('user_handle', id, (column) => column.notNull())
      .addColumn('public_key', text, (column) => column.notNull())
      .addColumn('counter', whole, (column) => column.notNull())
      .addColumn('made_on', text, (column) => column.notNull())
      .addColumn('made_at_ms', whole, (column) => column.notNull())
      .addColumn('used_at_ms', whole)
      .addForeignKeyConstraint(
        'passkeys_of_advisor',
        ['maison_id', 'advisor_id'],
        'advisors',
        ['maison_id', 'id'],
        (key) => key.onDelete('cascade'),
      )
      .addUniqueConstraint('passkeys_by_credential', ['maison_id', 'credential_id'])
      .execute();
    await schema
      .createIndex('passkeys_by_advisor')
      .on('passkeys')
      .columns(['maison_id', 'advisor_id'])
      .execute();

    await schema
      .createTable('passkey_challenges')
      .addColumn('device_id', id, (column) => column.notNull().references('devices.id'))
      .addColumn('purpose', text, (column) => column.notNull())
      .addColumn('hash', id, (column) => column.notNull())
      .addColumn('advisor_id', id)
      .addColumn('expires_at_ms', whole, (column) => column.notNull())
      .addPrimaryKeyConstraint('passkey_challenges_key', ['device_id', 'purpose'])
      .execute();

    await schema.alterTable('sign_ins').addColumn('passkey_id', id).execute();
    await schema
      .alterTable('sign_ins')
      .addColumn('signed_in_at_ms', whole, (column) => column.notNull().defaultTo(0))
      .execute();

    await schema
      .createTable('pin_tries')
      .addColumn('store_id', id, (column) => column.notNull().references('stores.id'))
      .addColumn('advisor_id', id, (column) => column.notNull())
      .addColumn('wrong', whole, (column) => column.notNull())
      .addColumn('locks', whole, (column) => column.notNull())
      .addColumn('locked_until_ms', whole, (column) => column.notNull())
      .addColumn('last_wrong_at_ms', whole, (column) => column.notNull())
      .addPrimaryKeyConstraint('pin_tries_key', ['store_id', 'advisor_id'])
      .execute();
    // Whoever is locked as the server is brought up to date stays so.
    await sql`insert into pin_tries (store_id, advisor_id, wrong, locks, locked_until_ms, last_wrong_at_ms)
      select store_id, id, wrong_pins, case when pin_locked_until_ms > 0 then 1 else 0 end, pin_locked_until_ms, pin_locked_until_ms
      from advisors where wrong_pins > 0`.execute(db);
    await schema.alterTable('advisors').dropColumn('wrong_pins').execute();
    await schema.alterTable('advisors').dropColumn('pin_locked_until_ms').execute();
  },
};
