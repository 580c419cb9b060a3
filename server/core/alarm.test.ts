import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import { Alarm, ringAgainMs } from './alarm.ts';
import { Background } from './background.ts';
import { inMaison, presentScope, type Scope } from './scope.ts';

describe('an alarm', () => {
  it('deals with every Maison’s dates, whichever Maison told it of one', async () => {
    const clock = new ManualClock();
    const background = new Background(clock, pino({ level: 'silent' }));
    const scopes: (Scope | undefined)[] = [];
    const alarm = new Alarm({
      name: 'expiry',
      clock,
      background,
      work: async () => void scopes.push(presentScope()),
      nextDueMs: async () => null,
    });
    inMaison('norde', () => alarm.set(clock.nowMs() + 1_000));
    clock.advance(1_000);
    await background.idle();
    await inMaison('aurelle', () => alarm.start());
    expect(scopes).toEqual([
      { kind: 'house-wide', why: 'expiry' },
      { kind: 'house-wide', why: 'expiry' },
    ]);
    await background.close();
  });

  it('rings again by itself where the work failed, the database being away', async () => {
    const clock = new ManualClock();
    const background = new Background(clock, pino({ level: 'silent' }));
    let rung = 0;
    const alarm = new Alarm({
      name: 'expiry',
      clock,
      background,
      work: async () => {
        rung += 1;
        if (rung === 1) throw new Error('away');
      },
      nextDueMs: async () => null,
    });
    alarm.set(clock.nowMs() + 1_000);
    clock.advance(1_000);
    await background.idle();
    expect(rung).toBe(1);
    clock.advance(ringAgainMs);
    await background.idle();
    expect(rung).toBe(2);
    clock.advance(10 * ringAgainMs);
    await background.idle();
    expect(rung).toBe(2);
    await background.close();
  });
});
