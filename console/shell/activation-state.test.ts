import { describe, expect, it } from 'vitest';
import type { Activation } from '../../protocol/activation.ts';
import { activationStateOf, readOriginLines } from './activation-state.ts';

const activation = { startsAtMs: 10, endsAtMs: 20, revokedAtMs: null } as Activation;

describe('an activation in the console', () => {
  it('is before, in or after its time, and ended once the house has ended it', () => {
    expect([5, 10, 19, 20].map((nowMs) => activationStateOf(activation, nowMs))).toEqual([
      'later',
      'running',
      'running',
      'over',
    ]);
    expect(activationStateOf({ ...activation, revokedAtMs: 12 }, 15)).toBe('ended');
  });

  it('takes origins as people paste them, and names the line that is none', () => {
    expect(readOriginLines('https://A.example/\n https://b.example, https://a.example')).toEqual({
      origins: ['https://a.example', 'https://b.example'],
      wrong: null,
    });
    expect(readOriginLines('https://a.example\nhttps://b.example/shop').wrong).toBe('https://b.example/shop');
    expect(readOriginLines('http://agency.example').wrong).toBe('http://agency.example');
  });
});
