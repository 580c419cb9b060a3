import type { Reporter, TestModule } from 'vitest/node';

/**
 * Closes a run with the one plain line that any CI can read (`N passed, N failed, N skipped`), names every skipped
 * test, and fails the run when something was skipped although `VITRINE_REQUIRE_ALL=1` promised a complete host.
 */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    let passed = 0;
    let failed = 0;
    const skipped: string[] = [];
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped.push(`${module.relativeModuleId}: ${test.fullName}`);
      }
    }
    const requireAll = process.env['VITRINE_REQUIRE_ALL'] === '1';
    for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
    if (requireAll && skipped.length > 0) {
      process.stdout.write('VITRINE_REQUIRE_ALL=1: a skipped test is a failure.\n');
      process.exitCode = 1;
    }
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
  }
}

// Vitest loads a reporter named by path from its default export.
// oxlint-disable-next-line import/no-default-export
export default ClosingLineReporter;
