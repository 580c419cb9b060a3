/** How long a visit waits for people, in milliseconds. A boutique may set its own. */
export interface VisitTimes {
  /** Without a touch for this long, the mirror asks whether someone is still there. */
  readonly idleMs: number;
  /** The same while the client waits for an advisor, who has to walk over first. */
  readonly waitingIdleMs: number;
  /** The same while an advisor is with the client: two people who talk touch neither screen. */
  readonly assistedIdleMs: number;
  /** How long the question stays before the visit is wiped. */
  readonly answerMs: number;
  /** How long the farewell can be read. */
  readonly farewellMs: number;
  /** How long the wipe is shown. */
  readonly wipeMs: number;
  /** A new offer is asked for this long before the one on screen expires, so that nobody reads out a dead code. */
  readonly rotateBeforeMs: number;
  /** An offer that the server has not opened by then is called unreachable. */
  readonly openTimeoutMs: number;
}

/** What a boutique gets that sets nothing. */
export const standardVisitTimes: VisitTimes = {
  idleMs: 60_000,
  waitingIdleMs: 180_000,
  assistedIdleMs: 900_000,
  answerMs: 25_000,
  farewellMs: 25_000,
  wipeMs: 2_600,
  rotateBeforeMs: 20_000,
  openTimeoutMs: 8_000,
};

/** By how much a client may stretch every waiting time (WCAG 2.2.1): as set, or four times as long. */
export type Patience = 1 | 4;
