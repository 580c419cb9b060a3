import type { Locale } from '../../protocol/ids.ts';
import { timeOfDay, timeWithDay } from '../../sdk/session/spoken-time.ts';
import type { StockLine } from '../../sdk/session/stock-line.ts';
import type { Say } from './words.ts';

/** What is needed to put a stock line into words: the voice, and the boutique's clock. */
export interface StockVoice {
  readonly say: Say;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** The stock of one piece as an advisor would say it, and whether the number is current. */
export interface StockWords {
  readonly text: string;
  readonly tone: 'live' | 'stale' | 'unknown';
}

/** Puts a stock line into words. A number that is not current always carries its age. */
export function stockWords(line: StockLine, voice: StockVoice): StockWords {
  const { say, locale, timeZone, nowMs } = voice;
  const sentence = sentenceOf(line, voice);
  if (line.here.kind === 'unknown') return { text: sentence, tone: 'unknown' };
  if (line.freshness.kind === 'stale') {
    const stale = say('stock.stale', { time: timeWithDay(line.freshness.asOfMs, nowMs, locale, timeZone) });
    return { text: say('stock.stale.sentence', { sentence, stale }), tone: 'stale' };
  }
  if (line.here.kind !== 'here-many' || line.vouchedAtMs === null) return { text: sentence, tone: 'live' };
  const time = timeWithDay(line.vouchedAtMs, nowMs, locale, timeZone);
  return { text: say('stock.as-of', { sentence, time }), tone: 'live' };
}

function sentenceOf({ here }: StockLine, { say, locale, timeZone }: StockVoice): string {
  switch (here.kind) {
    case 'held': {
      const time = timeOfDay(here.untilMs, locale, timeZone);
      return say(here.last ? 'stock.held.last' : 'stock.held', { time });
    }
    case 'here-many':
      return say('stock.here-many', { count: here.count });
    case 'one-left':
      return say('stock.one-left');
    case 'none-here-nearby': {
      const names = here.places.map((place) => place.store.name);
      const places = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
      return say(here.reserved ? 'stock.reserved.nearby' : 'stock.nearby', { places });
    }
    case 'none':
      return say(here.reserved ? 'stock.reserved' : 'stock.none');
    case 'unknown':
      return say('stock.unknown');
  }
}
