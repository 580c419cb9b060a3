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

  it('tells an appointment with whom it is, where that is known', () => {
    const startsAtMs = Date.UTC(2026, 10, 28, 13, 30);
    const booked = (advisorId: string | null) =>
      factWords({ kind: 'appointment', startsAtMs, advisorId }, { ...voice, locale: 'fr' }).known;
    expect(booked('advisor-5b1f0c7a92d34e68')).toBe('14:30, Noémie Caron');
    expect(booked('crm-77')).toBe('14:30');
    expect(booked(null)).toBe('14:30');
  });
});
