const firstDelayMs = 500;
const longestDelayMs = 30_000;

/**
 * How long to wait before attempt `failures + 1`: doubling from half a second to half a minute, of which the later half
 * is left to chance so that a boutique's devices do not come back all at once.
 */
export function backoffMs(failures: number, unit: number): number {
  const ceilingMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.max(0, failures - 1));
  return Math.round(ceilingMs * (0.5 + 0.5 * unit));
}

/** How long to wait after a server that announced its end asked for `askedMs`: that, and up to as much again. */
export function announcedDelayMs(askedMs: number, unit: number): number {
  const leastMs = Math.max(0, askedMs);
  return Math.round(leastMs + unit * Math.max(leastMs, 1_000));
}
