import {
  type ActivateRequest,
  type Activation,
  type ActivationRequest,
  type Answer,
  type AuditActor,
  type DeviceIdentity,
  type EpochMs,
  type MaisonId,
} from '../../protocol/index.ts';
import type { Selectable } from 'kysely';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { newId, newSecret, type Random } from '../core/random.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database, Queries, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import type { DeviceRegistry } from './device-registry.ts';
import { readOrigins, readScopes, type Device } from './device-rows.ts';

type ActivationRow = Selectable<Tables['activations']>;

/** A seat is kept this long for a browser that has enrolled and not yet asked for its first token. */
const firstSeatMs = 60_000;

/** Browsers that enrol under one activation, and calls that leave its pages: what a stolen key can do at most. */
const enrolments = { burst: 40, perSecond: 1 };
const calls = { burst: 6, perSecond: 0.1 };

/**
 * Agencies' activations: an agency's page, on its own origins and for its own time, shows a boutique's stock and calls its
 * advisors. The page's key is published in the page, so it is no secret: what it opens is limited by origin (which binds
 * browsers only), by time, by scope, by seats and by rate.
 */
export class Activations {
  readonly #database: Database;
  readonly #registry: DeviceRegistry;
  readonly #houses: Houses;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #enrolments: TokenBuckets;
  readonly #calls: TokenBuckets;

  constructor(deps: {
    database: Database;
    registry: DeviceRegistry;
    houses: Houses;
    audit: AuditLog;
    clock: Clock;
    random: Random;
    hints: Hints;
  }) {
    this.#database = deps.database;
    this.#registry = deps.registry;
    this.#houses = deps.houses;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#hints = deps.hints;
    this.#enrolments = new TokenBuckets(deps.clock, enrolments);
    this.#calls = new TokenBuckets(deps.clock, calls);
  }

