import { conformanceChecks } from './conformance-checks.ts';
import { isAsked, type HouseUnderTest } from './house-under-test.ts';

/** What became of one check. `not-asked`: the connector does not have the capability, or the house not what it takes. */
export type CheckResult =
  | { readonly name: string; readonly result: 'passed' | 'not-asked' }
  | { readonly name: string; readonly result: 'failed'; readonly fault: unknown };

/** Runs the whole suite on one house, without a test runner, and reports every check. */
export async function runConformance(house: HouseUnderTest): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of conformanceChecks) {
    const { name, run } = check;
    if (!isAsked(check, house)) {
      results.push({ name, result: 'not-asked' });
      continue;
    }
    try {
      await run(house);
      results.push({ name, result: 'passed' });
    } catch (fault) {
      results.push({ name, result: 'failed', fault });
    }
  }
  return results;
}
