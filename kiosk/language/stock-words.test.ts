import { describe, expect, it } from 'vitest';
import type { StockHere, StockLine } from '../../sdk/session/stock-line.ts';
import { stockWords } from './stock-words.ts';
import { speakerOf } from './words.ts';

const nowMs = Date.UTC(2026, 10, 22, 13, 10);
const asOfMs = Date.UTC(2026, 10, 22, 13, 2);
const voice = { say: speakerOf('en'), locale: 'en', timeZone: 'Europe/Paris', nowMs } as const;
const bond = {
  id: 'norde-bond',
  name: 'Bond Street',
  city: 'London',
  locale: 'en',
  timeZone: 'Europe/London',
} as const;

function line(here: StockHere, freshness: StockLine['freshness'] = { kind: 'live' }): StockLine {
  return { here, nearby: [], freshness, vouchedAtMs: asOfMs };
}

describe('stock in the words of an advisor', () => {
  it('counts what is here with the time at which it was vouched for', () => {
    expect(stockWords(line({ kind: 'here-many', count: 2 }), voice).text).toBe(
      'In this boutique · 2, as of 14:02',
    );
  });

  it('names the last one, and until when it is held', () => {
    expect(stockWords(line({ kind: 'one-left' }), voice).text).toBe('One left in this boutique');
    const held = { kind: 'held', holdId: 'hold-00000001', untilMs: nowMs + 4_200_000, last: true } as const;
    expect(stockWords(line(held), voice).text).toBe('One left, held for you until 15:20');
  });

  it('names the other boutique where there is one', () => {
    const places = [{ store: bond, count: 3, vouchedAtMs: asOfMs }];
    const nearby = { kind: 'none-here-nearby', places, reserved: false } as const;
    expect(stockWords(line(nearby), voice).text).toBe('At Bond Street, not here today');
  });

  it('never shows a stale number as live', () => {
    const stale = stockWords(line({ kind: 'here-many', count: 2 }, { kind: 'stale', asOfMs }), voice);
    expect(stale).toEqual({ text: 'In this boutique · 2. As of 14:02, being checked', tone: 'stale' });
  });

  it('says no number that nobody has vouched for', () => {
    expect(stockWords(line({ kind: 'unknown' }, { kind: 'never' }), voice).text).not.toMatch(/\d/);
  });
});
