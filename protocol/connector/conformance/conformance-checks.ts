import { clientChecks } from './client-checks.ts';
import { contextChecks } from './context-checks.ts';
import { holdChecks } from './hold-checks.ts';
import type { ConformanceCheck } from './house-under-test.ts';
import { levelChecks } from './level-checks.ts';
import { noteChecks } from './note-checks.ts';
import { orderChecks } from './order-checks.ts';
import { portChecks } from './port-checks.ts';

/** What every connector must do, one check each, for any test runner. They use the same house one after another. */
export const conformanceChecks: readonly ConformanceCheck[] = [
  ...levelChecks,
  ...holdChecks,
  ...orderChecks,
  ...clientChecks,
  ...portChecks,
  ...noteChecks,
  ...contextChecks,
];
