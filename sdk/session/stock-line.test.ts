import { describe, expect, it } from 'vitest';
import type { Hold, StockLevel } from '../../protocol/stock.ts';
import { applySnapshot } from '../../protocol/stock.ts';
import type { StockState } from '../../protocol/stock.ts';
import { stockLine, type StockView } from './stock-line.ts';

const nowMs = 1_800_000_000_000;
const sku = 'fjord-51.tortoise';
const place = (id: string) =>
  ({ id, name: id, city: 'Oslo', locale: 'en', timeZone: 'Europe/Oslo' }) as const;
const here = place('norde-oslo');
const bergen = place('norde-bergen');
const paris = place('norde-paris');

function level(storeId: string, onHand: number, available: number): StockLevel {
  return { storeId, sku, onHand, available, revision: 1, asOfMs: nowMs - 60_000, source: 'embedded' };
}

function view(levels: readonly StockLevel[], changes: Partial<StockView> = {}): StockView {
  let stock: StockState = new Map();
  for (const one of levels) stock = applySnapshot(stock, { storeId: one.storeId, seq: 1, levels: [one] });
  return {
    store: here,
    nearby: [bergen, paris],
    stock,
    holds: [],
    live: true,
    heardAtMs: nowMs,
    nowMs,
    ...changes,
  };
}

const hold: Hold = {
  id: 'hold-00000001',
  storeId: here.id,
  sku,
  sessionId: 'session-0001',
  state: 'active',
  createdAtMs: nowMs - 1000,
  expiresAtMs: nowMs + 600_000,
};

describe('what a screen says about stock', () => {
  it('counts what is free here, and names the last one as such', () => {
    expect(stockLine(view([level(here.id, 4, 3)]), sku).here).toEqual({ kind: 'here-many', count: 3 });
    expect(stockLine(view([level(here.id, 3, 1)]), sku).here).toEqual({ kind: 'one-left' });
  });

  it('says until when a piece is held for this client, and whether it is the last', () => {
    const held = { kind: 'held', holdId: hold.id, untilMs: hold.expiresAtMs };
    expect(stockLine(view([level(here.id, 1, 0)], { holds: [hold] }), sku).here).toEqual({
      ...held,
      last: true,
    });
    expect(stockLine(view([level(here.id, 3, 2)], { holds: [hold] }), sku).here).toEqual({
      ...held,
      last: false,
    });
  });

  it('does not speak of a hold that was released, has run out, or is of another piece', () => {
    const others: readonly Hold[] = [
      { ...hold, state: 'released' },
      { ...hold, expiresAtMs: nowMs },
      { ...hold, sku: 'fjord-51.ink' },
    ];
    for (const other of others)
      expect(stockLine(view([level(here.id, 1, 1)], { holds: [other] }), sku).here).toEqual({
        kind: 'one-left',
      });
  });

  it('names the boutiques that have one when this one has none, in the given order', () => {
    const line = stockLine(view([level(here.id, 0, 0), level(bergen.id, 0, 0), level(paris.id, 2, 2)]), sku);
    expect(line.here).toMatchObject({ kind: 'none-here-nearby', reserved: false });
    expect(line.here.kind === 'none-here-nearby' && line.here.places.map((one) => one.store.id)).toEqual([
      paris.id,
    ]);
    expect(line.nearby.map((one) => one.count)).toEqual([0, 2]);
  });

  it('tells a piece that is promised to someone else from one that is not there', () => {
    expect(stockLine(view([level(here.id, 1, 0)]), sku).here).toEqual({ kind: 'none', reserved: true });
    expect(stockLine(view([level(here.id, 0, 0)]), sku).here).toEqual({ kind: 'none', reserved: false });
  });

  it('gives a number from before the line broke the time at which it was last true', () => {
    const line = stockLine(view([level(here.id, 2, 2)], { live: false, heardAtMs: nowMs - 5000 }), sku);
    expect(line.here).toEqual({ kind: 'here-many', count: 2 });
    expect(line.freshness).toEqual({ kind: 'stale', asOfMs: nowMs - 5000 });
  });

  it('gives a number that the house’s own system has not vouched for in a while its age, though the line is live', () => {
    const old = { ...level(here.id, 2, 2), asOfMs: nowMs - 16 * 60_000 };
    expect(stockLine(view([old]), sku)).toMatchObject({
      here: { kind: 'here-many', count: 2 },
      freshness: { kind: 'stale', asOfMs: old.asOfMs },
    });
    const fresh = { ...old, asOfMs: nowMs - 14 * 60_000 };
    expect(stockLine(view([fresh]), sku).freshness).toEqual({ kind: 'live' });
  });

  it('does not call promised what the boutique keeps back by its own rules', () => {
    const kept = { ...level(here.id, 1, 0), keptBack: 1 };
    expect(stockLine(view([kept]), sku).here).toEqual({ kind: 'none', reserved: false });
    const both = { ...level(here.id, 2, 0), keptBack: 1 };
    expect(stockLine(view([both]), sku).here).toEqual({ kind: 'none', reserved: true });
  });

  it('says nothing of a number whose age nobody knows, nor of an unknown piece', () => {
    expect(stockLine(view([level(here.id, 2, 2)], { live: false, heardAtMs: null }), sku).here.kind).toBe(
      'unknown',
    );
    const line = stockLine(view([]), sku);
    expect(line.here.kind).toBe('unknown');
    expect(line.nearby.map((one) => one.count)).toEqual([null, null]);
  });
});
