import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { LightMeter } from './light-meter.ts';

const warm = { red: 0.3, green: 0.12, blue: 0.06, pixels: 400 };

describe('the light on somebody of whom only a hand is seen', () => {
  it('has the colour and exposure of its skin, and no direction', () => {
    const meter = new LightMeter(paperFace());
    const light = meter.follow({ shading: null, handLight: warm, noise: null }, null);
    expect(light.source).toBe('hand');
    expect(light.tint[0]).toBeGreaterThan(light.tint[2]);
    expect(light.harmonics).toBeNull();
  });

  it('is kept from frame to frame, comes slowly, and is forgotten with the person', () => {
    const meter = new LightMeter(paperFace());
    const first = meter.follow({ shading: null, handLight: warm, noise: null }, null);
    expect(meter.follow({ shading: null, handLight: null, noise: null }, null)).toEqual(first);
    const cold = { red: 0.1, green: 0.12, blue: 0.2, pixels: 400 };
    const next = meter.follow({ shading: null, handLight: cold, noise: null }, null);
    expect(next.tint[0]).toBeLessThan(first.tint[0]);
    expect(next.tint[0]).toBeGreaterThan(
      meter.follow({ shading: null, handLight: cold, noise: null }, null).tint[0],
    );
    meter.reset();
    expect(meter.follow({ shading: null, handLight: null, noise: null }, null).source).toBe('none');
  });
});
