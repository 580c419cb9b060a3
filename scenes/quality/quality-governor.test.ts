import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import type { Fence } from './picture-meter.ts';
import { PictureMeter } from './picture-meter.ts';
import { QualityGovernor } from './quality-governor.ts';
import type { QualityTier } from './quality-tier.ts';

/** A machine that draws: what a picture costs its two processors in each tier, and how often display and camera beat. */
interface Machine {
  readonly displayMs: number;
  readonly cameraMs: number;
  readonly callMs: (tier: QualityTier, atMs: number) => number;
  readonly graphicsMs: (tier: QualityTier, atMs: number) => number;
}

interface Change {
  readonly atMs: number;
  readonly to: QualityTier;
}

/** Draws on a simulated machine; tells every change of tier and when pictures of the camera were dropped. */
function draw(
  machine: Machine,
  forMs: number,
  governor = new QualityGovernor('full'),
): { changes: Change[]; droppedAtMs: number[]; governor: QualityGovernor } {
  const clock = new ManualClock();
  let doneAtMs = 0;
  let raisedUntilMs = 0;
  const fence: Fence = {
    raise: () => {
      raisedUntilMs = doneAtMs;
    },
    get isPassed() {
      return clock.monotonicMs() >= raisedUntilMs;
    },
  };
  const meter = new PictureMeter(clock, fence);
  const changes: Change[] = [];
  const droppedAtMs: number[] = [];
  let shown = -1;
  while (clock.monotonicMs() < forMs) {
    const beatAtMs = clock.monotonicMs();
    const share = meter.beat();
    if (share !== null && governor.note(beatAtMs, share) !== null) {
      changes.push({ atMs: beatAtMs, to: governor.tier });
    }
    const newest = Math.floor(beatAtMs / machine.cameraMs);
    if (newest > shown) {
      for (let missed = shown + 1; missed < newest; missed += 1) droppedAtMs.push(beatAtMs);
      shown = newest;
      meter.begin();
      clock.advance(machine.callMs(governor.tier, beatAtMs));
      doneAtMs = Math.max(doneAtMs, clock.monotonicMs()) + machine.graphicsMs(governor.tier, beatAtMs);
      meter.end();
    }
    // A display waits for this thread, and runs at most two pictures ahead of the graphics processor.
    const freeAtMs = Math.max(clock.monotonicMs(), doneAtMs - 2 * machine.displayMs);
    // A hair beyond, or rounding takes a beat that was for the next.
    const beats = Math.floor(freeAtMs / machine.displayMs + 1e-6) + 1;
    clock.advance(beats * machine.displayMs - clock.monotonicMs());
  }
  return { changes, droppedAtMs, governor };
}

const minute = 60_000;
const steady =
  (byTier: Readonly<Record<QualityTier, number>>) =>
  (tier: QualityTier): number =>
    byTier[tier];
const light = steady({ low: 1, middle: 1, full: 1 });
const displays = fc.constantFrom(1000 / 60, 1000 / 120);

