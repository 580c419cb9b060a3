import { ok } from '../../sdk/core/result.ts';
import type { Advisor } from '../../protocol/device.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { SaleStepId, Sku } from '../../protocol/ids.ts';
import type { CommandPayload } from '../../protocol/realtime.ts';
import { openRuns, type Run, type RunState } from '../../protocol/sale.ts';
import { practiceSessionId, refused, type PracticeStage, type Plays } from './practice-stage.ts';

/** How long a colleague takes to hear of it, and then to come back with the piece. */
const takenAfterMs = 8_000;
const broughtAfterMs = 25_000;

/** A run without whoever has a name by the language. */
type KnownRun = Omit<Run, 'runner' | 'kioskName'> & { readonly runner: 'colleague' | 'advisor' | null };

/** Pieces that a simulated colleague brings: nobody of the boutique is rung. */
export class PracticeRuns {
  readonly plays: Plays;
  readonly #stage: PracticeStage;
  #runs: readonly KnownRun[] = [];

  constructor(stage: PracticeStage) {
    this.#stage = stage;
    this.plays = {
      'run.ask': ({ sku }) => this.#ask(sku),
      'run.move': ({ runId, to }) => this.#move(runId, to),
    };
  }

  all(): Run[] {
    return this.#runs.map((run) => this.#named(run));
  }

  /** One that has been asked for and is not here yet is the one that is given. */
  #ask(sku: Sku): Answer<{ run: Run }> {
    if (!this.#stage.openSession()) return refused('session-ended');
    const open = this.#runs.find((run) => run.sku === sku && openRuns.includes(run.state));
    if (open) return ok({ run: this.#named(open) });
    const { nowMs } = this.#stage;
    const run: KnownRun = {
      id: this.#stage.nextId('run'),
      sessionId: practiceSessionId,
      sku,
      state: 'asked',
      askedBy: this.#stage.house.advisor,
      runner: null,
      askedAtMs: nowMs,
      changedAtMs: nowMs,
    };
    this.#runs = [...this.#runs, run];
    this.#stage.after(takenAfterMs, () => this.#bring(run.id, ['asked'], 'on-its-way'));
    this.#stage.after(takenAfterMs + broughtAfterMs, () => this.#bring(run.id, ['on-its-way'], 'here'));
    return ok({ run: this.#named(run) });
  }

  /** The colleague goes on, unless the request was taken back or somebody else has it. */
  #bring(runId: SaleStepId, from: readonly RunState[], to: RunState): void {
    const run = this.#runs.find(({ id }) => id === runId);
    if (!run || !from.includes(run.state) || run.runner === 'advisor') return;
    this.#change(run, to, 'colleague');
    this.#stage.saleChanged();
  }

  #move(runId: SaleStepId, to: CommandPayload<'run.move'>['to']): Answer<{ run: Run }> {
    const run = this.#runs.find(({ id }) => id === runId);
    if (!run) return refused('not-found');
    const isTheirs = to !== 'cancelled' && run.runner === 'colleague';
    if (!openRuns.includes(run.state) || isTheirs) return refused('conflict');
    return ok({ run: this.#named(this.#change(run, to, to === 'cancelled' ? run.runner : 'advisor')) });
  }

  #change(run: KnownRun, state: RunState, runner: KnownRun['runner']): KnownRun {
    const changed = { ...run, state, runner, changedAtMs: this.#stage.nowMs };
    this.#runs = this.#runs.map((one) => (one.id === run.id ? changed : one));
    return changed;
  }

  #named(run: KnownRun): Run {
    const { colleague, house, names } = this.#stage;
    const runners: Readonly<Record<NonNullable<KnownRun['runner']>, Advisor>> = {
      colleague,
      advisor: house.advisor,
    };
    return { ...run, runner: run.runner && runners[run.runner], kioskName: names.kiosk };
  }
}
