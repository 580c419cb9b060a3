import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { schemaFaults } from './schema-fault.ts';

const Thing = z.union([
  z.strictObject({ category: z.literal('ring'), fit: z.strictObject({ innerDiameterMm: z.number() }) }),
  z.strictObject({ category: z.literal('hat'), fit: z.strictObject({ crownHeightMm: z.number() }) }),
]);
const Shelf = z.object({ things: z.array(Thing) });

const faultsOf = (value: unknown) => {
  const parsed = Shelf.safeParse(value);
  return parsed.success ? [] : schemaFaults(parsed.error);
};

describe('what is wrong with a document', () => {
  it('is told of the category that a piece claims to be, with its key', () => {
    const sound = { category: 'hat', fit: { crownHeightMm: 110 } };
    expect(faultsOf({ things: [sound] })).toEqual([]);
    const [missing, ...others] = faultsOf({ things: [sound, { category: 'ring', fit: {} }] });
    expect(others).toEqual([]);
    expect(missing?.at).toBe('things.1.fit.innerDiameterMm');
    expect(missing?.message).toMatch(/expected number/);
    const [strange] = faultsOf({ things: [{ ...sound, colour: 'red' }] });
    expect(strange).toMatchObject({ at: 'things.0' });
    expect(strange?.message).toContain('colour');
  });

  it('is that there is no such category, where no branch knows it', () => {
    expect(faultsOf({ things: [{ category: 'tiara', fit: {} }] })).toEqual([
      { at: 'things.0.category', message: 'There is no such category' },
    ]);
  });
});
