import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { Client } from 'pg';
import { CommandError } from '../support/command-error.ts';

/** How long a start may take on a small machine. */
const startMs = 300_000;

/** A foreign system that listens on the loopback. */
export interface RunningOms {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Installs what a manifest names into a folder of its own, beside the checkout's dependencies and never among them. */
export async function installScratch(
  name: string,
  dir: string,
  manifest: object,
  log: (line: string) => void,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const wanted = `${JSON.stringify(manifest, null, 2)}\n`;
  // Written last: what it names was installed to the end.
  const mark = path.join(dir, 'installed.json');
  if (existsSync(mark) && (await readFile(mark, 'utf8')) === wanted) return;
  log(`${name}: installing into ${dir}`);
  await writeFile(path.join(dir, 'package.json'), wanted);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await writeFile(mark, wanted);
}

/**
 * Starts something on a new database of a PostgreSQL server, which is dropped when it stops or does not start.
 *
 * @throws {CommandError} `oms-unavailable`
 */
export async function withDatabase(
  name: string,
  postgresUrl: string,
  start: (databaseUrl: string) => Promise<RunningOms>,
): Promise<RunningOms> {
  const database = `vitrine_${name}_${randomBytes(4).toString('hex')}`;
  await onServer(postgresUrl, `create database ${database}`);
  const drop = () => onServer(postgresUrl, `drop database if exists ${database} with (force)`);
  const databaseUrl = new URL(postgresUrl);
  databaseUrl.pathname = `/${database}`;
  try {
    const { url, stop } = await start(databaseUrl.href);
    const stopAll = async () => {
      await stop();
      await drop();
    };
    return { url, stop: stopAll };
  } catch (fault) {
    await drop();
    throw fault;
  }
}

/** Starts a Node program in a scratch folder and waits until it answers at `/health`. */
export async function startScratch(
  name: string,
  program: {
    readonly dir: string;
    readonly args: readonly string[];
    readonly env: NodeJS.ProcessEnv;
    readonly url: string;
  },
): Promise<RunningOms> {
  const { dir, args, env, url } = program;
  const child = spawn(process.execPath, args, { cwd: dir, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const stop = () => ended(child);
  try {
    await answering(name, child, `${url}/health`);
  } catch (fault) {
    await stop();
    throw fault;
  }
  return { url, stop };
}

async function onServer(postgresUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  try {
    await client.connect();
    await client.query(statement);
  } catch (fault) {
    throw new CommandError(
      'oms-unavailable',
      'The PostgreSQL server that the foreign system needs does not do what it is asked.',
      'Name one in VITRINE_TEST_POSTGRES whose user may create databases.',
      { cause: fault },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function answering(name: string, child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + startMs;
  while (Date.now() < deadline && child.exitCode === null) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => void setTimeout(resolve, 500));
  }
  throw new CommandError('oms-unavailable', `${name} did not start.`, 'The lines above say why.');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => void child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(hard);
}
