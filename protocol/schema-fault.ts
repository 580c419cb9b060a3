import * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

const english = z.locales.en().localeError;

/** A fault of a document from outside: the key where it lies, and what is wrong there. */
export interface SchemaFault {
  /** `pieces.3.dimensions.lensWidthMm`; empty where it is the document itself. */
  readonly at: string;
  readonly message: string;
}

/**
 * What does not fit, each with its key. Of pieces that differ by their category a union can only say that none fits; here it is said of the
 * category that the piece claims to be.
 */
export function schemaFaults({ issues }: { readonly issues: readonly Issue[] }): readonly SchemaFault[] {
  return issues.flatMap((issue) => faultsOf(issue, []));
}

function faultsOf(issue: Issue, above: readonly PropertyKey[]): readonly SchemaFault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const claimed = issue.errors.filter((branch) => !branch.some(({ path: [key] }) => key === 'category'));
    const [only, ...others] = claimed;
    if (only !== undefined && others.length === 0) return only.flatMap((inner) => faultsOf(inner, path));
    if (only === undefined)
      return [{ at: [...path, 'category'].map(String).join('.'), message: 'There is no such category' }];
  }
  return [{ at: path.map(String).join('.'), message: wordsOf(issue) }];
}

/** The small build of the schemas brings no words of its own; what was given in the place of what is wanted, an issue keeps to itself. */
function wordsOf(issue: Issue): string {
  if (issue.message !== 'Invalid input') return issue.message;
  const said = english({ ...issue, input: undefined });
  const words = (typeof said === 'string' ? said : said?.message) ?? issue.message;
  return words.replace(/, received undefined$/, '');
}
