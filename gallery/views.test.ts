import { describe, expect, it } from 'vitest';
import { viewsOfPiece } from './views.ts';

const size = { widthMm: 200, heightMm: 130, depthMm: 60 };

describe('how the visitor stands in the gallery', () => {
  it('is with a hand round a bag’s handle, and with none in the picture where a bag hangs from the shoulder', () => {
    const handled = viewsOfPiece({ category: 'bag', dimensions: { ...size, handleDropMm: 110 } });
    const strapped = viewsOfPiece({ category: 'bag', dimensions: { ...size, strapLengthMm: 1_100 } });
    expect(handled.every(({ hand }) => hand !== null)).toBe(true);
    expect(strapped.map(({ name }) => name)).toEqual(handled.map(({ name }) => name));
    expect(strapped.every(({ hand }) => hand === null)).toBe(true);
  });
});
