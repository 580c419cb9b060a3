import { describe, expect, it } from 'vitest';
import { guessPanel, isPanelName, measurePanel, panels } from './panel.ts';

describe('the panel', () => {
  it('sizes touch targets in millimetres of glass, whatever the resolution', () => {
    const fullHd = measurePanel(panels['portrait-32'], 1080, 1920);
    const ultraHd = measurePanel(panels['portrait-32'], 2160, 3840);
    expect(fullHd.targetPx).toBeCloseTo(54, 0);
    expect(ultraHd.targetPx).toBeCloseTo(2 * fullHd.targetPx);
  });

  it('keeps controls below 1,220 mm above the floor', () => {
    const { reachPx, mmPx } = measurePanel(panels['portrait-32'], 1080, 1920);
    expect(640 + reachPx / mmPx).toBeCloseTo(1220);
    const tablet = measurePanel(panels['tablet-13'], 1024, 1366);
    expect(tablet.reachPx).toBeCloseTo(1366, -1);
  });

  it.each([
    [1080, 1920, false, 'portrait-32'],
    [1920, 1080, false, 'landscape-32'],
    [1080, 1080, false, 'square-27'],
    [1024, 1366, true, 'tablet-13'],
    [1366, 1024, true, 'tablet-13-landscape'],
  ] as const)('takes %i × %i, coarse %s, for %s', (widthPx, heightPx, coarsePointer, name) => {
    expect(guessPanel({ widthPx, heightPx, coarsePointer })).toBe(name);
  });

  it('accepts only panels that it knows', () => {
    expect(isPanelName('portrait-32')).toBe(true);
    expect(isPanelName('toString')).toBe(false);
    expect(isPanelName(null)).toBe(false);
  });
});
