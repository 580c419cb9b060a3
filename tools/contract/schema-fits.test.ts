import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closed } from './json-schemas.ts';
import type { JsonSchema } from './schema-book.ts';
import { misfits, type Dropped } from './schema-fits.ts';

const fit = (written: JsonSchema, read: JsonSchema, dropped: Dropped = 'fine') =>
  misfits({ schema: written, document: {} }, { schema: read, document: {} }, dropped);

const whole: JsonSchema = { type: 'integer' };
const object = (properties: JsonSchema, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
});

describe('a writer and a reader', () => {
  it.each<[string, JsonSchema, JsonSchema, string[]]>([
    ['the same', object({ a: whole }, ['a']), object({ a: whole }, ['a']), []],
    ['one more field', object({ a: whole, b: whole }, ['a']), object({ a: whole }, ['a']), []],
    ['one less', object({ b: whole }), object({ a: whole, b: whole }, ['a']), ['a may be missing']],
    ['no longer certain', object({ a: whole }), object({ a: whole }, ['a']), ['a may be missing']],
    ['a wider list', { enum: ['x', 'y', 'z'] }, { enum: ['x', 'y'] }, ['it may be "z"']],
    ['a narrower list', { enum: ['x'] }, { enum: ['x', 'y'] }, []],
    ['a free word', { type: 'string' }, { enum: ['x'] }, ['it may be other than "x"']],
    [
      'a longer text',
      { type: 'string', maxLength: 9 },
      { type: 'string', maxLength: 8 },
      ['it has a narrower maxLength (8)'],
    ],
    ['no bound at all', whole, { type: 'integer', minimum: 0 }, ['it has a narrower minimum (0)']],
    [
      'another pattern',
      { type: 'string', pattern: '^a' },
      { type: 'string', pattern: '^b' },
      ['it has another pattern'],
    ],
    ['a fraction', { type: 'number' }, whole, ['it is number and no integer']],
    ['a whole for a number', whole, { type: 'number' }, []],
    ['null where none was', { anyOf: [whole, { type: 'null' }] }, whole, ['it is null and no integer']],
    [
      'a list',
      { type: 'array', items: { type: 'string' } },
      { type: 'array', items: whole },
      ['[] is string and no integer'],
    ],
    [
      'a record',
      { type: 'object', additionalProperties: whole },
      { type: 'object', additionalProperties: { type: 'string' } },
      ['* is integer and no string'],
    ],
    [
      'a kind that the reader does not know',
      { oneOf: [object({ kind: { const: 'a' } }, ['kind']), object({ kind: { const: 'b' } }, ['kind'])] },
      { oneOf: [object({ kind: { const: 'a' } }, ['kind'])] },
      ['kind may be "b"'],
    ],
    [
      'deep down',
      object({ a: { type: 'array', items: object({ b: whole }) } }),
      object({ a: { type: 'array', items: object({ b: whole }, ['b']) } }),
      ['a[].b may be missing'],
    ],
  ])('of which one has %s: %j to %j', (_name, written, read, expected) => {
    expect(fit(written, read)).toEqual(expected);
  });

  it('differ where a field that is sent is no longer read, if the sender means it', () => {
    expect(fit(object({ a: whole }), object({}), 'misfit')).toEqual(['a is no longer read']);
    expect(fit(object({ a: whole }), object({}), 'fine')).toEqual([]);
  });

  it('are looked up where they are named, also where they hold themselves', () => {
    const tree = (leaf: JsonSchema): JsonSchema => ({
      components: {
        schemas: {
          Tree: object({ leaf, trees: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } }),
        },
      },
    });
    const schema = { $ref: '#/components/schemas/Tree' };
    const compare = (written: JsonSchema, read: JsonSchema) =>
      misfits(
        { schema, document: tree(written) },
        { schema: { allOf: [schema] }, document: tree(read) },
        'fine',
      );
    expect(compare(whole, whole)).toEqual([]);
    expect(compare({ type: 'string' }, whole)).toContain('leaf is string and no integer');
  });

  it('that are said to fit do: whatever the one may write, the other takes', () => {
    const values = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.integer({ min: -2, max: 3 }),
        fc.constantFrom('', 'a', 'ab', 'x'),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.record({ a: tie('value'), b: tie('value') }, { requiredKeys: [] }),
      ),
    })).value;
    const ajv = new Ajv({ allowUnionTypes: true });
    let fits = 0;
    fc.assert(
      fc.property(
        schemas,
        schemas,
        fc.array(values, { minLength: 30, maxLength: 30 }),
        (written, read, some) => {
          if (fit(written, read).length > 0) return;
          fits += 1;
          const [writes, reads] = [ajv.compile(closed(written)), ajv.compile(read)];
          for (const value of some) if (writes(value)) expect([value, reads(value)]).toEqual([value, true]);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(fits).toBeGreaterThan(50);
  });
});

/** Small schemas of the kinds in which the contract is written. */
const schemas = fc.letrec<{ schema: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    fc.record(
      { type: fc.constant('integer'), minimum: fc.integer({ min: -2, max: 2 }) },
      { requiredKeys: ['type'] },
    ),
    fc.record({ type: fc.constantFrom('number', 'null', 'string') }),
    fc.record({ type: fc.constant('string'), maxLength: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ type: fc.constant(['string', 'null']), maxLength: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ enum: fc.uniqueArray(fc.constantFrom('a', 'ab', 'x'), { minLength: 1 }) }),
    fc.record({ const: fc.constantFrom('a', 1) }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ type: fc.constant('array'), items: tie('schema') }, { requiredKeys: ['type'] }),
    fc.record({ a: tie('schema'), b: tie('schema') }, { requiredKeys: [] }).chain((properties) =>
      fc.record({
        type: fc.constant('object'),
        properties: fc.constant(properties as JsonSchema),
        required: fc.subarray(Object.keys(properties)),
      }),
    ),
    fc.record({ type: fc.constant('object'), additionalProperties: tie('schema') }),
  ),
})).schema;
