import { expect, it } from 'vitest';
import type { Call } from '../../protocol/handoff.ts';
import { callsChange } from './calls-change.ts';

const colleague = { id: 'theo-vasseur', name: 'Théo Vasseur' } as Call['claimedBy'];
const call = (callId: string, claimedBy: Call['claimedBy'] = null): Call =>
  ({ callId, claimedBy }) as unknown as Call;

it('tells of a call that is new, of one that is gone, and of one that waits again', () => {
  const [a, b] = [call('a'), call('b')];
  expect(callsChange([], [])).toEqual({ came: false, left: false });
  expect(callsChange([a], [a, b])).toEqual({ came: true, left: false });
  expect(callsChange([a, b], [b])).toEqual({ came: false, left: true });
  expect(callsChange([a], [b])).toEqual({ came: true, left: true });
  // A colleague takes it: what was refused of it stands. They leave it: it stands no more.
  expect(callsChange([a], [call('a', colleague)])).toEqual({ came: false, left: false });
  expect(callsChange([call('a', colleague)], [a])).toEqual({ came: false, left: true });
});
