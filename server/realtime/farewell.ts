import type { Random } from '../core/random.ts';

/** How long a planned start takes at least: nobody need come back sooner. */
const leastMs = 2_000;

/** Devices that are asked back in one second. */
const perSecond = 200;

/** The longest that a device is kept away on purpose. */
const longestSpreadMs = 20_000;

/**
 * When each of `devices` is to come back after a planned stop, in milliseconds: spread by the server, who knows how many
 * they are, so that the next one is not met by a herd. The clients add chance of their own.
 */
export function reconnectAfterMs(devices: number, random: Random): number {
  const spreadMs = Math.min(longestSpreadMs, Math.ceil((devices / perSecond) * 1_000));
  return leastMs + random.int(spreadMs + 1);
}
