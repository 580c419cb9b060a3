import { timeOfDay, timeWithDay } from '../../sdk/session/spoken-time.ts';
import type { StockLine } from '../../sdk/session/stock-line.ts';
import type { Voice } from './refusal-words.ts';

/** One boutique's stock in the advisor's words. */
export interface PlaceWords {
  readonly name: string;
  readonly count: string;
  readonly asOf: string | null;
  readonly some: boolean;
}

/** The stock of one piece in the advisor's words, each number with its age. */
export interface DrawerWords {
  readonly here: string;
  readonly asOf: string | null;
  readonly stale: boolean;
  readonly nearby: readonly PlaceWords[];
}

/** Puts a stock line into words for somebody who is about to open the drawer. */
export function drawerWords(line: StockLine, voice: Voice): DrawerWords {
  const { freshness } = line;
  return {
    here: hereWords(line, voice),
    asOf: asOfWords(line, line.vouchedAtMs, voice),
    stale: freshness.kind !== 'live',
    nearby: line.nearby.map((place) => ({
      name: place.store.name,
      count:
        place.count === null
          ? voice.say('stock.nearby.unknown')
          : voice.say('stock.nearby.count', { count: place.count }),
      asOf: asOfWords(line, place.vouchedAtMs, voice, 'stock.as-of'),
      some: (place.count ?? 0) > 0,
    })),
  };
}

function asOfWords(
  { freshness }: StockLine,
  vouchedAtMs: number | null,
  { say, locale, timeZone, nowMs }: Voice,
  stale: 'stock.stale' | 'stock.as-of' = 'stock.stale',
): string | null {
  if (vouchedAtMs === null) return null;
  const spoken = (atMs: number) => ({ time: timeWithDay(atMs, nowMs, locale, timeZone) });
  switch (freshness.kind) {
    case 'live':
      return say('stock.as-of', spoken(vouchedAtMs));
    case 'stale':
      return say(stale, spoken(freshness.asOfMs));
    case 'never':
      return null;
  }
}

function hereWords({ here }: StockLine, { say, locale, timeZone }: Voice): string {
  switch (here.kind) {
    case 'held': {
      const time = timeOfDay(here.untilMs, locale, timeZone);
      return say(here.last ? 'stock.held.last' : 'stock.held', { time });
    }
    case 'here-many':
      return say('stock.here-many', { count: here.count });
    case 'one-left':
      return say('stock.one-left');
    case 'none-here-nearby':
    case 'none':
      return say(here.reserved ? 'stock.reserved' : 'stock.none');
    case 'unknown':
      return say('stock.unknown');
  }
}
