import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import * as z from 'zod';

const Ready = z.object({ url: z.string(), enrolmentCode: z.string(), operatorToken: z.string() });
const CpuReport = z.object({ cpuMs: z.number(), heapBytes: z.number() });

/** What a server under test tells about itself. */
export type ChildReady = z.infer<typeof Ready>;

/** In the child: says where it listens, reports its CPU when asked, stops when told. */
export function serveParent(ready: ChildReady, stop: () => unknown): void {
  process.on('message', (message) => {
    if (message === 'stop') void stop();
    if (message !== 'cpu') return;
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1_000, heapBytes: process.memoryUsage().heapUsed });
  });
  process.once('disconnect', () => void stop());
  process.send?.(ready);
}

/** In the parent: a server in a process of its own. */
export class ServerChild {
  readonly ready: ChildReady;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, ready: ChildReady) {
    this.#process = child;
    this.ready = ready;
  }

  static async start(path: string): Promise<ServerChild> {
    const child = fork(path, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${path} ended before it listened`))),
    ]);
    return new ServerChild(child, Ready.parse(message));
  }

  /** CPU that the process has used so far, in milliseconds, and its heap. */
  async usage(): Promise<z.infer<typeof CpuReport>> {
    this.#process.send('cpu');
    const [message] = await once(this.#process, 'message');
    return CpuReport.parse(message);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.send('stop');
    await ended;
  }
}
