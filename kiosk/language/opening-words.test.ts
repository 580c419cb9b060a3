import { describe, expect, it } from 'vitest';
import type { OpeningHours } from '../../protocol/boutique.ts';
import type { Locale } from '../../protocol/ids.ts';
import { openingWords } from './opening-words.ts';
import { speakerOf } from './words.ts';

const day = [{ from: '10:00', to: '19:00' }];
const hours: OpeningHours = {
  week: { monday: day, tuesday: day, friday: day, saturday: [{ from: '20:00', to: '24:00' }] },
  days: {
    '2026-12-25': [],
    '2026-12-26': [],
    '2026-12-28': [],
    '2026-12-29': [],
    '2027-01-01': [],
    '2027-01-02': [],
  },
};
const said = (iso: string, locale: Locale = 'en', timeZone = 'Europe/Paris', by = hours) =>
  openingWords(by, { say: speakerOf(locale), locale, timeZone, nowMs: Date.parse(iso) });

describe('what the resting mirror says of the hours', () => {
  it('is until when the boutique is open, by its own wall', () => {
    expect(said('2026-07-06T12:00:00Z')).toBe('Open until 19:00');
    expect(said('2026-07-06T12:00:00Z', 'fr')).toBe('Ouvert jusqu’à 19:00');
    // Monday noon in Paris is Monday evening in Tokyo: another boutique has closed.
    expect(said('2026-07-06T12:00:00Z', 'en', 'Asia/Tokyo')).toBe('Opens tomorrow at 10:00');
    expect(said('2026-12-05T20:00:00Z')).toBe('Open until midnight');
  });

  it('is when it opens: today, tomorrow, on a day of this week, on a date', () => {
    expect(said('2026-12-07T08:00:00Z')).toBe('Opens at 10:00');
    expect(said('2026-12-06T20:00:00Z', 'fr')).toBe('Ouvre demain à 10:00');
    expect(said('2026-12-08T20:00:00Z')).toBe('Opens Friday at 10:00');
    expect(said('2026-12-08T20:00:00Z', 'fr')).toBe('Ouvre vendredi à 10:00');
    // Over the feasts every day is closed by name.
    expect(said('2026-12-24T20:00:00Z')).toBe('Opens on 4 January at 10:00');
    expect(said('2026-12-24T20:00:00Z', 'fr')).toBe('Ouvre le 4 janvier à 10:00');
  });

  it('is nothing where the boutique opens on no day, and no time where it never closes', () => {
    expect(said('2026-07-06T12:00:00Z', 'en', 'Europe/Paris', { week: {} })).toBeNull();
    const always = [{ from: '00:00', to: '24:00' }];
    expect(said('2026-07-06T12:00:00Z', 'en', 'UTC', { week: { monday: always, tuesday: always } })).toBe(
      'Open now',
    );
  });
});
