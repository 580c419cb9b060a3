import type { Logger } from 'pino';
import { noMeter, type Meter } from '../ops/meter.ts';
import type { CancelTimer, Clock } from './clock.ts';

interface Running {
  readonly name: string;
  readonly sinceMs: number;
  readonly waitsFor: WaitsFor;
}

/** For whom work waits: for ourselves and our database, or for a house's own system, which may take as long as it likes. */
export type WaitsFor = 'us' | 'a-house';

/**
 * Owns every piece of work that nobody awaits: timers and what they start. Faults are logged; `close` cancels what waits
 * and finishes what runs, so that the database is never closed under it.
 */
export class Background {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #meter: Pick<Meter, 'workFailed'>;
  readonly #running = new Map<Promise<void>, Running>();
  readonly #timers = new Set<CancelTimer>();
  #closed = false;

  constructor(clock: Clock, log: Logger, meter: Pick<Meter, 'workFailed'> = noMeter) {
    this.#clock = clock;
    this.#log = log;
    this.#meter = meter;
  }

  /** Runs work now, without waiting for it. */
  run(name: string, work: () => Promise<void>, waitsFor: WaitsFor = 'us'): void {
    if (this.#closed) return;
    const running = work()
      .catch((fault: unknown) => this.report(name, fault))
      .finally(() => this.#running.delete(running));
    this.#running.set(running, { name, sinceMs: this.#clock.monotonicMs(), waitsFor });
  }

  /** Writes down a fault that work dealt with, but that somebody must look into. */
  report(name: string, fault: unknown): void {
    this.#meter.workFailed(name);
    this.#log.error({ err: fault, work: name }, 'background work failed');
  }

  /** Runs work once after `delayMs`. */
  after(name: string, delayMs: number, work: () => Promise<void>, waitsFor: WaitsFor = 'us'): CancelTimer {
    if (this.#closed) return () => undefined;
    const cancelTimer = this.#clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      this.run(name, work, waitsFor);
    });
    const cancel: CancelTimer = () => {
      this.#timers.delete(cancel);
      cancelTimer();
    };
    this.#timers.add(cancel);
    return cancel;
  }

  /** Runs work every `everyMs`, each time after the last has ended. */
  every(name: string, everyMs: number, work: () => Promise<void>, waitsFor: WaitsFor = 'us'): void {
    const again = async () => {
      try {
        await work();
      } finally {
        this.every(name, everyMs, work, waitsFor);
      }
    };
    this.after(name, everyMs, again, waitsFor);
  }

  /** How much runs now. */
  get running(): number {
    return this.#running.size;
  }

  /** What has run longest of all that runs. */
  oldest(): { readonly name: string; readonly forMs: number } | null {
    return this.#ageOf(() => true);
  }

  /** What of our own work has run longest: however slow a house is, that is none of it. */
  oldestOfOurs(): { readonly name: string; readonly forMs: number } | null {
    return this.#ageOf(({ waitsFor }) => waitsFor === 'us');
  }

  #ageOf(isMeant: (running: Running) => boolean): { readonly name: string; readonly forMs: number } | null {
    // In the order in which they began.
    const first = this.#running.values().find(isMeant);
    return first ? { name: first.name, forMs: this.#clock.monotonicMs() - first.sinceMs } : null;
  }

  /** Resolves when nothing is running. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.keys());
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of Array.from(this.#timers)) cancel();
    await this.idle();
  }
}
