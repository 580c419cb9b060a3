import {
  clientAskMs,
  clientMonthMs,
  type ClientGrant,
  type ClientReading,
} from '../../protocol/client-context.ts';

/** What the simulated client of a rehearsal lets be known: nothing, but for their yes to being remembered. */
export class PracticeClient {
  readonly #answers: boolean;
  #grant: ClientGrant | null = null;

  /** `answers`: what they say when they are asked. */
  constructor(answers: boolean) {
    this.#answers = answers;
  }

  get isRemembered(): boolean {
    return this.#grant !== null;
  }

  reading(nowMs: number): ClientReading {
    const known = this.#grant && { grants: [this.#grant], facts: [], readAtMs: nowMs };
    return { offered: false, purposes: ['remember'], known, erasure: null };
  }

  /** Until when the mirror asks them. */
  askedUntilMs(nowMs: number): number {
    return nowMs + clientAskMs;
  }

  /** Their answer to the question; true: they let themselves be remembered. */
  answer(nowMs: number): boolean {
    if (this.#answers)
      this.#grant = {
        purpose: 'remember',
        term: 'month',
        grantedAtMs: nowMs,
        endsAtMs: nowMs + clientMonthMs,
      };
    return this.#answers;
  }

  withdraw(): void {
    this.#grant = null;
  }
}
