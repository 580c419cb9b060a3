import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildAll } from '../build/build-all.ts';
import { ensureChromium } from '../support/chromium.ts';
import { rootDir } from '../support/paths.ts';

/** `npm test`: makes what the tests need (a browser, the forged models, the built pages), then runs them all. */
export async function run(args: readonly string[]): Promise<number> {
  const chromium = ensureChromium(console.log);
  if (!chromium.ok) console.log(`${chromium.advice} Browser tests are skipped.`);
  await buildAll({ log: console.log, withPackage: true });
  const vitest = path.join(rootDir, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...args], { cwd: rootDir, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
