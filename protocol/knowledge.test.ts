import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Knowledge, knowledgeFaults } from './knowledge.ts';
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
