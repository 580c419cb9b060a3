import { describe, expect, it } from 'vitest';
import { dayIn } from '../../protocol/boutique.ts';
import { endOfDayMs } from './end-of-day.ts';

describe('the end of a day', () => {
  it('is midnight by the boutique’s clock, in summer, in winter and when the clocks change', () => {
    expect(new Date(endOfDayMs('2026-07-06', 'Europe/Paris')).toISOString()).toBe('2026-07-06T22:00:00.000Z');
    expect(new Date(endOfDayMs('2026-12-31', 'Europe/Paris')).toISOString()).toBe('2026-12-31T23:00:00.000Z');
    expect(new Date(endOfDayMs('2026-10-25', 'Europe/Paris')).toISOString()).toBe('2026-10-25T23:00:00.000Z');
    expect(new Date(endOfDayMs('2026-07-06', 'Asia/Tokyo')).toISOString()).toBe('2026-07-06T15:00:00.000Z');
  });

  it('belongs to the day that the boutique has', () => {
    expect(dayIn(Date.parse('2026-07-06T23:00:00Z'), 'Europe/Paris')).toBe('2026-07-07');
    expect(dayIn(Date.parse('2026-07-06T23:00:00Z'), 'America/New_York')).toBe('2026-07-06');
  });
});