  /** Makes an activation for a boutique of the Maison (of any, where it is null). */
  async make(
    maisonId: MaisonId | null,
    request: ActivationRequest,
    actor: AuditActor,
  ): Promise<Answer<{ activation: Activation }>> {
    const owner = await this.#ownerOf(maisonId, request.storeId);
    if (owner === null) return refuse('not-found', `There is no boutique ${request.storeId}.`);
    const nowMs = this.#clock.nowMs();
    if (request.endsAtMs <= nowMs)
      return refuse('bad-request', 'The end lies in the past: give a later one.');
    const row: ActivationRow = {
      id: newId(this.#random),
      maison_id: owner,
      store_id: request.storeId,
      agency: request.agency,
      publishable_key: `vpk_${newSecret(this.#random)}`,
      origins: JSON.stringify([...new Set(request.origins)]),
      scope: JSON.stringify([...new Set(request.scope)]),
      most_devices: request.mostDevices,
      starts_at_ms: request.startsAtMs,
      ends_at_ms: request.endsAtMs,
      made_at_ms: nowMs,
      revoked_at_ms: null,
      enrolled: 0,
    };
    await this.#database.transact(async (tx) => {
      await tx.insertInto('activations').values(row).execute();
      await this.#audit.note(tx, {
        maisonId: owner,
        storeId: row.store_id,
        actor,
        action: 'activation.made',
        subject: row.id,
        reason: request.scope.join(', '),
      });
    });
    return done({ activation: asActivation(row, 0, null) });
  }

  /** Every activation of the Maison (of all, where it is null), the newest first. */
  async list(maisonId: MaisonId | null): Promise<Activation[]> {
    let query = this.#database.db.selectFrom('activations').selectAll();
    if (maisonId !== null) query = query.where('maison_id', '=', maisonId);
    const rows = await query.orderBy('made_at_ms', 'desc').orderBy('id').limit(500).execute();
    const ids = rows.map(({ id }) => id);
    const [present, seen] = await Promise.all([this.#presentIn(ids), this.#seenIn(ids)]);
    return rows.map((row) => asActivation(row, present.get(row.id) ?? 0, seen.get(row.id) ?? null));
  }

  /** Ends an activation now: its key opens nothing more, and every browser under it is sent away. */
  async revoke(maisonId: MaisonId | null, id: string, actor: AuditActor): Promise<Answer<Nothing>> {
    const revoked = await this.#database.transact(async (tx) => {
      let update = tx
        .updateTable('activations')
        .set({ revoked_at_ms: this.#clock.nowMs() })
        .where('id', '=', id)
        .where('revoked_at_ms', 'is', null);
      if (maisonId !== null) update = update.where('maison_id', '=', maisonId);
      const row = await update.returning(['maison_id', 'store_id']).executeTakeFirst();
      if (!row) return false;
      await this.#audit.note(tx, {
        maisonId: row.maison_id,
        storeId: row.store_id,
        actor,
        action: 'activation.revoked',
        subject: id,
      });
      return true;
    });
    if (!revoked) return refuse('not-found', 'There is no such activation to end.');
    this.#hints.publish({ kind: 'standing' });
    return done({});
  }

  /** Enrols a browser that shows the agency's page. The same key again is the same device: an answer may have been lost. */
  async enrol(
    request: ActivateRequest,
    origin: string | null,
  ): Promise<Answer<{ identity: DeviceIdentity }>> {
    const nowMs = this.#clock.nowMs();
    const publicKey = JSON.stringify(request.publicKey);
    const row = await this.#database.db
      .selectFrom('activations')
      .selectAll()
      .where('publishable_key', '=', request.activationKey)
      .executeTakeFirst();
    if (!row) return refuse('code-unknown', 'This activation key is not known.');
    if (origin === null || !readOrigins(row.origins).includes(origin)) {
      return refuse('forbidden', 'This activation is not for a page of this origin.');
    }
    if (row.revoked_at_ms !== null || row.ends_at_ms <= nowMs) {
      return refuse('code-expired', 'This activation has ended.');
    }
    if (row.starts_at_ms > nowMs) {
      const retryAfterMs = row.starts_at_ms - nowMs;
      return refuse('forbidden', 'This activation has not begun.', { retryAfterMs });
    }
    const retryAfterMs = this.#enrolments.take(row.id);
    if (retryAfterMs > 0) {
      return refuse('rate-limited', 'Too many browsers enrol under this activation.', { retryAfterMs });
    }
    const enrolled = await this.#database.transact(async (tx): Promise<Answer<string>> => {
      const known = await tx
        .selectFrom('devices')
        .select('id')
        .where('activation_id', '=', row.id)
        .where('public_key', '=', publicKey)
        .executeTakeFirst();
      if (known) return done(known.id);
      const full = await this.#fullness(tx, row.id, null);
      if (full) return full;
      const { enrolled: number } = await tx
        .updateTable('activations')
        .set((builder) => ({ enrolled: builder('enrolled', '+', 1) }))
        .where('id', '=', row.id)
        .returning('enrolled')
        .executeTakeFirstOrThrow();
      const id = newId(this.#random);
      await tx
        .insertInto('devices')
        .values({
          id,
          maison_id: row.maison_id,
          store_id: row.store_id,
          role: 'embed',
          name: `${row.agency} ${number}`,
          public_key: publicKey,
          enrolled_at_ms: nowMs,
          revoked_at_ms: null,
          activation_id: row.id,
          seat_until_ms: nowMs + firstSeatMs,
        })
        .execute();
      return done(id);
    });
    if (!enrolled.ok) return enrolled;
    const device = await this.#registry.find(enrolled.value);
    if (!device.ok) return device;
    return done({ identity: await this.#registry.identity(device.value) });
  }

  /** Gives a device of an activation a seat until then; the house's own devices need none. */
  async takeSeat(device: Device, untilMs: EpochMs): Promise<Answer<Nothing>> {
    const { activation } = device;
    if (!activation) return done({});
    return await this.#database.transact(async (tx): Promise<Answer<Nothing>> => {
      const full = await this.#fullness(tx, activation.id, device.id);
      if (full) return full;
      await tx.updateTable('devices').set({ seat_until_ms: untilMs }).where('id', '=', device.id).execute();
      return done({});
    });
  }

  /** Milliseconds that an activation must wait before another of its pages calls an advisor; 0 if one may. */
  callWaitMs(device: Device): number {
    return device.activation ? this.#calls.take(device.activation.id) : 0;
  }

  /** Whether pages of this origin are those of an activation that lasts. */
  async knowsOrigin(origin: string): Promise<boolean> {
    const nowMs = this.#clock.nowMs();
    const rows = await this.#database.db
      .selectFrom('activations')
      .select('origins')
      .where('revoked_at_ms', 'is', null)
      .where('starts_at_ms', '<=', nowMs)
      .where('ends_at_ms', '>', nowMs)
      .execute();
    return rows.some(({ origins }) => readOrigins(origins).includes(origin));
  }

  /** The refusal if all seats but `deviceId`'s are taken. Takes the activation's write lock first: seats are never sold twice. */
  async #fullness(tx: Tx, activationId: string, deviceId: string | null) {
    const nowMs = this.#clock.nowMs();
    const { most_devices: most } = await tx
      .updateTable('activations')
      .set((builder) => ({ enrolled: builder.ref('enrolled') }))
      .where('id', '=', activationId)
      .returning('most_devices')
      .executeTakeFirstOrThrow();
    const others = await seated(tx, nowMs)
      .where('activation_id', '=', activationId)
      .$if(deviceId !== null, (query) => query.where('id', '!=', deviceId ?? ''))
      .select('seat_until_ms')
      .orderBy('seat_until_ms')
      .execute();
    const first = others[0];
    if (others.length < most || !first) return null;
    return refuse('rate-limited', 'Every place of this activation is taken.', {
      retryAfterMs: Math.max(1_000, first.seat_until_ms - nowMs),
    });
  }

  async #presentIn(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await seated(this.#database.db, this.#clock.nowMs())
      .where('activation_id', 'in', ids)
      .select(({ fn }) => ['activation_id', fn.countAll<number>().as('present')])
      .groupBy('activation_id')
      .execute();
    return new Map(rows.map(({ activation_id: id, present }) => [id ?? '', present]));
  }

  /** When a browser's line was last known to be open: by the nodes' reports, or by the token that it took last. */
  async #seenIn(ids: readonly string[]): Promise<ReadonlyMap<string, EpochMs>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.db
      .selectFrom('devices')
      .innerJoin('device_reports', 'device_reports.device_id', 'devices.id')
      .where('devices.activation_id', 'in', ids)
      .select(({ fn }) => ['devices.activation_id', fn.max('device_reports.seen_at_ms').as('seen')])
      .groupBy('devices.activation_id')
      .execute();
    return new Map(
      rows.flatMap(({ activation_id: id, seen }) => (id === null || seen === null ? [] : [[id, seen]])),
    );
  }

  async #ownerOf(maisonId: MaisonId | null, storeId: string): Promise<MaisonId | null> {
    const maisons = maisonId === null ? await this.#houses.maisons() : [{ id: maisonId }];
    for (const { id } of maisons) if (await this.#houses.store(id, storeId)) return id;
    return null;
  }
}

/**
 * Whether a page of that origin may speak for the device. Null: one of our own pages, or no browser. An agency's device
 * speaks from its activation's pages only, and no other device from any of these.
 */
export function admitsFrom({ activation }: Device, origin: string | null): boolean {
  return activation === null ? origin === null : origin !== null && activation.origins.includes(origin);
}

function seated(db: Queries, nowMs: EpochMs) {
  return db.selectFrom('devices').where('revoked_at_ms', 'is', null).where('seat_until_ms', '>', nowMs);
}

function asActivation(row: ActivationRow, present: number, lastSeenAtMs: EpochMs | null): Activation {
  return {
    id: row.id,
    maisonId: row.maison_id,
    storeId: row.store_id,
    agency: row.agency,
    key: row.publishable_key,
    origins: readOrigins(row.origins),
    scope: readScopes(row.scope),
    startsAtMs: row.starts_at_ms,
    endsAtMs: row.ends_at_ms,
    mostDevices: row.most_devices,
    madeAtMs: row.made_at_ms,
    revokedAtMs: row.revoked_at_ms,
    enrolled: row.enrolled,
    present,
    lastSeenAtMs,
  };
}
