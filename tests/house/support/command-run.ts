import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { rootDir } from '../../../tools/support/paths.ts';

/** How a command is run. */
export interface CommandOptions {
  /** A copy of the checkout, instead of the checkout itself. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Through `npm run`, as a person types it; else straight. */
  readonly throughNpm?: boolean;
}

/** One of the repository's commands, run as a person runs it; what it prints is read while it runs. */
export class CommandRun {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  /** Everything printed so far, both streams together. */
  output = '';
  /** What was printed to stderr. */
  errors = '';
  readonly #watchers = new Set<() => void>();
  /** The exit status, or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals>;

  constructor(
    name: string,
    args: readonly string[],
    { cwd = rootDir, env = {}, throughNpm = false }: CommandOptions = {},
  ) {
    const inherited = Object.entries(process.env).filter(
      ([key]) => !/^(?:VITEST|VITRINE_|NODE_ENV$|PORT$|PUBLIC_URL$|DATABASE_URL$|npm_)/.test(key),
    );
    const [program, programArgs] = throughNpm
      ? ['npm', ['--silent', 'run', name, '--', ...args]]
      : [process.execPath, ['tools/run.mjs', name, ...args]];
    this.#child = spawn(program, programArgs, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...Object.fromEntries(inherited), ...env },
    });
    const hear = (isError: boolean) => (text: string) => {
      this.output += text;
      if (isError) this.errors += text;
      for (const look of this.#watchers) look();
    };
    this.#child.stdout.setEncoding('utf8').on('data', hear(false));
    this.#child.stderr.setEncoding('utf8').on('data', hear(true));
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve(signal ?? code ?? 1));
    });
  }

  /** Waits until something was printed; fails, with all that was printed instead, if the command ends first. */
  async printed(wanted: RegExp): Promise<RegExpExecArray> {
    let look = () => {};
    const seen = new Promise<RegExpExecArray>((resolve) => {
      look = () => {
        const match = wanted.exec(this.output);
        if (match) resolve(match);
      };
      this.#watchers.add(look);
      look();
    });
    const over = this.ended.then((end) => {
      const match = wanted.exec(this.output);
      if (match) return match;
      throw new Error(`The command ended (${end}) and never printed ${String(wanted)}:\n${this.output}`);
    });
    try {
      return await Promise.race([seen, over]);
    } finally {
      this.#watchers.delete(look);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Asks it to stop, and waits until it has; a command that has ended already is left in peace. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.signal('SIGTERM');
    return await this.ended;
  }
}
