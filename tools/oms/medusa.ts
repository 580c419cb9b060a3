import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { anyFreePort } from '../start/free-port.ts';
import { installScratch, startScratch, withDatabase, type RunningOms } from './scratch.ts';
import { medusaUser } from './seed-medusa.ts';

/** Spoken to over its API only, and installed beside the checkout's own dependencies, never among them. */
const manifest = {
  name: 'vitrine-medusa',
  private: true,
  dependencies: {
    '@medusajs/cli': '2.21.2',
    '@medusajs/draft-order': '2.21.2',
    '@medusajs/framework': '2.21.2',
    '@medusajs/medusa': '2.21.2',
  },
  overrides: { '@graphql-tools/batch-execute': '10.2.0' },
};

const config = `const { defineConfig } = require('@medusajs/framework/utils');
const cors = 'http://localhost';
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: { storeCors: cors, adminCors: cors, authCors: cors, jwtSecret: 'scratch', cookieSecret: 'scratch' },
  },
  admin: { disable: true },
  plugins: [{ resolve: '@medusajs/draft-order', options: {} }],
});
`;

/**
 * Installs Medusa into a scratch folder where it is not there yet (some 700 MB), and starts it on a new database of a PostgreSQL
 * server; `stop` ends it and drops the database.
 *
 * @throws {CommandError} `oms-unavailable`
 */
export async function startMedusa(
  dir: string,
  postgresUrl: string,
  log: (line: string) => void,
): Promise<RunningOms> {
  await installScratch('Medusa', dir, manifest, log);
  await writeFile(path.join(dir, 'medusa-config.js'), config);
  return await withDatabase('medusa', postgresUrl, async (databaseUrl) => {
    const env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      NODE_ENV: 'production',
      MEDUSA_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: '1',
    };
    const cli = path.join(dir, 'node_modules/@medusajs/cli/cli.js');
    const run = (...args: string[]) =>
      execFileSync(process.execPath, [cli, ...args], {
        cwd: dir,
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    log('Medusa: making its database');
    run('db:migrate');
    run('user', '-e', medusaUser.email, '-p', medusaUser.password);
    const port = await anyFreePort('127.0.0.1');
    log(`Medusa: starting on port ${port}`);
    const args = [cli, 'start', '--host', '127.0.0.1', '--port', String(port)];
    return await startScratch('Medusa', { dir, args, env, url: `http://127.0.0.1:${port}` });
  });
}
