import type { Advisor, Claim } from '../../protocol/index.ts';
import type { Tables } from '../persistence/tables.ts';

/** An offer's row. */
export type OfferRow = Tables['offers'];

/** The states in which an offer is alive, while its time lasts. */
export const liveStates = ['open', 'claimed'] as const;

/** A claimed offer as both screens see it; null if it is not claimed. */
export function asClaim(row: OfferRow, advisor: Advisor | undefined, kioskName: string): Claim | null {
  if (row.digits === null || !advisor) return null;
  return { offerId: row.id, advisor, digits: row.digits, kioskName, expiresAtMs: row.expires_at_ms };
}
