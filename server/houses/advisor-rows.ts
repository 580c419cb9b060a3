import type { Selectable } from 'kysely';
import type { AdvisorId, MaisonId, StoreId } from '../../protocol/index.ts';
import type { Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';

/** An advisor's row. */
export type AdvisorRow = Selectable<Tables['advisors']>;

/**
 * Locks an advisor until the transaction ends, and reads them as they are then. What signs somebody in, claims for them or shuts them
 * out begins by this: the later of two reads what the first one wrote.
 */
export async function lockAdvisor(
  tx: Tx,
  maisonId: MaisonId,
  advisorId: AdvisorId,
): Promise<AdvisorRow | undefined> {
  return await tx
    .updateTable('advisors')
    .set((builder) => ({ name: builder.ref('name') }))
    .where('maison_id', '=', maisonId)
    .where('id', '=', advisorId)
    .returningAll()
    .executeTakeFirst();
}

/** Whether an advisor works in this boutique now. */
export function isOf(row: AdvisorRow, storeId: StoreId): boolean {
  return row.store_id === storeId && row.left_at_ms === null;
}
