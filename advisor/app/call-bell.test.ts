import { describe, expect, it } from 'vitest';
import type { Call } from '../../protocol/handoff.ts';
import type { Run } from '../../protocol/sale.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { Link, LinkState } from '../../sdk/sync/link.ts';
import type { SaleView } from '../../sdk/sync/sale-desk.ts';
import { CallBell, ringingCalls, ringingRuns } from './call-bell.ts';

const advisor = (id: string) => ({ id, name: id, title: { en: 'a', fr: 'b' }, languages: [] });
const call = (changes: Partial<Call> = {}): Call => ({
  offerId: 'offer-0001',
  callId: 'offer-0001',
  kioskName: 'Mirror 1',
  sinceMs: 0,
  claimedBy: null,
  locale: 'fr',
  worn: null,
  going: null,
  ...changes,
});
const run: Run = {
  id: 'run-0001',
  sessionId: 'session-0001',
  sku: 'fjord-51.smoke',
  state: 'asked',
  kioskName: 'Mirror 1',
  askedBy: advisor('theo'),
  runner: null,
  askedAtMs: 0,
  changedAtMs: 0,
};
const line = (calls: readonly Call[], changes: Partial<LinkState> = {}): LinkState =>
  ({ advisor: advisor('ingrid'), session: null, calls, ...changes }) as LinkState;

function bell(touched = true, kept: string | null = null) {
  const heard: string[] = [];
  const stored: string[] = [];
  const made = new CallBell({
    touched: () => touched,
    sound: () => void heard.push('tone'),
    vibrate: () => void heard.push('tremble'),
    storage: { getItem: () => kept, setItem: (_, value) => void stored.push(value) },
  });
  return { bell: made, heard, stored };
}

describe('the bell of a tablet', () => {
  it('rings once for each call, however often its codes are renewed', () => {
    const { bell: one, heard } = bell();
    one.hear(ringingCalls(line([call()]), 0));
    one.hear(ringingCalls(line([call({ offerId: 'offer-0002' })]), 100_000));
    expect(heard).toEqual(['tone', 'tremble']);
    one.hear(ringingCalls(line([call(), call({ callId: 'offer-0003' })]), 100_000));
    expect(heard).toHaveLength(4);
  });

  it('is still while a colleague goes or is there, and rings again when nobody came', () => {
    const { bell: one, heard } = bell();
    const going = { advisor: advisor('theo'), untilMs: 120_000, passedBy: null };
    one.hear(ringingCalls(line([call({ going })]), 0));
    one.hear(ringingCalls(line([call({ claimedBy: advisor('theo') })]), 0));
    expect(heard).toEqual([]);
    one.hear(ringingCalls(line([call({ going })]), 120_000));
    expect(heard).toHaveLength(2);
  });

  it('rings for the one to whom a call is passed, and not for the one who said that they go', () => {
    const passed = { advisor: advisor('ingrid'), untilMs: 120_000, passedBy: advisor('theo') };
    expect(ringingCalls(line([call({ going: passed })]), 0).size).toBe(1);
    expect(ringingCalls(line([call({ going: passed })], { advisor: advisor('theo') }), 0).size).toBe(0);
    const own = { ...passed, passedBy: null };
    expect(ringingCalls(line([call({ going: own })]), 0).size).toBe(0);
  });

  it('rings once for a piece that a colleague asks for, until somebody brings it', () => {
    const { bell: one, heard } = bell();
    one.hear(ringingRuns(line([]), [run]));
    one.hear(ringingRuns(line([]), [run]));
    expect(heard).toEqual(['tone', 'tremble']);
    expect(ringingRuns(line([]), [{ ...run, state: 'on-its-way' }]).size).toBe(0);
    expect(ringingRuns(line([], { advisor: advisor('theo') }), [run]).size).toBe(0);
    const session = { closed: null } as LinkState['session'];
    expect(ringingRuns(line([], { session }), [run]).size).toBe(0);
  });

  it('hears of it from the board, whatever the line says meanwhile', () => {
    const { bell: one, heard } = bell();
    const lineState = new ValueStore(line([], { status: { kind: 'live' } as LinkState['status'] }));
    const board = new ValueStore({ board: null } as SaleView);
    const stop = one.start({ state: lineState } as unknown as Link, { state: board }, () => 0);
    board.set({ board: { runs: [run], collections: [] } } as unknown as SaleView);
    lineState.set({ ...lineState.get(), heardAtMs: 1 });
    expect(heard).toEqual(['tone', 'tremble']);
    stop();
  });

  it('disturbs nobody who is with a client, and nobody who is not signed in', () => {
    const session = { closed: null } as LinkState['session'];
    expect(ringingCalls(line([call()], { session }), 0).size).toBe(0);
    expect(ringingCalls(line([call()], { advisor: null }), 0).size).toBe(0);
  });

  it('makes no sound before a touch, nor when it is switched off, and remembers that', () => {
    const untouched = bell(false);
    untouched.bell.hear(ringingCalls(line([call()]), 0));
    expect(untouched.heard).toEqual([]);
    const off = bell(true, 'off');
    expect(off.bell.isOn.get()).toBe(false);
    off.bell.hear(ringingCalls(line([call()]), 0));
    expect(off.heard).toEqual([]);
    off.bell.set(true);
    expect(off.heard).toEqual(['tone', 'tremble']);
    off.bell.set(false);
    expect(off.stored).toEqual(['on', 'off']);
  });
});
