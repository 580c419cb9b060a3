import type { Hold } from '../../protocol/stock.ts';

/** Whether a hold keeps a piece back at this time. Its end may be known here before the server says so. */
export function isHeld({ state, expiresAtMs }: Hold, nowMs: number): boolean {
  return state === 'active' && expiresAtMs > nowMs;
}

/** That a hold has run out is told for so long: whoever stood apart meanwhile reads it too. */
export const runOutToldMs = 180_000;

/** Whether a hold ran out a moment ago, by nobody's hand. */
export function hasJustRunOut({ state, expiresAtMs }: Hold, nowMs: number): boolean {
  const hasRunOut = state === 'expired' || (state === 'active' && expiresAtMs <= nowMs);
  return hasRunOut && nowMs - expiresAtMs < runOutToldMs;
}
