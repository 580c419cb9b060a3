import type { Selectable } from 'kysely';
import type { Advisor, Claim, OfferId } from '../../protocol/index.ts';
import type { Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';

/** An offer's row. */
export type OfferRow = Selectable<Tables['offers']>;

/** The states in which an offer is alive, while its time lasts. */
export const liveStates = ['open', 'claimed'] as const;

/** A claimed offer as both screens see it; null if it is not claimed. */
export function asClaim(row: OfferRow, advisor: Advisor | undefined, kioskName: string): Claim | null {
  if (row.digits === null || !advisor) return null;
  return { offerId: row.id, advisor, digits: row.digits, kioskName, expiresAtMs: row.expires_at_ms };
}

/** A tablet that was taken out of service after it claimed leads nobody to the client: its claim is over. */
export async function endIfTaken(tx: Tx, offerId: OfferId): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('offers')
    .set({ state: 'expired' })
    .where('id', '=', offerId)
    .where('state', '=', 'claimed')
    .where((builder) =>
      builder.exists(
        builder
          .selectFrom('devices')
          .select('devices.id')
          .whereRef('devices.id', '=', 'offers.claimed_by_device_id')
          .where('devices.revoked_at_ms', 'is not', null),
      ),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
