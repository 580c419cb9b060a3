import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { LookBoard } from './look-board.ts';

const kinds = {
  halo: 'eyewear',
  fjord: 'eyewear',
  orbe: 'earrings',
  fil: 'necklace',
  nord: 'watch',
  onde: 'bracelet',
  aube: 'ring',
};
const catalogue = {
  pieces: Object.entries(kinds).map(([id, category]) => ({ id, category })),
} as unknown as Catalogue;
const worn = (pieceId: keyof typeof kinds, variantId = 'gold'): Worn => ({ pieceId, variantId });

function lookAfter(...choices: Worn[]): string[] {
  const board = new LookBoard(catalogue);
  for (const choice of choices) board.wear(choice);
  return board.look.get().map(({ pieceId, variantId }) => `${pieceId}.${variantId}`);
}

describe('the look', () => {
  it('keeps on what is worn elsewhere when another category is tried', () => {
    expect(lookAfter(worn('halo'), worn('orbe'), worn('fil'))).toEqual([
      'halo.gold',
      'orbe.gold',
      'fil.gold',
    ]);
  });

  it('changes what lies in the same place, by piece or by variant', () => {
    expect(lookAfter(worn('halo'), worn('orbe'), worn('fjord'))).toEqual(['orbe.gold', 'fjord.gold']);
    expect(lookAfter(worn('halo'), worn('halo', 'rose'))).toEqual(['halo.rose']);
    expect(lookAfter(worn('nord'), worn('onde'))).toEqual(['onde.gold']);
  });

  it('lets the oldest go when it grows beyond what a mirror wears', () => {
    expect(lookAfter(worn('halo'), worn('orbe'), worn('fil'), worn('aube'), worn('onde'))).toEqual([
      'orbe.gold',
      'fil.gold',
      'aube.gold',
      'onde.gold',
    ]);
  });

  it('knows whether the piece that is looked at has a place, and of no other', () => {
    const board = new LookBoard(catalogue);
    board.wear(worn('halo'));
    board.wear(worn('aube'));
    board.notePlace(worn('halo').pieceId, true);
    expect(board.placed.get()).toBeNull();
    board.notePlace(worn('aube').pieceId, false);
    expect(board.placed.get()).toBe(false);
    board.wear(worn('aube', 'rose'));
    expect(board.placed.get()).toBe(false);
    board.wear(worn('onde'));
    expect(board.placed.get()).toBeNull();
  });

  it('loses what is taken off, and everything when the visit ends', () => {
    const board = new LookBoard(catalogue);
    for (const choice of [worn('halo'), worn('orbe')]) board.wear(choice);
    board.takeOff(worn('halo').pieceId);
    expect(board.look.get()).toEqual([worn('orbe')]);
    board.wear(null);
    expect(board.look.get()).toEqual([]);
  });
});
