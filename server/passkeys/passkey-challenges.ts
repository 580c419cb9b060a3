import { passkeyChallengeMs, type AdvisorId } from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import { newSecret, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-rows.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Database } from '../persistence/database.ts';
import { isChallengeOpen } from './passkey-asking.ts';

/** What a challenge is put for. */
export type ChallengePurpose = 'make' | 'sign-in';

/**
 * What passkeys are asked to sign: 192 bits of chance, put by one tablet for one purpose, good once and for two minutes. A tablet
 * has one of each kind open: the next takes its place. Kept is a keyed hash, so that any node can take the answer.
 */
export class PasskeyChallenges {
  readonly #database: Database;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(deps: { database: Database; secrets: ServerSecrets; clock: Clock; random: Random }) {
    this.#database = deps.database;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  async put(device: Device, purpose: ChallengePurpose, advisorId: AdvisorId | null): Promise<string> {
    const challenge = newSecret(this.#random);
    const values = {
      hash: this.#hash(device, challenge),
      advisor_id: advisorId,
      expires_at_ms: this.#clock.nowMs() + passkeyChallengeMs,
    };
    await this.#database.db
      .insertInto('passkey_challenges')
      .values({ device_id: device.id, purpose, ...values })
      .onConflict((conflict) => conflict.columns(['device_id', 'purpose']).doUpdateSet(values))
      .execute();
    return challenge;
  }

  /** Takes a challenge out of the world; false where it was never put for this, was taken before, or is too old. */
  async take(
    device: Device,
    purpose: ChallengePurpose,
    advisorId: AdvisorId | null,
    challenge: string,
  ): Promise<boolean> {
    const taken = await this.#database.db
      .deleteFrom('passkey_challenges')
      .where('device_id', '=', device.id)
      .where('purpose', '=', purpose)
      .where('hash', '=', this.#hash(device, challenge))
      .returning(['expires_at_ms', 'advisor_id'])
      .executeTakeFirst();
    if (!taken || taken.advisor_id !== advisorId) return false;
    return isChallengeOpen(taken.expires_at_ms, this.#clock.nowMs());
  }

  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('passkey_challenges')
      .where('expires_at_ms', '<=', this.#clock.nowMs())
      .execute();
  }

  #hash({ maisonId }: Device, challenge: string): string {
    return this.#secrets.hash(maisonId, 'passkey-challenge', challenge);
  }
}
