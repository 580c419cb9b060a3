import type { Selectable } from 'kysely';
import * as z from 'zod/mini';
import {
  PublicKeyJwk,
  type Answer,
  type AuditActor,
  type DeviceId,
  type DeviceIdentity,
  type DeviceRole,
  type EnrolRequest,
  type EpochMs,
  type MaisonId,
  type StoreId,
} from '../../protocol/index.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { newId, newTypedCode, type Random } from '../core/random.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { deviceRows, welcomeDevice, type Device } from './device-rows.ts';
import type { ServerSecrets } from './secrets.ts';

export type { Device } from './device-rows.ts';

/** For whom an enrolment code is made. */
export interface EnrolmentTarget {
  readonly maisonId: MaisonId;
  readonly storeId: StoreId;
  readonly role: DeviceRole;
  readonly name: string;
}

/** A device as the operator and the house's console see it. */
export interface ListedDevice {
  readonly id: DeviceId;
  readonly maisonId: MaisonId;
  readonly storeId: StoreId;
  readonly role: DeviceRole;
  readonly name: string;
  readonly enrolledAtMs: EpochMs;
  readonly revokedAtMs: EpochMs | null;
  readonly activation: { readonly id: string; readonly agency: string } | null;
}

const operator: AuditActor = { kind: 'operator', id: null };

/** Most devices of one listing. */
const mostListed = 1_000;

/** Devices looked up by one query. */
const standingChunk = 500;

/** Sixteen letters hold 80 bits: nobody guesses one, and it can still be typed. */
const enrolmentLetters = 16;

/** Who may speak to this server: enrolment by one-time code, revocation, and each device's identity. */
export class DeviceRegistry {
  readonly #database: Database;
  readonly #houses: Houses;
  readonly #audit: AuditLog;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #enrolmentMs: number;

  constructor(deps: {
    database: Database;
    houses: Houses;
    audit: AuditLog;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
    hints: Hints;
    enrolmentMs: number;
  }) {
    this.#database = deps.database;
    this.#houses = deps.houses;
    this.#audit = deps.audit;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#hints = deps.hints;
    this.#enrolmentMs = deps.enrolmentMs;
  }

  /** Makes a one-time code. Only its hash is kept. */
  async createEnrolment(
    target: EnrolmentTarget,
    actor: AuditActor = operator,
  ): Promise<Answer<{ code: string; expiresAtMs: EpochMs }>> {
    const { maisonId, storeId, role, name } = target;
    if (!(await this.#houses.store(maisonId, storeId))) {
      return refuse('not-found', `There is no boutique ${storeId} of ${maisonId}.`);
    }
    if (role === 'embed') return refuse('bad-request', 'An agency’s page enrols by its activation’s key.');
    const code = newTypedCode(this.#random, enrolmentLetters);
    const expiresAtMs = this.#clock.nowMs() + this.#enrolmentMs;
    await this.#database.transact(async (tx) => {
      await tx
        .insertInto('enrolments')
        .values({
          code_hash: this.#secrets.ownHash('enrolment', code),
          maison_id: maisonId,
          store_id: storeId,
          role,
          name,
          expires_at_ms: expiresAtMs,
          device_id: null,
        })
        .execute();
      await this.#audit.note(tx, { maisonId, storeId, actor, action: 'device.enrolment-made', reason: role });
    });
    return done({ code, expiresAtMs });
  }

