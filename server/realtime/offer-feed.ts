import type { OfferEnd, OfferId } from '../../protocol/index.ts';
import type { Background } from '../core/background.ts';
import { houseWide, inMaison } from '../core/scope.ts';
import type { CallBoard } from '../handoff/call-board.ts';
import type { OfferBook } from '../handoff/offer-book.ts';
import type { OfferRow } from '../handoff/offer-rows.ts';
import type { OfferState } from '../persistence/tables.ts';
import type { Gateway } from './gateway.ts';
import { deviceRoom, tabletsRoom } from './rooms.ts';

/** Tells mirrors and tablets what became of offers: by hint, or where no hint came because the row changed. */
export class OfferFeed {
  readonly #offers: OfferBook;
  readonly #board: CallBoard;
  readonly #background: Background;
  readonly #gateway: Pick<Gateway, 'emit'>;
  /** What was told last of each recent offer. */
  readonly #told = new Map<OfferId, string>();

  constructor(deps: {
    offers: OfferBook;
    board: CallBoard;
    background: Background;
    gateway: Pick<Gateway, 'emit'>;
  }) {
    this.#offers = deps.offers;
    this.#board = deps.board;
    this.#background = deps.background;
    this.#gateway = deps.gateway;
  }

  /** Begins with the offers as they are: who connects from now on reads them in its welcome. */
  async start(): Promise<void> {
    for (const row of await this.#recent()) this.#told.set(row.id, stateOf(row));
  }

  /** Hears that an offer changed. */
  hint(offerId: OfferId): void {
    this.#background.run('offer-told', async () => {
      const row = await houseWide('whose offer it is', () => this.#offers.find(offerId));
      if (row) await this.#tell(row);
    });
  }

  /** Tells of every recent offer that is not as it was told last. */
  async catchUp(): Promise<void> {
    const rows = await this.#recent();
    for (const row of rows) if (this.#told.get(row.id) !== stateOf(row)) await this.#tell(row);
    const recent = new Set(rows.map(({ id }) => id));
    for (const id of this.#told.keys()) if (!recent.has(id)) this.#told.delete(id);
  }

  async #recent(): Promise<OfferRow[]> {
    return await houseWide('recent offers', () => this.#offers.recent());
  }

  async #tell(row: OfferRow): Promise<void> {
    // A hint may come twice, and again after the row was read by schedule.
    if (this.#told.get(row.id) === stateOf(row)) return;
    this.#told.set(row.id, stateOf(row));
    try {
      await inMaison(row.maison_id, () => this.#emit(row));
    } catch (fault) {
      this.#told.delete(row.id);
      throw fault;
    }
  }

  async #emit(row: OfferRow): Promise<void> {
    const { id: offerId, kiosk_id: kioskId, claimed_by_device_id: tabletId } = row;
    const reason = endOf(row.state);
    if (reason) {
      for (const party of [kioskId, ...(tabletId ? [tabletId] : [])]) {
        this.#gateway.emit(deviceRoom(party), 'offer.ended', { offerId, reason });
      }
    } else if (row.state === 'claimed') {
      const claim = await this.#offers.claimOf(row);
      if (claim) this.#gateway.emit(deviceRoom(kioskId), 'offer.claimed', claim);
    }
    const calls = await this.#board.calls(row.store_id);
    this.#gateway.emit(tabletsRoom(row.store_id), 'calls.changed', { calls });
  }
}

/** All of a row that screens are told of. */
function stateOf(row: OfferRow): string {
  const { state, expires_at_ms: endMs, claimed_by_device_id: tabletId, advisor_id: advisorId, digits } = row;
  const { going_advisor_id: goingId, going_until_ms: goingMs, passed_by_advisor_id: passedId } = row;
  return [state, endMs, tabletId, advisorId, digits, goingId, goingMs, passedId].join(' ');
}

function endOf(state: OfferState): OfferEnd['reason'] | null {
  switch (state) {
    case 'open':
    case 'claimed':
      return null;
    case 'confirmed':
    case 'declined':
    case 'cancelled':
    case 'expired':
    case 'replaced':
      return state;
  }
}
