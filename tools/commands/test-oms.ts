import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { startMedusa } from '../oms/medusa.ts';
import { seedMedusa } from '../oms/seed-medusa.ts';
import { rootDir } from '../support/paths.ts';

/** `npm run test:oms`: the connectors against the real systems, installed into a scratch folder and started on the loopback. */
export async function run(args: readonly string[]): Promise<number> {
  const scratch = process.env['VITRINE_OMS_DIR'] || path.join(os.tmpdir(), 'vitrine-oms');
  const postgresUrl = process.env['VITRINE_TEST_POSTGRES'] ?? 'postgres://root@127.0.0.1:5432/test';
  const medusa = await startMedusa(path.join(scratch, 'medusa'), postgresUrl, console.log);
  try {
    const seeded = await seedMedusa(medusa.url);
    return await vitest(['run', 'tests/oms', ...args], { VITRINE_TEST_MEDUSA: JSON.stringify(seeded) });
  } finally {
    await medusa.stop();
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
