import type { LinkState } from '../../sdk/sync/link.ts';

/** Every screen of the tablet; each is a view of what the line knows. */
export type ScreenName =
  'opening' | 'enrol' | 'refused' | 'resting' | 'sign-in' | 'board' | 'waiting' | 'together';

/**
 * Which screen shows a state. An open session comes before all else, so that an advisor who reloads the tablet is back
 * with the client at once.
 */
export function screenOf(state: LinkState, nowMs: number): ScreenName {
  const { status, identity, advisor, session, claim } = state;
  if (status.kind === 'refused') return 'refused';
  if (status.kind === 'unenrolled') return 'enrol';
  if (!identity || (status.kind === 'connecting' && !advisor)) return 'opening';
  if (!advisor) return status.kind === 'offline' ? 'resting' : 'sign-in';
  if (session && !session.closed) return 'together';
  if (claim && claim.expiresAtMs > nowMs) return 'waiting';
  return 'board';
}
