import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema } from './schema-book.ts';

/** Which JSON Schema a document is written in. */
export type Dialect = 'draft-2020-12' | 'draft-07';

/** Compiles schemas of a published document, with the components that they refer to. */
export class DocumentSchemas {
  readonly #ajv: Ajv | Ajv2020;
  readonly #schemas: JsonSchema;

  constructor(document: JsonSchema, dialect: Dialect) {
    this.#ajv = newAjv(dialect);
    const { schemas } = document['components'] as { readonly schemas: JsonSchema };
    this.#schemas = schemas;
  }

  /** What takes a value, and leaves in `errors` why not. */
  compile(schema: JsonSchema): ValidateFunction {
    return this.#ajv.compile({ ...schema, components: { schemas: this.#schemas } });
  }
}

/** A validator of JSON Schema that knows the usual formats and lets no unknown keyword pass in silence. */
function newAjv(dialect: Dialect): Ajv | Ajv2020 {
  const options = { allErrors: true, strict: true, strictTypes: false, strictRequired: false } as const;
  const ajv = dialect === 'draft-07' ? new Ajv(options) : new Ajv2020(options);
  withFormats(ajv);
  ajv.addKeyword('components');
  return ajv;
}

/** Teaches a validator the usual formats. */
export function withFormats<Some extends Ajv | Ajv2020>(ajv: Some): Some {
  // The package's types tell its CommonJS form.
  (addFormats as unknown as (ajv: Some) => void)(ajv);
  return ajv;
}

/** The schema as a test wants it: a field that the contract does not name is a fault. Readers out there pass over it. */
export function closed<Document>(document: Document): Document {
  const close = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(close);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, close(one)]));
    const isBare = inner['type'] === 'object' && !('additionalProperties' in inner);
    return isBare ? { ...inner, additionalProperties: false } : inner;
  };
  return close(document) as Document;
}
