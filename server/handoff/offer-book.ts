import {
  offerLifetimeMs,
  type Advisor,
  type Answer,
  type Claim,
  type CommandPayload,
  type Offer,
  type OfferId,
  type SessionId,
  type VisitSummary,
} from '../../protocol/index.ts';
import { Alarm } from '../core/alarm.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { newId, newSecret, newTypedCode, type Random } from '../core/random.ts';
import type { Device, DeviceRegistry } from '../devices/device-registry.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Houses } from '../houses/houses.ts';
import { twiceIn, type Pieces } from '../houses/pieces.ts';
import type { Database } from '../persistence/database.ts';
import { appendFacts } from '../sessions/session-log.ts';
import { asClaim, endIfTaken, liveStates, type OfferRow } from './offer-rows.ts';

/** Letters of a typed code: forty bits. */
const codeLetters = 8;

/** How long an ended offer can still be asked for, by a device that was away. */
const keptAfterEndMs = 24 * 3_600_000;

/** A mirror's offers: opened by the client, answered by the client, ended by time. Claims are the claim desk's. */
export class OfferBook {
  readonly #database: Database;
  readonly #registry: DeviceRegistry;
  readonly #houses: Houses;
  readonly #pieces: Pieces;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #expiry: Alarm;

  constructor(deps: {
    database: Database;
    registry: DeviceRegistry;
    houses: Houses;
    pieces: Pieces;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
    hints: Hints;
    background: Background;
  }) {
    this.#database = deps.database;
    this.#registry = deps.registry;
    this.#houses = deps.houses;
    this.#pieces = deps.pieces;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#hints = deps.hints;
    this.#expiry = new Alarm({
      name: 'offer-expiry',
      clock: deps.clock,
      background: deps.background,
      work: () => this.expireDue(),
      nextDueMs: () => this.#nextExpiryMs(),
    });
  }

  /** Expires what ran out while the server was down, then waits for the next. */
  async start(): Promise<void> {
    await this.#expiry.start();
  }

  /**
   * Opens an offer; the kiosk's one before is replaced, and the call goes on under the new one. Only hashes of the secrets are kept.
   */
  async open(kiosk: Device, told: CommandPayload<'offer.open'> = {}): Promise<Answer<Offer>> {
    const { locale = null, worn = null } = told;
    const unknown = await this.#pieces.refusalOf(kiosk.maisonId, worn === null ? [] : [worn]);
    if (unknown) return unknown;
    const nowMs = this.#clock.nowMs();
    const offer: Offer = {
      offerId: newId(this.#random),
      secret: newSecret(this.#random),
      code: newTypedCode(this.#random, codeLetters),
      expiresAtMs: nowMs + offerLifetimeMs,
    };
    const replaced = await this.#database.transact(async (tx) => {
      const before = await tx
        .updateTable('offers')
        .set({ state: 'replaced' })
        .where('kiosk_id', '=', kiosk.id)
        .where('state', 'in', liveStates)
        .returningAll()
        .execute();
      // Renewed codes are the same call, and whoever is going to it goes on; a claimed one was answered, or is no more.
      const renewed = before.find((row) => row.advisor_id === null && row.expires_at_ms > nowMs);
      await tx
        .insertInto('offers')
        .values({
          id: offer.offerId,
          maison_id: kiosk.maisonId,
          store_id: kiosk.storeId,
          kiosk_id: kiosk.id,
          secret_hash: this.#secrets.hash(kiosk.maisonId, 'offer-secret', offer.secret),
          code_hash: this.#secrets.hash(kiosk.maisonId, 'offer-code', offer.code),
          state: 'open',
          created_at_ms: nowMs,
          expires_at_ms: offer.expiresAtMs,
          claimed_by_device_id: null,
          advisor_id: null,
          digits: null,
          session_id: null,
          call_id: renewed?.call_id ?? offer.offerId,
          called_at_ms: renewed?.called_at_ms ?? nowMs,
          locale,
          worn: worn === null ? null : JSON.stringify(worn),
          going_advisor_id: renewed?.going_advisor_id ?? null,
          going_until_ms: renewed?.going_until_ms ?? null,
          passed_by_advisor_id: renewed?.passed_by_advisor_id ?? null,
        })
        .execute();
      return before;
    });
    for (const { id } of replaced) this.#hints.publish({ kind: 'offer', offerId: id });
    this.told(offer.offerId, offer.expiresAtMs);
    return done(offer);
  }

  /** Takes the offer back. */
  async cancel(kiosk: Device, offerId: OfferId): Promise<Answer<Nothing>> {
    return await this.#end(kiosk, offerId, 'cancelled');
  }

  /** The client says no to the advisor who claimed. */
  async decline(kiosk: Device, offerId: OfferId): Promise<Answer<Nothing>> {
    return await this.#end(kiosk, offerId, 'declined');
  }

  async #end(kiosk: Device, offerId: OfferId, state: 'cancelled' | 'declined'): Promise<Answer<Nothing>> {
    const { numUpdatedRows } = await this.#database.db
      .updateTable('offers')
      .set({ state })
      .where('id', '=', offerId)
      .where('kiosk_id', '=', kiosk.id)
      .where('state', 'in', liveStates)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return await this.#over(kiosk, offerId);
    this.#hints.publish({ kind: 'offer', offerId });
    return done({});
  }

  /** The client compared the digits and says yes: the one moment in which anything of the visit leaves the kiosk. */
  async confirm(
    kiosk: Device,
    offerId: OfferId,
    summary: VisitSummary,
  ): Promise<Answer<{ sessionId: SessionId }>> {
    const told = [...summary.tried, ...(summary.worn ? [summary.worn] : []), ...(summary.look ?? [])];
    const untrue =
      twiceIn(summary.look ?? []) ?? (await this.#pieces.refusalOf(kiosk.maisonId, told, summary.kept));
    if (untrue) return untrue;
    const nowMs = this.#clock.nowMs();
    const kioskName = kiosk.name;
    const sessionId = newId(this.#random);
    const confirmed = await this.#database.transact(async (tx) => {
      if (await endIfTaken(tx, offerId)) return false;
      const row = await tx
        .updateTable('offers')
        .set({ state: 'confirmed', session_id: sessionId })
        .where('id', '=', offerId)
        .where('kiosk_id', '=', kiosk.id)
        .where('state', '=', 'claimed')
        .where('expires_at_ms', '>', nowMs)
        .returningAll()
        .executeTakeFirst();
      if (!row?.advisor_id) return false;
      const advisor = await this.#houses.in(tx).advisor(kiosk.maisonId, row.advisor_id);
      if (!advisor) throw new Error(`Offer ${offerId} was claimed by an advisor who is not there.`);
      await tx
        .insertInto('sessions')
        .values({
          id: sessionId,
          maison_id: kiosk.maisonId,
          store_id: kiosk.storeId,
          kiosk_id: kiosk.id,
          advisor_id: advisor.id,
          head_seq: 0,
          started_at_ms: nowMs,
          closed_at_ms: null,
        })
        .execute();
      await appendFacts(tx, sessionId, 'client', [{ type: 'started', advisor, kioskName, summary }], nowMs);
      return true;
    });
    if (!confirmed) {
      this.#hints.publish({ kind: 'offer', offerId });
      return await this.#confirmedBefore(kiosk, offerId);
    }
    this.#hints.publish({ kind: 'session', sessionId, fromSeq: 1 });
    this.#hints.publish({ kind: 'offer', offerId });
    return done({ sessionId });
  }

  async #confirmedBefore(kiosk: Device, offerId: OfferId): Promise<Answer<{ sessionId: SessionId }>> {
    const row = await this.find(offerId);
    if (row?.kiosk_id === kiosk.id && row.session_id !== null) return done({ sessionId: row.session_id });
    if (row?.kiosk_id === kiosk.id && row.state === 'open' && row.expires_at_ms > this.#clock.nowMs()) {
      return refuse('conflict', 'Nobody has claimed this offer yet.');
    }
    return await this.#over(kiosk, offerId);
  }

  async #over(kiosk: Device, offerId: OfferId) {
    const row = await this.find(offerId);
    if (!row || row.kiosk_id !== kiosk.id) return refuse('not-found', 'This mirror has no such offer.');
    if (row.state === 'confirmed') return refuse('conflict', 'This offer was confirmed.');
    return refuse('code-expired', 'This offer has ended.');
  }

  /** The claim that waits for this kiosk's client. */
  async claimAt(kiosk: Device): Promise<Claim | null> {
    const row = await this.#claimed().where('kiosk_id', '=', kiosk.id).executeTakeFirst();
    return row ? await this.claimOf(row) : null;
  }

  /** The claim that this advisor made on this tablet and that the client has not answered yet. */
  async claimBy(tablet: Device, advisor: Advisor): Promise<Claim | null> {
    const row = await this.#claimed()
      .where('claimed_by_device_id', '=', tablet.id)
      .where('maison_id', '=', tablet.maisonId)
      .where('advisor_id', '=', advisor.id)
      .executeTakeFirst();
    return row ? await this.claimOf(row) : null;
  }

  #claimed() {
    return this.#database.db
      .selectFrom('offers')
      .selectAll()
      .where('state', '=', 'claimed')
      .where('expires_at_ms', '>', this.#clock.nowMs());
  }

  /** A claimed offer as both screens see it. */
  async claimOf(row: OfferRow): Promise<Claim | null> {
    const advisor = row.advisor_id ? await this.#houses.advisor(row.maison_id, row.advisor_id) : undefined;
    return asClaim(row, advisor, await this.#registry.name(row.kiosk_id));
  }

  async find(offerId: OfferId): Promise<OfferRow | undefined> {
    return await this.#database.db
      .selectFrom('offers')
      .selectAll()
      .where('id', '=', offerId)
      .executeTakeFirst();
  }

  /** Offers that may still change, or did so not long ago. */
  async recent(): Promise<OfferRow[]> {
    return await this.#database.db
      .selectFrom('offers')
      .selectAll()
      .where('expires_at_ms', '>', this.#clock.nowMs() - offerLifetimeMs)
      .execute();
  }

  /** Tells that an offer changed and lives until then. */
  told(offerId: OfferId, expiresAtMs: number): void {
    this.#expiry.set(expiresAtMs);
    this.#hints.publish({ kind: 'offer', offerId });
  }

  /** Ends every offer whose time has come. */
  async expireDue(): Promise<void> {
    const rows = await this.#database.db
      .updateTable('offers')
      .set({ state: 'expired' })
      .where('state', 'in', liveStates)
      .where('expires_at_ms', '<=', this.#clock.nowMs())
      .returning('id')
      .execute();
    for (const { id } of rows) this.#hints.publish({ kind: 'offer', offerId: id });
  }

  /** Forgets offers that ended long ago, hashes and all. */
  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('offers')
      .where('state', 'not in', liveStates)
      .where('created_at_ms', '<', this.#clock.nowMs() - keptAfterEndMs)
      .execute();
  }

  async #nextExpiryMs(): Promise<number | null> {
    const { next } = await this.#database.db
      .selectFrom('offers')
      .select(({ fn }) => fn.min<number | null>('expires_at_ms').as('next'))
      .where('state', 'in', liveStates)
      .executeTakeFirstOrThrow();
    return next;
  }
}
