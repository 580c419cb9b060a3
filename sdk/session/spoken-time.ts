import { dayAfter, dayIn } from '../../protocol/boutique.ts';
import type { Locale } from '../../protocol/ids.ts';

/** A time as both screens show it: how long is left of `untilMs`, never negative, the last second shown as 0:01. */
export interface Countdown {
  readonly totalSeconds: number;
  readonly minutes: number;
  readonly seconds: number;
  /** `14:05`; `0:07` in the last minute. */
  readonly text: string;
  /** ISO 8601 duration for `<time datetime>`: `PT14M5S`. */
  readonly iso: string;
}

/** Counts down to `untilMs`. Both times are in milliseconds since the epoch, by the same clock. */
export function countdown(untilMs: number, nowMs: number): Countdown {
  const totalSeconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  const minutes = Math.floor(totalSeconds / 60);
  const seconds = totalSeconds % 60;
  return {
    totalSeconds,
    minutes,
    seconds,
    text: `${minutes}:${String(seconds).padStart(2, '0')}`,
    iso: `PT${minutes}M${seconds}S`,
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  // Boutiques write 15:20 in both languages, so English is British English here.
  const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', { ...options, timeZone });
  formats.set(key, made);
  return made;
}

const clockOptions = { hour: '2-digit', minute: '2-digit' } as const;
const expectedOptions = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const appointmentOptions = { ...expectedOptions, ...clockOptions } as const;
const dayOptions = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** `15:20` on the boutique's own clock. */
export function timeOfDay(atMs: number, locale: Locale, timeZone: string): string {
  return format(locale, timeZone, clockOptions).format(atMs);
}

/** `15:20` on the boutique's day of `nowMs`, and `21 Nov, 15:20` on any other. */
export function timeWithDay(atMs: number, nowMs: number, locale: Locale, timeZone: string): string {
  const day = format(locale, timeZone, dayOptions);
  if (day.format(atMs) === day.format(nowMs)) return timeOfDay(atMs, locale, timeZone);
  return format(locale, timeZone, { day: 'numeric', month: 'short', ...clockOptions }).format(atMs);
}

/** On which day something is expected, as exactly as that is known: `today`, `tomorrow`, `Wednesday 2 December`. */
export function dayExpected(atMs: number, nowMs: number, locale: Locale, timeZone: string): string {
  const today = dayIn(nowMs, timeZone);
  const day = dayIn(atMs, timeZone);
  const away = [-1, 0, 1].find((days) => dayAfter(today, days) === day);
  if (away === undefined) return format(locale, timeZone, expectedOptions).format(atMs);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(away, 'day');
}

/** Until which day something holds, by the calendar of the place: `28 December 2026`. */
export function dayWithYear(atMs: number, locale: Locale, timeZone: string): string {
  return format(locale, timeZone, { dateStyle: 'long' }).format(atMs);
}

/** When somebody is expected, by the clock and calendar of the place: `Friday 4 December at 15:00`. */
export function appointmentTime(atMs: number, locale: Locale, timeZone: string): string {
  return format(locale, timeZone, appointmentOptions).format(atMs);
}
