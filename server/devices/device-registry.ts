import type { Selectable } from 'kysely';
import * as z from 'zod/mini';
import {
  PublicKeyJwk,
  type Answer,
  type AuditActor,
  type DeviceId,
  type DeviceIdentity,
  type EpochMs,
  type MaisonId,
} from '../../protocol/index.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { deviceRows, welcomeDevice, type Device } from './device-rows.ts';

export type { Device } from './device-rows.ts';

const operator: AuditActor = { kind: 'operator', id: null };

/** Devices looked up by one query. */
const standingChunk = 500;

/** Who may speak to this server: every device's standing and identity, and its revocation. How one comes in: `Enrolments`. */
export class DeviceRegistry {
  readonly #database: Database;
  readonly #houses: Houses;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #hints: Hints;

  constructor(deps: { database: Database; houses: Houses; audit: AuditLog; clock: Clock; hints: Hints }) {
    this.#database = deps.database;
    this.#houses = deps.houses;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#hints = deps.hints;
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
