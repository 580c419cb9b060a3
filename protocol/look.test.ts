import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerOf, mostWorn, takeOff, wearWith, type PlacedPiece } from './look.ts';
import type { Category, MakeupRegion } from './product.ts';
import { Finger } from './finger.ts';
import type { Worn } from './session.ts';

const kinds: Readonly<Record<string, Category>> = {
  halo: 'eyewear',
  fjord: 'eyewear',
  orbe: 'earrings',
  fil: 'necklace',
  skive: 'hat',
  lund: 'bag',
  rouge: 'makeup',
  baume: 'makeup',
  joue: 'makeup',
  paupiere: 'makeup',
  nord: 'watch',
  onde: 'bracelet',
  aube: 'ring',
  pave: 'ring',
  emeraude: 'ring',
};
const regions: Readonly<Record<string, MakeupRegion>> = {
  rouge: 'lips',
  baume: 'lips',
  joue: 'cheeks',
  paupiere: 'eyes',
};
const pieceOf = (pieceId: string): PlacedPiece | null => {
  const [category, region] = [kinds[pieceId], regions[pieceId]];
  return category === undefined ? null : { category, ...(region && { region }) };
};
const worn = (pieceId: string, more: Partial<Worn> = {}): Worn => ({ pieceId, variantId: 'gold', ...more });

interface Choice {
  readonly worn: Worn;
  readonly beside?: boolean;
}

function lookAfter(...choices: readonly (string | Choice)[]): readonly Worn[] {
  let look: readonly Worn[] = [];
  let looked: Worn | null = null;
  for (const choice of choices) {
    const { worn: chosen, beside = false } = typeof choice === 'string' ? { worn: worn(choice) } : choice;
    look = wearWith(look, chosen, { looked, beside, pieceOf });
    looked = look.find(({ pieceId }) => pieceId === chosen.pieceId) ?? null;
  }
  return look;
}
const names = (look: readonly Worn[]): string[] => look.map(({ pieceId }) => pieceId);
const ringsOf = (look: readonly Worn[]): string[] =>
  look.filter(({ finger }) => finger).map((ring) => `${ring.pieceId} on ${ring.finger}`);

describe('the look', () => {
  it('keeps on what is worn elsewhere when another kind is tried', () => {
    expect(names(lookAfter('halo', 'orbe', 'fil'))).toEqual(['halo', 'orbe', 'fil']);
  });

  it('changes what lies in the same place, where it lies', () => {
    expect(names(lookAfter('halo', 'orbe', 'fjord'))).toEqual(['fjord', 'orbe']);
    expect(lookAfter('halo', 'orbe', { worn: worn('halo', { variantId: 'rose' }) })).toEqual([
      worn('halo', { variantId: 'rose' }),
      worn('orbe'),
    ]);
  });

  it('wears a bracelet beside a watch', () => {
    expect(names(lookAfter('nord', 'orbe', 'onde'))).toEqual(['nord', 'orbe', 'onde']);
  });

  it('wears a colour on the lips, the cheeks and the eyes together, and one of each', () => {
    expect(names(lookAfter('rouge', 'joue', 'paupiere'))).toEqual(['rouge', 'joue', 'paupiere']);
    expect(names(lookAfter('rouge', 'joue', 'baume'))).toEqual(['baume', 'joue']);
  });

  it('lets the oldest go when it grows beyond what a mirror wears', () => {
    const nine = ['orbe', 'fil', 'skive', 'lund', 'rouge', 'nord', 'onde', 'aube'];
    expect(names(lookAfter('halo', ...nine))).toEqual(['halo', ...nine]);
    expect(names(lookAfter('halo', ...nine, 'joue'))).toEqual([...nine, 'joue']);
  });

  it('puts a ring on the ring finger, and the next one in its stead', () => {
    expect(ringsOf(lookAfter('aube'))).toEqual(['aube on ring']);
    expect(ringsOf(lookAfter('aube', 'orbe', 'pave'))).toEqual(['pave on ring']);
  });

  it('keeps a ring on its finger while its metal is chosen, and moves it when another finger is', () => {
    expect(
      ringsOf(
        lookAfter(
          { worn: worn('aube', { finger: 'index' }) },
          { worn: worn('aube', { variantId: 'white' }) },
        ),
      ),
    ).toEqual(['aube on index']);
    expect(ringsOf(lookAfter('aube', { worn: worn('aube', { finger: 'little' }) }))).toEqual([
      'aube on little',
    ]);
  });

  it('stacks a ring on the one that is looked at, in the order of putting on', () => {
    const stacked = lookAfter('aube', { worn: worn('pave'), beside: true });
    expect(ringsOf(stacked)).toEqual(['aube on ring', 'pave on ring']);
    // Looking at the lower one, or choosing its metal, does not turn the stack over.
    expect(ringsOf(lookAfter('aube', { worn: worn('pave'), beside: true }, 'aube'))).toEqual([
      'aube on ring',
      'pave on ring',
    ]);
  });

  it('puts a ring that comes from another finger on last', () => {
    const moved = lookAfter(
      { worn: worn('aube', { finger: 'index' }) },
      { worn: worn('pave', { finger: 'ring' }), beside: true },
      { worn: worn('aube', { finger: 'ring' }) },
    );
    expect(ringsOf(moved)).toEqual(['pave on ring', 'aube on ring']);
  });

  it('changes the ring that is looked at, not another one', () => {
    expect(
      ringsOf(
        lookAfter('aube', { worn: worn('pave', { finger: 'index' }), beside: true }, 'aube', 'emeraude'),
      ),
    ).toEqual(['emeraude on ring', 'pave on index']);
  });

  it('loses what is taken off, but never its last piece', () => {
    expect(names(takeOff(lookAfter('halo', 'orbe'), 'halo') ?? [])).toEqual(['orbe']);
    expect(takeOff(lookAfter('halo'), 'halo')).toBeNull();
  });

  it('whatever is chosen: each piece once, one of a place, rings alone with fingers, and what was chosen in it', () => {
    const choice = fc.record({
      worn: fc.record(
        {
          pieceId: fc.constantFrom(...Object.keys(kinds)),
          variantId: fc.constantFrom('gold', 'rose'),
          finger: fc.constantFrom(...Finger.options),
        },
        { requiredKeys: ['pieceId', 'variantId'] },
      ),
      beside: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 30 }), (choices) => {
        const look = lookAfter(...choices);
        expect(new Set(names(look)).size).toBe(look.length);
        expect(look.length).toBeLessThanOrEqual(mostWorn);
        const places = look
          .filter(({ pieceId }) => kinds[pieceId] !== 'ring')
          .map(({ pieceId }) => regions[pieceId] ?? kinds[pieceId]);
        expect(new Set(places).size).toBe(places.length);
        for (const one of look) expect(one.finger !== undefined).toBe(kinds[one.pieceId] === 'ring');
        const last = choices.at(-1)?.worn;
        const entry = look.find(({ pieceId }) => pieceId === last?.pieceId);
        expect(entry?.variantId).toBe(last?.variantId);
        if (entry?.finger && last?.finger) expect(fingerOf(entry)).toBe(last.finger);
      }),
    );
  });
});
