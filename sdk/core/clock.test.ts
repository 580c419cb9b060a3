import { describe, expect, it } from 'vitest';
import { ManualClock } from './clock.ts';

describe('a manual clock', () => {
  it('runs timers in order of their due time, those set on the way included, and leaves later ones waiting', () => {
    const clock = new ManualClock(1_000);
    const ran: string[] = [];
    clock.after(30, () => ran.push(`c@${clock.monotonicMs()}`));
    clock.after(10, () => {
      ran.push(`a@${clock.monotonicMs()}`);
      clock.after(10, () => ran.push(`b@${clock.monotonicMs()}`));
    });
    clock.advance(25);
    expect(ran).toEqual(['a@10', 'b@20']);
    expect(clock.nowMs()).toBe(1_025);
    clock.advance(5);
    expect(ran).toEqual(['a@10', 'b@20', 'c@30']);
  });

  it('forgets a cancelled timer', () => {
    const clock = new ManualClock();
    let ran = false;
    const cancel = clock.after(5, () => {
      ran = true;
    });
    cancel();
    cancel();
    clock.advance(10);
    expect(ran).toBe(false);
  });
});
