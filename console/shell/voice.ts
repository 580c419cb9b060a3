import type { Locale } from '../../protocol/ids.ts';
import { timeWithDay } from '../../sdk/session/spoken-time.ts';
import type { Say } from './words.ts';

/** How the console speaks: its language, and times on the clock of whoever reads them. */
export interface Voice {
  readonly say: Say;
  readonly locale: Locale;
  readonly time: (atMs: number) => string;
}

/** The voice of a language now. An operator reads of many boutiques: one clock, their own, for all. */
export function voiceOf(say: Say, locale: Locale, nowMs: number): Voice {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { say, locale, time: (atMs) => timeWithDay(atMs, nowMs, locale, timeZone) };
}
