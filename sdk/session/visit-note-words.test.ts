import { expect, it } from 'vitest';
import { noteWords } from './visit-note-words.ts';

it('says in both languages that the day is the last on which the step is taken', () => {
  const note = {
    occasion: 'gift' as const,
    decision: 'thinking' as const,
    next: { step: 'call' as const, dueOn: '2026-12-04', sku: null, line: null },
  };
  expect(noteWords(note, { locale: 'en' })).toMatch(/ by Friday 4 December\.$/);
  expect(noteWords(note, { locale: 'fr' })).toMatch(/ d’ici au vendredi 4 décembre\.$/);
});
