import { describe, expect, it } from 'vitest';
import { InferenceGovernor } from './inference-governor.ts';

/** Plays pictures at 30 a second; tells how many went to the network. */
function play(
  governor: InferenceGovernor,
  fromMs: number,
  seconds: number,
  { somebody = true, inferenceMs = 20, displayMs = 16 } = {},
): number {
  let runs = 0;
  let displayAtMs = fromMs;
  for (let atMs = fromMs; atMs < fromMs + seconds * 1_000; atMs += 33) {
    if (governor.admit(atMs)) {
      runs += 1;
      governor.noteRun(atMs, inferenceMs, somebody);
    }
    for (; displayAtMs < atMs; displayAtMs += displayMs) governor.noteDisplay(displayAtMs);
  }
  return runs / seconds;
}

describe('how often the network runs', () => {
  it('is on every picture while somebody is there', () => {
    expect(play(new InferenceGovernor(), 0, 10)).toBeGreaterThan(29);
  });

  it('falls by steps while nobody is, and is back at once when somebody comes', () => {
    const governor = new InferenceGovernor();
    play(governor, 0, 4, { somebody: false });
    expect(play(governor, 4_000, 10, { somebody: false })).toBeLessThan(16);
    play(governor, 14_000, 20, { somebody: false });
    expect(play(governor, 34_000, 10, { somebody: false })).toBeLessThan(6);
    governor.noteRun(44_000, 20, true);
    expect(play(governor, 44_033, 5)).toBeGreaterThan(29);
  });

  it('leaves a slow machine to its display, and takes it back when the display keeps up', () => {
    const governor = new InferenceGovernor();
    play(governor, 0, 10, { inferenceMs: 60, displayMs: 80 });
    const slow = play(governor, 10_000, 10, { inferenceMs: 60, displayMs: 80 });
    expect(slow).toBeLessThan(12);
    expect(slow).toBeGreaterThan(6);
    play(governor, 20_000, 20, { inferenceMs: 20, displayMs: 16 });
    expect(play(governor, 40_000, 5)).toBeGreaterThan(29);
  });

  it('does not take a hidden page for a slow one', () => {
    const governor = new InferenceGovernor();
    play(governor, 0, 5);
    for (let pause = 0; pause < 40; pause += 1) governor.noteDisplay(5_000 + pause * 2_000);
    expect(governor.periodMs(5_000)).toBe(0);
  });
});
