import { describe, expect, it } from 'vitest';
import { HairGauge } from './hair-gauge.ts';

describe('what is told of hair', () => {
  it('is off until a piece asks for it, then followed, with what a look takes', () => {
    const gauge = new HairGauge(false);
    expect(gauge.metrics().state).toBe('off');
    expect(gauge.isFollowed).toBe(false);
    expect(gauge.need(['face', 'hair'])).toEqual(['face', 'hair']);
    expect(gauge.isFollowed).toBe(true);
    gauge.noteLook(40);
    expect(gauge.metrics()).toEqual({ state: 'followed', looks: 1, medianMs: 40 });
    gauge.need(['face']);
    expect(gauge.metrics().state).toBe('off');
  });

  it('is missing for good once it could not be had, and is not asked for again', () => {
    const gauge = new HairGauge(false);
    gauge.need(['hair']);
    gauge.noteMissing();
    expect(gauge.isFollowed).toBe(false);
    expect([gauge.metrics().state, gauge.need(['face', 'hair'])]).toEqual(['missing', ['face']]);
    expect(gauge.metrics().state).toBe('missing');
    expect(new HairGauge(true).need(['hair'])).toEqual([]);
  });
});
