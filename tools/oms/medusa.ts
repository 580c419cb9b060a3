import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { Client } from 'pg';
import { CommandError } from '../support/command-error.ts';
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

/** How long a start may take on a small machine. */
const startMs = 180_000;

/** A Medusa that listens on the loopback. */
export interface RunningMedusa {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

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
): Promise<RunningMedusa> {
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, 'medusa-config.js'), config);
  await install(dir, log);
  const name = `vitrine_medusa_${randomBytes(4).toString('hex')}`;
  await onServer(postgresUrl, `create database ${name}`);
  const databaseUrl = new URL(postgresUrl);
  databaseUrl.pathname = `/${name}`;
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl.href,
    NODE_ENV: 'production',
    MEDUSA_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: '1',
  };
  const drop = () => onServer(postgresUrl, `drop database if exists ${name} with (force)`);
  const cli = path.join(dir, 'node_modules/@medusajs/cli/cli.js');
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [cli, ...args], { cwd: dir, env, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    log('Medusa: making its database');
    run('db:migrate');
    run('user', '-e', medusaUser.email, '-p', medusaUser.password);
    const port = await freePort();
    log(`Medusa: starting on port ${port}`);
    const child = spawn(process.execPath, [cli, 'start', '--host', '127.0.0.1', '--port', String(port)], {
      cwd: dir,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    const stop = async () => {
      await ended(child);
      await drop();
    };
    try {
      await answering(child, `${url}/health`);
    } catch (fault) {
      await stop();
      throw fault;
    }
    return { url, stop };
  } catch (fault) {
    await drop();
    throw fault;
  }
}

async function install(dir: string, log: (line: string) => void): Promise<void> {
  const wanted = `${JSON.stringify(manifest, null, 2)}\n`;
  // Written last: what it names was installed to the end.
  const mark = path.join(dir, 'installed.json');
  if (existsSync(mark) && (await readFile(mark, 'utf8')) === wanted) return;
  log(`Medusa: installing into ${dir}`);
  await writeFile(path.join(dir, 'package.json'), wanted);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await writeFile(mark, wanted);
}

async function onServer(postgresUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  try {
    await client.connect();
    await client.query(statement);
  } catch (fault) {
    throw new CommandError(
      'oms-unavailable',
      'The PostgreSQL server that Medusa needs does not do what it is asked.',
      'Name one in VITRINE_TEST_POSTGRES whose user may create databases.',
      { cause: fault },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => void server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + startMs;
  while (Date.now() < deadline && child.exitCode === null) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => void setTimeout(resolve, 500));
  }
  throw new CommandError('oms-unavailable', 'Medusa did not start.', 'The lines above say why.');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => void child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(hard);
}
