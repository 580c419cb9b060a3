import type * as z from 'zod/mini';
import { expectedWords } from './schema-words.ts';

type Issue = z.core.$ZodIssue;

/** A fault of a document from outside: the key where it lies, and what is wrong there. */
export interface SchemaFault {
  /** `pieces.3.dimensions.lensWidthMm`; empty where it is the document itself. */
  readonly at: string;
  /** What is expected there; null where nothing is there at all. */
  readonly message: string | null;
}

/**
 * What does not fit in a document, each with its key. Of pieces that differ by their category a union can only say that none fits; here it
 * is said of the category that the piece claims to be.
 */
export function schemaFaults(
  { issues }: { readonly issues: readonly Issue[] },
  document: unknown,
): readonly SchemaFault[] {
  return issues.flatMap((issue) => faultsOf(issue, [], document));
}

/** A fault in one line, with its key or with a better name for where it lies: `title.fr is missing`, `when.from: a day as MM-DD …`. */
export function faultLine({ at, message }: SchemaFault, where = at): string {
  if (message === null) return `${where} is missing`;
  return where === '' ? message : `${where}: ${message}`;
}

function faultsOf(issue: Issue, above: readonly PropertyKey[], document: unknown): readonly SchemaFault[] {
  const path = [...above, ...issue.path];
  const given = valueAt(document, path);
  const at = path.map(String).join('.');
  // JSON knows no other undefined than what is not there.
  if (given === undefined && issue.code !== 'custom') return [{ at, message: null }];
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return unionFaults(issue.errors, path, document) ?? [{ at, message: expectedWords(issue, given) }];
  return [{ at, message: expectedWords(issue, given) }];
}

/** What is wrong with something that has one of several forms; null where nobody can tell which one it was to have. */
function unionFaults(
  branches: readonly (readonly Issue[])[],
  path: readonly PropertyKey[],
  document: unknown,
): readonly SchemaFault[] | null {
  const given = valueAt(document, path);
  const whole = branches.map((branch) =>
    branch.filter(({ path: inner, code }) => inner.length === 0 && code !== 'unrecognized_keys'),
  );
  if (whole.every(({ length }) => length > 0)) {
    const words = whole.flatMap(([issue]) => (issue === undefined ? [] : expectedWords(issue, given)));
    return [{ at: path.map(String).join('.'), message: [...new Set(words)].join(', or ') }];
  }
  const claimed = branches.filter((branch) => !branch.some(isOfCategory));
  const [only, ...others] = claimed;
  if (only !== undefined)
    return others.length === 0 ? only.flatMap((inner) => faultsOf(inner, path, document)) : null;
  const categoryPath = [...path, 'category'];
  return [
    {
      at: categoryPath.map(String).join('.'),
      message: valueAt(document, categoryPath) === undefined ? null : noSuchCategory(branches),
    },
  ];
}

function isOfCategory({ path: [key] }: Issue): boolean {
  return key === 'category';
}

function noSuchCategory(branches: readonly (readonly Issue[])[]): string {
  const wanted = branches.flatMap((branch) => branch.filter(isOfCategory));
  const known = wanted.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values.map(String) : []));
  const own = wanted
    .filter(({ code }) => code === 'invalid_format')
    .map((issue) => `; a house's own is ${expectedWords(issue, '')}`);
  return `There is no such category: it is one of ${known.join(', ')}${own.join('')}`;
}

/** What stands in a document under a key. */
function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}
