import {
  offerLifetimeMs,
  typedCodeTries,
  type Advisor,
  type AdvisorId,
  type Answer,
  type Claim,
  type EpochMs,
  type OfferId,
} from '../../protocol/index.ts';
import { done, refuse, type Refusal } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { Device } from '../devices/device-registry.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { OfferBook } from './offer-book.ts';
import type { OfferRow } from './offer-rows.ts';

/** What an advisor scanned or typed. */
export type ClaimSecret = { readonly secret: string } | { readonly code: string };

/** Lets one signed-in advisor claim a mirror's offer, once, in the same boutique. */
export class ClaimDesk {
  readonly #database: Database;
  readonly #offers: OfferBook;
  readonly #desk: AdvisorDesk;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(deps: {
    database: Database;
    offers: OfferBook;
    desk: AdvisorDesk;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
  }) {
    this.#database = deps.database;
    this.#offers = deps.offers;
    this.#desk = deps.desk;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  async claim(tablet: Device, given: ClaimSecret): Promise<Answer<Claim>> {
    const advisor = await this.#desk.signedIn(tablet);
    if (!advisor) return nobodySignedIn();
    if ('secret' in given) {
      const row = await this.#offerBy(
        tablet,
        'secret_hash',
        this.#secrets.hash(tablet.maisonId, 'offer-secret', given.secret),
      );
      if (!row) return refuse('code-unknown', 'This code is not known.');
      return await this.#claimRow(tablet, advisor, row);
    }
    const lockedMs = await this.#countTry(tablet);
    if (lockedMs > 0) return refuse('code-locked', 'Too many wrong codes.', { retryAfterMs: lockedMs });
    const row = await this.#offerBy(
      tablet,
      'code_hash',
      this.#secrets.hash(tablet.maisonId, 'offer-code', given.code),
    );
    if (!row) return await this.#wrong(tablet, refuse('code-unknown', 'This code is not known.'));
    const answer = await this.#claimRow(tablet, advisor, row);
    if (!answer.ok && answer.error.code === 'wrong-store') return await this.#wrong(tablet, answer);
    if (answer.ok) await this.#forgetTries(tablet);
    else await this.#giveTryBack(tablet);
    return answer;
  }

  async #offerBy(
    tablet: Device,
    column: 'secret_hash' | 'code_hash',
    hash: string,
  ): Promise<OfferRow | undefined> {
    return await this.#database.db
      .selectFrom('offers')
      .selectAll()
      .where(column, '=', hash)
      .where('maison_id', '=', tablet.maisonId)
      .executeTakeFirst();
  }

  async #claimRow(tablet: Device, advisor: Advisor, found: OfferRow): Promise<Answer<Claim>> {
    if (found.store_id !== tablet.storeId) {
      return refuse('wrong-store', 'This code belongs to a mirror in another boutique.');
    }
    const nowMs = this.#clock.nowMs();
    const expiresAtMs = nowMs + offerLifetimeMs;
    const digits = String(this.#random.int(100)).padStart(2, '0');
    const claimed = await this.#database.transact(async (tx) => {
      // Claims of one advisor wait for one another: two of their tablets may read two mirrors' codes at the same instant.
      if (!(await this.#desk.holds(tx, tablet, advisor.id))) return 'signed-out';
      if (await isEngaged(tx, tablet, advisor.id, found.id, nowMs)) return 'engaged';
      const row = await tx
        .updateTable('offers')
        .set({
          state: 'claimed',
          claimed_by_device_id: tablet.id,
          advisor_id: advisor.id,
          digits,
          // The client gets the whole time to compare and answer, however late the code was read.
          expires_at_ms: expiresAtMs,
        })
        .where('id', '=', found.id)
        .where('state', '=', 'open')
        .where('expires_at_ms', '>', nowMs)
        .returningAll()
        .executeTakeFirst();
      return row ?? 'too-late';
    });
    if (claimed === 'signed-out') return nobodySignedIn();
    if (claimed === 'engaged') {
      return refuse('conflict', 'This advisor is with a client, or waits for one to answer.');
    }
    if (claimed === 'too-late') return await this.#tooLate(tablet, found);
    this.#offers.told(claimed.id, expiresAtMs);
    return await this.#asAnswer(claimed);
  }

  async #tooLate(tablet: Device, found: OfferRow): Promise<Answer<Claim>> {
    const row = (await this.#offers.find(found.id)) ?? found;
    const isAlive = row.expires_at_ms > this.#clock.nowMs();
    if (row.state === 'claimed' && isAlive && row.claimed_by_device_id === tablet.id) {
      return await this.#asAnswer(row);
    }
    const wasTaken = row.advisor_id !== null;
    return wasTaken
      ? refuse('code-used', 'Someone else was first with this code.')
      : refuse('code-expired', 'This code has expired.');
  }

  async #asAnswer(row: OfferRow): Promise<Answer<Claim>> {
    const claim = await this.#offers.claimOf(row);
    if (!claim) throw new Error(`Offer ${row.id} is claimed and has no claim.`);
    return done(claim);
  }

  /**
   * Counts a typed code before it is looked at, so that many at once cannot slip past the limit. Returns how long the
   * tablet must still wait, or 0. The wait is an offer's lifetime: by then every code it could have guessed at is gone.
   */
  async #countTry(tablet: Device): Promise<number> {
    const nowMs = this.#clock.nowMs();
    return await this.#database.transact(async (tx) => {
      await tx
        .insertInto('claim_tries')
        .values({ device_id: tablet.id, wrong_codes: 0, last_wrong_at_ms: nowMs })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await tx
        .updateTable('claim_tries')
        .set({ wrong_codes: 0, last_wrong_at_ms: nowMs })
        .where('device_id', '=', tablet.id)
        .where('last_wrong_at_ms', '<=', nowMs - offerLifetimeMs)
        .execute();
      const counted = await tx
        .updateTable('claim_tries')
        .set(({ eb }) => ({ wrong_codes: eb('wrong_codes', '+', 1), last_wrong_at_ms: nowMs }))
        .where('device_id', '=', tablet.id)
        .where('wrong_codes', '<', typedCodeTries)
        .returning('wrong_codes')
        .executeTakeFirst();
      if (counted) return 0;
      const { last_wrong_at_ms: lastMs } = await tx
        .selectFrom('claim_tries')
        .select('last_wrong_at_ms')
        .where('device_id', '=', tablet.id)
        .executeTakeFirstOrThrow();
      return Math.max(1, lastMs + offerLifetimeMs - nowMs);
    });
  }

  async #wrong(tablet: Device, refusal: Refusal): Promise<Answer<Claim>> {
    const { wrong_codes: wrong } = await this.#database.db
      .selectFrom('claim_tries')
      .select('wrong_codes')
      .where('device_id', '=', tablet.id)
      .executeTakeFirstOrThrow();
    return { ok: false, error: { ...refusal.error, triesLeft: Math.max(0, typedCodeTries - wrong) } };
  }

  /**
   * A code that was right once costs no try; nor does it buy new ones, or an old code in hand would lift the limit on
   * guessing.
   */
  async #giveTryBack(tablet: Device): Promise<void> {
    await this.#database.db
      .updateTable('claim_tries')
      .set(({ eb }) => ({ wrong_codes: eb('wrong_codes', '-', 1) }))
      .where('device_id', '=', tablet.id)
      .where('wrong_codes', '>', 0)
      .execute();
  }

  async #forgetTries(tablet: Device): Promise<void> {
    await this.#database.db.deleteFrom('claim_tries').where('device_id', '=', tablet.id).execute();
  }
}

function nobodySignedIn(): Refusal {
  return refuse('forbidden', 'Nobody is signed in on this tablet.');
}

/** Whether the advisor is with a client, or has claimed another offer whose client has not answered yet. */
async function isEngaged(
  tx: Tx,
  { maisonId, storeId }: Device,
  advisorId: AdvisorId,
  offerId: OfferId,
  nowMs: EpochMs,
): Promise<boolean> {
  // Offers first: one that is confirmed between the two readings is found as the session it became.
  const other = await tx
    .selectFrom('offers')
    .select('id')
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', advisorId)
    .where('state', '=', 'claimed')
    .where('expires_at_ms', '>', nowMs)
    .where('id', '<>', offerId)
    .executeTakeFirst();
  if (other) return true;
  const session = await tx
    .selectFrom('sessions')
    .select('id')
    .where('maison_id', '=', maisonId)
    .where('store_id', '=', storeId)
    .where('advisor_id', '=', advisorId)
    .where('closed_at_ms', 'is', null)
    .executeTakeFirst();
  return session !== undefined;
}
