import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { PeopleBoard } from './people-board.ts';

const kinds = {
  halo: 'eyewear',
  fjord: 'eyewear',
  meridian: 'eyewear',
  orbe: 'earrings',
  heure: 'watch',
  onde: 'bracelet',
};
const catalogue = {
  pieces: Object.entries(kinds).map(([id, category]) => ({ id, category })),
} as unknown as Catalogue;
const worn = (pieceId: keyof typeof kinds): Worn => ({ pieceId, variantId: 'gold' });
const told = (board: PeopleBoard): string[] =>
  board.dressed.get().map(({ pieceId, person }) => `${pieceId} on ${person}`);

describe('who wears what', () => {
  it('is the client alone while nobody joined, whoever the mirror serves', () => {
    const board = new PeopleBoard(catalogue);
    board.serve(1);
    board.follow([worn('halo'), worn('orbe')], 1);
    expect(told(board)).toEqual(['halo on 0', 'orbe on 0']);
  });

  it('lets each have their own frame: what one tries on takes nothing from the other', () => {
    const board = new PeopleBoard(catalogue);
    board.follow([worn('halo')], 1);
    board.follow([worn('halo')], 2);
    expect(told(board)).toEqual(['halo on 0']);
    board.serve(1);
    board.follow([worn('fjord')], 2);
    expect(told(board)).toEqual(['halo on 0', 'fjord on 1']);
    board.follow([worn('meridian')], 2);
    expect(told(board)).toEqual(['halo on 0', 'meridian on 1']);
    board.serve(0);
    board.follow([worn('meridian'), worn('orbe')], 2);
    expect(told(board)).toEqual(['halo on 0', 'meridian on 1', 'orbe on 0']);
    board.follow([worn('orbe'), worn('fjord')], 2);
    expect(told(board)).toEqual(['meridian on 1', 'orbe on 0', 'fjord on 0']);
  });

  it('leaves a watch on its wrist when the other puts on a bangle', () => {
    const board = new PeopleBoard(catalogue);
    board.follow([worn('heure')], 2);
    board.serve(1);
    board.follow([worn('heure'), worn('onde')], 2);
    expect(told(board)).toEqual(['heure on 0', 'onde on 1']);
  });

  it('takes off what is taken off', () => {
    const board = new PeopleBoard(catalogue);
    board.follow([worn('halo'), worn('orbe')], 2);
    board.follow([worn('orbe')], 2);
    expect(told(board)).toEqual(['orbe on 0']);
  });

  it('is the visit’s look on the client when the other has left, and nothing when the visit is over', () => {
    const board = new PeopleBoard(catalogue);
    board.follow([worn('halo')], 2);
    board.serve(1);
    board.follow([worn('fjord')], 2);
    board.follow([worn('fjord')], 1);
    expect(told(board)).toEqual(['fjord on 0']);
    board.follow([worn('fjord')], 2);
    board.follow([], 2);
    expect(told(board)).toEqual([]);
  });
});
