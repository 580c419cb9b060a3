import { describe, expect, it } from 'vitest';
import { LATENCY_BOUND_MS, LatencyGauge } from './latency-gauge.ts';

function gaugeOf(latenciesMs: readonly number[]): LatencyGauge {
  const gauge = new LatencyGauge();
  for (const latencyMs of latenciesMs) gauge.add(latencyMs);
  return gauge;
}

describe('the latency gauge', () => {
  it('knows nothing before the first picture', () => {
    expect(new LatencyGauge().medianMs()).toBeNaN();
    expect(new LatencyGauge().lagging).toBe(false);
  });

  it('tells the median, which one slow picture does not move', () => {
    expect(gaugeOf([40, 42, 41, 900, 40]).medianMs()).toBe(41);
  });

  it('says that tracking drags once half of the last pictures came later than the bound', () => {
    expect(gaugeOf(Array.from({ length: 31 }, () => LATENCY_BOUND_MS)).lagging).toBe(false);
    const slow = gaugeOf(Array.from({ length: 31 }, () => LATENCY_BOUND_MS + 1));
    expect(slow.lagging).toBe(true);
    for (let i = 0; i < 20; i += 1) slow.add(30);
    expect(slow.lagging).toBe(false);
  });
});
