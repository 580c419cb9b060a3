import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A table of asks: by name, what it takes and what it gives. */
type AskTable<Table> = { readonly [Name in keyof Table]: { readonly take: unknown; readonly give: unknown } };

interface Question {
  readonly id: number;
  readonly name: string;
  readonly take: unknown;
}

type Reply =
  | { readonly id: number; readonly ok: true; readonly give: unknown }
  | { readonly id: number; readonly ok: false; readonly fault: string };

interface Waiting {
  readonly resolve: (give: unknown) => void;
  readonly reject: (fault: Error) => void;
}

/** Longest answer of a child, in milliseconds; a bench that waits longer is stuck. */
const longestAnswerMs = 120_000;

/** A process of its own, so that its CPU is its own too. It ends with its parent, however that ends. */
export class Child<Table extends AskTable<Table>> {
  readonly #process: ChildProcess;
  readonly #name: string;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** Starts the module `file`, which calls `answerAsks`. */
  constructor(file: URL) {
    this.#name = file.pathname.split('/').at(-1) ?? file.pathname;
    this.#process = fork(file, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#process.on('message', (message) => this.#hear(message as Reply));
    this.#process.on('error', (fault) => this.#failAll(fault));
    this.#process.on('exit', (code, signal) => {
      this.#failAll(new Error(`${this.#name} ended (${signal ?? `code ${code}`}).`));
    });
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws {Error} where the child failed, ended, or took too long
   */
  async ask<Name extends keyof Table & string>(
    name: Name,
    take: Table[Name]['take'],
  ): Promise<Table[Name]['give']> {
    const id = (this.#lastId += 1);
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const timer = setTimeout(() => {
      this.#waiting.get(id)?.reject(new Error(`${this.#name} did not answer "${name}" in time.`));
    }, longestAnswerMs);
    try {
      if (!this.#process.connected) throw new Error(`${this.#name} has ended.`);
      const question: Question = { id, name, take };
      this.#process.send(question);
      return await answered;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Ends the process at once, without a chance to tidy up; does nothing where it has ended. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  #hear(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (reply.ok) waiting?.resolve(reply.give);
    else waiting?.reject(new Error(`${this.#name}: ${reply.fault}`));
  }

  #failAll(fault: Error): void {
    for (const { reject } of this.#waiting.values()) reject(fault);
  }
}

/** The child's side: answers what its parent asks. */
export function answerAsks<Table extends AskTable<Table>>(handlers: {
  readonly [Name in keyof Table]: (
    take: Table[Name]['take'],
  ) => Table[Name]['give'] | Promise<Table[Name]['give']>;
}): void {
  const reply = (message: Reply) => void process.send?.(message);
  const answer = async ({ id, name, take }: Question) => {
    try {
      reply({ id, ok: true, give: await handlers[name as keyof Table](take) });
    } catch (fault) {
      reply({
        id,
        ok: false,
        fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
      });
    }
  };
  process.on('message', (message) => void answer(message as Question));
  process.on('disconnect', () => process.exit());
}
