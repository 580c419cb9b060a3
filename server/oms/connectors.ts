import type { MaisonId } from '../../protocol/index.ts';
import type { OmsConnector } from '../../protocol/connector/index.ts';

/**
 * What becomes of a hold while the OMS does not answer. `refuse`: nobody is told that a piece is held. `queue`: the kit's own ledger
 * holds it against the last level it knows, and the OMS is asked when it answers again; where it then says no, the hold ends.
 */
export type WhenOmsIsDown = 'refuse' | 'queue';

/** A Maison and the system that counts for it. */
export interface ConnectedHouse {
  readonly maisonId: MaisonId;
  readonly connector: OmsConnector;
  readonly whenDown: WhenOmsIsDown;
}

/** Every Maison's connector. A Maison without one of its own has the embedded OMS. */
export class Connectors {
  readonly #houses: Map<MaisonId, ConnectedHouse>;
  readonly #embedded: (maisonId: MaisonId) => OmsConnector;

  constructor(houses: readonly ConnectedHouse[], embedded: (maisonId: MaisonId) => OmsConnector) {
    this.#houses = new Map(houses.map((house) => [house.maisonId, house]));
    this.#embedded = embedded;
  }

  of(maisonId: MaisonId): ConnectedHouse {
    const known = this.#houses.get(maisonId);
    if (known) return known;
    const house: ConnectedHouse = {
      maisonId,
      connector: this.#embedded(maisonId),
      whenDown: 'refuse',
    };
    this.#houses.set(maisonId, house);
    return house;
  }
}
