import * as z from 'zod/mini';
import type { CommandId, EpochMs } from '../../../protocol/index.ts';
import {
  OmsFault,
  type CommitOutcome,
  type ExtendOutcome,
  type HoldAsk,
  type HoldExtension,
  type HoldOutcome,
  type OmsHold,
  type OmsId,
  type OmsLevel,
  type ReleaseOutcome,
} from '../../../protocol/connector/index.ts';
import type { Clock } from '../../core/clock.ts';
import type { IdMapping } from '../id-mapping.ts';
import type { MedusaAdmin } from './medusa-admin.ts';
import { HoldMarks, OneReservation, Reservations, type Reservation } from './medusa-replies.ts';
import type { MedusaStock } from './medusa-stock.ts';
import { Turns } from '../turns.ts';

/** A reservation of ours, as far as its marks tell. */
interface Marked {
  readonly hold: OmsHold;
  readonly itemId: string;
  readonly locationId: string;
  readonly key: CommandId;
  /** What was stocked when its piece began to leave; null where it does not. */
  readonly leavesFrom: number | null;
}

const AnyReply = z.unknown();

/**
 * Holds as Medusa's native reservations. Medusa counts them and lets none be placed beyond the stock; key and end are marks on
 * the reservation, for it knows neither.
 */
export class MedusaHolds {
  readonly #admin: MedusaAdmin;
  readonly #stock: MedusaStock;
  readonly #names: IdMapping;
  readonly #clock: Clock;
  /** Two of one process that ask with the same key must not both find none. */
  readonly #turns = new Turns();

  constructor(deps: { admin: MedusaAdmin; stock: MedusaStock; names: IdMapping; clock: Clock }) {
    this.#admin = deps.admin;
    this.#stock = deps.stock;
    this.#names = deps.names;
    this.#clock = deps.clock;
  }

  async place(ask: HoldAsk): Promise<HoldOutcome> {
    return await this.#turns.take(`${ask.storeId} ${ask.sku}`, () => this.#place(ask));
  }

