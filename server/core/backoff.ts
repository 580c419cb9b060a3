import type { Random } from './random.ts';

/** How long to wait between tries. */
export interface BackoffSteps {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * The wait before the next try, doubled with each and spread over its upper half: many who failed at the same instant do not come
 * back at the same instant.
 *
 * @param tries how many have failed; 1 or more
 */
export function backoffMs(tries: number, { firstMs, longestMs }: BackoffSteps, random: Random): number {
  const wholeMs = Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 30));
  return Math.ceil(wholeMs / 2) + random.int(Math.ceil(wholeMs / 2) + 1);
}
