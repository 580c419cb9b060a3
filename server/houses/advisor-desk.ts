import type { Advisor, AdvisorId, Answer, DeviceId } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import { settleDeed } from '../core/deed.ts';
import type { Clock } from '../core/clock.ts';
import type { Device } from '../devices/device-registry.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { asAdvisor } from './houses.ts';
import { pinMatches } from './pin.ts';
import { PinTries } from './pin-tries.ts';

/** PINs of one tablet: whoever types stays far below, and no tablet walks through a list of names. */
const triesPerDevice = { burst: 20, perSecond: 0.2 };

/** A hash that no PIN has, for a boutique without anybody in it. */
const nobodysHash = `scrypt$16384$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Who is signed in on which tablet. */
export class AdvisorDesk {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #signInMs: number;
  readonly #tries: PinTries;
  readonly #rate: TokenBuckets;

  constructor(database: Database, clock: Clock, signInMs: number) {
    this.#database = database;
    this.#clock = clock;
    this.#signInMs = signInMs;
    this.#tries = new PinTries(database, clock);
    this.#rate = new TokenBuckets(clock, triesPerDevice);
  }

  /**
   * Binds an advisor of the tablet's own boutique to the tablet. A name that is not theirs, or nobody's, is answered as a wrong
   * PIN is: in the same words, after the same work, with the same lock.
   */
  async signIn(device: Device, advisorId: string, pin: string): Promise<Answer<{ advisor: Advisor }>> {
    const waitMs = this.#rate.take(device.id);
    if (waitMs > 0)
      return refuse('rate-limited', 'Too many PINs from this tablet.', { retryAfterMs: waitMs });
    const tried = await this.#tries.count(device.storeId, advisorId);
    if (tried.kind === 'locked') {
      return refuse('pin-locked', 'Too many wrong PINs.', { retryAfterMs: tried.retryAfterMs });
    }
    const colleagues = await this.#database.db
      .selectFrom('advisors')
      .selectAll()
      .where('maison_id', '=', device.maisonId)
      .where('store_id', '=', device.storeId)
      .execute();
    const row = colleagues.find(({ id }) => id === advisorId);
    const isRight = await pinMatches(pin, (row ?? colleagues[0])?.pin_hash ?? nobodysHash);
    if (!row || !isRight) {
      const { lockedForMs, triesLeft } = tried;
      return lockedForMs === null
        ? refuse('pin-wrong', 'The PIN is wrong.', { triesLeft })
        : refuse('pin-locked', 'Too many wrong PINs.', { retryAfterMs: lockedForMs });
    }
    const signedIn = done({ advisor: asAdvisor(row) });
    await this.#database.transact(async (tx) => {
      await this.#tries.right(tx, device.storeId, advisorId);
      await this.admit(tx, device, advisorId, null);
      await settleDeed(tx, signedIn);
    });
    return signedIn;
  }

  /** Binds an advisor who has proved who they are; `passkeyId` null: by PIN. */
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

  /** Forgets wrong PINs of yesterday. */
  async prune(): Promise<void> {
    await this.#tries.prune();
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
