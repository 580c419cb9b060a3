import type { StockView } from '../session/stock-line.ts';
import type { LinkState } from './link.ts';

/** Server time by what the device knows of it. */
export function serverNowMs(state: LinkState, deviceNowMs: number): number {
  return deviceNowMs + state.clockOffsetMs;
}

/** What a screen may say about stock, out of what the line knows; null on a device without a boutique. */
export function stockViewOf(state: LinkState, deviceNowMs: number): StockView | null {
  const { identity, session, stock, status, heardAtMs } = state;
  if (!identity) return null;
  return {
    store: identity.store,
    nearby: identity.nearby,
    stock,
    holds: session && !session.closed ? session.holds : [],
    live: status.kind === 'live',
    heardAtMs,
    nowMs: serverNowMs(state, deviceNowMs),
  };
}
