import { spawnSync } from 'node:child_process';
import { rootDir } from '../support/paths.ts';

const checks: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['types', 'tsc', ['--noEmit']],
  ['service worker types', 'tsc', ['--noEmit', '-p', 'kiosk/service-worker/tsconfig.json']],
  ['tablet service worker types', 'tsc', ['--noEmit', '-p', 'advisor/service-worker/tsconfig.json']],
  ['lint and layers', 'oxlint', ['--type-aware']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
];

/** `npm run check`: types, lint with the layer rules, format. Runs all, fails if one does. */
export function run(): number {
  let failed = 0;
  for (const [name, command, args] of checks) {
    const { status } = spawnSync(`node_modules/.bin/${command}`, args, { cwd: rootDir, stdio: 'inherit' });
    console.log(`${status === 0 ? 'passed' : 'FAILED'}: ${name}`);
    if (status !== 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}