describe('the quality of a stage', () => {
  it('stays whole on a machine that draws it with ease', () => {
    const machine: Machine = { displayMs: 1000 / 60, cameraMs: 1000 / 30, callMs: light, graphicsMs: light };
    const { changes, governor } = draw(machine, 5 * minute);
    expect(changes).toEqual([]);
    expect(governor.load).toBeLessThan(0.2);
  });

  it('is lessened before a picture is dropped, when drawing grows slowly dearer', () => {
    fc.assert(
      fc.property(displays, fc.double({ min: 1.8, max: 3, noNaN: true }), (displayMs, ratio) => {
        const growing = (tier: QualityTier, atMs: number): number => {
          const full = 4 + (atMs / minute) * 8;
          return { full, middle: full / ratio, low: full / ratio ** 2 }[tier];
        };
        const machine: Machine = { displayMs, cameraMs: 1000 / 30, callMs: light, graphicsMs: growing };
        const { changes, droppedAtMs } = draw(machine, 5 * minute);
        expect(changes[0]?.to).toBe('middle');
        expect(droppedAtMs.filter((atMs) => atMs <= (changes[0]?.atMs ?? 0))).toEqual([]);
        // Once lessened, pictures are lost to a trial of the better tier only, which is short.
        expect(droppedAtMs.length).toBeLessThanOrEqual(12);
      }),
      { numRuns: 20 },
    );
  });

  it('comes to rest where every picture is drawn in time, if there is such a tier', () => {
    const cost = fc.double({ min: 1, max: 60, noNaN: true });
    fc.assert(
      fc.property(displays, cost, cost, cost, (displayMs, a, b, c) => {
        const [low = 0, middle = 0, full = 0] = [a, b, c].toSorted((x, y) => x - y);
        const graphicsMs = steady({ low, middle, full });
        const machine: Machine = { displayMs, cameraMs: 1000 / 30, callMs: light, graphicsMs };
        const { governor } = draw(machine, minute);
        const late = draw(machine, minute / 4, new QualityGovernor(governor.tier)).droppedAtMs;
        if (graphicsMs('low') < 15) expect(late.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  it('never swings: however the load comes and goes, a tier changes seldom, and ever more seldom', () => {
    const phase = fc.record({
      forMs: fc.integer({ min: 2_000, max: 90_000 }),
      load: fc.double({ min: 0.1, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(phase, { minLength: 2, maxLength: 12 }), (phases) => {
        const wholeMs = phases.reduce((sum, { forMs }) => sum + forMs, 0);
        const factorAt = (atMs: number): number => {
          let left = atMs % wholeMs;
          for (const { forMs, load } of phases) {
            if (left < forMs) return load;
            left -= forMs;
          }
          return 1;
        };
        const machine: Machine = {
          displayMs: 1000 / 60,
          cameraMs: 1000 / 30,
          callMs: light,
          graphicsMs: (tier, atMs) => steady({ low: 6, middle: 12, full: 24 })(tier) * factorAt(atMs),
        };
        const { changes } = draw(machine, 30 * minute);
        const climbs = changes.filter(
          ({ to }, at) => at > 0 && to !== 'low' && changes[at - 1]?.to !== 'full',
        );
        expect(changes.length).toBeLessThanOrEqual(24);
        expect(climbs.length).toBeLessThanOrEqual(12);
        // Between a change and the one after the next lies a wait.
        for (let at = 2; at < changes.length; at += 1) {
          const [one, next] = [changes[at - 2], changes[at]];
          if (one && next && one.to === next.to) expect(next.atMs - one.atMs).toBeGreaterThan(20_000);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('comes back slowly when the load has gone', () => {
    const machine: Machine = {
      displayMs: 1000 / 60,
      cameraMs: 1000 / 30,
      callMs: light,
      graphicsMs: (tier, atMs) => steady({ low: 3, middle: 5, full: 12 })(tier) * (atMs < 20_000 ? 3 : 1),
    };
    const { changes } = draw(machine, 6 * minute);
    expect(changes.map(({ to }) => to)).toEqual(['middle', 'full']);
    expect((changes[1]?.atMs ?? 0) - 20_000).toBeGreaterThan(20_000);
  });

  it('feels a page whose own thread is the slow one', () => {
    const machine: Machine = {
      displayMs: 1000 / 60,
      cameraMs: 1000 / 30,
      callMs: steady({ low: 5, middle: 14, full: 28 }),
      graphicsMs: light,
    };
    const { governor, droppedAtMs } = draw(machine, minute);
    expect(governor.tier).toBe('middle');
    expect(droppedAtMs.length).toBeLessThanOrEqual(3);
  });

  it('does not take a page that was hidden for a slow one', () => {
    const clock = new ManualClock();
    const meter = new PictureMeter(clock, { raise: () => undefined, isPassed: true });
    meter.beat();
    meter.begin();
    meter.end();
    clock.advance(60_000);
    expect(meter.beat()).toBeNull();
    meter.begin();
    meter.end();
    clock.advance(16);
    expect(meter.beat()).toBe(0);
  });
});