  /** Uses a code up. The same key with the same code gets the same answer again: the first may have been lost. */
  async enrol(request: EnrolRequest): Promise<Answer<{ identity: DeviceIdentity }>> {
    const hash = this.#secrets.ownHash('enrolment', normalised(request.code));
    const nowMs = this.#clock.nowMs();
    const publicKey = JSON.stringify(request.publicKey);
    const enrolled = await this.#database.transact(async (tx): Promise<Answer<DeviceId>> => {
      const row = await tx
        .selectFrom('enrolments')
        .selectAll()
        .where('code_hash', '=', hash)
        .executeTakeFirst();
      if (!row) return refuse('code-unknown', 'This enrolment code is not known.');
      if (row.device_id !== null) return await this.#usedBefore(tx, row.device_id, publicKey);
      if (row.role !== request.role) {
        return refuse('forbidden', `This code is for another kind of device (${row.role}).`);
      }
      const id = newId(this.#random);
      const taken = await tx
        .updateTable('enrolments')
        .set({ device_id: id })
        .where('code_hash', '=', hash)
        .where('device_id', 'is', null)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst();
      if (taken.numUpdatedRows === 0n) {
        if (row.expires_at_ms <= nowMs) return refuse('code-expired', 'This enrolment code has expired.');
        return refuse('code-used', 'This enrolment code has been used.');
      }
      await tx
        .insertInto('devices')
        .values({
          id,
          maison_id: row.maison_id,
          store_id: row.store_id,
          role: row.role,
          name: row.name,
          public_key: publicKey,
          enrolled_at_ms: nowMs,
          revoked_at_ms: null,
        })
        .execute();
      await this.#audit.note(tx, {
        maisonId: row.maison_id,
        storeId: row.store_id,
        actor: { kind: 'device', id },
        action: 'device.enrolled',
        subject: id,
        reason: row.role,
      });
      return done(id);
    });
    if (!enrolled.ok) return enrolled;
    const device = await this.find(enrolled.value);
    if (!device.ok) return device;
    return done({ identity: await this.identity(device.value) });
  }

  async #usedBefore(db: Database['db'], deviceId: DeviceId, publicKey: string): Promise<Answer<DeviceId>> {
    const device = await db
      .selectFrom('devices')
      .select('public_key')
      .where('id', '=', deviceId)
      .executeTakeFirst();
    if (device?.public_key === publicKey) return done(deviceId);
    return refuse('code-used', 'This enrolment code has been used.');
  }

  /** The device, unless it never was (`unauthenticated`) or is not welcome now (`forbidden`). */
  async find(deviceId: DeviceId): Promise<Answer<Device>> {
    const row = await deviceRows(this.#database.db).where('devices.id', '=', deviceId).executeTakeFirst();
    if (!row) return refuse('unauthenticated', 'This device is not enrolled here.');
    return welcomeDevice(row, this.#clock.nowMs());
  }

  /** Of these devices those that are welcome now, with the number of their key; one query for every 500. */
  async standing(deviceIds: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, number>> {
    const nowMs = this.#clock.nowMs();
    const welcome = new Map<DeviceId, number>();
    for (let from = 0; from < deviceIds.length; from += standingChunk) {
      const ids = deviceIds.slice(from, from + standingChunk);
      const rows = await deviceRows(this.#database.db).where('devices.id', 'in', ids).execute();
      for (const row of rows) if (welcomeDevice(row, nowMs).ok) welcome.set(row.id, row.key_number);
    }
    return welcome;
  }

  /**
   * The devices of a Maison (of all where it is null), of one boutique where it is named, revoked ones included: the house's
   * own first, the newest first, at most 1000.
   */
  async list(maisonId: MaisonId | null, storeId: StoreId | null = null): Promise<ListedDevice[]> {
    let query = deviceRows(this.#database.db);
    if (maisonId !== null) query = query.where('devices.maison_id', '=', maisonId);
    if (storeId !== null) query = query.where('devices.store_id', '=', storeId);
    const rows = await query
      .orderBy((order) => order.case().when('devices.activation_id', 'is', null).then(0).else(1).end())
      .orderBy('devices.enrolled_at_ms', 'desc')
      .orderBy('devices.id')
      .limit(mostListed)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      maisonId: row.maison_id,
      storeId: row.store_id,
      role: row.role,
      name: row.name,
      enrolledAtMs: row.enrolled_at_ms,
      revokedAtMs: row.revoked_at_ms,
      activation: row.activation_id === null ? null : { id: row.activation_id, agency: row.agency ?? '' },
    }));
  }

  /** The public key with which a device speaks now. */
  async publicKey(deviceId: DeviceId): Promise<PublicKeyJwk | undefined> {
    const row = await this.#row(deviceId);
    return row && z.parse(PublicKeyJwk, JSON.parse(row.public_key));
  }

  /** A device's name for screens, revoked or not. */
  async name(deviceId: DeviceId): Promise<string> {
    return (await this.#row(deviceId))?.name ?? '';
  }

  /** A calling device for screens, revoked or not, with the agency's activation of its page. */
  async caller(
    deviceId: DeviceId,
  ): Promise<{ name: string; activation: { id: string; agency: string } | null }> {
    const row = await deviceRows(this.#database.db).where('devices.id', '=', deviceId).executeTakeFirst();
    const activation =
      typeof row?.activation_id !== 'string' ? null : { id: row.activation_id, agency: row.agency ?? '' };
    return { name: row?.name ?? '', activation };
  }

  /** Everything that the device may know about itself and its neighbours. */
  async identity(device: Device): Promise<DeviceIdentity> {
    const stores = await this.#houses.stores(device.maisonId);
    const store = stores.find(({ id }) => id === device.storeId);
    const { activation } = device;
    if (!store) throw new Error(`Device ${device.id} stands in a boutique that is not there.`);
    return {
      deviceId: device.id,
      role: device.role,
      name: device.name,
      maisonId: device.maisonId,
      maisonName: await this.#houses.maisonName(device.maisonId),
      store,
      nearby: seesNearby(device) ? stores.filter(({ id }) => id !== device.storeId) : [],
      boutique: this.#houses.content(device.maisonId, device.storeId),
      ...(activation && {
        activation: { id: activation.id, agency: activation.agency, scope: [...activation.scope] },
      }),
    };
  }

  /** Sends a device away for good; its open sockets are closed. With `maisonId`, only if it is that Maison's. */
  async revoke(
    deviceId: DeviceId,
    {
      maisonId = null,
      actor = operator,
    }: { readonly maisonId?: MaisonId | null; readonly actor?: AuditActor } = {},
  ): Promise<Answer<Nothing>> {
    const revoked = await this.#database.transact(async (tx) => {
      let update = tx
        .updateTable('devices')
        .set({ revoked_at_ms: this.#clock.nowMs() })
        .where('id', '=', deviceId)
        .where('revoked_at_ms', 'is', null);
      if (maisonId !== null) update = update.where('maison_id', '=', maisonId);
      const row = await update.returning(['maison_id', 'store_id', 'role']).executeTakeFirst();
      if (!row) return false;
      await tx.deleteFrom('sign_ins').where('device_id', '=', deviceId).execute();
      await this.#audit.note(tx, {
        maisonId: row.maison_id,
        storeId: row.store_id,
        actor,
        action: 'device.revoked',
        subject: deviceId,
        reason: row.role,
      });
      return true;
    });
    if (!revoked) return refuse('not-found', 'There is no such device to revoke.');
    this.#hints.publish({ kind: 'device-revoked', deviceId });
    return done({});
  }

  /** Devices that were sent away after `sinceMs`. */
  async revokedSince(sinceMs: EpochMs): Promise<DeviceId[]> {
    const rows = await this.#database.db
      .selectFrom('devices')
      .select('id')
      .where('revoked_at_ms', '>', sinceMs)
      .execute();
    return rows.map(({ id }) => id);
  }

  async #row(deviceId: DeviceId): Promise<Selectable<Tables['devices']> | undefined> {
    return await this.#database.db
      .selectFrom('devices')
      .selectAll()
      .where('id', '=', deviceId)
      .executeTakeFirst();
  }
}

function seesNearby({ activation }: Device): boolean {
  return activation === null || activation.scope.includes('nearby-stock');
}

/** Codes are read as people write them. */
function normalised(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}
