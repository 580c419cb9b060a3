import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import { Alarm } from './alarm.ts';
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
});
