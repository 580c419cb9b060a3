import { describe, expect, it } from 'vitest';
import { turnOf } from './page-turns.ts';

describe('a finger across a page', () => {
  const widthPx = 1_080;

  it('turns it on when it goes to where the line begins, and back when it goes to its end', () => {
    expect(turnOf({ dxPx: -200, dyPx: 20 }, widthPx, false)).toBe(1);
    expect(turnOf({ dxPx: 200, dyPx: -20 }, widthPx, false)).toBe(-1);
    expect(turnOf({ dxPx: -200, dyPx: 20 }, widthPx, true)).toBe(-1);
    expect(turnOf({ dxPx: 200, dyPx: 20 }, widthPx, true)).toBe(1);
  });

  it('turns nothing when it only touches, or scrolls', () => {
    expect(turnOf({ dxPx: 0, dyPx: 0 }, widthPx, false)).toBeNull();
    expect(turnOf({ dxPx: -60, dyPx: 0 }, widthPx, false)).toBeNull();
    expect(turnOf({ dxPx: -200, dyPx: 300 }, widthPx, false)).toBeNull();
  });
});
