import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFrame, applySnapshot, type StockFrame, type StockLevel, type StockState } from './stock.ts';

const storeId = 'norde-marais';

interface Change {
  readonly sku: string;
  readonly available: number;
}

/** A boutique's log: one absolute level per sequence, from 1. */
function logOf(changes: readonly Change[]): StockLevel[] {
  return changes.map(({ sku, available }, index) => ({
    storeId,
    sku,
    onHand: available,
    available,
    revision: index,
    asOfMs: index,
    source: 'test',
  }));
}

function frameOf(log: readonly StockLevel[], fromSeq: number, toSeq: number): StockFrame {
  const newest = new Map(log.slice(fromSeq - 1, toSeq).map((level) => [level.sku, level] as const));
  return { storeId, fromSeq, toSeq, levels: [...newest.values()] };
}

const changes = fc.array(fc.record({ sku: fc.constantFrom('a', 'b', 'c'), available: fc.nat(9) }), {
  minLength: 1,
  maxLength: 30,
});
const cuts = fc.array(fc.tuple(fc.nat(29), fc.nat(8)), { maxLength: 40 });
const empty: StockState = applySnapshot(new Map(), { storeId, seq: 0, levels: [] });

describe('a peer that applies frames', () => {
  it('knows at every moment exactly what the log says up to its cursor, whatever frames come in whatever order', () => {
    fc.assert(
      fc.property(changes, cuts, (made, sent) => {
        const log = logOf(made);
        let state = empty;
        for (const [start, length] of sent) {
          const fromSeq = Math.min(start + 1, log.length);
          const toSeq = Math.min(fromSeq + length, log.length);
          const before = state.get(storeId)?.cursor ?? 0;
          const applied = applyFrame(state, frameOf(log, fromSeq, toSeq));
          const expected = toSeq <= before ? 'known' : fromSeq > before + 1 ? 'gap' : 'applied';
          expect(applied.outcome).toBe(expected);
          state = applied.state;
          const cursor = state.get(storeId)?.cursor ?? 0;
          expect(cursor).toBe(expected === 'applied' ? toSeq : before);
          const truth = new Map(log.slice(0, cursor).map((level) => [level.sku, level] as const));
          expect(state.get(storeId)?.levels).toEqual(truth);
        }
      }),
    );
  });

  it('asks for the whole where it knows nothing of the boutique', () => {
    const frame = frameOf(logOf([{ sku: 'a', available: 1 }]), 1, 1);
    expect(applyFrame(new Map(), frame).outcome).toBe('gap');
  });

  it('drops an older revision of the same system, and takes any of another that counts from now on', () => {
    const [known, late] = [8, 5].map((revision) => ({
      ...logOf([{ sku: 'a', available: revision }])[0],
      revision,
    }));
    const state = applySnapshot(new Map(), { storeId, seq: 1, levels: [known as StockLevel] });
    const next = (level: object) => {
      const frame = { storeId, fromSeq: 2, toSeq: 2, levels: [level as StockLevel] };
      return applyFrame(state, frame).state.get(storeId)?.levels.get('a')?.available;
    };
    expect(next({ ...late })).toBe(8);
    expect(next({ ...late, source: 'medusa' })).toBe(5);
  });
});
