import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Locale } from '../../protocol/ids.ts';
import { Catalogue, type Piece } from '../../protocol/product.ts';
import { fitWords } from './fit-words.ts';
import { pieceSentences } from './piece-words.ts';
import { sizeWords } from './size-words.ts';

const catalogues = ['aurelle', 'norde'].map((house) =>
  Catalogue.parse(
    JSON.parse(
      readFileSync(new URL(`../../assets/collections/${house}/catalogue.json`, import.meta.url), 'utf8'),
    ),
  ),
);
const pieces = catalogues.flatMap((catalogue) => catalogue.pieces);
const named = (id: string): Piece => {
  const piece = pieces.find((candidate) => candidate.id === id);
  if (!piece) throw new Error(`No catalogue has ${id}.`);
  return piece;
};
const known = [
  { kind: 'face-width', valueMm: 136, plusMinusMm: 3 },
  { kind: 'ring-circumference', valueMm: 52, plusMinusMm: 1 },
  { kind: 'head-circumference', valueMm: 570, plusMinusMm: 4 },
  { kind: 'wrist-circumference', valueMm: 160, plusMinusMm: 5 },
];

/** Names inside `{…}`. */
const placeholders = (message: string): string[] =>
  [...new Set(Array.from(message.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? ''))].sort();

describe('the fit in words', () => {
  it('tells a frame’s width against the face, with its ±', () => {
    expect(fitWords(named('halo-54'), known, 'en')).toBe(
      'Lens width 54 mm, front 137 mm: sits well for your 136 ± 3 mm.',
    );
    expect(fitWords(named('halo-54'), [], 'en')).toBe('Lens width 54 mm, front 137 mm.');
  });

  it('tells a ring’s size with its neighbours, never bare', () => {
    expect(fitWords(named('aube'), known, 'en')).toBe(
      'Your size is 52, between 51 and 53. This ring is made in it.',
    );
    expect(fitWords(named('aube'), [], 'en')).toBe('Made in sizes 48 to 60.');
  });

  it('tells for which heads and wrists a piece is made, and how it sits on a measured one', () => {
    expect(fitWords(named('skive'), [], 'en')).toBe('For heads of 56.5 to 57.5 cm.');
    expect(fitWords(named('skive'), known, 'en')).toBe(
      'For heads of 56.5 to 57.5 cm: sits well for your 57.0 ± 0.4 cm.',
    );
    expect(fitWords(named('nord-39'), known, 'fr')).toBe(
      'Pour un poignet de 14,5 à 20 cm\u00a0: à la bonne taille pour vos 16,0 ± 0,5 cm.',
    );
  });

  it('tells where a chain falls', () => {
    expect(fitWords(named('fil'), known, 'en')).toBe(
      'At 42 cm it lies at the base of the neck, at 45 cm on the collarbones.',
    );
  });

  it.each(Locale.options)('%s has words for every piece of both houses, with nothing left over', (locale) => {
    for (const piece of pieces) {
      for (const measures of [known, []]) {
        const words = fitWords(piece, measures, locale);
        expect(words === '', piece.id).toBe(piece.category === 'makeup');
        expect(words, piece.id).not.toMatch(/[{}]|undefined|NaN/);
      }
      expect(sizeWords(piece, locale), piece.id).not.toBe('');
    }
  });

  it('is said in every language with the same numbers', () => {
    const { en, fr } = pieceSentences;
    expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
    for (const id of Object.keys(en) as (keyof typeof en)[])
      expect(placeholders(fr[id]), id).toEqual(placeholders(en[id]));
  });
});
