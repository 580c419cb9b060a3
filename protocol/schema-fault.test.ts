import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Catalogue } from './product.ts';
import { PieceExtras } from './piece-extras.ts';
import { faultLine, schemaFaults } from './schema-fault.ts';

const Thing = z.union([
  z.strictObject({ category: z.literal('ring'), fit: z.strictObject({ innerDiameterMm: z.number() }) }),
  z.strictObject({ category: z.literal('hat'), fit: z.strictObject({ crownHeightMm: z.number() }) }),
]);
const Shelf = z.object({ things: z.array(Thing) });

/** What a schema says of a document, line by line. */
function linesOf(schema: z.ZodMiniType, value: unknown): readonly string[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : schemaFaults(parsed.error, value).map((fault) => faultLine(fault));
}

describe('what is wrong with a document', () => {
  it('is told of the category that a piece claims to be, with its key', () => {
    const sound = { category: 'hat', fit: { crownHeightMm: 110 } };
    expect(linesOf(Shelf, { things: [sound] })).toEqual([]);
    expect(linesOf(Shelf, { things: [sound, { category: 'ring', fit: {} }] })).toEqual([
      'things.1.fit.innerDiameterMm is missing',
    ]);
    expect(linesOf(Shelf, { things: [{ category: 'ring', fit: { innerDiameterMm: '17' } }] })).toEqual([
      'things.0.fit.innerDiameterMm: a number, not a text',
    ]);
    expect(linesOf(Shelf, { things: [{ ...sound, colour: 'red' }] })).toEqual([
      'things.0: no key here is called "colour"',
    ]);
    expect(linesOf(Shelf, { things: [{ category: 'hat', colour: 'red' }] })).toEqual([
      'things.0.fit is missing',
      'things.0: no key here is called "colour"',
    ]);
  });

  it('is that there is no such category, with all that there are', () => {
    expect(linesOf(Shelf, { things: [{ category: 'tiara', fit: {} }, { fit: {} }, null] })).toEqual([
      'things.0.category: There is no such category: it is one of ring, hat',
      'things.1.category is missing',
      'things.2: an object, not null',
    ]);
    const [line] = linesOf(PieceExtras, { category: 'tiara' });
    expect(line).toBe(
      'category: There is no such category: it is one of eyewear, hat, earrings, necklace, ring, bracelet, watch, bag, makeup; ' +
        "a house's own is x- and small letters or hyphens, such as x-brooch",
    );
  });

  it('is said in words, whatever a schema asks for', () => {
    const Form = z.strictObject({
      name: z.string().check(z.minLength(1)),
      short: z.string().check(z.maxLength(60)),
      many: z.array(z.string()).check(z.minLength(1)),
      few: z.array(z.string()).check(z.maxLength(4)),
      whole: z.int(),
      positive: z.number().check(z.positive()),
      most: z.number().check(z.maximum(2_000)),
      version: z.literal(1),
      region: z.enum(['lips', 'eyes']),
      either: z.union([z.string(), z.number()]),
      kind: z.discriminatedUnion('type', [
        z.object({ type: z.literal('a') }),
        z.object({ type: z.literal('b') }),
      ]),
      even: z.number().check(z.refine((value) => value % 2 === 0, 'an even number')),
    });
    const wrong = { name: '', short: 'x'.repeat(61), many: [], few: ['', '', '', '', ''], whole: 1.5 };
    const more = { positive: 0, most: 3_000, version: 2, region: 'ears', either: [], kind: {}, even: 3 };
    expect(linesOf(Form, { ...wrong, ...more })).toEqual([
      'name: a text that is not empty',
      'short: at most 60 characters',
      'many: a list that is not empty',
      'few: a list of at most 4',
      'whole: a whole number',
      'positive: more than 0',
      'most: at most 2000',
      'version: only 1 can stand here',
      'region: one of "lips", "eyes"',
      'either: a text, not a list, or a number, not a list',
      'kind.type is missing',
      'even: an even number',
    ]);
    expect(linesOf(Form, null)).toEqual(['an object, not null']);
  });
});

describe('what is wrong with a catalogue', () => {
  const file = new URL('../assets/collections/aurelle/catalogue.json', import.meta.url);
  const sound = JSON.parse(readFileSync(file, 'utf8')) as object;

  /** What is chosen of few and has no form. */
  const chosen = ['category', 'region'];

  /** A document in which every text is one that has none of the forms that are asked for. */
  const spoilt = (value: unknown): unknown => {
    if (typeof value === 'string') return 'Ä ';
    if (Array.isArray(value)) return value.map(spoilt);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, chosen.includes(key) ? inner : spoilt(inner)]),
    );
  };

  it('is a form that is told with an example, for every text that has one', () => {
    const story = { when: { from: '', to: '' }, boutiques: [''] };
    const { stories, ...rest } = sound as { readonly stories: readonly object[] };
    const lines = linesOf(
      Catalogue,
      spoilt({ ...rest, stories: stories.map((each) => ({ ...each, ...story })) }),
    );
    expect(lines).toContain('stories.0.when.from: a day as MM-DD, such as 11-26');
    expect(lines).toContainEqual(expect.stringMatching(/^stories\.0\.cover\.path: a path .*\.webp$/));
    expect(lines).toContainEqual(expect.stringMatching(/^pieces\.0\.price\.currency: .*, such as EUR$/));
    expect(lines).toContainEqual(expect.stringMatching(/swatch\.0: a colour as # .*, such as #7a4b2a$/));
    expect(lines).toContainEqual(expect.stringMatching(/^pieces\.0\.modelPath: .*pieces\/fjord-51\.glb$/));
    // The words of the schemas' own builder: a form that nobody has put into words.
    expect(lines.join('\n')).not.toMatch(/pattern|Invalid|\^/);
  });

  it('names the sizes of a house’s own piece by their unit', () => {
    const { pieces } = sound as { readonly pieces: readonly object[] };
    const own = { ...pieces[0], category: 'x-brooch', dimensions: { width: 40 } };
    expect(linesOf(Catalogue, { ...sound, pieces: [own, ...pieces.slice(1)] })).toEqual([
      'pieces.0.dimensions.width: its name must be a size that says its unit, such as widthMm',
    ]);
  });
});

describe('a fault where the large build of the schemas is loaded too', () => {
  it('is said in the same words', async () => {
    const told = (): readonly string[] => linesOf(Shelf, { things: [{ category: 'tiara' }, 3], more: 1 });
    const before = told();
    await import('zod');
    expect(told()).toEqual(before);
    const texts = z.object({ day: z.string().check(z.regex(/^\d+$/)), count: z.int(), size: z.number() });
    expect(linesOf(texts, { day: 1, count: 1.5 })).toEqual([
      'day: a text, not a number',
      'count: a whole number',
      'size is missing',
    ]);
  });
});
