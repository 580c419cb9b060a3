import { execFile, execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { freeTcpPort } from '../../server/support/free-tcp-port.ts';

const exec = promisify(execFile);
const postgresDir = '/usr/lib/postgresql';

/** PostgreSQL's programs on this host; null where there are none, or none that this user may run. */
export const postgresBin: string | null = findBin();

function findBin(): string | null {
  try {
    const newest = readdirSync(postgresDir).toSorted().at(-1);
    if (newest === undefined) return null;
    const bin = join(postgresDir, newest, 'bin');
    asOwner(join(bin, 'initdb'), ['--version']);
    return bin;
  } catch {
    return null;
  }
}

/** PostgreSQL does not run as root. */
function commandOf(program: string, args: readonly string[]): [string, string[]] {
  return process.getuid?.() === 0
    ? ['runuser', ['-u', 'postgres', '--', program, ...args]]
    : [program, [...args]];
}

function asOwner(program: string, args: readonly string[]): void {
  const [command, all] = commandOf(program, args);
  execFileSync(command, all, { stdio: 'ignore' });
}

/** A PostgreSQL cluster of the test's own, on the loopback, that can be stopped in mid-write and started again. */
export class PrivatePostgres {
  readonly port: number;
  readonly #dir: string;

  private constructor(port: number, dir: string) {
    this.port = port;
    this.#dir = dir;
  }

  static async start(): Promise<PrivatePostgres> {
    const dir = await mkdtemp(join(tmpdir(), 'vitrine-pg-'));
    if (process.getuid?.() === 0) execFileSync('chown', ['postgres', dir]);
    const postgres = new PrivatePostgres(await freeTcpPort(), dir);
    await postgres.#run('initdb', ['-D', join(dir, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8']);
    await postgres.up();
    return postgres;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  async up(): Promise<void> {
    const settings = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
    await this.#run('pg_ctl', [
      '-D',
      join(this.#dir, 'data'),
      '-w',
      '-l',
      join(this.#dir, 'log'),
      '-o',
      settings,
      'start',
    ]);
  }

  /** Ends it without a word to anybody, as a power cut would. */
  async crash(): Promise<void> {
    await this.#run('pg_ctl', ['-D', join(this.#dir, 'data'), '-m', 'immediate', '-w', 'stop']);
  }

  async stop(): Promise<void> {
    await this.crash().catch(() => undefined);
    await rm(this.#dir, { recursive: true, force: true });
  }

  async #run(program: string, args: readonly string[]): Promise<void> {
    await exec(...commandOf(join(postgresBin ?? '', program), args));
  }
}
