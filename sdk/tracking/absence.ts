/** What is gone for less than this was hidden for a moment or a blink of the tracker: it is not announced as lost, and comes back without a jump. */
export const lostAfterMs = 400;
/** Nor is it on fewer pictures than these, however far apart they are. */
export const lostAfterPictures = 2;
/** Who is gone for longer may be somebody else on coming back: nothing known of the last one is kept. */
export const forgottenAfterMs = 2_000;
/** Between two frames of a machine that stalled nobody was seen to go; after this long whoever is seen may be anybody all the same. */
const stalledAtMostMs = 8_000;

/** When something was seen last, and when anything was looked at. */
export interface Absence {
  readonly lastSeenMs: number;
  /** The frame before this one. */
  readonly lastFrameMs: number;
  readonly timeMs: number;
  readonly afterMs?: number;
}

/** Whether something may be something else by now. */
export function isForgotten({
  lastSeenMs,
  lastFrameMs,
  timeMs,
  afterMs = forgottenAfterMs,
}: Absence): boolean {
  const awayMs = timeMs - lastSeenMs;
  const wasThere = lastSeenMs === lastFrameMs && awayMs <= stalledAtMostMs;
  return !wasThere && awayMs > afterMs;
}
