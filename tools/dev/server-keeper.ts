import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { rootDir } from '../support/paths.ts';
import { orderVariable, type DevServerOrder } from './dev-server-order.ts';

/** The server process of `npm run dev`: replaced on demand, never two at once. */
export class ServerKeeper {
  readonly #order: Omit<DevServerOrder, 'welcome'>;
  #child: ChildProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isStale = false;
  #isOver = false;

  constructor(order: Omit<DevServerOrder, 'welcome'>) {
    this.#order = order;
  }

  /** Starts the server; false when it could not, of which it has told the reason itself. */
  start(): Promise<boolean> {
    return this.#queue(() => this.#spawn(true));
  }

  /** Ends the server and starts it anew. Asked several times meanwhile, it does so once. */
  replace(): void {
    if (this.#isStale || this.#isOver) return;
    this.#isStale = true;
    void this.#queue(async () => {
      this.#isStale = false;
      await this.#end();
      if (this.#isOver) return;
      if (!(await this.#spawn(false))) console.log('The server waits for the next change.');
    });
  }

  /** Ends the server for good. */
  stop(): Promise<void> {
    this.#isOver = true;
    return this.#queue(() => this.#end());
  }

  #queue<Value>(work: () => Promise<Value>): Promise<Value> {
    const next = this.#last.then(work, work);
    this.#last = next;
    return next;
  }

  #spawn(welcome: boolean): Promise<boolean> {
    const order: DevServerOrder = { ...this.#order, welcome };
    const child = spawn(process.execPath, [path.join(rootDir, 'tools/dev/dev-server.ts')], {
      cwd: rootDir,
      // A group of its own: Ctrl-C is for the parent, which ends its server itself.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, [orderVariable]: JSON.stringify(order) },
    });
    this.#child = child;
    return new Promise((resolve) => {
      child.once('message', () => resolve(true));
      child.once('exit', () => {
        if (this.#child === child) this.#child = undefined;
        resolve(false);
      });
    });
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
}
