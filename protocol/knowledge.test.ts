import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { goesWithIn, Knowledge, knowledgeFaults } from './knowledge.ts';
import { Catalogue } from './product.ts';

const read = (house: string, file: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../assets/collections', house, file), 'utf8'));

describe.each(['norde', 'aurelle'])('what the advisors of %s know', (house) => {
  const catalogue = Catalogue.parse(read(house, 'catalogue.json'));
  const knowledge = Knowledge.parse(read(house, 'knowledge.json'));

  it('is told of every piece, and fits its catalogue', () => {
    expect(knowledgeFaults(knowledge, catalogue)).toEqual([]);
    expect(knowledge.pieces.map(({ pieceId }) => pieceId).toSorted()).toEqual(
      catalogue.pieces.map(({ id }) => id).toSorted(),
    );
  });

  it('repeats nothing that the catalogue says, and says something of its own of each piece', () => {
    const said = knowledge.pieces.flatMap(({ craft, present, asked, goesWith }) => [
      craft,
      ...present,
      ...asked.map(({ answer }) => answer),
      ...goesWith.map(({ why }) => why),
    ]);
    for (const locale of ['en', 'fr'] as const) {
      const words = said.map((one) => one[locale]);
      expect(new Set(words).size).toBe(words.length);
      const told = catalogue.pieces.flatMap(({ story, materials, care }) => [story, materials, care]);
      for (const one of told) expect(words).not.toContain(one[locale]);
    }
  });

  it('is refused where it names what is not there, twice, or of another house', () => {
    const [first] = knowledge.pieces;
    if (!first) throw new Error('no piece');
    const [other] = first.goesWith;
    if (!other) throw new Error('goes with nothing');
    const faulty: Knowledge = {
      schemaVersion: 1,
      maisonId: 'elsewhere',
      pieces: [
        first,
        { ...first, goesWith: [{ ...other, variantId: 'mauve-not-there' }] },
        { ...first, pieceId: 'nothing', goesWith: [{ ...other, pieceId: 'nothing' }] },
      ],
    };
    expect(knowledgeFaults(faulty, catalogue)).toEqual([
      `it is of elsewhere, the catalogue of ${house}`,
      `${first.pieceId} is told twice`,
      'the catalogue has no nothing',
      `${first.pieceId} cannot go with ${other.pieceId}.mauve-not-there`,
      `nothing cannot go with nothing.${other.variantId}`,
    ]);
    expect(Knowledge.safeParse({ ...knowledge, more: 1 }).success).toBe(false);
    const long = { en: 'a'.repeat(401), fr: 'a' };
    expect(Knowledge.safeParse({ ...knowledge, pieces: [{ ...first, craft: long }] }).success).toBe(false);
  });
});

describe('what goes with a piece', () => {
  const knowledge = Knowledge.parse(read('aurelle', 'knowledge.json'));
  const catalogue = Catalogue.parse(read('aurelle', 'catalogue.json'));
  const besideFil = (finish: 'yellow-gold' | 'rose-gold' | null) => {
    const fil = knowledge.pieces.find(({ pieceId }) => pieceId === 'fil');
    if (!fil) throw new Error('no chain');
    return goesWithIn(fil, finish).map(({ pieceId, variantId }) => `${pieceId}.${variantId}`);
  };

  it('is in the colour of the finish that is worn, or is not named', () => {
    expect(besideFil('yellow-gold')).toEqual(['cascade.yellow-gold-clear', 'aube.yellow-gold']);
    expect(besideFil('rose-gold')).toEqual(['aube.rose-gold']);
  });

  it('is all of it where nobody wears the piece', () => {
    expect(besideFil(null)).toEqual(['cascade.yellow-gold-clear', 'aube.yellow-gold']);
  });

  it('leaves no finish of a piece with nothing beside it', () => {
    const alone = catalogue.pieces.flatMap(({ id, variants }) => {
      const known = knowledge.pieces.find(({ pieceId }) => pieceId === id);
      return variants
        .filter((variant) => !known || goesWithIn(known, variant.id).length === 0)
        .map((variant) => variant.sku);
    });
    expect(alone).toEqual([]);
  });

  it('is refused in a finish that is not there, or beside one', () => {
    const pieces = knowledge.pieces.map((piece) =>
      piece.pieceId === 'fil'
        ? {
            ...piece,
            goesWith: piece.goesWith.map((other) => ({ ...other, beside: { mauve: 'yellow-gold' } })),
          }
        : piece,
    );
    expect(knowledgeFaults({ ...knowledge, pieces }, catalogue)).toEqual([
      'fil.mauve cannot go with cascade.yellow-gold',
      'fil.mauve cannot go with aube.yellow-gold',
    ]);
  });
});
