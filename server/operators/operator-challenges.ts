import { passkeyChallengeMs } from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import { newSecret, type Random } from '../core/random.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import { isChallengeOpen } from '../passkeys/passkey-asking.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';

type Purpose = Tables['operator_challenges']['purpose'];

/**
 * What the operator's passkeys are asked to sign: 192 bits of chance, good once and for two minutes, at any node. One for making a
 * passkey is answered in the session that asked. Kept is a keyed hash.
 */
export class OperatorChallenges {
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

  async put(purpose: Purpose, sessionHash: string | null): Promise<string> {
    await this.prune();
    const challenge = newSecret(this.#random);
    await this.#database.db
      .insertInto('operator_challenges')
      .values({
        hash: this.#hash(challenge),
        purpose,
        session_hash: sessionHash,
        expires_at_ms: this.#clock.nowMs() + passkeyChallengeMs,
      })
      .execute();
    return challenge;
  }

  /** Takes a challenge out of the world; false where it was never put for this, was taken before, or is too old. */
  async take(purpose: Purpose, sessionHash: string | null, challenge: string): Promise<boolean> {
    const taken = await this.#database.db
      .deleteFrom('operator_challenges')
      .where('hash', '=', this.#hash(challenge))
      .returning(['purpose', 'session_hash', 'expires_at_ms'])
      .executeTakeFirst();
    if (!taken || taken.purpose !== purpose || taken.session_hash !== sessionHash) return false;
    return isChallengeOpen(taken.expires_at_ms, this.#clock.nowMs());
  }

  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('operator_challenges')
      .where('expires_at_ms', '<=', this.#clock.nowMs())
      .execute();
  }

  #hash(challenge: string): string {
    return this.#secrets.ownHash('operator-challenge', challenge);
  }
}
