import type { CancelTimer, Clock } from './clock.ts';
import type { Background, WaitsFor } from './background.ts';
import { houseWide, leavingScope } from './scope.ts';

/** After work that failed, most often because the database is away, it is tried again this soon. */
export const ringAgainMs = 5_000;

/**
 * Wakes when the earliest of many dates is due. The dates live in the database and survive a restart; this only knows the
 * next one. Any number of nodes may wake for the same date: the work must be conditional. Its dates are every Maison's, so it
 * stays in the scope of none of those who told it of one.
 */
export class Alarm {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #background: Background;
  readonly #waitsFor: WaitsFor;
  readonly #work: () => Promise<void>;
  readonly #nextDueMs: () => Promise<number | null>;
  #waiting: { readonly dueMs: number; readonly cancel: CancelTimer } | null = null;

  /**
   * @param deps.work deals with all that is due now
   * @param deps.nextDueMs the earliest date still to come, in epoch milliseconds
   */
  constructor(deps: {
    name: string;
    clock: Clock;
    background: Background;
    waitsFor?: WaitsFor;
    work: () => Promise<void>;
    nextDueMs: () => Promise<number | null>;
  }) {
    this.#name = deps.name;
    this.#clock = deps.clock;
    this.#background = deps.background;
    this.#waitsFor = deps.waitsFor ?? 'us';
    this.#work = deps.work;
    this.#nextDueMs = deps.nextDueMs;
  }

  /** Deals with what fell due while nothing ran, then waits for the next date. */
  async start(): Promise<void> {
    await this.#ring();
  }

  /** Tells of a date that may be earlier than the one waited for. */
  set(dueMs: number): void {
    if (this.#waiting && this.#waiting.dueMs <= dueMs) return;
    this.#waiting?.cancel();
    const delayMs = Math.max(1, dueMs - this.#clock.nowMs());
    const ring = async () => {
      this.#waiting = null;
      try {
        await this.#ring();
      } catch (fault) {
        // The dates are still there, and nobody else would wake for them.
        this.set(this.#clock.nowMs() + ringAgainMs);
        throw fault;
      }
    };
    const cancel = this.#background.after(this.#name, delayMs, ring, this.#waitsFor);
    this.#waiting = { dueMs, cancel };
  }

  async #ring(): Promise<void> {
    await leavingScope(() => houseWide(this.#name, () => this.#dealWithDue()));
  }

  async #dealWithDue(): Promise<void> {
    for (;;) {
      await this.#work();
      const nextMs = await this.#nextDueMs();
      if (nextMs === null) return;
      // While the work ran, more may have fallen due.
      if (nextMs > this.#clock.nowMs()) {
        this.set(nextMs);
        return;
      }
    }
  }
}
