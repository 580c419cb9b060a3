import { ok } from '../../sdk/core/result.ts';
import type { SaleReading } from '../../protocol/sale.ts';
import { visitOccasions } from '../../protocol/visit-note.ts';
import { PracticeAppointments } from './practice-appointments.ts';
import type { PracticeHolds } from './practice-holds.ts';
import { PracticeOrders, type PracticeOrder } from './practice-orders.ts';
import { PracticePlaces } from './practice-places.ts';
import { PracticeRuns } from './practice-runs.ts';
import { type PracticeStage, type Plays } from './practice-stage.ts';

/** The way from love to sale in a rehearsal, wholly inside the tablet. */
export class PracticeSale {
  readonly plays: Plays;
  readonly #runs: PracticeRuns;
  readonly #places: PracticePlaces;
  readonly #appointments: PracticeAppointments;
  readonly #orders: PracticeOrders;

  constructor(stage: PracticeStage, holds: PracticeHolds) {
    this.#runs = new PracticeRuns(stage);
    this.#places = new PracticePlaces(stage, holds);
    this.#appointments = new PracticeAppointments(stage);
    this.#orders = new PracticeOrders(stage, { holds, places: this.#places });
    const here = stage.house.identity.store.id;
    this.plays = {
      'sale.read': () => ok(this.reading()),
      'sale.board': () =>
        ok({
          runs: stage.openSession() ? this.#runs.all().filter(({ state }) => state !== 'cancelled') : [],
          collections: this.#places
            .collections()
            .filter(({ state, at }) => state === 'waiting' && at.id === here),
        }),
      ...this.#runs.plays,
      ...this.#places.plays,
      ...this.#appointments.plays,
      ...this.#orders.plays,
    };
  }

  /** The order, if it was placed, with what falls to whom. */
  get placed(): PracticeOrder | null {
    return this.#orders.placed;
  }

  reading(): SaleReading {
    return {
      offered: {
        transfers: this.#places.hasOthers,
        appointments: true,
        appointmentChanges: true,
        orders: true,
      },
      notes: { occasions: [...visitOccasions] },
      runs: this.#runs.all(),
      transfers: this.#places.transfers(),
      collections: this.#places.collections(),
      appointments: this.#appointments.all(),
      order: this.#orders.current,
      agreement: true,
    };
  }
}
