import * as z from 'zod/mini';
import type { DocComments } from './doc-comments.ts';

/** JSON Schema as a document holds it. */
export type JsonSchema = { [key: string]: unknown };

/** Where both documents keep their schemas. */
const folder = '#/components/schemas/';

/**
 * Named schemas of one document. Whatever a document speaks of is asked for by `ref`; what is named elsewhere is referred to and
 * never written twice. The words come from the doc comments beside the schemas.
 */
export class SchemaBook {
  readonly #registry = z.registry<{ id: string }>();
  readonly #idOf = new Map<z.core.$ZodType, string>();
  readonly #docs: DocComments;
  readonly #commentOf = new Map<string, string>();

  /** `named` are schemas by their exported names, in which their doc comments are written. */
  constructor(named: Readonly<Record<string, unknown>>, docs: DocComments) {
    this.#docs = docs;
    for (const [name, value] of Object.entries(named)) {
      if (value instanceof z.core.$ZodType && !isOptional(value)) this.#add(value, name, name);
    }
  }

  /** A reference to a schema. One without a name of its own gets `name`; its fields' words are found below `comment`. */
  ref(schema: z.core.$ZodType, name: string, comment = name): JsonSchema {
    if (isNothing(schema)) this.#idOf.set(schema, 'Nothing');
    if (!this.#idOf.has(schema)) this.#add(schema, name, comment);
    return { $ref: `${folder}${this.#idOf.get(schema)}` };
  }

  /** Every schema that `document` refers to, and those that these refer to, in alphabetical order. */
  referredTo(document: unknown, target: 'draft-2020-12' | 'draft-07'): Record<string, JsonSchema> {
    const all = this.#all(target);
    const wanted = new Set<string>();
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key !== '$ref' || typeof inner !== 'string' || !inner.startsWith(folder)) {
          collect(inner);
          continue;
        }
        const id = inner.slice(folder.length);
        if (wanted.has(id)) continue;
        wanted.add(id);
        collect(all[id]);
      }
    };
    collect(document);
    return Object.fromEntries([...wanted].sort().map((id) => [id, all[id] ?? {}]));
  }

  #add(schema: z.core.$ZodType, id: string, comment: string): void {
    if (this.#idOf.has(schema)) return;
    this.#registry.add(schema, { id });
    this.#idOf.set(schema, id);
    this.#commentOf.set(id, comment);
  }

  #all(target: 'draft-2020-12' | 'draft-07'): Record<string, JsonSchema> {
    const { schemas } = z.toJSONSchema(this.#registry, {
      io: 'input',
      target,
      uri: (id) => `${folder}${id}`,
    });
    const all: Record<string, JsonSchema> = { Nothing: { type: 'object', description: 'Nothing to say.' } };
    for (const [id, schema] of Object.entries(schemas)) {
      const { $schema: _schema, $id: _id, ...body } = schema as JsonSchema;
      all[id] = described(withoutSafeBounds(body), this.#commentOf.get(id) ?? id, this.#docs);
    }
    return all;
  }
}

/** One schema on its own, such as a parameter's. */
export function plainSchema(schema: z.core.$ZodType): JsonSchema {
  const { $schema: _, ...body } = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
  return withoutSafeBounds(body);
}

function isOptional(schema: z.core.$ZodType): boolean {
  return schema instanceof z.core.$ZodOptional;
}

function isNothing(schema: z.core.$ZodType): boolean {
  return schema instanceof z.core.$ZodObject && Object.keys(schema._zod.def.shape).length === 0;
}

/** Bounds that only say that JavaScript counts no further say nothing to anybody else. */
function withoutSafeBounds(schema: JsonSchema): JsonSchema {
  return mapped(schema, (one) => {
    const { minimum, maximum, ...rest } = one;
    return {
      ...rest,
      ...(minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
      ...(maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
    };
  }) as JsonSchema;
}

function mapped(value: unknown, change: (one: JsonSchema) => JsonSchema): unknown {
  if (Array.isArray(value)) return value.map((one) => mapped(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, mapped(one, change)] as const);
  return change(Object.fromEntries(inner));
}

/** The schema with the words of its doc comments, its own and those of its fields. */
function described(schema: JsonSchema, comment: string, docs: DocComments): JsonSchema {
  const walk = (node: unknown, at: string): unknown => {
    if (Array.isArray(node)) return node.map((one) => walk(one, at));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) =>
        key === 'properties' ? [key, fields(value as JsonSchema, at)] : [key, walk(value, at)],
      ),
    );
  };
  const fields = (properties: JsonSchema, at: string): JsonSchema =>
    Object.fromEntries(
      Object.entries(properties).map(([name, value]) => {
        const inner = walk(value, `${at}.${name}`) as JsonSchema;
        return [name, worded(inner, docs.get(`${at}.${name}`))];
      }),
    );
  return worded(walk(schema, comment) as JsonSchema, docs.get(comment));
}

/** What stands beside a reference is read by some readers only, so the reference is wrapped. */
function worded(schema: JsonSchema, description: string | undefined): JsonSchema {
  if (description === undefined) return schema;
  return '$ref' in schema ? { description, allOf: [schema] } : { description, ...schema };
}
