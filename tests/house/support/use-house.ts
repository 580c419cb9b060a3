import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { anyFreePort } from '../../../tools/start/free-port.ts';
import { CommandRun, type CommandOptions } from './command-run.ts';

/** Commands on a port and a data folder of the test's own, new for each test and gone after it. */
export interface House {
  readonly port: number;
  readonly dataDir: string;
  /** The house over HTTP, without a slash at the end. */
  readonly url: () => string;
  readonly command: (name: string, args?: readonly string[], options?: CommandOptions) => CommandRun;
  /** `npm start`, up to its last line. */
  readonly up: (args?: readonly string[], options?: CommandOptions) => Promise<CommandRun>;
  /** `npm run oms`, which must succeed; returns what it printed. */
  readonly oms: (...args: string[]) => Promise<string>;
}

/** To be called once, at the top of a test file. */
export function useHouse(): House {
  let dataDir = '';
  let port = 0;
  const running: CommandRun[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-start-'));
    port = await anyFreePort('127.0.0.1');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((command) => command.stop()));
    await rm(dataDir, { recursive: true, force: true });
  });

  const command: House['command'] = (name, args = [], options = {}) => {
    const env = { PORT: String(port), VITRINE_DATA_DIR: dataDir, ...options.env };
    const started = new CommandRun(name, args, { ...options, env });
    running.push(started);
    return started;
  };
  return {
    get port() {
      return port;
    },
    get dataDir() {
      return dataDir;
    },
    url: () => `http://localhost:${port}`,
    command,
    up: async (args, options) => {
      const started = command('start', args, options);
      await started.printed(/Ctrl-C closes the house/);
      return started;
    },
    oms: async (...args) => {
      const run = command('oms', args);
      expect(await run.ended, run.output).toBe(0);
      return run.output;
    },
  };
}

/** The code in a link that a start printed for Norde's boutique. */
export function enrolmentCode(
  start: Pick<CommandRun, 'output'>,
  role: 'kiosk' | 'advisor' | 'console',
): string {
  const link = new RegExp(`^ +${role} +\\S+maison=norde#enrol=(\\w+)`, 'm').exec(start.output);
  if (!link?.[1]) throw new Error(`No link for a ${role} was printed:\n${start.output}`);
  return link[1];
}
