import type { JsonSchema } from './schema-book.ts';

/** A schema and the document in which its references lie. */
export interface Placed {
  readonly schema: JsonSchema;
  readonly document: JsonSchema;
}

/** Whether a field that is written and no longer read counts as a misfit. */
export type Dropped = 'misfit' | 'fine';

/**
 * Why a value that `written` allows might not be understood by a peer that reads by `read`: empty where all are. Knows the part of
 * JSON Schema in which the contract is written; what it cannot tell is a misfit.
 */
export function misfits(written: Placed, read: Placed, dropped: Dropped): readonly string[] {
  return new Comparison(dropped).compare(written, read, '');
}

const numberSize = (value: unknown) => (typeof value === 'number' ? value : null);
const textSize = (value: unknown) => (typeof value === 'string' ? Array.from(value).length : null);
const listSize = (value: unknown) => (Array.isArray(value) ? value.length : null);

/** Bounds: the reader's must be as wide as the writer's. `sizeOf` is what of a value is bounded, null where there is no such thing. */
const bounds: Readonly<
  Record<string, { readonly isLower: boolean; readonly sizeOf: (value: unknown) => number | null }>
> = {
  minimum: { isLower: true, sizeOf: numberSize },
  exclusiveMinimum: { isLower: true, sizeOf: numberSize },
  maximum: { isLower: false, sizeOf: numberSize },
  exclusiveMaximum: { isLower: false, sizeOf: numberSize },
  minLength: { isLower: true, sizeOf: textSize },
  maxLength: { isLower: false, sizeOf: textSize },
  minItems: { isLower: true, sizeOf: listSize },
  maxItems: { isLower: false, sizeOf: listSize },
};
/** What must be the same on both sides, where the reader asks for it. */
const alike = ['pattern', 'format', 'multipleOf', 'propertyNames'] as const;

class Comparison {
  readonly #dropped: Dropped;
  /** Pairs that are being compared or were found to fit: a schema may hold itself. */
  #done = new Set<string>();

  constructor(dropped: Dropped) {
    this.#dropped = dropped;
  }

  compare(written: Placed, read: Placed, at: string): readonly string[] {
    const pair = `${String(written.schema['$ref'])} ${String(read.schema['$ref'])}`;
    const before = [...this.#done];
    if ('$ref' in written.schema && '$ref' in read.schema) {
      if (this.#done.has(pair)) return [];
      this.#done.add(pair);
    }
    const found = this.#compare(resolved(written), resolved(read), at);
    // What was taken to fit on the way to a misfit may not.
    if (found.length > 0) this.#done = new Set(before);
    return found;
  }

  #compare(written: Placed, read: Placed, at: string): readonly string[] {
    const writes = branchesOf(written.schema);
    if (writes) return writes.flatMap((schema) => this.compare({ ...written, schema }, read, at));
    const reads = branchesOf(read.schema);
    if (reads) {
      const found = reads.map((schema) => this.compare(written, { ...read, schema }, at));
      // The branch that comes nearest says best what is amiss.
      return found.reduce((best, one) => (one.length < best.length ? one : best));
    }
    return [
      ...ofValues(written.schema, read.schema, at),
      ...ofBounds(written.schema, read.schema, at),
      ...this.#ofItems(written, read, at),
      ...this.#ofFields(written, read, at),
    ];
  }

  #ofItems(written: Placed, read: Placed, at: string): readonly string[] {
    const reads = read.schema['items'] as JsonSchema | undefined;
    if (!reads || written.schema['type'] !== 'array') return [];
    const writes = (written.schema['items'] ?? {}) as JsonSchema;
    return this.compare({ ...written, schema: writes }, { ...read, schema: reads }, `${at}[]`);
  }

  #ofFields(written: Placed, read: Placed, at: string): readonly string[] {
    if (written.schema['type'] !== 'object' || read.schema['type'] !== 'object') return [];
    const [writes, reads] = [fieldsOf(written.schema), fieldsOf(read.schema)];
    const found: string[] = [];
    for (const name of reads.required) {
      if (!writes.required.has(name)) found.push(`${join(at, name)} may be missing`);
    }
    for (const [name, schema] of Object.entries(writes.fields)) {
      const other = reads.fields[name] ?? reads.others;
      const where = join(at, name);
      if (other === false) found.push(`${where} is not allowed`);
      else if (typeof other === 'object')
        found.push(...this.compare({ ...written, schema }, { ...read, schema: other }, where));
      else if (this.#dropped === 'misfit') found.push(`${where} is no longer read`);
    }
    if (typeof writes.others === 'object') {
      for (const [name, schema] of Object.entries(reads.fields)) {
        if (Object.hasOwn(writes.fields, name)) continue;
        const other = { ...written, schema: writes.others };
        found.push(...this.compare(other, { ...read, schema }, join(at, name)));
      }
    }
    // A record: any name, one kind of value. Of other objects only the fields that they name are their word.
    if (typeof reads.others === 'object' && Object.keys(writes.fields).length === 0) {
      const schema = typeof writes.others === 'object' ? writes.others : {};
      found.push(...this.compare({ ...written, schema }, { ...read, schema: reads.others }, join(at, '*')));
    }
    return found;
  }
}

