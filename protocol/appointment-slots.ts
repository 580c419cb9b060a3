import { dayIn, momentOfWall, spansOn, type CalendarDay, type OpeningHours } from './boutique.ts';
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

/** How a house that has settled nothing gives its appointments. */
export const usualAppointments = { minutes: 45, daysAhead: 14, leadMinutes: 60 } as const;

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

function momentOf(day: CalendarDay, time: string, timeZone: string): EpochMs {
  return momentOfWall(Date.parse(`${day}T00:00:00Z`) + minutesOf(time) * 60_000, timeZone);
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
