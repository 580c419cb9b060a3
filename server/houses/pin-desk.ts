import {
  isEasyPin,
  type Advisor,
  type AdvisorId,
  type Answer,
  type AuditAction,
  type DeviceId,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Nothing, type Refusal } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { settleDeed } from '../core/deed.ts';
import type { Hints } from '../core/hints.ts';
import type { Random } from '../core/random.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { Device } from '../devices/device-rows.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { AdvisorDesk } from './advisor-desk.ts';
import { isOf, lockAdvisor, type AdvisorRow } from './advisor-rows.ts';
import { asAdvisor } from './houses.ts';
import { hashPin, pinMatches } from './pin.ts';
import type { PinTries, PinTry } from './pin-tries.ts';

/** PINs of one tablet: whoever types stays far below, and no tablet walks through a list of names. */
const triesPerDevice = { burst: 20, perSecond: 0.2 };

/** A hash that no PIN has, for a boutique without anybody in it. */
const nobodysHash = `scrypt$16384$${'A'.repeat(22)}$${'A'.repeat(43)}`;

type Secret = 'pin_hash' | 'start_code_hash';

/** Somebody who knew what they had to know. */
interface Proven {
  readonly row: AdvisorRow;
  readonly tried: PinTry & { readonly kind: 'counted' };
}

/**
 * What advisors prove themselves with at a tablet: their PIN, or once a start code, by which they choose one. Each try counts against
 * the same name and the same tablet, whatever was tried.
 */
export class PinDesk {
  readonly #database: Database;
  readonly #desk: AdvisorDesk;
  readonly #tries: PinTries;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #pinCost: number;
  readonly #rate: TokenBuckets;

  constructor(deps: {
    database: Database;
    desk: AdvisorDesk;
    tries: PinTries;
    audit: AuditLog;
    clock: Clock;
    random: Random;
    hints: Hints;
    pinCost: number;
  }) {
    this.#database = deps.database;
    this.#desk = deps.desk;
    this.#tries = deps.tries;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#hints = deps.hints;
    this.#pinCost = deps.pinCost;
    this.#rate = new TokenBuckets(deps.clock, triesPerDevice);
  }

  /**
   * Binds an advisor of the tablet's own boutique to the tablet. A name that is not theirs, or nobody's, is answered as a wrong
   * PIN is: in the same words, after the same work, with the same lock.
   */
  async signIn(device: Device, advisorId: AdvisorId, pin: string): Promise<Answer<{ advisor: Advisor }>> {
    const proven = await this.#prove(device, advisorId, 'pin_hash', pin);
    if (!proven.ok) return proven;
    return await this.#settle(device, proven.value, 'pin_hash', async (tx, row) => {
      await this.#desk.admit(tx, device, advisorId, null);
      return { advisor: asAdvisor(row) };
    });
  }

  /** Uses a start code up, and signs its advisor in with the PIN that they choose. */
  async start(
    device: Device,
    advisorId: AdvisorId,
    { code, pin }: { readonly code: string; readonly pin: string },
  ): Promise<Answer<{ advisor: Advisor }>> {
    if (isEasyPin(pin, code)) return easyPin();
    const proven = await this.#prove(device, advisorId, 'start_code_hash', code);
    if (!proven.ok) return proven;
    if ((proven.value.row.start_code_until_ms ?? 0) <= this.#clock.nowMs()) {
      return refuse('code-expired', 'This start code has expired: ask for another.');
    }
    const hash = await hashPin(pin, this.#random, this.#pinCost);
    return await this.#settle(device, proven.value, 'start_code_hash', async (tx, row) => {
      await this.#keepPin(tx, row, hash);
      await this.#desk.admit(tx, device, advisorId, null);
      await this.#note(tx, row, 'advisor.pin-chosen', device.id);
      return { advisor: asAdvisor(row) };
    });
  }

  /** The advisor who is signed in here chooses another PIN; where the old one signed them in elsewhere, that ends. */
  async change(
    device: Device,
    { oldPin, pin }: { readonly oldPin: string; readonly pin: string },
  ): Promise<Answer<Nothing>> {
    const advisor = await this.#desk.signedIn(device);
    if (!advisor) return refuse('unauthenticated', 'Nobody is signed in on this tablet.');
    if (isEasyPin(pin) || pin === oldPin) return easyPin();
    const proven = await this.#prove(device, advisor.id, 'pin_hash', oldPin);
    if (!proven.ok) return proven;
    const hash = await hashPin(pin, this.#random, this.#pinCost);
    let ended: DeviceId[] = [];
    const changed = await this.#settle(device, proven.value, 'pin_hash', async (tx, row) => {
      await this.#keepPin(tx, row, hash);
      ended = await this.#desk.endSignIns(tx, row, { byPin: true, but: device.id });
      await this.#note(tx, row, 'advisor.pin-changed', device.id);
      return {};
    });
    if (changed.ok) for (const deviceId of ended) this.#hints.publish({ kind: 'signed-out', deviceId });
    return changed;
  }

  /** Forgets wrong PINs of yesterday. */
  async prune(): Promise<void> {
    await this.#tries.prune();
  }

  async #prove(device: Device, advisorId: AdvisorId, secret: Secret, typed: string): Promise<Answer<Proven>> {
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
      .where('left_at_ms', 'is', null)
      .execute();
    const row = colleagues.find(({ id }) => id === advisorId);
    const hash = row?.[secret] || colleagues.find(({ pin_hash: some }) => some !== '')?.pin_hash;
    const isRight = await pinMatches(typed, hash ?? nobodysHash);
    return row && isRight && row[secret] ? done({ row, tried }) : wrong(tried);
  }

  /** Does what was proven to be right, if it still is: they may have been shut out, or the code used, while it was hashed. */
  async #settle<Value extends object>(
    { maisonId, storeId }: Device,
    { row, tried }: Proven,
    secret: Secret,
    work: (tx: Tx, row: AdvisorRow) => Promise<Value>,
  ): Promise<Answer<Value>> {
    return await this.#database.transact(async (tx) => {
      const now = await lockAdvisor(tx, maisonId, row.id);
      if (!now || !isOf(now, storeId) || now[secret] !== row[secret]) return wrong(tried);
      await this.#tries.right(tx, storeId, row.id);
      const answer = done(await work(tx, now));
      await settleDeed(tx, answer);
      return answer;
    });
  }

  async #keepPin(tx: Tx, row: AdvisorRow, hash: string): Promise<void> {
    await tx
      .updateTable('advisors')
      .set({ pin_hash: hash, start_code_hash: null, start_code_until_ms: null })
      .where('maison_id', '=', row.maison_id)
      .where('id', '=', row.id)
      .execute();
  }

  async #note(tx: Tx, row: AdvisorRow, action: AuditAction, deviceId: DeviceId): Promise<void> {
    const actor = { kind: 'advisor', id: row.id } as const;
    const { maison_id: maisonId, store_id: storeId } = row;
    await this.#audit.note(tx, { maisonId, storeId, actor, action, subject: deviceId });
  }
}

function wrong({ lockedForMs, triesLeft }: Proven['tried']): Refusal {
  return lockedForMs === null
    ? refuse('pin-wrong', 'The PIN is wrong.', { triesLeft })
    : refuse('pin-locked', 'Too many wrong PINs.', { retryAfterMs: lockedForMs });
}

function easyPin(): Refusal {
  return refuse('pin-easy', 'Anybody would guess this PIN: choose another.');
}
