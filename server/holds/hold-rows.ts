import type { Hold, SessionId } from '../../protocol/index.ts';
import type { Queries } from '../persistence/database.ts';
import type { Selectable } from 'kysely';
import type { Tables } from '../persistence/tables.ts';

/** A hold as the database gives it. */
export type HoldRow = Selectable<Tables['holds']>;

/** A hold's row as screens see it. */
export function asHold(row: HoldRow): Hold {
  return {
    id: row.id,
    storeId: row.store_id,
    sku: row.sku,
    sessionId: row.session_id,
    state: row.state,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
  };
}

/** The holds of one session as they stand, oldest first. */
export async function readHolds(db: Queries, sessionId: SessionId): Promise<Hold[]> {
  const rows = await db
    .selectFrom('holds')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('purpose', '=', 'visit')
    .orderBy('created_at_ms')
    .orderBy('id')
    .execute();
  return rows.map(asHold);
}
