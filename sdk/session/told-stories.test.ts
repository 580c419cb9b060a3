import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Season, Story, StoryTime } from '../../protocol/story.ts';
import { isSouthern, seasonOf, yearDayOf } from './season.ts';
import { toldStories } from './told-stories.ts';

const words = { en: 'words', fr: 'mots' };
const picture = { path: 'stories/one.webp', alt: words };
const paris = { id: 'house-paris', timeZone: 'Europe/Paris' };
const sydney = { id: 'house-sydney', timeZone: 'Australia/Sydney' };

function story(id: string, told: { when?: StoryTime; boutiques?: string[] } = {}): Story {
  const chapter = {
    id: 'one',
    title: words,
    words,
    picture,
    pieces: [{ pieceId: 'aube', variantId: 'rose' }],
  };
  return { id, title: words, mood: words, words, cover: picture, chapters: [chapter], ...told };
}

const idsOf = (stories: readonly Story[]): string[] => stories.map(({ id }) => id);
const at = (iso: string): number => Date.parse(iso);

describe('a season', () => {
  it('begins on the first of its month, in the south half a year later', () => {
    const days = [
      '02-28',
      '02-29',
      '03-01',
      '05-31',
      '06-01',
      '08-31',
      '09-01',
      '11-30',
      '12-01',
      '12-31',
      '01-01',
    ];
    const north: Season[] = days.map((day) => seasonOf(day, false));
    expect(north).toEqual([
      'winter',
      'winter',
      'spring',
      'spring',
      'summer',
      'summer',
      'autumn',
      'autumn',
      'winter',
      'winter',
      'winter',
    ]);
    const south = days.map((day) => seasonOf(day, true));
    expect(south).toEqual([
      'summer',
      'summer',
      'autumn',
      'autumn',
      'winter',
      'winter',
      'spring',
      'spring',
      'summer',
      'summer',
      'summer',
    ]);
  });

  it('is that of the place: by the boutique’s own zone and its own wall', () => {
    const zones = [
      'Australia/Sydney',
      'America/Sao_Paulo',
      'America/Argentina/Ushuaia',
      'Africa/Johannesburg',
    ];
    expect(zones.map(isSouthern)).toEqual([true, true, true, true]);
    expect(['Europe/Paris', 'Asia/Tokyo', 'America/New_York', 'UTC'].map(isSouthern)).toEqual(
      Array(4).fill(false),
    );
    // One moment: already December in Tokyo, still November in New York.
    const moment = at('2026-11-30T20:00:00Z');
    expect(yearDayOf(moment, 'Asia/Tokyo')).toBe('12-01');
    expect(yearDayOf(moment, 'America/New_York')).toBe('11-30');
  });
});

