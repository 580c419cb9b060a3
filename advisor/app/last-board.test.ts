import { expect, it } from 'vitest';
import { ValueStore } from '../../sdk/core/store.ts';
import type { Link } from '../../sdk/sync/link.ts';
import { keepLastBoard, readLastBoard } from './last-board.ts';

const key = 'board';

function shelfOf() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

it('keeps the mirrors that called while the line was there, with their age, and nobody’s name', () => {
  const shelf = shelfOf();
  const state = new ValueStore<unknown>({ status: { kind: 'connecting' }, calls: [] });
  const stop = keepLastBoard(shelf, key, { state } as unknown as Link, () => 1_000.4);
  state.set({ status: { kind: 'offline' }, calls: [] });
  expect(readLastBoard(shelf, key)).toBeNull();
  const call = {
    offerId: 'secret-offer',
    kioskName: 'Mirror 1',
    sinceMs: 900,
    claimedBy: { name: 'Noémie' },
  };
  state.set({ status: { kind: 'live' }, calls: [call] });
  expect(readLastBoard(shelf, key)).toEqual({
    atMs: 1_000,
    calls: [{ kioskName: 'Mirror 1', sinceMs: 900 }],
  });
  expect([...shelf.kept.values()].join()).not.toMatch(/Noémie|secret-offer/);
  state.set({ status: { kind: 'offline' }, calls: [] });
  expect(readLastBoard(shelf, key)?.calls).toHaveLength(1);
  state.set({ status: { kind: 'unenrolled' }, calls: [] });
  expect(readLastBoard(shelf, key)).toBeNull();
  stop();
});

it('is none where what was kept cannot be read', () => {
  const shelf = shelfOf();
  for (const text of ['', '{', '{"atMs":"yesterday"}']) {
    shelf.setItem(key, text);
    expect(readLastBoard(shelf, key)).toBeNull();
  }
});
