import { describe, expect, it } from 'vitest';
import { factWords } from './client-fact-words.ts';

const voice = {
  timeZone: 'Europe/Paris',
  advisors: [{ id: 'advisor-5b1f0c7a92d34e68', name: 'Noémie Caron' }],
};

describe('a fact in words', () => {
  it('calls an advisor as the house does, and one whom it does not know by no id', () => {
    const usual = (advisorId: string, locale: 'en' | 'fr') =>
      factWords({ kind: 'advisor', advisorId }, { ...voice, locale }).known;
    expect(usual('advisor-5b1f0c7a92d34e68', 'en')).toBe('Noémie Caron');
    expect(usual('crm-77', 'en')).toBe('A colleague');
    expect(usual('crm-77', 'fr')).toBe('Un collègue');
  });

  it('calls a piece of today as its screen does, and any other as the house wrote it down', () => {
    const pieceName = (sku: string) => (sku === 'halo-54.rose-gold' ? 'Halo 54, Or rose' : null);
    const said = (sku: string | null, given = { pieceName }) =>
      factWords(
        { kind: 'care', sku, name: 'Halo 54 Rose gold', state: 'due' },
        { ...voice, ...given, locale: 'fr' },
      ).known;
    expect(said('halo-54.rose-gold')).toBe('Halo 54, Or rose\u00a0: à faire vérifier');
    for (const sku of ['of-another-year', null])
      expect(said(sku)).toBe('Halo 54 Rose gold\u00a0: à faire vérifier');
    const owned = { kind: 'owned', sku: 'halo-54.rose-gold', name: 'Halo 54 Rose gold' } as const;
    expect(factWords(owned, { ...voice, locale: 'en' }).known).toBe('Halo 54 Rose gold');
    expect(factWords(owned, { ...voice, pieceName, locale: 'fr' }).known).toBe('Halo 54, Or rose');
  });

  it('tells an appointment with whom it is, where that is known', () => {
    const startsAtMs = Date.UTC(2026, 10, 28, 13, 30);
    const booked = (advisorId: string | null) =>
      factWords({ kind: 'appointment', startsAtMs, advisorId }, { ...voice, locale: 'fr' }).known;
    expect(booked('advisor-5b1f0c7a92d34e68')).toBe('14:30, Noémie Caron');
    expect(booked('crm-77')).toBe('14:30');
    expect(booked(null)).toBe('14:30');
  });
});