describe('the stories that are told', () => {
  const allYear = story('all-year');
  const winter = story('winter', { when: { seasons: ['winter'] } });
  const candles = story('candles', { when: { from: '11-15', to: '02-14' }, boutiques: ['house-paris'] });
  const house = [allYear, winter, candles];
  const toldAt = (iso: string, store = paris) => idsOf(toldStories(house, { nowMs: at(iso), store }));

  it('are those of the season first, then those of all year', () => {
    expect(toldAt('2026-07-01T12:00:00Z')).toEqual(['all-year']);
    expect(toldAt('2027-01-10T12:00:00Z')).toEqual(['winter', 'candles', 'all-year']);
  });

  it('count the first and the last day, over the new year too', () => {
    expect(toldAt('2026-11-14T12:00:00Z')).toEqual(['all-year']);
    expect(toldAt('2026-11-15T00:30:00+01:00')).toEqual(['candles', 'all-year']);
    expect(toldAt('2027-02-14T23:59:00+01:00')).toEqual(['winter', 'candles', 'all-year']);
    expect(toldAt('2027-02-15T00:01:00+01:00')).toEqual(['winter', 'all-year']);
  });

  it('have their winter in July where the boutique lies in the south', () => {
    expect(toldAt('2026-07-01T12:00:00Z', sydney)).toEqual(['winter', 'all-year']);
    expect(toldAt('2027-01-10T12:00:00Z', sydney)).toEqual(['all-year']);
  });

  it('are told in their own boutiques only; a device that does not know its own tells what is told everywhere', () => {
    const lyon = { id: 'house-lyon', timeZone: 'Europe/Paris' };
    expect(toldAt('2026-11-20T12:00:00Z', lyon)).toEqual(['all-year']);
    expect(idsOf(toldStories(house, { nowMs: at('2026-11-20T12:00:00Z'), store: null }))).toEqual([
      'all-year',
    ]);
  });

  it('are the house’s first where none fits', () => {
    const bound = [winter, candles];
    expect(idsOf(toldStories(bound, { nowMs: at('2026-07-01T12:00:00Z'), store: paris }))).toEqual([
      'winter',
    ]);
  });

  const times = fc.record(
    {
      seasons: fc.uniqueArray(fc.constantFrom<Season>('spring', 'summer', 'autumn', 'winter'), {
        minLength: 1,
      }),
      days: fc.tuple(
        fc.constantFrom('01-01', '02-29', '06-15', '11-30', '12-31'),
        fc.constantFrom('01-01', '03-01', '12-31'),
      ),
    },
    { requiredKeys: [] },
  );
  interface Drawn {
    readonly time: { seasons?: Season[]; days?: [from: string, to: string] } | null;
    readonly boutiques: string[] | null;
  }
  const anyHouse: fc.Arbitrary<Drawn[]> = fc.array(
    fc.record({
      time: fc.option(times),
      boutiques: fc.option(fc.subarray(['house-paris', 'house-sydney'], { minLength: 1 })),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const moments = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2029-12-31T00:00:00Z') });
  const storesOf = fc.constantFrom(paris, sydney, null);
  const houseOf = (drawn: readonly Drawn[]): Story[] =>
    drawn.map(({ time, boutiques }, index) => {
      const { seasons, days } = time ?? {};
      const when: StoryTime = { ...(seasons && { seasons }), ...(days && { from: days[0], to: days[1] }) };
      return story(`story-${index}`, { ...(time && { when }), ...(boutiques && { boutiques }) });
    });

  it('are never none, never one twice, never one of another boutique but the house’s first', () => {
    fc.assert(
      fc.property(anyHouse, moments, storesOf, (drawn, nowMs, store) => {
        const stories = houseOf(drawn);
        const told = toldStories(stories, { nowMs, store });
        expect(told.length).toBeGreaterThan(0);
        expect(new Set(told).size).toBe(told.length);
        const foreign = told.filter(({ boutiques }) => boutiques && !(store && boutiques.includes(store.id)));
        if (foreign.length > 0) expect(told).toEqual([stories[0]]);
        const unbound = stories.filter(({ when, boutiques }) => !when && !boutiques);
        expect(told.filter((one) => unbound.includes(one))).toEqual(unbound);
      }),
    );
  });

  it('of the four seasons are each told somewhere in a year, and in no two seasons at once', () => {
    const seasons = (['spring', 'summer', 'autumn', 'winter'] as const).map((season) =>
      story(season, { when: { seasons: [season] } }),
    );
    fc.assert(
      fc.property(moments, fc.constantFrom(paris, sydney), (nowMs, store) => {
        expect(toldStories(seasons, { nowMs, store })).toHaveLength(1);
        const halfYearMs = 182 * 86_400_000;
        const [now] = toldStories(seasons, { nowMs, store });
        const [then] = toldStories(seasons, { nowMs: nowMs + halfYearMs, store });
        expect(now).not.toBe(then);
      }),
    );
  });
});

describe('what a house has chosen for a boutique', () => {
  const stories = [
    story('always'),
    story('winter', { when: { seasons: ['winter'] } }),
    story('elsewhere', { boutiques: ['house-sydney'] }),
  ];
  const moment = { nowMs: at('2026-07-10T12:00:00Z'), store: paris };

  it('is the season, whatever the date', () => {
    expect(idsOf(toldStories(stories, moment))).toEqual(['always']);
    const told = toldStories(stories, { ...moment, chosen: { season: 'winter' } });
    expect(idsOf(told)).toEqual(['winter', 'always']);
  });

  it('is the story that is told first, once, even out of its time and place', () => {
    for (const id of ['always', 'winter', 'elsewhere']) {
      const told = idsOf(toldStories(stories, { ...moment, chosen: { story: id } }));
      expect(told[0]).toBe(id);
      expect(told).toContain('always');
      expect(new Set(told).size).toBe(told.length);
    }
  });

  it('is passed over where the catalogue does not tell that story', () => {
    expect(idsOf(toldStories(stories, { ...moment, chosen: { story: 'gone' } }))).toEqual(['always']);
  });
});
