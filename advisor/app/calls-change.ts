import type { Call } from '../../protocol/handoff.ts';

/** What became of the calls on a board: whether one is new, and whether one is gone or waits again for somebody to come. */
export function callsChange(
  before: readonly Call[],
  now: readonly Call[],
): { readonly came: boolean; readonly left: boolean } {
  const sameIn = (calls: readonly Call[], { callId }: Call): Call | undefined =>
    calls.find((call) => call.callId === callId);
  return {
    came: now.some((call) => !sameIn(before, call)),
    left: before.some((call) => {
      const after = sameIn(now, call);
      return !after || (call.claimedBy !== null && after.claimedBy === null);
    }),
  };
}
