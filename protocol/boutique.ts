import * as z from 'zod/mini';
import { Locale } from './ids.ts';
import { Season } from './story.ts';

/** A time on the wall, `HH:MM`; `24:00` is the end of a day. */
export const WallTime = z.string().check(z.regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/));
export type WallTime = z.infer<typeof WallTime>;

/** A day of the calendar, `YYYY-MM-DD`. */
export const CalendarDay = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((day) => {
    const parsed = new Date(`${day}T00:00:00Z`);
    return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
  }),
);
export type CalendarDay = z.infer<typeof CalendarDay>;

/** From when until when a boutique is open, on one day. */
export const OpenSpan = z.strictObject({ from: WallTime, to: WallTime }).check(
  z.refine(({ from, to }) => from < to, {
    error: '`from` comes before `to`; a night is two spans, up to 24:00 and from 00:00',
  }),
);
export type OpenSpan = z.infer<typeof OpenSpan>;

const Spans = z.array(OpenSpan).check(
  z.maxLength(4),
  z.refine(
    (spans) => spans.every((span, index) => index === 0 || (spans[index - 1]?.to ?? '') <= span.from),
    {
      error: 'the spans of a day follow one another and do not overlap',
    },
  ),
);

/** The days of a week, Monday first. */
export const weekDays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** When a boutique is open, by the clock on its own wall. A day that is not named is a closed one. */
export const OpeningHours = z.strictObject({
  week: z.strictObject({
    monday: z.optional(Spans),
    tuesday: z.optional(Spans),
    wednesday: z.optional(Spans),
    thursday: z.optional(Spans),
    friday: z.optional(Spans),
    saturday: z.optional(Spans),
    sunday: z.optional(Spans),
  }),
  /** Days that differ from their week; no spans: closed. */
  days: z.optional(z.record(CalendarDay, Spans)),
});
export type OpeningHours = z.infer<typeof OpeningHours>;

/** What a house has chosen for one boutique, as its devices are told. What is left out is by the catalogue and the date. */
export const BoutiqueContent = z.object({
  /** The languages that screens offer; the boutique's own is `store.locale`. */
  locales: z.array(Locale).check(z.minLength(1)),
  /** The season that stories go by, whatever the date. */
  season: z.optional(Season),
  /** The story that is told first. */
  story: z.optional(z.string()),
  /** By the clock of `store.timeZone`. */
  openingHours: z.optional(OpeningHours),
});
export type BoutiqueContent = z.infer<typeof BoutiqueContent>;

/** Whether a boutique is open, and until when or from when on. */
export type OpenNow =
  /** `until` is null where it does not close before the end of tomorrow. */
  | { readonly kind: 'open'; readonly until: WallTime | null }
  | { readonly kind: 'closed'; readonly opens: NextOpening | null };

/** When a closed boutique opens. */
export interface NextOpening {
  readonly day: CalendarDay;
  readonly at: WallTime;
  /** 0 is today by the boutique's own calendar, 1 tomorrow. */
  readonly inDays: number;
}

/** How far ahead the next opening is looked for, in days. */
const daysAhead = 60;

/** How a boutique stands at a moment, by the clock on its own wall. */
export function openNow(hours: OpeningHours, nowMs: number, timeZone: string): OpenNow {
  const { day, time } = wallOf(nowMs, timeZone);
  const until = endOf(spansOn(hours, day), time);
  if (until === '24:00') {
    // A night is two spans: the evening's and the morning's.
    const morning = endOf(spansOn(hours, dayAfter(day, 1)), '00:00');
    return { kind: 'open', until: morning === '24:00' ? null : (morning ?? until) };
  }
  if (until !== null) return { kind: 'open', until };
  for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
    const then = dayAfter(day, ahead);
    const next = spansOn(hours, then).find(({ from }) => ahead > 0 || from > time);
    if (next) return { kind: 'closed', opens: { day: then, at: next.from, inDays: ahead } };
  }
  return { kind: 'closed', opens: null };
}

/** The end of the span that holds this time; null: none does. Spans that touch are one. */
function endOf(spans: readonly OpenSpan[], time: WallTime): WallTime | null {
  let end: WallTime | null = null;
  for (const { from, to } of spans) {
    if (end === null ? from <= time && time < to : from === end) end = to;
  }
  return end;
}

/** The spans of one day. */
export function spansOn({ week, days }: OpeningHours, day: CalendarDay): readonly OpenSpan[] {
  const own = days?.[day];
  if (own) return own;
  const index = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return week[weekDays[index] ?? 'monday'] ?? [];
}

/** The day so many days after this one. */
export function dayAfter(day: CalendarDay, days: number): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The day that it is on a wall's calendar. */
export function dayIn(atMs: number, timeZone: string): CalendarDay {
  return wallOf(atMs, timeZone).day;
}

function wallOf(nowMs: number, timeZone: string): { readonly day: CalendarDay; readonly time: WallTime } {
  const wall = new Date(nowMs + zoneOffsetMs(nowMs, timeZone)).toISOString();
  return { day: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** How far a wall's clock is ahead of UTC at a moment, in milliseconds. */
function zoneOffsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wallMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wallMs - Math.floor(atMs / 1_000) * 1_000;
}

/** The moment at which a wall's clock shows so many milliseconds since its own 1970. Of an hour that it skips or repeats, one of the two that come near. */
export function momentOfWall(wallMs: number, timeZone: string): number {
  // The offset is asked for twice: at the first guess it may still be that of before a change of the clocks.
  const guessMs = wallMs - zoneOffsetMs(wallMs, timeZone);
  return wallMs - zoneOffsetMs(guessMs, timeZone);
}
