import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureTimeline } from './capture-timeline.ts';

describe("a camera's times", () => {
  it('pass as they are while they grow; a picture that comes twice is dropped', () => {
    const timeline = new CaptureTimeline();
    expect([10, 10, 43, 40, 76].map((time) => timeline.next(time))).toEqual([10, null, 43, null, 76]);
    expect(timeline.jumps).toBe(0);
  });

  it('go on when the clock is set back, and keep a long pause for what it is', () => {
    const timeline = new CaptureTimeline();
    expect([90_000, 5_000, 5_033, 65_033].map((time) => timeline.next(time))).toEqual([
      90_000, 90_033, 90_066, 150_066,
    ]);
    expect(timeline.jumps).toBe(1);
  });

  it('only ever grow, whatever the camera says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 10_000_000 }), fc.constant(Number.NaN))),
        (times) => {
          const timeline = new CaptureTimeline();
          const told = times.flatMap((time) => timeline.next(time) ?? []);
          told.slice(1).forEach((time, at) => expect(time).toBeGreaterThan(told[at] ?? 0));
        },
      ),
    );
  });
});
