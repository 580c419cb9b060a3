import { describe, expect, it } from 'vitest';
import { nextInDirection, type Box } from './spatial-focus.ts';

const box = (left: number, top: number): Box => ({ left, top, right: left + 10, bottom: top + 10 });

describe('an arrow key', () => {
  const strip = [box(0, 0), box(20, 0), box(40, 0), box(0, 40), box(90, 42)];

  it('goes to the neighbour in the same row', () => {
    expect(nextInDirection(box(0, 0), strip, 'right')).toBe(1);
    expect(nextInDirection(box(40, 0), strip, 'left')).toBe(1);
  });

  it('goes down to what lies below rather than to what is nearer but aside', () => {
    expect(nextInDirection(box(0, 0), strip, 'down')).toBe(3);
  });

  it('prefers the wide neighbour in the row to a narrow one below, though its middle is farther', () => {
    const wide = { left: 0, top: 0, right: 145, bottom: 20 };
    const neighbour = { left: 152, top: 0, right: 298, bottom: 20 };
    const below = { left: 84, top: 44, right: 117, bottom: 62 };
    expect(nextInDirection(wide, [below, neighbour], 'right')).toBe(1);
  });

  it('stays where it is at the edge', () => {
    expect(nextInDirection(box(0, 0), strip, 'left')).toBeNull();
    expect(nextInDirection(box(0, 0), strip, 'up')).toBeNull();
  });
});
