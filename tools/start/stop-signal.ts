/** The signals by which a person or a supervisor ends a command. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * One Ctrl-C under npm arrives twice: from the terminal, and passed on by npm. What comes within this time of the first
 * is its echo, not a second wish.
 */
const echoMs = 500;

/** What is needed of `process`. */
export interface SignalSource {
  on(signal: (typeof signals)[number], listener: () => void): unknown;
  exit(code: number): unknown;
}

/**
 * Resolves when the command is asked to stop. Asked again while it still closes, it ends at once with 130, so that a close
 * that hangs never holds a terminal. To be called once, early: a stop asked for during a start is not lost.
 */
export function stopSignal(source: SignalSource, nowMs: () => number): Promise<void> {
  return new Promise((resolve) => {
    let firstAtMs: number | undefined;
    for (const signal of signals) {
      source.on(signal, () => {
        if (firstAtMs === undefined) {
          firstAtMs = nowMs();
          resolve();
        } else if (nowMs() - firstAtMs > echoMs) {
          source.exit(130);
        }
      });
    }
  });
}
