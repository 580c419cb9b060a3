import { describe, expect, it } from 'vitest';
import { priceWords } from './price-words.ts';

describe('a price', () => {
  it('has no empty cents, and those that it has', () => {
    expect(priceWords({ amountMinor: 42_000, currency: 'EUR' }, 'en')).toBe('€420');
    expect(priceWords({ amountMinor: 42_050, currency: 'EUR' }, 'en')).toBe('€420.50');
  });

  it('is written as the client’s language does, in a currency with as many minor units as it has', () => {
    expect(priceWords({ amountMinor: 1_250_000, currency: 'EUR' }, 'fr')).toMatch(/^12\s500\s€$/);
    expect(priceWords({ amountMinor: 98_000, currency: 'JPY' }, 'en')).toBe('JP¥98,000');
  });
});
