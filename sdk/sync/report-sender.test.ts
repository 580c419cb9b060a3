import { expect, it } from 'vitest';
import type { DeviceReport } from '../../protocol/device-report.ts';
import { ManualClock } from '../core/clock.ts';
import { ValueStore } from '../core/store.ts';
import type { Link, LinkState } from './link.ts';
import { sendReports } from './report-sender.ts';

it('tells once a minute, sooner of news, nothing while the line is down, and all anew after it', () => {
  const clock = new ManualClock();
  const state = new ValueStore({ status: { kind: 'live' } } as LinkState);
  const told: number[] = [];
  const link = {
    state,
    command: async (_name: string, { faults }: DeviceReport) => {
      told.push(faults);
      return { ok: true, value: {} };
    },
  } as unknown as Pick<Link, 'state' | 'command'>;
  let faults = 0;
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) clock.advance(1_000);
  };
  const stop = sendReports(link, clock, () => ({ upMs: clock.nowMs(), faults, mirror: null }));
  pass(10);
  expect(told).toEqual([0]);
  pass(59);
  expect(told).toEqual([0]);
  pass(1);
  expect(told).toEqual([0, 0]);
  faults = 3;
  pass(10);
  expect(told).toEqual([0, 0, 3]);
  state.set({ status: { kind: 'offline', sinceMs: 0 } } as LinkState);
  faults = 4;
  pass(120);
  expect(told).toEqual([0, 0, 3]);
  state.set({ status: { kind: 'live' } } as LinkState);
  faults = 3;
  pass(10);
  expect(told).toEqual([0, 0, 3, 3]);
  stop();
  pass(120);
  expect(told).toHaveLength(4);
});
