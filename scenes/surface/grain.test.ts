import { describe, expect, it } from 'vitest';
import { clearGrain, createGrain, moveGrain } from './grain.ts';

describe('the grain of a worn piece', () => {
  it('is as strong as the camera’s noise, and never dirt', () => {
    const grain = createGrain();
    moveGrain(grain, 0.012, 0.5);
    expect(grain.value.x).toBe(0.012);
    moveGrain(grain, 0.3, 0.5);
    expect(grain.value.x).toBeLessThan(0.05);
  });

  it('is none where no noise was measured, and none where no camera shows', () => {
    const grain = createGrain();
    moveGrain(grain, null, 1);
    expect(grain.value.x).toBe(0);
    moveGrain(grain, 0.02, 1);
    clearGrain(grain);
    expect(grain.value.x).toBe(0);
  });

  it('is another with every picture, and as coarse as the camera’s pixels are on screen', () => {
    const grain = createGrain();
    const seen = new Set<string>();
    for (let picture = 0; picture < 200; picture += 1) {
      moveGrain(grain, 0.01, 0.375);
      seen.add(`${grain.value.z} ${grain.value.w}`);
    }
    expect(seen.size).toBe(200);
    expect(grain.value.y).toBe(0.375);
    moveGrain(grain, 0.01, 3);
    expect(grain.value.y).toBe(1);
  });
});
