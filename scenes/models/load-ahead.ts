/** Something small that may be wanted soon. */
export interface AheadTask {
  /** Tells it from others: what has been done is not done again while it stays wanted. */
  readonly key: string;
  /** Settles with false when nothing less likely has to be tried either, for want of room. */
  readonly run: () => Promise<boolean>;
}

/** Calls back when the page has nothing better to do; returns what takes that back. */
export type WhenIdle = (run: () => void) => () => void;

/** A moment that the browser has to spare, or a little later where it never says so. */
export const browserIdle: WhenIdle = (run) => {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: 500 });
  return () => cancelIdleCallback(handle);
};

/**
 * Does what is likely to be wanted next, one thing at a time, most likely first, and only while nobody waits for anything: `during`
 * keeps it quiet for as long as what a client asked for is on its way.
 */
export class LoadAhead {
  readonly #whenIdle: WhenIdle;
  readonly #onFault: (fault: unknown) => void;
  #tasks: readonly AheadTask[] = [];
  readonly #done = new Set<string>();
  #askedFor = 0;
  /** How often something was asked for. */
  #wishes = 0;
  #isRunning = false;
  #cancel: (() => void) | null = null;
  #stopped = false;

  constructor(whenIdle: WhenIdle, onFault: (fault: unknown) => void) {
    this.#whenIdle = whenIdle;
    this.#onFault = onFault;
  }

  /** From now on these are likely, in this order; of what was likely before only what is under way is ended as it is. */
  want(tasks: readonly AheadTask[]): void {
    this.#tasks = tasks;
    for (const key of this.#done) if (!tasks.some((task) => task.key === key)) this.#done.delete(key);
    this.#schedule();
  }

  /** Something that a client asked for is on its way: nothing new is begun ahead until the returned function is called, once. */
  hold(): () => void {
    this.#askedFor += 1;
    this.#wishes += 1;
    this.#cancel?.();
    this.#cancel = null;
    return () => {
      this.#askedFor -= 1;
      this.#schedule();
    };
  }

  /** Holds for as long as this takes. */
  async during<Value>(asked: Promise<Value>): Promise<Value> {
    const release = this.hold();
    try {
      return await asked;
    } finally {
      release();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(): void {
    if (this.#stopped || this.#isRunning || this.#askedFor > 0 || this.#cancel !== null) return;
    if (this.#next() === undefined) return;
    this.#cancel = this.#whenIdle(() => {
      this.#cancel = null;
      void this.#runNext();
    });
  }

  #next(): AheadTask | undefined {
    return this.#tasks.find(({ key }) => !this.#done.has(key));
  }

  async #runNext(): Promise<void> {
    const task = this.#next();
    if (task === undefined) return;
    const wishesBefore = this.#wishes;
    const tasks = this.#tasks;
    this.#isRunning = true;
    try {
      const goesOn = await task.run();
      // What made way for a client's wish is tried again, were it fulfilled by now; what found no room is not, nor what is less likely.
      if (goesOn) this.#done.add(task.key);
      else if (this.#wishes === wishesBefore && this.#tasks === tasks) this.#tasks = [];
    } catch (fault) {
      this.#done.add(task.key);
      this.#onFault(fault);
    } finally {
      this.#isRunning = false;
    }
    this.#schedule();
  }
}