  async #place(ask: HoldAsk): Promise<HoldOutcome> {
    const { key, storeId, sku, expiresAtMs } = ask;
    const asOfMs = this.#clock.nowMs();
    const found = await this.#stock.find(storeId, sku);
    if (!found) return { kind: 'unknown-sku' };
    const place = {
      inventory_item_id: found.item.id,
      location_id: this.#names.theirStore(storeId),
    };
    const reservations = await this.#reservations(place);
    const [before] = ofKey(reservations, key);
    if (before) return await this.#held(before, ask);
    const { level } = found;
    if (level.onHand <= level.promised) return noneFree(asOfMs, level, reservations);
    const reply = await this.#admin.post(
      '/admin/reservations',
      {
        ...place,
        quantity: 1,
        description: 'Vitrine: held for a client',
        metadata: { vitrine_key: key, vitrine_expires_at_ms: expiresAtMs },
      },
      OneReservation,
    );
    if (reply === 'not-allowed') return await this.#tooLate(ask, place);
    if (reply === 'not-found') throw new OmsFault('refused', 'Medusa has lost the place that it counted.');
    // Another node may have asked with the same key at the same instant: the oldest stays, and both answer with it.
    const [oldest = reply.reservation, ...younger] = ofKey(await this.#reservations(place), key);
    for (const { id } of younger) await this.#admin.delete(`/admin/reservations/${id}`);
    return await this.#held(oldest, ask);
  }

  async #held({ id }: Reservation, { storeId, sku, expiresAtMs }: HoldAsk): Promise<HoldOutcome> {
    const asOfMs = this.#clock.nowMs();
    const level = await this.#levelNow(storeId, sku);
    return { kind: 'held', hold: { id, storeId, sku, expiresAtMs }, asOfMs, level };
  }

  /** Somebody else has taken it between our reading and our asking. */
  async #tooLate({ storeId, sku }: HoldAsk, place: Place): Promise<HoldOutcome> {
    const asOfMs = this.#clock.nowMs();
    const level = await this.#levelNow(storeId, sku);
    return noneFree(asOfMs, level, await this.#reservations(place));
  }

  /** A hold of ours that still keeps its piece back. */
  async living(holdId: OmsId): Promise<OmsHold | null> {
    return (await this.#living(holdId))?.hold ?? null;
  }

  async extend({ holdId, expiresAtMs }: HoldExtension): Promise<ExtendOutcome> {
    const marked = await this.#living(holdId);
    if (!marked) return { kind: 'ended' };
    const metadata = { ...marksOf(marked), vitrine_expires_at_ms: expiresAtMs };
    const reply = await this.#admin.post(`/admin/reservations/${holdId}`, { metadata }, AnyReply);
    if (reply === 'not-found' || reply === 'not-allowed') return { kind: 'ended' };
    return { kind: 'extended', hold: { ...marked.hold, expiresAtMs } };
  }

  async release(holdId: OmsId): Promise<ReleaseOutcome> {
    const marked = await this.#living(holdId);
    if (!marked) return { kind: 'ended' };
    await this.#admin.delete(`/admin/reservations/${holdId}`);
    const asOfMs = this.#clock.nowMs();
    return { kind: 'released', asOfMs, level: await this.#levelNow(marked.hold.storeId, marked.hold.sku) };
  }

  /**
   * The piece leaves: one less is stocked, and then the reservation goes, so that nobody finds it free between the two. Medusa sets a
   * level and has no way to lower it by one, so the turns of this process keep two commits from reading the same number; and what was
   * stocked before lies on the reservation, so that a commit that broke off is brought to its end and not done twice.
   */
  async commit(holdId: OmsId): Promise<CommitOutcome> {
    const first = await this.#marked(holdId);
    if (!first) return { kind: 'ended' };
    const { storeId, sku } = first.hold;
    return await this.#turns.take(`${storeId} ${sku}`, async () => {
      const finished = await this.#finishLeaving(first);
      if (!finished.includes(holdId)) {
        const marked = await this.#living(holdId);
        const found = marked && (await this.#stock.find(storeId, sku));
        if (!marked || !found) return { kind: 'ended' };
        const from = found.level.onHand;
        const metadata = { ...marksOf(marked), vitrine_leaves_from: from };
        const reply = await this.#admin.post(`/admin/reservations/${holdId}`, { metadata }, AnyReply);
        if (reply === 'not-found') return { kind: 'ended' };
        await this.#leave({ ...marked, leavesFrom: from });
      }
      const asOfMs = this.#clock.nowMs();
      return { kind: 'committed', asOfMs, level: await this.#levelNow(storeId, sku) };
    });
  }

  /** Brings every commit at a place that broke off to its end; gives the holds of those. Call it in the place's turn. */
  async #finishLeaving({ itemId, locationId }: Marked): Promise<OmsId[]> {
    const place = { inventory_item_id: itemId, location_id: locationId };
    const finished: OmsId[] = [];
    for (const { id, metadata } of await this.#reservations(place)) {
      const marks = z.safeParse(HoldMarks, metadata);
      if (!marks.success || marks.data.vitrine_leaves_from === undefined) continue;
      const marked = await this.#marked(id);
      if (marked) await this.#leave(marked);
      finished.push(id);
    }
    return finished;
  }

  /** Lowers the stock, unless that was done before, and lets go. A piece that was counted anew meanwhile is left as it was counted. */
  async #leave({ hold, itemId, locationId, leavesFrom }: Marked): Promise<void> {
    const found = await this.#stock.find(hold.storeId, hold.sku);
    if (found && found.level.onHand === leavesFrom) {
      await this.#admin.post(
        `/admin/inventory-items/${itemId}/location-levels/${locationId}`,
        { stocked_quantity: Math.max(0, leavesFrom - 1) },
        AnyReply,
      );
    }
    await this.#admin.delete(`/admin/reservations/${hold.id}`);
  }

  /** Lets go of every hold of ours that has run out, and ends every commit that broke off: the node of either may be gone. */
  async sweep(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const reservations = await this.#admin.all(
      '/admin/reservations',
      Reservations,
      (page) => page.reservations,
    );
    for (const { id, metadata } of reservations) {
      const marks = z.safeParse(HoldMarks, metadata);
      if (!marks.success) continue;
      const { vitrine_leaves_from: leavesFrom, vitrine_expires_at_ms: expiresAtMs } = marks.data;
      if (leavesFrom !== undefined) await this.commit(id);
      else if (expiresAtMs <= nowMs) await this.#admin.delete(`/admin/reservations/${id}`);
    }
  }

  /** A hold of ours that has not run out, and whose piece does not leave. */
  async #living(holdId: OmsId): Promise<Marked | null> {
    const marked = await this.#marked(holdId);
    if (!marked || marked.leavesFrom !== null) return null;
    const nowMs: EpochMs = this.#clock.nowMs();
    if (marked.hold.expiresAtMs <= nowMs) {
      await this.#admin.delete(`/admin/reservations/${marked.hold.id}`);
      return null;
    }
    return marked;
  }

  /** A reservation with our marks. */
  async #marked(holdId: OmsId): Promise<Marked | null> {
    const reply = await this.#admin.get(`/admin/reservations/${encodeURIComponent(holdId)}`, OneReservation);
    if (reply === 'not-found' || reply === 'not-allowed') return null;
    const {
      id,
      metadata,
      inventory_item: item,
      inventory_item_id: itemId,
      location_id: locationId,
    } = reply.reservation;
    const marks = z.safeParse(HoldMarks, metadata);
    if (!marks.success) return null;
    const {
      vitrine_key: key,
      vitrine_expires_at_ms: expiresAtMs,
      vitrine_leaves_from: leavesFrom = null,
    } = marks.data;
    const storeId = this.#names.store(locationId);
    const sku = this.#names.sku(item?.sku ?? '');
    return { hold: { id, storeId, sku, expiresAtMs }, itemId, locationId, key, leavesFrom };
  }

  async #reservations(place: Place): Promise<Reservation[]> {
    const query = new URLSearchParams({ ...place });
    return await this.#admin.all(
      `/admin/reservations?${query.toString()}`,
      Reservations,
      (page) => page.reservations,
    );
  }

  async #levelNow(storeId: string, sku: string): Promise<OmsLevel> {
    const found = await this.#stock.find(storeId, sku);
    if (!found) throw new OmsFault('misspoke', 'Medusa does not count any more what it held.');
    return found.level;
  }
}

interface Place {
  readonly inventory_item_id: string;
  readonly location_id: string;
}

function marksOf({ key, hold: { expiresAtMs } }: Marked) {
  return { vitrine_key: key, vitrine_expires_at_ms: expiresAtMs };
}

/** The reservations with this key, the oldest first. */
function ofKey(reservations: readonly Reservation[], key: CommandId): Reservation[] {
  return reservations
    .filter(({ metadata }) => metadata?.['vitrine_key'] === key)
    .sort((one, other) => one.created_at.localeCompare(other.created_at) || one.id.localeCompare(other.id));
}

function noneFree(asOfMs: EpochMs, level: OmsLevel, reservations: readonly Reservation[]): HoldOutcome {
  const ends = reservations.flatMap(({ metadata }) => {
    const marks = z.safeParse(HoldMarks, metadata);
    return marks.success ? [marks.data.vitrine_expires_at_ms] : [];
  });
  return { kind: 'none-free', asOfMs, level, nextFreeAtMs: ends.length > 0 ? Math.min(...ends) : null };
}
