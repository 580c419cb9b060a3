import { describe, expect, it } from 'vitest';
import type { Worn } from '../../protocol/session.ts';
import { LookBoard } from './look-board.ts';

const worn = (pieceId: string, variantId = 'gold'): Worn => ({ pieceId, variantId });

describe('the place of what is looked at', () => {
  it('is what the mirror last said of that piece, and of no other', () => {
    const board = new LookBoard();
    board.follow(worn('aube'));
    board.notePlace('halo', true);
    expect(board.placed.get()).toBeNull();
    board.notePlace('aube', false);
    expect(board.placed.get()).toBe(false);
    board.follow(worn('aube', 'rose'));
    expect(board.placed.get()).toBe(false);
    board.follow(worn('onde'));
    expect(board.placed.get()).toBeNull();
  });

  it('is known at once of a piece that was worn all along', () => {
    const board = new LookBoard();
    board.follow(worn('halo'));
    board.notePlace('halo', true);
    board.follow(worn('aube'));
    board.notePlace('aube', false);
    board.follow(worn('halo'));
    expect(board.placed.get()).toBe(true);
  });

  it('is forgotten with the visit', () => {
    const board = new LookBoard();
    board.follow(worn('halo'));
    board.notePlace('halo', true);
    board.follow(null);
    expect(board.placed.get()).toBeNull();
    board.follow(worn('halo'));
    expect(board.placed.get()).toBeNull();
  });
});

describe('hair over what is looked at', () => {
  it('is what the mirror last said of that piece, and is forgotten with the visit', () => {
    const board = new LookBoard();
    board.follow(worn('perle'));
    board.noteHidden('orbe', true);
    expect(board.hidden.get()).toBe(false);
    board.follow(worn('orbe'));
    expect(board.hidden.get()).toBe(true);
    board.noteHidden('orbe', false);
    expect(board.hidden.get()).toBe(false);
    board.noteHidden('orbe', true);
    board.follow(null);
    expect(board.hidden.get()).toBe(false);
    board.follow(worn('orbe'));
    expect(board.hidden.get()).toBe(false);
  });
});
