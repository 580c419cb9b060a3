import type { Clock } from '../../sdk/core/clock.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';

const signs = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Tells that someone is here at each touch or key, at most once a second. Returns what stops it. */
export function watchActivity(page: Document, clock: Clock, tell: () => void): Unsubscribe {
  let lastMs = Number.NEGATIVE_INFINITY;
  const hear = (): void => {
    const nowMs = clock.monotonicMs();
    if (nowMs - lastMs < 1_000) return;
    lastMs = nowMs;
    tell();
  };
  for (const sign of signs) page.addEventListener(sign, hear, { passive: true, capture: true });
  return () => {
    for (const sign of signs) page.removeEventListener(sign, hear, { capture: true });
  };
}
