import * as z from 'zod/mini';
import {
  goingLastsMs,
  Locale,
  Worn,
  type Advisor,
  type AdvisorId,
  type Answer,
  type Call,
  type EpochMs,
  type OfferId,
  type StoreId,
} from '../../protocol/index.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import type { Device, DeviceRegistry } from '../devices/device-registry.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { liveStates, type OfferRow } from './offer-rows.ts';

/**
 * The boutique's board of mirrors that call, and who is going to which. Going is a courtesy among colleagues: it opens nothing, and
 * whoever stands at the mirror may still claim by its mark.
 */
export class CallBoard {
  readonly #database: Database;
  readonly #registry: DeviceRegistry;
  readonly #houses: Houses;
  readonly #desk: AdvisorDesk;
  readonly #clock: Clock;
  readonly #hints: Hints;

  constructor(deps: {
    database: Database;
    registry: DeviceRegistry;
    houses: Houses;
    desk: AdvisorDesk;
    clock: Clock;
    hints: Hints;
  }) {
    this.#database = deps.database;
    this.#registry = deps.registry;
    this.#houses = deps.houses;
    this.#desk = deps.desk;
    this.#clock = deps.clock;
    this.#hints = deps.hints;
  }

  /** The boutique's mirrors that call, longest waiting first. */
  async calls(storeId: StoreId): Promise<Call[]> {
    const nowMs = this.#clock.nowMs();
    const rows = await this.#database.db
      .selectFrom('offers')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('state', 'in', liveStates)
      .where('expires_at_ms', '>', nowMs)
      .execute();
    const calls = await Promise.all(rows.map((row) => this.#asCall(row, nowMs)));
    return calls.toSorted((one, other) => one.sinceMs - other.sinceMs);
  }

  async #asCall(row: OfferRow, nowMs: EpochMs): Promise<Call> {
    const advisor = (id: AdvisorId | null): Promise<Advisor | undefined> =>
      id === null ? Promise.resolve(undefined) : this.#houses.advisor(row.maison_id, id);
    const { name: kioskName, activation } = await this.#registry.caller(row.kiosk_id);
    const untilMs = row.going_until_ms ?? 0;
    const going = untilMs > nowMs ? await advisor(row.going_advisor_id) : undefined;
    return {
      offerId: row.id,
      callId: row.call_id ?? row.id,
      kioskName,
      sinceMs: row.called_at_ms ?? row.created_at_ms,
      claimedBy: (await advisor(row.advisor_id)) ?? null,
      locale: row.locale === null ? null : z.parse(Locale, row.locale),
      worn: row.worn === null ? null : z.parse(Worn, JSON.parse(row.worn)),
      going: going
        ? { advisor: going, untilMs, passedBy: (await advisor(row.passed_by_advisor_id)) ?? null }
        : null,
      ...(activation && { activation }),
    };
  }

  /** The advisor signed in on this tablet is going; a call that they were going to before is everybody's again. */
  async go(tablet: Device, callId: OfferId): Promise<Answer<{ untilMs: EpochMs }>> {
    const advisor = await this.#desk.signedIn(tablet);
    if (!advisor) return nobodySignedIn();
    const untilMs = this.#clock.nowMs() + goingLastsMs;
    const sent = await this.#send(tablet, callId, advisor.id, { untilMs, from: null });
    return sent.ok ? done({ untilMs }) : sent;
  }

  /** Asks a colleague to go in one's stead. */
  async pass(tablet: Device, callId: OfferId, advisorId: AdvisorId): Promise<Answer<Nothing>> {
    const advisor = await this.#desk.signedIn(tablet);
    if (!advisor) return nobodySignedIn();
    if (!(await this.#desk.present(tablet)).includes(advisorId)) {
      return refuse('not-found', 'This advisor is not signed in on a tablet of this boutique.');
    }
    const untilMs = this.#clock.nowMs() + goingLastsMs;
    return await this.#send(tablet, callId, advisorId, { untilMs, from: advisor.id });
  }

  /** Gives the call back to everybody, if the advisor on this tablet was going. */
  async leave(tablet: Device, callId: OfferId): Promise<Answer<Nothing>> {
    const advisor = await this.#desk.signedIn(tablet);
    if (!advisor) return nobodySignedIn();
    const row = await this.#database.db
      .updateTable('offers')
      .set({ going_advisor_id: null, going_until_ms: null, passed_by_advisor_id: null })
      .where('maison_id', '=', tablet.maisonId)
      .where('store_id', '=', tablet.storeId)
      .where('call_id', '=', callId)
      .where('state', 'in', liveStates)
      .where('going_advisor_id', '=', advisor.id)
      .returning('id')
      .executeTakeFirst();
    if (!row) {
      return (await this.#isCalling(tablet, callId))
        ? refuse('conflict', 'This advisor is not going to that mirror any more.')
        : noSuchCall();
    }
    this.#hints.publish({ kind: 'offer', offerId: row.id });
    return done({});
  }

  /** Writes down who is going, unless a colleague was first. Of two at once, the later one reads what the first one wrote. */
  async #send(
    tablet: Device,
    callId: OfferId,
    advisorId: AdvisorId,
    { untilMs, from }: { readonly untilMs: EpochMs; readonly from: AdvisorId | null },
  ): Promise<Answer<Nothing>> {
    const nowMs = this.#clock.nowMs();
    const changed = await this.#database.transact(async (tx) => {
      const row = await tx
        .updateTable('offers')
        .set({ going_advisor_id: advisorId, going_until_ms: untilMs, passed_by_advisor_id: from })
        .where('maison_id', '=', tablet.maisonId)
        .where('store_id', '=', tablet.storeId)
        .where('call_id', '=', callId)
        .where('state', '=', 'open')
        .where('expires_at_ms', '>', nowMs)
        .where((builder) =>
          builder.or([
            builder('going_advisor_id', 'is', null),
            builder('going_until_ms', '<=', nowMs),
            builder('going_advisor_id', '=', from ?? advisorId),
          ]),
        )
        .returning('id')
        .executeTakeFirst();
      return row ? [row.id, ...(await leaveOthers(tx, tablet, advisorId, row.id))] : null;
    });
    if (!changed) return await this.#taken(tablet, callId);
    for (const offerId of changed) this.#hints.publish({ kind: 'offer', offerId });
    return done({});
  }

  async #taken(tablet: Device, callId: OfferId) {
    return (await this.#isCalling(tablet, callId))
      ? refuse('conflict', 'A colleague is going to this mirror, or is there already.')
      : noSuchCall();
  }

  async #isCalling({ storeId }: Device, callId: OfferId): Promise<boolean> {
    return (await this.calls(storeId)).some((one) => one.callId === callId);
  }
}

/** Nobody goes to two mirrors at once. */
async function leaveOthers(
  tx: Tx,
  { maisonId, storeId }: Device,
  advisorId: AdvisorId,
  offerId: OfferId,
): Promise<OfferId[]> {
  const rows = await tx
    .updateTable('offers')
    .set({ going_advisor_id: null, going_until_ms: null, passed_by_advisor_id: null })
    .where('maison_id', '=', maisonId)
    .where('store_id', '=', storeId)
    .where('going_advisor_id', '=', advisorId)
    .where('state', 'in', liveStates)
    .where('id', '<>', offerId)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

function noSuchCall() {
  return refuse('not-found', 'This mirror does not call any more.');
}

function nobodySignedIn() {
  return refuse('forbidden', 'Nobody is signed in on this tablet.');
}
