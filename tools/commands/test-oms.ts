import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { startMedusa } from '../oms/medusa.ts';
import type { RunningOms } from '../oms/scratch.ts';
import { seedMedusa } from '../oms/seed-medusa.ts';
import { seedVendure } from '../oms/seed-vendure.ts';
import { startVendure } from '../oms/vendure.ts';
import { rootDir } from '../support/paths.ts';

type Start = (dir: string, postgresUrl: string, log: (line: string) => void) => Promise<RunningOms>;

/** A real system, what its test needs in it, and the variable in which the test finds that. */
const systems: Readonly<
  Record<
    string,
    { readonly start: Start; readonly seed: (url: string) => Promise<object>; readonly variable: string }
  >
> = {
  medusa: { start: startMedusa, seed: seedMedusa, variable: 'VITRINE_TEST_MEDUSA' },
  vendure: { start: startVendure, seed: seedVendure, variable: 'VITRINE_TEST_VENDURE' },
};

/**
 * `npm run test:oms [-- medusa|vendure]`: the connectors against the real systems, one after another, each installed into a scratch
 * folder and started on the loopback.
 */
export async function run(args: readonly string[]): Promise<number> {
  const named = Object.keys(systems).filter((name) => args.includes(name));
  const rest = args.filter((arg) => !(arg in systems));
  let worst = 0;
  for (const name of named.length > 0 ? named : Object.keys(systems)) {
    worst = Math.max(worst, await runOne(name, rest));
  }
  return worst;
}

async function runOne(name: string, args: readonly string[]): Promise<number> {
  const system = systems[name];
  if (!system) return 1;
  const scratch = process.env['VITRINE_OMS_DIR'] || path.join(os.tmpdir(), 'vitrine-oms');
  const postgresUrl = process.env['VITRINE_TEST_POSTGRES'] ?? 'postgres://root@127.0.0.1:5432/test';
  const running = await system.start(path.join(scratch, name), postgresUrl, console.log);
  try {
    const seeded = JSON.stringify(await system.seed(running.url));
    return await vitest(['run', `tests/oms/${name}.test.ts`, ...args], { [system.variable]: seeded });
  } finally {
    await running.stop();
  }
}

async function vitest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const bin = path.join(rootDir, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: rootDir,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return await new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
