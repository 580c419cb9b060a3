import { dayIn, spansOn, type CalendarDay, type OpeningHours } from './boutique.ts';
import type { EpochMs } from './ids.ts';

const dayMs = 86_400_000;

/** How a house gives its appointments. */
export interface SlotPlan {
  readonly hours: OpeningHours;
  readonly timeZone: string;
  readonly slotMs: number;
  readonly daysAhead: number;
  /** Nothing begins sooner than this from now. */
  readonly leadMs: number;
}

/** Time that is given away. */
export interface BusyTime {
  readonly startsAtMs: EpochMs;
  readonly durationMs: number;
}

/** The hours of a boutique whose house has told none: ten to seven, Monday to Saturday. */
const usualDay = [{ from: '10:00', to: '19:00' }];
export const usualHours: OpeningHours = {
  week: {
    monday: usualDay,
    tuesday: usualDay,
    wednesday: usualDay,
    thursday: usualDay,
    friday: usualDay,
    saturday: usualDay,
  },
};

/** When appointments may begin, by the clock on the boutique's wall: inside its hours, and not while the advisor is with somebody else. */
export function freeSlots(plan: SlotPlan, busy: readonly BusyTime[], nowMs: EpochMs): EpochMs[] {
  const { hours, timeZone, slotMs, daysAhead, leadMs } = plan;
  const today = dayIn(nowMs, timeZone);
  const slots: EpochMs[] = [];
  for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
    const day = new Date(Date.parse(`${today}T00:00:00Z`) + ahead * dayMs).toISOString().slice(0, 10);
    for (const { from, to } of spansOn(hours, day)) {
      const endMs = momentOf(day, to, timeZone);
      for (let atMs = momentOf(day, from, timeZone); atMs + slotMs <= endMs; atMs += slotMs) {
        const meets = busy.some(
          (one) => one.startsAtMs < atMs + slotMs && one.startsAtMs + one.durationMs > atMs,
        );
        if (atMs >= nowMs + leadMs && !meets) slots.push(atMs);
      }
    }
  }
  return slots;
}

/** The moment at which a wall's clock shows a time. Of an hour that a clock skips or repeats, one of the two that come near. */
function momentOf(day: CalendarDay, time: string, timeZone: string): EpochMs {
  const asUtcMs = Date.parse(`${day}T00:00:00Z`) + minutesOf(time) * 60_000;
  const guessMs = asUtcMs - offsetMs(asUtcMs, timeZone);
  return asUtcMs - offsetMs(guessMs, timeZone);
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** How far the wall's clock is ahead of UTC at a moment. */
function offsetMs(atMs: EpochMs, timeZone: string): number {
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
