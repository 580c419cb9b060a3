import { describe, expect, it } from 'vitest';
import { countdown, dayExpected, dayWithYear, timeOfDay, timeWithDay } from './spoken-time.ts';

describe('times as they are shown', () => {
  it('counts whole seconds down, the begun one included, and stops at zero', () => {
    expect(countdown(845_000, 0)).toMatchObject({ text: '14:05', iso: 'PT14M5S' });
    expect(countdown(6_001, 0).text).toBe('0:07');
    expect(countdown(0, 5_000)).toMatchObject({ text: '0:00', totalSeconds: 0 });
  });

  it("speaks on the boutique's clock, in its language", () => {
    const at = Date.UTC(2026, 10, 22, 14, 20);
    expect(timeOfDay(at, 'en', 'Europe/Paris')).toBe('15:20');
    expect(timeOfDay(at, 'fr', 'Asia/Tokyo')).toBe('23:20');
  });

  it('writes a day as the house does, not as another continent would', () => {
    const at = Date.UTC(2026, 11, 28, 23, 30);
    expect(dayWithYear(at, 'en', 'Europe/London')).toBe('28 December 2026');
    expect(dayWithYear(at, 'fr', 'Europe/Paris')).toBe('29 décembre 2026');
  });

  it('tells of what is on its way by the day, near days by name', () => {
    const now = Date.UTC(2026, 10, 28, 23, 30);
    const at = (days: number, hours = 0) => now + (days * 24 + hours) * 3_600_000;
    expect(dayExpected(at(0), now, 'en', 'Europe/London')).toBe('today');
    expect(dayExpected(at(0, 1), now, 'en', 'Europe/London')).toBe('tomorrow');
    // In Paris it is the next day already.
    expect(dayExpected(at(0, 1), now, 'fr', 'Europe/Paris')).toBe('aujourd’hui');
    expect(dayExpected(at(-1), now, 'fr', 'Europe/Paris')).toBe('hier');
    expect(dayExpected(at(4), now, 'en', 'Europe/London')).toBe('Wednesday 2 December');
    expect(dayExpected(at(4), now, 'fr', 'Europe/London')).toBe('mercredi 2 décembre');
  });

  it('adds the day when it is another one in the boutique', () => {
    const at = Date.UTC(2026, 10, 21, 23, 30);
    const now = Date.UTC(2026, 10, 22, 8, 0);
    expect(timeWithDay(at, now, 'en', 'Europe/Paris')).toBe('00:30');
    expect(timeWithDay(at, now, 'en', 'Europe/London')).toBe('21 Nov, 23:30');
  });
});
