import { describe, expect, it } from 'vitest';
import { atDoor, houseWide, inMaison, leavingScope, presentScope } from './scope.ts';

describe('a scope', () => {
  it('stays with what its work awaits and starts', async () => {
    const seen = await inMaison('norde', async () => {
      await Promise.resolve();
      return await new Promise((resolve) => void setImmediate(() => resolve(presentScope())));
    });
    expect(seen).toEqual({ kind: 'maison', maisonId: 'norde' });
    expect(presentScope()).toBeUndefined();
  });

  it('only narrows: from every Maison to one, never to another or back', () => {
    const narrowed = houseWide('the test', () => inMaison('norde', () => presentScope()));
    expect(narrowed).toEqual({ kind: 'maison', maisonId: 'norde' });
    inMaison('norde', () => {
      expect(inMaison('norde', () => 'the same')).toBe('the same');
      expect(() => inMaison('aurelle', () => 'never')).toThrow(
        expect.objectContaining({ code: 'scope-crossed' }),
      );
      expect(() => houseWide('all', () => 'never')).toThrow(
        expect.objectContaining({ code: 'scope-crossed' }),
      );
    });
  });

  it('is kept at a door by who has one, and is every Maison’s for who has none', () => {
    expect(atDoor('the test', () => presentScope())).toEqual({ kind: 'house-wide', why: 'the test' });
    const kept = inMaison('norde', () => atDoor('the test', () => presentScope()));
    expect(kept).toEqual({ kind: 'maison', maisonId: 'norde' });
  });

  it('is left by what serves many, and is there again afterwards', () => {
    inMaison('norde', () => {
      expect(leavingScope(() => presentScope())).toBeUndefined();
      expect(leavingScope(() => inMaison('aurelle', () => presentScope()))).toMatchObject({
        maisonId: 'aurelle',
      });
      expect(presentScope()).toMatchObject({ maisonId: 'norde' });
    });
  });
});
