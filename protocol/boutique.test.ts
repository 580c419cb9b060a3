import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CalendarDay, OpeningHours, openNow, type OpenSpan } from './boutique.ts';

const day = (from: string, to: string): OpenSpan => ({ from, to });
const hours: OpeningHours = {
  week: {
    monday: [day('10:00', '13:00'), day('14:00', '19:00')],
    friday: [day('10:00', '19:00')],
    saturday: [day('22:00', '24:00')],
    sunday: [day('00:00', '02:00')],
  },
  days: { '2026-12-25': [], '2026-12-24': [day('10:00', '16:00')] },
};
const paris = 'Europe/Paris';
const at = (iso: string, zone = paris) => openNow(hours, Date.parse(iso), zone);

describe('opening hours', () => {
  it('are read off the boutique’s own wall, in summer and in winter time', () => {
    expect(at('2026-07-06T08:30:00Z')).toEqual({ kind: 'open', until: '13:00' });
    expect(at('2026-12-07T08:30:00Z')).toEqual({
      kind: 'closed',
      opens: { day: '2026-12-07', at: '10:00', inDays: 0 },
    });
    expect(at('2026-12-07T00:30:00Z', 'Asia/Tokyo')).toMatchObject({ opens: { at: '10:00' } });
    expect(at('2026-12-07T02:30:00Z', 'Asia/Tokyo')).toEqual({ kind: 'open', until: '13:00' });
  });

  it('close for lunch, at the evening and on the days that are named', () => {
    expect(at('2026-07-06T11:00:00Z')).toEqual({
      kind: 'closed',
      opens: { day: '2026-07-06', at: '14:00', inDays: 0 },
    });
    expect(at('2026-07-06T17:00:00Z')).toEqual({
      kind: 'closed',
      opens: { day: '2026-07-10', at: '10:00', inDays: 4 },
    });
    expect(at('2026-12-24T15:30:00Z')).toEqual({
      kind: 'closed',
      opens: { day: '2026-12-26', at: '22:00', inDays: 2 },
    });
    expect(at('2026-12-25T11:00:00Z')).toMatchObject({ kind: 'closed' });
  });

  it('go on over midnight, and know a boutique that never closes', () => {
    // A Saturday evening until two on Sunday morning, by the wall: Paris is an hour ahead in December.
    expect(at('2026-12-05T22:30:00Z')).toEqual({ kind: 'open', until: '02:00' });
    expect(at('2026-12-06T00:30:00Z')).toEqual({ kind: 'open', until: '02:00' });
    expect(at('2026-12-06T01:30:00Z')).toMatchObject({ opens: { day: '2026-12-07', inDays: 1 } });
    // The Sunday is closed by name: the Saturday ends at midnight.
    const closed = { ...hours, days: { '2026-12-06': [] } };
    expect(openNow(closed, Date.parse('2026-12-05T22:30:00Z'), paris)).toEqual({
      kind: 'open',
      until: '24:00',
    });
    const always = [day('00:00', '24:00')];
    const week = { monday: always, tuesday: always };
    expect(openNow({ week }, Date.parse('2026-12-07T08:00:00Z'), paris)).toEqual({
      kind: 'open',
      until: null,
    });
  });

  it('count the days by the boutique’s calendar and not by ours', () => {
    // Sunday evening in Paris is Monday morning in Tokyo, before it opens.
    expect(at('2026-12-06T22:00:00Z', 'Asia/Tokyo')).toMatchObject({
      opens: { day: '2026-12-07', inDays: 0 },
    });
    expect(at('2026-12-06T22:00:00Z')).toMatchObject({ opens: { day: '2026-12-07', inDays: 1 } });
  });

  it('that are never, are told as never', () => {
    expect(openNow({ week: {} }, 0, paris)).toEqual({ kind: 'closed', opens: null });
  });

  it('refuse a day that is none, a span that runs backwards, and spans that overlap', () => {
    for (const none of ['2026-02-30', '2026-13-01', '24-12-2026', '2026-1-1']) {
      expect(CalendarDay.safeParse(none).success).toBe(false);
    }
    const spans = (monday: OpenSpan[]) => OpeningHours.safeParse({ week: { monday } }).success;
    expect(spans([day('10:00', '13:00'), day('13:00', '19:00')])).toBe(true);
    expect(spans([day('13:00', '10:00')])).toBe(false);
    expect(spans([day('10:00', '13:00'), day('12:00', '19:00')])).toBe(false);
    expect(spans([day('10:00', '25:00')])).toBe(false);
    expect(OpeningHours.safeParse({ week: { montag: [] } }).success).toBe(false);
  });

  it('never tell an end or an opening that lies before now, and agree with the spans of the day', () => {
    const minutes = fc.integer({ min: 0, max: 1_440 });
    const time = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const spans = fc.uniqueArray(minutes, { maxLength: 8 }).map((ends) => {
      const sorted = ends.toSorted((a, b) => a - b);
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) =>
        day(time(sorted[2 * index] ?? 0), time(sorted[2 * index + 1] ?? 0)),
      );
    });
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 1_439 }), (monday, minute) => {
        const now = time(minute);
        const nowMs = Date.parse(`2026-07-06T${now}:00Z`);
        const told = openNow({ week: { monday } }, nowMs, 'UTC');
        const isIn = monday.some(({ from, to }) => from <= now && now < to);
        expect(told.kind).toBe(isIn ? 'open' : 'closed');
        if (told.kind === 'open') expect((told.until ?? '') > now).toBe(true);
        else if (told.opens?.day === '2026-07-06') expect(told.opens.at > now).toBe(true);
        else if (monday.length > 0) expect(told.opens?.day).toBe('2026-07-13');
      }),
    );
  });
});
