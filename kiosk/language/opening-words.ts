import { openNow, type NextOpening, type OpeningHours } from '../../protocol/boutique.ts';
import type { Locale } from '../../protocol/ids.ts';
import type { Say } from './words.ts';

/** Whose voice says it, and by which wall. */
export interface OpeningVoice {
  readonly say: Say;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** A day of this week is named by its name, a later one by its date. */
const namedDays = 7;

/** Whether the boutique is open, in one quiet line; null where there is nothing true to say. */
export function openingWords(
  hours: OpeningHours,
  { say, locale, timeZone, nowMs }: OpeningVoice,
): string | null {
  const told = openNow(hours, nowMs, timeZone);
  if (told.kind === 'closed') return told.opens && opensWords(told.opens, say, locale);
  if (told.until === null) return say('hours.open');
  return told.until === '24:00' ? say('hours.until-midnight') : say('hours.until', { time: told.until });
}

function opensWords({ day, at: time, inDays }: NextOpening, say: Say, locale: Locale): string {
  if (inDays === 0) return say('hours.opens', { time });
  if (inDays === 1) return say('hours.opens-tomorrow', { time });
  return say('hours.opens-day', { day: dayWords(day, inDays, locale), time });
}

function dayWords(day: string, inDays: number, locale: Locale): string {
  const options = inDays < namedDays ? { weekday: 'long' } : { day: 'numeric', month: 'long' };
  const language = locale === 'en' ? 'en-GB' : 'fr-FR';
  const format = new Intl.DateTimeFormat(language, {
    ...(options as Intl.DateTimeFormatOptions),
    timeZone: 'UTC',
  });
  const text = format.format(Date.parse(`${day}T12:00:00Z`));
  if (inDays < namedDays) return text;
  return locale === 'en' ? `on ${text}` : `le ${text}`;
}
