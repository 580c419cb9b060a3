import type { Answer, ConsoleSignInRequest, DeviceId, EpochMs, MaisonId } from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newSecret, type Random } from '../core/random.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import { sameSecret, type ServerSecrets } from '../devices/secrets.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { SignInTries } from './sign-in-tries.ts';

/** A session ends when nobody did anything for so long. Reading again by itself is not doing anything. */
export const idleMs = 30 * 60_000;

/** And after a working day in any case. */
export const longestMs = 12 * 3_600_000;

/** Who is signed in: the operator, who sees every Maison, or a house's console, which sees its own. */
export type ConsoleUser =
  | { readonly kind: 'operator'; readonly maisonId: null }
  | {
      readonly kind: 'device';
      readonly maisonId: MaisonId;
      readonly deviceId: DeviceId;
      readonly name: string;
    };

/** An open session. */
export interface OpenSession {
  readonly user: ConsoleUser;
  readonly csrf: string;
  readonly idleEndsAtMs: EpochMs;
  readonly endsAtMs: EpochMs;
}

/**
 * Sessions of the console. A proof (the operator's token, a console's own) is exchanged for a secret that lives in a cookie; of it
 * only a keyed hash is kept, so that a stolen database opens nothing. Another kind of proof is another case of `#userOf`.
 */
export class ConsoleSessions {
  readonly #database: Database;
  readonly #audit: AuditLog;
  readonly #houses: Houses;
  readonly #registry: DeviceRegistry;
  readonly #tokens: DeviceTokens;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #tries: SignInTries;

  constructor(deps: {
    database: Database;
    audit: AuditLog;
    houses: Houses;
    registry: DeviceRegistry;
    tokens: DeviceTokens;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#houses = deps.houses;
    this.#registry = deps.registry;
    this.#tokens = deps.tokens;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#tries = new SignInTries(deps);
  }

  /** Exchanges a proof for a session; `secret` goes into the cookie and nowhere else. */
  async signIn(
    request: ConsoleSignInRequest,
    operatorToken: string,
    address: string,
  ): Promise<Answer<{ secret: string; session: OpenSession }>> {
    const retryAfterMs = await this.#tries.waitMs(address);
    if (retryAfterMs > 0) {
      return refuse('code-locked', 'Too many wrong sign-ins from this address.', { retryAfterMs });
    }
    const user = await this.#userOf(request, operatorToken);
    if (!user.ok) {
      await this.#tries.wrong(address);
      return user;
    }
    await this.#tries.right(address);
    const secret = newSecret(this.#random);
    const nowMs = this.#clock.nowMs();
    await this.#database.transact(async (tx) => {
      await tx
        .insertInto('console_sessions')
        .values({
          id_hash: this.#hash(secret),
          actor_kind: user.value.kind,
          device_id: user.value.kind === 'device' ? user.value.deviceId : null,
          maison_id: user.value.maisonId,
          started_at_ms: nowMs,
          seen_at_ms: nowMs,
        })
        .execute();
      await this.#note(tx, user.value, 'console.signed-in');
    });
    return done({ secret, session: this.#opened(user.value, secret, nowMs, nowMs) });
  }

  /** The session behind a cookie; null where it never was, has ended, or its console was revoked. `acts`: somebody did something. */
  async find(secret: string, { acts }: { readonly acts: boolean }): Promise<OpenSession | null> {
    const nowMs = this.#clock.nowMs();
    const hash = this.#hash(secret);
    const row = await this.#database.db
      .selectFrom('console_sessions')
      .selectAll()
      .where('id_hash', '=', hash)
      .where('seen_at_ms', '>', nowMs - idleMs)
      .where('started_at_ms', '>', nowMs - longestMs)
      .executeTakeFirst();
    if (!row) return null;
    const user = row.device_id === null ? operator : await this.#console(row.device_id);
    if (!user) return null;
    if (acts) {
      await this.#database.db
        .updateTable('console_sessions')
        .set({ seen_at_ms: nowMs })
        .where('id_hash', '=', hash)
        .execute();
    }
    return this.#opened(user, secret, row.started_at_ms, acts ? nowMs : row.seen_at_ms);
  }

  async signOut(secret: string): Promise<void> {
    const session = await this.find(secret, { acts: false });
    await this.#database.transact(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('console_sessions')
        .where('id_hash', '=', this.#hash(secret))
        .executeTakeFirst();
      if (session && numDeletedRows > 0n) await this.#note(tx, session.user, 'console.signed-out');
    });
  }

  /** Forgets what has ended. */
  async prune(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    await this.#database.db
      .deleteFrom('console_sessions')
      .where((where) =>
        where.or([
          where('seen_at_ms', '<=', nowMs - idleMs),
          where('started_at_ms', '<=', nowMs - longestMs),
        ]),
      )
      .execute();
    await this.#tries.prune();
  }

  async #userOf(request: ConsoleSignInRequest, operatorToken: string): Promise<Answer<ConsoleUser>> {
    switch (request.by) {
      case 'operator-token':
        return sameSecret(request.token.trim(), operatorToken)
          ? done(operator)
          : refuse('unauthenticated', 'This is not the operator’s token.');
      case 'device-token': {
        const verified = await this.#tokens.verify(request.token);
        if (!verified.ok) return verified;
        const { device } = verified.value;
        if (device.role !== 'console') return refuse('forbidden', 'Only a console may sign in here.');
        const { id: deviceId, maisonId, name } = device;
        return done({ kind: 'device', deviceId, maisonId, name });
      }
    }
  }

  async #console(deviceId: DeviceId): Promise<ConsoleUser | null> {
    const found = await this.#registry.find(deviceId);
    if (!found.ok) return null;
    const { maisonId, name } = found.value;
    return { kind: 'device', deviceId, maisonId, name };
  }

  /** The operator’s coming and going stands in the trail of every Maison. */
  async #note(tx: Tx, user: ConsoleUser, action: 'console.signed-in' | 'console.signed-out'): Promise<void> {
    const maisons =
      user.maisonId === null ? (await this.#houses.in(tx).maisons()).map(({ id }) => id) : [user.maisonId];
    const actor = { kind: user.kind, id: user.kind === 'device' ? user.deviceId : null };
    for (const maisonId of maisons) await this.#audit.note(tx, { maisonId, actor, action });
  }

  #opened(user: ConsoleUser, secret: string, startedAtMs: number, seenAtMs: number): OpenSession {
    const endsAtMs = startedAtMs + longestMs;
    return {
      user,
      csrf: this.#secrets.ownHash('console-csrf', secret),
      idleEndsAtMs: Math.min(seenAtMs + idleMs, endsAtMs),
      endsAtMs,
    };
  }

  #hash(secret: string): string {
    return this.#secrets.ownHash('console-session', secret);
  }
}

const operator: ConsoleUser = { kind: 'operator', maisonId: null };
