import { describe, expect, it } from 'vitest';
import { grosgrainHeight } from './grosgrain.ts';
import { leatherHeight } from './leather-grain.ts';

describe('what hides and ribbons are made of', () => {
  it('repeats without a seam', () => {
    for (const heightAt of [leatherHeight, grosgrainHeight]) {
      for (const v of [0.13, 0.5, 0.77]) {
        expect(heightAt(0.0001, v)).toBeCloseTo(heightAt(1.0001, v), 6);
        expect(heightAt(v, 0.0001)).toBeCloseTo(heightAt(v, 1.0001), 6);
      }
    }
  });

  it('has a grain of about a millimetre: between 0.8 and 1.2 from crease to crease', () => {
    let creases = 0;
    const steps = 4200;
    const rows = 12;
    for (let row = 0; row < rows; row += 1) {
      let low = false;
      for (let i = 0; i < steps; i += 1) {
        const height = leatherHeight(i / steps, (row + 0.37) / rows);
        if (height < 0.05 && !low) creases += 1;
        low = height < 0.065 && (low || height < 0.05);
      }
    }
    const spacingMm = (42 * rows) / creases;
    expect(spacingMm).toBeGreaterThan(0.7);
    expect(spacingMm).toBeLessThan(1.3);
  });

  it('has one rib of grosgrain a millimetre', () => {
    const valleys = Array.from({ length: 800 }, (_, i) => grosgrainHeight(i / 800, 0)).filter(
      (height, i, all) => height < (all.at(i - 1) ?? 0) && height <= (all[(i + 1) % 800] ?? 0),
    );
    expect(valleys).toHaveLength(8);
  });
});
