import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { writeReliabilityPage } from '../../tests/faults/support/reliability-page.ts';
import { rootDir } from '../support/paths.ts';

/** `npm run test:faults`: breaks the server in every way the suite knows, and shows the figures in `docs/reliability.md`. */
export async function run(args: readonly string[]): Promise<number> {
  const bin = path.join(rootDir, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [bin, 'run', '--project', 'faults', ...args], {
    cwd: rootDir,
    stdio: 'inherit',
    env: { ...process.env, VITRINE_TEST_FAULTS: '1' },
  });
  const code = await new Promise<number>((resolve) => {
    child.on('exit', (exit) => resolve(exit ?? 1));
  });
  await writeReliabilityPage();
  return code;
}
