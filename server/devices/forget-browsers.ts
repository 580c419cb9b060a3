import type { EpochMs } from '../../protocol/index.ts';
import type { Database } from '../persistence/database.ts';

/** A browser under an activation that was not seen for so long is forgotten, if it left nothing behind. */
const forgottenAfterMs = 24 * 3_600_000;

/** At most so many at a time. */
const most = 500;

/** Forgets browsers that came to an agency's page, left neither call nor session and were not seen since. */
export async function forgetBrowsers(database: Database, nowMs: EpochMs): Promise<void> {
  await database.transact(async (tx) => {
    const rows = await tx
      .selectFrom('devices')
      .leftJoin('offers', 'offers.kiosk_id', 'devices.id')
      .leftJoin('sessions', 'sessions.kiosk_id', 'devices.id')
      .select('devices.id')
      .where('devices.activation_id', 'is not', null)
      .where('devices.seat_until_ms', '<', nowMs - forgottenAfterMs)
      .where('offers.id', 'is', null)
      .where('sessions.id', 'is', null)
      .limit(most)
      .execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return;
    await tx.deleteFrom('challenges').where('device_id', 'in', ids).execute();
    await tx.deleteFrom('command_answers').where('device_id', 'in', ids).execute();
    await tx.deleteFrom('device_reports').where('device_id', 'in', ids).execute();
    await tx.deleteFrom('devices').where('id', 'in', ids).execute();
  });
}
