import { ok } from '../../sdk/core/result.ts';
import {
  clientAskMs,
  clientMonthMs,
  clientPurposes,
  firstTermOf,
  shownFacts,
  type ClientErasure,
  type ClientGrant,
  type ClientPurpose,
  type ClientReading,
} from '../../protocol/client-context.ts';
import { inventedFacts } from './invented-facts.ts';
import { practiceSessionId, refused, type PracticeStage, type Plays } from './practice-stage.ts';
import { answersAfterMs } from './practice-visit.ts';

/** What is asked of the simulated client: nothing of theirs is in care. */
const purposes: readonly ClientPurpose[] = clientPurposes.filter((purpose) => purpose !== 'after-sale');
/** Longer than anybody rehearses. */
const visitMs = 4 * 3_600_000;

/** Whom the simulated client of a rehearsal lets themselves be known as: nobody, until they have said yes on their mirror. */
export class PracticeClient {
  readonly plays: Plays;
  readonly #stage: PracticeStage;
  /** What they say when they are asked. */
  #answers: boolean;
  #grants: readonly ClientGrant[] = [];
  #erasure: ClientErasure | null = null;

  constructor(stage: PracticeStage, answers: boolean) {
    this.#stage = stage;
    this.#answers = answers;
    this.plays = {
      'client.read': () => ok(this.#reading()),
      'client.ask': () => {
        if (!stage.openSession()) return refused('session-ended');
        stage.after(answersAfterMs, () => this.#answer());
        return ok({ expiresAtMs: stage.nowMs + clientAskMs });
      },
      'client.withdraw': ({ purpose }) => {
        this.#grants = purpose === null ? [] : this.#grants.filter((grant) => grant.purpose !== purpose);
        return ok({});
      },
      'client.erase': () => {
        this.#grants = [];
        this.#erasure = { state: 'done', askedAtMs: stage.nowMs };
        // Whoever has just been forgotten does not wish to be known anew.
        this.#answers = false;
        return ok({});
      },
    };
  }

  get isRemembered(): boolean {
    return this.#grants.some(({ purpose }) => purpose === 'remember');
  }

  #reading(): ClientReading {
    const granted = this.#grants.map(({ purpose }) => purpose);
    const facts = shownFacts(inventedFacts(this.#stage), granted);
    const known =
      granted.length > 0 ? { grants: [...this.#grants], facts, readAtMs: this.#stage.nowMs } : null;
    return { offered: true, purposes: [...purposes], known, erasure: this.#erasure };
  }

  #answer(): void {
    if (this.#answers) this.#grants = purposes.map((purpose) => grantOf(purpose, this.#stage.nowMs));
    const event = this.#answers ? 'client-changed' : 'client-declined';
    this.#stage.events.emit(event, { sessionId: practiceSessionId });
  }
}

function grantOf(purpose: ClientPurpose, nowMs: number): ClientGrant {
  const term = firstTermOf(purpose);
  const lastsMs = term === 'month' ? clientMonthMs : visitMs;
  return { purpose, term, grantedAtMs: nowMs, endsAtMs: nowMs + lastsMs };
}
