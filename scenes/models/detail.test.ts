import { describe, expect, it } from 'vitest';
import { detailFor, type Detail } from './detail.ts';

/** The levels through which a piece of these sizes goes, in pixels. */
function levels(sizesPx: readonly number[], first: Detail): readonly Detail[] {
  let shown = first;
  return sizesPx.map((sizePx) => (shown = detailFor(sizePx, shown)));
}

describe('how finely a piece is drawn', () => {
  it('is fine before the mirror and coarse across the room', () => {
    expect(levels([300, 60], 'near')).toEqual(['near', 'far']);
    expect(levels([60, 300], 'far')).toEqual(['far', 'near']);
  });

  it('does not change back and forth with a client who sways at one distance', () => {
    const swaying = Array.from({ length: 60 }, (_, step) => 92 + 10 * Math.sin(step));
    expect(new Set(levels(swaying, 'near'))).toEqual(new Set(['near']));
    expect(new Set(levels(swaying, 'far'))).toEqual(new Set(['far']));
  });
});
