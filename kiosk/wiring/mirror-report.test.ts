import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { DeviceReport } from '../../protocol/device-report.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { noRecoveries } from '../../sdk/tracking/recoveries.ts';
import type { MirrorMetrics } from '../../scenes/index.ts';
import type { MirrorStatus } from './mirror-status.ts';
import { mirrorReportOf } from './mirror-report.ts';
import { StageGauge } from './stage-gauge.ts';

const metrics = { delegate: 'GPU', medianInferenceMs: 11.04, recoveries: noRecoveries() } as const;
const still = { tier: 'full', picturesPerSecond: 29.97 } as const;

describe('what a mirror tells of itself', () => {
  it('is the same whether somebody is there, was there or is sought', () => {
    const told = (['searching', 'tracking', 'lost'] as const).map((status) =>
      mirrorReportOf(status, metrics, still),
    );
    expect(told[0]).toMatchObject({
      camera: 'open',
      tracking: 'ready',
      picturesPerSecond: 30,
      inferenceMs: 11,
    });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  it('fits the contract in every state, with and without a model', () => {
    const states: readonly MirrorStatus[] = [
      'off',
      'starting',
      'searching',
      'camera-missing',
      'camera-denied',
      'camera-unplugged',
      'camera-busy',
      'model-missing',
      'model-corrupt',
      'tracker-failed',
    ];
    for (const status of states) {
      for (const known of [metrics, null]) {
        const mirror = mirrorReportOf(status, known, { tier: null, picturesPerSecond: Number.NaN });
        expect(z.parse(DeviceReport, { upMs: 1, faults: 0, mirror }).mirror).toEqual(mirror);
      }
    }
    expect(mirrorReportOf('off', null, still).tracking).toBe('model-missing');
    expect(mirrorReportOf('off', { ...metrics, delegate: null }, still).tracking).toBe('warming');
    expect(mirrorReportOf('camera-unplugged', metrics, still).camera).toBe('camera-unplugged');
  });

  it('has the pictures drawn per second since it last told, and none of a stage that is gone', () => {
    const clock = new ManualClock();
    const gauge = new StageGauge(clock);
    expect(gauge.read()).toEqual({ tier: null, picturesPerSecond: null });
    let framesDrawn = 500;
    const leave = gauge.follow(() => ({ framesDrawn, quality: { tier: 'low' } }) as unknown as MirrorMetrics);
    clock.advance(10_000);
    framesDrawn += 240;
    expect(gauge.read()).toEqual({ tier: 'low', picturesPerSecond: 24 });
    clock.advance(1_000);
    expect(gauge.read().picturesPerSecond).toBe(0);
    leave();
    expect(gauge.read().tier).toBeNull();
  });
});
