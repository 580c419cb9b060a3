import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import { Admission } from './admission.ts';
import { systemRandom } from './random.ts';

const rate = { burst: 10, perSecond: 50 };

/** Everybody comes at once; each comes again exactly when it was told to. Gives when each was let in, in milliseconds. */
function letIn(herd: number): number[] {
  const clock = new ManualClock();
  const admission = new Admission(clock, systemRandom, rate);
  const startedMs = clock.monotonicMs();
  const inAtMs: number[] = [];
  const come = () => {
    const waitMs = admission.waitMs();
    if (waitMs === 0) inAtMs.push(clock.monotonicMs() - startedMs);
    else clock.after(waitMs, come);
  };
  for (let index = 0; index < herd; index += 1) come();
  for (let step = 0; step < 200 && inAtMs.length < herd; step += 1) clock.advance(1_000);
  return inAtMs;
}

describe('the door against a herd', () => {
  it('lets everybody in, never faster than its rate, and not much slower', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (herd) => {
        const inAtMs = letIn(herd);
        expect(inAtMs).toHaveLength(herd);
        for (const [index, atMs] of inAtMs.entries()) {
          expect(index).toBeLessThanOrEqual(rate.burst + (atMs / 1_000) * rate.perSecond + 1);
        }
        const leastMs = (Math.max(0, herd - rate.burst) / rate.perSecond) * 1_000;
        expect(inAtMs.at(-1)).toBeLessThanOrEqual(2 * leastMs + 1_000);
      }),
      { numRuns: 30 },
    );
  });

  it('gives those it sends away times of their own, and none longer than half a minute', () => {
    const admission = new Admission(new ManualClock(), systemRandom, rate);
    const waits = Array.from({ length: 3_000 }, () => admission.waitMs());
    expect(waits.slice(0, rate.burst)).toEqual(Array(rate.burst).fill(0));
    const ordered = waits.slice(rate.burst, rate.burst + 1_000);
    expect(new Set(ordered).size).toBe(ordered.length);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(rate.burst);
  });
});
