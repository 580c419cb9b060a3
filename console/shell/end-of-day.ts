import { momentOfWall } from '../../protocol/boutique.ts';

/** The end of a day of the calendar, `YYYY-MM-DD`, by the clock of a time zone. */
export function endOfDayMs(day: string, timeZone: string): number {
  return momentOfWall(Date.parse(`${day}T00:00:00Z`) + 86_400_000, timeZone);
}
