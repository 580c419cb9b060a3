/** The end of a day of the calendar, `YYYY-MM-DD`, by the clock of a time zone. */
export function endOfDayMs(day: string, timeZone: string): number {
  const wallMs = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
  // The zone's offset is asked for twice: at the first guess it may still be that of before a change of the clocks.
  const guess = wallMs - offsetMs(wallMs, timeZone);
  return wallMs - offsetMs(guess, timeZone);
}

/** The day of the calendar in a time zone, `YYYY-MM-DD`. */
export function dayIn(atMs: number, timeZone: string): string {
  return new Date(atMs + offsetMs(atMs, timeZone)).toISOString().slice(0, 10);
}

function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const wall = `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}Z`;
  return Date.parse(wall) - Math.floor(atMs / 1_000) * 1_000;
}