function resolved({ schema, document }: Placed): Placed {
  const { $ref, allOf } = schema;
  if (Array.isArray(allOf) && allOf.length === 1 && !('type' in schema)) {
    return resolved({ schema: allOf[0] as JsonSchema, document });
  }
  if (typeof $ref !== 'string') return { schema, document };
  let at: unknown = document;
  for (const part of $ref.replace(/^#\//, '').split('/')) at = (at as JsonSchema | undefined)?.[part];
  if (typeof at !== 'object' || at === null) throw new Error(`${$ref} is not in its document`);
  return resolved({ schema: at as JsonSchema, document });
}

function branchesOf(schema: JsonSchema): readonly JsonSchema[] | null {
  const branches = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(branches)) return branches as JsonSchema[];
  const { type } = schema;
  if (!Array.isArray(type)) return null;
  return type.map((one: unknown) => (one === 'null' ? { type: one } : { ...schema, type: one }));
}

function ofValues(written: JsonSchema, read: JsonSchema, at: string): readonly string[] {
  const [writes, reads] = [valuesOf(written), valuesOf(read)];
  if (reads) {
    if (!writes) return [`${at || 'it'} may be other than ${reads.join(', ')}`];
    const other = writes.filter((value) => !reads.includes(value));
    return other.length > 0 ? [`${at || 'it'} may be ${other.join(', ')}`] : [];
  }
  if (read['type'] === undefined || written['type'] === read['type']) return [];
  if (written['type'] === 'integer' && read['type'] === 'number') return [];
  if (writes && written['type'] === undefined) {
    const types = new Set(writes.map((value) => jsonType(JSON.parse(value))));
    if (types.size === 1 && types.has(typeOf(read))) return [];
  }
  return [`${at || 'it'} is ${typeOf(written)} and no ${typeOf(read)}`];
}

function valuesOf(schema: JsonSchema): readonly string[] | null {
  if ('const' in schema) return [JSON.stringify(schema['const'])];
  const { enum: list } = schema;
  return Array.isArray(list) ? list.map((value) => JSON.stringify(value)) : null;
}

function typeOf({ type }: JsonSchema): string {
  return typeof type === 'string' ? type : 'anything';
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function ofBounds(written: JsonSchema, read: JsonSchema, at: string): readonly string[] {
  const found: string[] = [];
  const values = valuesOf(written)?.map((value): unknown => JSON.parse(value));
  const narrower = (key: string) => found.push(`${at || 'it'} has a narrower ${key} (${String(read[key])})`);
  for (const [key, { isLower, sizeOf }] of Object.entries(bounds)) {
    const reads = read[key] as number | undefined;
    if (reads === undefined) continue;
    // Values that are listed say their own size; any other has the bound that is told, or none.
    const sizes = values?.map(sizeOf) ?? [(written[key] as number | undefined) ?? null];
    const isExclusive = values !== undefined && key.startsWith('exclusive');
    const fits = (size: number | null) => {
      if (size === null || (isExclusive && size === reads)) return false;
      return isLower ? size >= reads : size <= reads;
    };
    if (!sizes.every(fits)) narrower(key);
  }
  for (const key of alike) {
    if (read[key] !== undefined && JSON.stringify(read[key]) !== JSON.stringify(written[key])) {
      found.push(`${at || 'it'} has another ${key}`);
    }
  }
  return found;
}

interface Fields {
  readonly fields: Readonly<Record<string, JsonSchema>>;
  readonly required: ReadonlySet<string>;
  /** Of fields that are not named. */
  readonly others: JsonSchema | boolean | undefined;
}

function fieldsOf(schema: JsonSchema): Fields {
  return {
    fields: (schema['properties'] ?? {}) as Record<string, JsonSchema>,
    required: new Set((schema['required'] ?? []) as string[]),
    others: schema['additionalProperties'] as JsonSchema | boolean | undefined,
  };
}

function join(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}
