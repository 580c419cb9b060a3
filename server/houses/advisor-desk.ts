import type { Advisor, AdvisorId, Answer, DeviceId } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Device } from '../devices/device-registry.ts';
import type { Database } from '../persistence/database.ts';
import { asAdvisor } from './houses.ts';
import { pinMatches } from './pin.ts';

/** Wrong PINs before an advisor is locked. */
export const pinTries = 5;

/** How long the lock holds. */
export const pinLockMs = 15 * 60_000;

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

  /** Binds an advisor of the tablet's own boutique to the tablet. An advisor of another is as unknown as a wrong PIN. */
  async signIn(device: Device, advisorId: string, pin: string): Promise<Answer<{ advisor: Advisor }>> {
    const nowMs = this.#clock.nowMs();
    // The try is counted before the PIN is looked at: many at once cannot slip past the limit while one is being hashed.
    const row = await this.#database.transact(async (tx) => {
      await tx
        .updateTable('advisors')
        .set({ wrong_pins: 0, pin_locked_until_ms: 0 })
        .where('maison_id', '=', device.maisonId)
        .where('id', '=', advisorId)
        .where('pin_locked_until_ms', '>', 0)
        .where('pin_locked_until_ms', '<=', nowMs)
        .execute();
      return await tx
        .updateTable('advisors')
        .set((builder) => ({
          wrong_pins: builder('wrong_pins', '+', 1),
          pin_locked_until_ms: builder
            .case()
            .when('wrong_pins', '>=', pinTries - 1)
            .then(nowMs + pinLockMs)
            .else(builder.ref('pin_locked_until_ms'))
            .end(),
        }))
        .where('maison_id', '=', device.maisonId)
        .where('store_id', '=', device.storeId)
        .where('id', '=', advisorId)
        .where('pin_locked_until_ms', '=', 0)
        .returningAll()
        .executeTakeFirst();
    });
    if (!row) return await this.#lockedOrUnknown(device, advisorId, nowMs);
    if (!(await pinMatches(pin, row.pin_hash))) {
      if (row.wrong_pins >= pinTries) {
        return refuse('pin-locked', 'Too many wrong PINs.', { retryAfterMs: pinLockMs });
      }
      return refuse('pin-wrong', 'The PIN is wrong.', { triesLeft: pinTries - row.wrong_pins });
    }
    const expiresAtMs = nowMs + this.#signInMs;
    await this.#database.transact(async (tx) => {
      await tx
        .updateTable('advisors')
        .set({ wrong_pins: 0, pin_locked_until_ms: 0 })
        .where('maison_id', '=', device.maisonId)
        .where('id', '=', advisorId)
        .execute();
      const values = { maison_id: device.maisonId, advisor_id: advisorId, expires_at_ms: expiresAtMs };
      await tx
        .insertInto('sign_ins')
        .values({ device_id: device.id, ...values })
        .onConflict((conflict) => conflict.column('device_id').doUpdateSet(values))
        .execute();
    });
    return done({ advisor: asAdvisor(row) });
  }

  async #lockedOrUnknown(device: Device, advisorId: string, nowMs: number) {
    const row = await this.#database.db
      .selectFrom('advisors')
      .select('pin_locked_until_ms')
      .where('maison_id', '=', device.maisonId)
      .where('store_id', '=', device.storeId)
      .where('id', '=', advisorId)
      .executeTakeFirst();
    if (!row) return refuse('not-found', 'There is no such advisor in this boutique.');
    const retryAfterMs = Math.max(1, row.pin_locked_until_ms - nowMs);
    return refuse('pin-locked', 'Too many wrong PINs.', { retryAfterMs });
  }

  async signOut(device: Device): Promise<void> {
    await this.#database.db.deleteFrom('sign_ins').where('device_id', '=', device.id).execute();
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

  /** The tablets of a boutique on which an advisor is signed in. */
  async tabletsOf(maisonId: string, storeId: string, advisorId: string): Promise<DeviceId[]> {
    const rows = await this.#database.db
      .selectFrom('sign_ins')
      .innerJoin('devices', 'devices.id', 'sign_ins.device_id')
      .select('devices.id')
      .where('sign_ins.maison_id', '=', maisonId)
      .where('sign_ins.advisor_id', '=', advisorId)
      .where('sign_ins.expires_at_ms', '>', this.#clock.nowMs())
      .where('devices.store_id', '=', storeId)
      .execute();
    return rows.map(({ id }) => id);
  }
}
