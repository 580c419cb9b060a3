import type { Advisor, AdvisorId, DeviceId } from '../../protocol/index.ts';
import { done } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { settleDeed } from '../core/deed.ts';
import type { Device } from '../devices/device-registry.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { lockAdvisor, type AdvisorRow } from './advisor-rows.ts';
import { asAdvisor } from './houses.ts';

/** Tablets looked up by one query. */
const idsAtOnce = 500;

/** Who is signed in on which tablet. */
export class AdvisorDesk {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #signInMs: number;

  constructor(database: Database, clock: Clock, signInMs: number) {
    this.#database = database;
    this.#clock = clock;
    this.#signInMs = signInMs;
  }

  /** Binds an advisor who has proved who they are, and is locked; `passkeyId` null: by PIN. */
  async admit(tx: Tx, device: Device, advisorId: string, passkeyId: string | null): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const values = {
      maison_id: device.maisonId,
      advisor_id: advisorId,
      expires_at_ms: nowMs + this.#signInMs,
      signed_in_at_ms: nowMs,
      passkey_id: passkeyId,
    };
    await tx
      .insertInto('sign_ins')
      .values({ device_id: device.id, ...values })
      .onConflict((conflict) => conflict.column('device_id').doUpdateSet(values))
      .execute();
    await tx
      .updateTable('advisors')
      .set({ last_sign_in_at_ms: nowMs })
      .where('maison_id', '=', device.maisonId)
      .where('id', '=', advisorId)
      .execute();
  }

  /** Whether a right PIN opened this tablet within the last `withinMs`. */
  async hasJustSignedInByPin(device: Device, withinMs: number): Promise<boolean> {
    const nowMs = this.#clock.nowMs();
    const row = await this.#database.db
      .selectFrom('sign_ins')
      .select('device_id')
      .where('device_id', '=', device.id)
      .where('maison_id', '=', device.maisonId)
      .where('passkey_id', 'is', null)
      .where('signed_in_at_ms', '>', nowMs - withinMs)
      .where('signed_in_at_ms', '<=', nowMs)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Locks an advisor until the transaction ends; false if they are not signed in on this tablet any more. */
  async holds(tx: Tx, device: Device, advisorId: AdvisorId): Promise<boolean> {
    await lockAdvisor(tx, device.maisonId, advisorId);
    const row = await tx
      .selectFrom('sign_ins')
      .select('device_id')
      .where('device_id', '=', device.id)
      .where('maison_id', '=', device.maisonId)
      .where('advisor_id', '=', advisorId)
      .where('expires_at_ms', '>', this.#clock.nowMs())
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Ends an advisor's sign-ins; returns the tablets on which nobody is signed in any more. */
  async endSignIns(
    tx: Tx,
    { maison_id: maisonId, id: advisorId }: AdvisorRow,
    { byPin = false, but = '' }: { readonly byPin?: boolean; readonly but?: DeviceId } = {},
  ): Promise<DeviceId[]> {
    let query = tx
      .deleteFrom('sign_ins')
      .where('maison_id', '=', maisonId)
      .where('advisor_id', '=', advisorId)
      .where('device_id', '!=', but);
    if (byPin) query = query.where('passkey_id', 'is', null);
    const ended = await query.returning('device_id').execute();
    return ended.map(({ device_id: deviceId }) => deviceId);
  }

  async signOut(device: Device): Promise<void> {
    await this.#database.transact(async (tx) => {
      await tx.deleteFrom('sign_ins').where('device_id', '=', device.id).execute();
      await settleDeed(tx, done({}));
    });
  }

  /** The advisor signed in on this tablet, while it lasts. */
  async signedIn(device: Device): Promise<Advisor | null> {
    const row = await this.#database.db
      .selectFrom('sign_ins')
      .innerJoin('advisors', (join) =>
        join
          .onRef('advisors.maison_id', '=', 'sign_ins.maison_id')
          .onRef('advisors.id', '=', 'sign_ins.advisor_id'),
      )
      .selectAll('advisors')
      .where('sign_ins.device_id', '=', device.id)
      .where('sign_ins.maison_id', '=', device.maisonId)
      .where('sign_ins.expires_at_ms', '>', this.#clock.nowMs())
      .executeTakeFirst();
    return row ? asAdvisor(row) : null;
  }

  /** The advisors who are signed in on a tablet of this device's boutique. */
  async present({ maisonId, storeId }: Device): Promise<AdvisorId[]> {
    const rows = await this.#database.db
      .selectFrom('sign_ins')
      .innerJoin('devices', 'devices.id', 'sign_ins.device_id')
      .select('sign_ins.advisor_id')
      .distinct()
      .where('sign_ins.maison_id', '=', maisonId)
      .where('sign_ins.expires_at_ms', '>', this.#clock.nowMs())
      .where('devices.store_id', '=', storeId)
      .where('devices.revoked_at_ms', 'is', null)
      .execute();
    return rows.map((row) => row.advisor_id);
  }

  /** The tablets of a boutique on which an advisor is signed in; none that was taken out of service, whether or not its line is cut yet. */
  async tabletsOf(maisonId: string, storeId: string, advisorId: string): Promise<DeviceId[]> {
    const rows = await this.#database.db
      .selectFrom('sign_ins')
      .innerJoin('devices', 'devices.id', 'sign_ins.device_id')
      .select('devices.id')
      .where('sign_ins.maison_id', '=', maisonId)
      .where('sign_ins.advisor_id', '=', advisorId)
      .where('sign_ins.expires_at_ms', '>', this.#clock.nowMs())
      .where('devices.store_id', '=', storeId)
      .where('devices.revoked_at_ms', 'is', null)
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Those of these tablets on which there is a sign-in, one that has run out included; one query for every 500. */
  async tabletsAmong(deviceIds: readonly DeviceId[]): Promise<ReadonlySet<DeviceId>> {
    const found = new Set<DeviceId>();
    for (let from = 0; from < deviceIds.length; from += idsAtOnce) {
      const rows = await this.#database.db
        .selectFrom('sign_ins')
        .select('device_id')
        .where('device_id', 'in', deviceIds.slice(from, from + idsAtOnce))
        .execute();
      for (const row of rows) found.add(row.device_id);
    }
    return found;
  }
}
