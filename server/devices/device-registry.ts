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
import type { ServerSecrets } from './secrets.ts';

/** An enrolled device. Maison and boutique of everything it does come from here, never from a message. */
export interface Device {
  readonly id: DeviceId;
  readonly role: DeviceRole;
  readonly name: string;
  readonly maisonId: MaisonId;
  readonly storeId: StoreId;
}

/** For whom an enrolment code is made. */
export interface EnrolmentTarget {
  readonly maisonId: MaisonId;
  readonly storeId: StoreId;
  readonly role: DeviceRole;
  readonly name: string;
}

const operator: AuditActor = { kind: 'operator', id: null };

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

  /** The device, unless it never was (`unauthenticated`) or is no longer welcome (`forbidden`). */
  async find(deviceId: DeviceId): Promise<Answer<Device>> {
    const row = await this.#row(deviceId);
    if (!row) return refuse('unauthenticated', 'This device is not enrolled here.');
    if (row.revoked_at_ms !== null) return refuse('forbidden', 'This device has been revoked.');
    const { id, role, name, maison_id: maisonId, store_id: storeId } = row;
    return done({ id, role, name, maisonId, storeId });
  }

  /** The public key with which a device enrolled. */
  async publicKey(deviceId: DeviceId): Promise<PublicKeyJwk | undefined> {
    const row = await this.#row(deviceId);
    return row && z.parse(PublicKeyJwk, JSON.parse(row.public_key));
  }

  /** A device's name for screens, revoked or not. */
  async name(deviceId: DeviceId): Promise<string> {
    return (await this.#row(deviceId))?.name ?? '';
  }

  /** Everything that the device may know about itself and its neighbours. */
  async identity(device: Device): Promise<DeviceIdentity> {
    const stores = await this.#houses.stores(device.maisonId);
    const store = stores.find(({ id }) => id === device.storeId);
    if (!store) throw new Error(`Device ${device.id} stands in a boutique that is not there.`);
    return {
      deviceId: device.id,
      role: device.role,
      name: device.name,
      maisonId: device.maisonId,
      maisonName: await this.#houses.maisonName(device.maisonId),
      store,
      nearby: stores.filter(({ id }) => id !== device.storeId),
      boutique: this.#houses.content(device.maisonId, device.storeId),
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

  async #row(deviceId: DeviceId): Promise<Tables['devices'] | undefined> {
    return await this.#database.db
      .selectFrom('devices')
      .selectAll()
      .where('id', '=', deviceId)
      .executeTakeFirst();
  }
}

/** Codes are read as people write them. */
function normalised(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}
