import { ok } from '../../sdk/core/result.ts';
import { dayIn } from '../../protocol/boutique.ts';
import type { DeviceIdentity } from '../../protocol/device.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { CommandName, CommandPayload, CommandReply } from '../../protocol/realtime.ts';
import type { SaleReading } from '../../protocol/sale.ts';
import type { VisitNote } from '../../protocol/visit-note.ts';
import type { Emitter } from '../../sdk/core/emitter.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import type { Link, LinkEvents, LinkState } from '../../sdk/sync/link.ts';
import { PracticeClient } from './practice-client.ts';
import { PracticeHolds } from './practice-holds.ts';
import type { PracticeOrder } from './practice-orders.ts';
import { PracticeSale } from './practice-sale.ts';
import {
  PracticeStage,
  refused,
  type Play,
  type Plays,
  type PracticeNames,
  type PracticeOptions,
} from './practice-stage.ts';
import { PracticeVisit } from './practice-visit.ts';

/**
 * A boutique for rehearsals, behind the same `Link` as the real one: a client calls, confirms, looks at pieces and answers, by a script,
 * and a sale is made in no system. It has no way to a server. What it cannot play it refuses as `not-offered`.
 */
export class PracticeLink implements Link {
  readonly #stage: PracticeStage;
  readonly #visit: PracticeVisit;
  readonly #client: PracticeClient;
  readonly #sale: PracticeSale;
  readonly #plays: Plays;
  #noted: VisitNote | null = null;

  constructor(options: PracticeOptions) {
    const stage = new PracticeStage(options);
    const holds = new PracticeHolds(stage);
    this.#stage = stage;
    this.#visit = new PracticeVisit(stage);
    // One who only looks does not wish to be known.
    this.#client = new PracticeClient(stage, options.scenario.id !== 'only-looks');
    this.#sale = new PracticeSale(stage, holds);
    const { advisor, identity } = options;
    this.#plays = {
      'advisor.list': () => ok({ advisors: [advisor, stage.colleague], present: [advisor.id] }),
      'advisor.visits': () => ok({ visits: [] }),
      'follow-up.list': () => ok({ today: dayIn(stage.nowMs, identity.store.timeZone), followUps: [] }),
      'session.close': () => this.#close(null),
      'session.conclude': ({ note }) =>
        this.#client.isRemembered ? this.#close(note) : refused('consent-missing'),
      ...this.#visit.plays,
      ...holds.plays,
      ...this.#client.plays,
      ...this.#sale.plays,
    };
  }

  get state(): ReadableStore<LinkState> {
    return this.#stage.state;
  }

  get events(): Emitter<LinkEvents> {
    return this.#stage.events;
  }

  get hasLed(): boolean {
    return this.#visit.hasLed;
  }

  get noted(): VisitNote | null {
    return this.#noted;
  }

  /** The order, if it was placed, with what falls to whom. */
  get ordered(): PracticeOrder | null {
    return this.#sale.placed;
  }

  /** Everything on the way to a sale. */
  get arranged(): SaleReading {
    return this.#sale.reading();
  }

  /** Calls everything by its name in another language, wherever it is named. */
  rename(names: PracticeNames): void {
    this.#stage.rename(names);
  }

  /** The client calls soon. */
  start(): Promise<void> {
    this.#visit.start();
    return Promise.resolve();
  }

  stop(): void {
    this.#stage.stop();
  }

  enrol(): Promise<Answer<DeviceIdentity>> {
    return Promise.resolve(refused('not-offered'));
  }

  token(): Promise<Answer<string>> {
    return Promise.resolve(refused('not-offered'));
  }

  command<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<Answer<CommandReply<Name>>> {
    const play: Play<Name> | undefined = this.#plays[name];
    return Promise.resolve(play ? play(payload) : refused('not-offered'));
  }

  #close(note: VisitNote | null): Answer<Record<string, never>> {
    if (!this.#stage.openSession()) return refused('session-ended');
    this.#noted = note;
    this.#stage.stop();
    this.#stage.tell({ type: 'closed', reason: 'advisor' });
    // What is not here yet is fetched no more.
    this.#stage.saleChanged();
    return ok({});
  }
}
