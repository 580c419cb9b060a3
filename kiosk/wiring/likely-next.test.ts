import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { likelyNext } from './likely-next.ts';

const file = path.join(import.meta.dirname, '../../assets/collections/aurelle/catalogue.json');
const catalogue = Catalogue.parse(JSON.parse(readFileSync(file, 'utf8')));
const [story] = catalogue.stories;
if (story === undefined) throw new Error('Aurelle tells no story');
const { id: storyId, chapters } = story;
const chapterOf = (pieceId: string): number =>
  chapters.findIndex(({ pieces }) => pieces.some((one) => one.pieceId === pieceId)) + 1;
const names = (likely: readonly Worn[]): string[] => likely.map(({ pieceId }) => pieceId);
const aube: Worn = { pieceId: 'aube', variantId: 'yellow-gold' };
const orbe: Worn = { pieceId: 'orbe', variantId: 'yellow-gold' };

describe('what a client is likely to want next', () => {
  it('is the next piece of the chapter, then the finishes of what they look at', () => {
    const likely = likelyNext(catalogue, { look: [aube], storyId, chapter: chapterOf('aube') });
    expect(names(likely).slice(0, 3)).toEqual(['aube-pave', 'aube', 'aube']);
    expect(likely).not.toContainEqual(aube);
  });

  it('is what lies beside a piece in the strip, before other kinds', () => {
    const likely = names(likelyNext(catalogue, { look: [orbe], storyId, chapter: 0 }));
    const earrings = catalogue.pieces.filter(({ category }) => category === 'earrings').map(({ id }) => id);
    const others = earrings.filter((id) => id !== 'orbe');
    expect(new Set(likely.slice(1, 1 + others.length))).toEqual(new Set(others));
  });

  it('is of what they keep on other pieces of its kind, before kinds of which they wear nothing', () => {
    const likely = names(likelyNext(catalogue, { look: [orbe, aube], storyId, chapter: 0 }));
    expect(likely.indexOf('cascade')).toBeGreaterThan(likely.indexOf('aube-emeraude'));
    expect(likely.indexOf('cascade')).toBeLessThan(likely.indexOf('heure-31'));
    expect(likely).toContain('halo-54');
  });

  it('is before the mirror what stands on the open page, and the first of the next', () => {
    const page = chapterOf('aube');
    const [here, next] = [chapters[page - 1], chapters[page]];
    expect(likelyNext(catalogue, { look: [], storyId, chapter: page })).toEqual([
      ...(here?.pieces ?? []),
      ...(next?.pieces.slice(0, 1) ?? []),
    ]);
    expect(likelyNext(catalogue, { look: [], storyId, chapter: 0 })).toEqual(chapters[0]?.pieces.slice(0, 1));
  });

  it('names nothing twice', () => {
    const likely = likelyNext(catalogue, { look: [orbe, aube], storyId, chapter: chapterOf('aube') });
    expect(new Set(likely.map((worn) => JSON.stringify(worn))).size).toBe(likely.length);
  });
});
