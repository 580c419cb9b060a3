import { expect, it } from 'vitest';
import { conformanceChecks, isAsked, type HouseUnderTest } from '../../../protocol/connector/index.ts';

/** Runs the published suite as tests of their own; `skipped` names, by the start of their sentences, those that are not asked here. */
export function itConforms(house: () => HouseUnderTest, unasked: readonly string[] = []): void {
  for (const check of conformanceChecks) {
    it(check.name, async () => {
      const asked = isAsked(check, house());
      expect(asked).toBe(!unasked.some((start) => check.name.startsWith(start)));
      if (asked) await check.run(house());
    });
  }
}
