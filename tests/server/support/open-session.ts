import type { Database } from '../../../server/persistence/database.ts';

/** A session of the advisor Noémie at the mirror `device-kiosk`, in the tables: what a hold needs to stand on. */
export async function openSession(
  { db }: Database,
  id: string,
  storeId: string,
  nowMs: number,
): Promise<void> {
  const place = { maison_id: 'norde', store_id: storeId };
  await db
    .insertInto('devices')
    .values({
      ...place,
      id: 'device-kiosk',
      role: 'kiosk',
      name: 'Mirror 1',
      public_key: '{}',
      enrolled_at_ms: nowMs,
      revoked_at_ms: null,
    })
    .execute();
  await db
    .insertInto('sessions')
    .values({
      ...place,
      id,
      kiosk_id: 'device-kiosk',
      advisor_id: 'noemie-caron',
      head_seq: 0,
      started_at_ms: nowMs,
      closed_at_ms: null,
    })
    .execute();
}
