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
import type { MakingSession, OperatorPasskeys } from './operator-passkeys.ts';
import { SignInTries } from './sign-in-tries.ts';

/** A session ends when nobody did anything for so long. Reading again by itself is not doing anything. */
export const idleMs = 30 * 60_000;

/** A passkey is made in a session that the token opened so lately: who finds one that stands open makes none. */
export const makeWithinMs = 10 * 60_000;

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
  readonly startedAtMs: EpochMs;
  /** By which of the operator's passkeys it was opened; null: by a token. */
  readonly passkeyId: string | null;
  readonly idleEndsAtMs: EpochMs;
  readonly endsAtMs: EpochMs;
}

/**
 * Sessions of the console. A proof (the operator's token or passkey, a console's own token) is exchanged for a secret that lives in a cookie; of it
 * only a keyed hash is kept, so that a stolen database opens nothing. Another kind of proof is another case of `#provenBy`.
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
  readonly #passkeys: OperatorPasskeys;
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
    operatorPasskeys: OperatorPasskeys;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#houses = deps.houses;
    this.#registry = deps.registry;
    this.#tokens = deps.tokens;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#passkeys = deps.operatorPasskeys;
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
    const proven = await this.#provenBy(request, operatorToken);
    if (!proven.ok) {
      await this.#tries.wrong(address);
      return proven;
    }
    const { user, passkeyId } = proven.value;
    await this.#tries.right(address);
    const secret = newSecret(this.#random);
    const nowMs = this.#clock.nowMs();
    await this.#database.transact(async (tx) => {
      await tx
        .insertInto('console_sessions')
        .values({
          id_hash: this.#hash(secret),
          actor_kind: user.kind,
          device_id: user.kind === 'device' ? user.deviceId : null,
          maison_id: user.maisonId,
          started_at_ms: nowMs,
          seen_at_ms: nowMs,
          passkey_id: passkeyId,
        })
        .execute();
      await this.#note(tx, user, 'console.signed-in', passkeyId);
    });
    return done({
      secret,
      session: this.#opened(user, secret, { startedAtMs: nowMs, seenAtMs: nowMs, passkeyId }),
    });
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
    return this.#opened(user, secret, {
      startedAtMs: row.started_at_ms,
      seenAtMs: acts ? nowMs : row.seen_at_ms,
      passkeyId: row.passkey_id,
    });
  }

  /** What the making of a passkey asks of an open session. */
  makingSession({
    secret,
    session,
  }: {
    readonly secret: string;
    readonly session: OpenSession;
  }): MakingSession {
    const ageMs = this.#clock.nowMs() - session.startedAtMs;
    const isByToken = session.user.kind === 'operator' && session.passkeyId === null;
    return { hash: this.#hash(secret), isFresh: isByToken && ageMs >= 0 && ageMs < makeWithinMs };
  }

  async signOut(secret: string): Promise<void> {
    const session = await this.find(secret, { acts: false });
    await this.#database.transact(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('console_sessions')
        .where('id_hash', '=', this.#hash(secret))
        .executeTakeFirst();
      if (session && numDeletedRows > 0n)
        await this.#note(tx, session.user, 'console.signed-out', session.passkeyId);
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

  async #provenBy(
    request: ConsoleSignInRequest,
    operatorToken: string,
  ): Promise<Answer<{ user: ConsoleUser; passkeyId: string | null }>> {
    switch (request.by) {
      case 'passkey': {
        const proven = await this.#passkeys.prove(request.proof);
        return proven.ok ? done({ user: operator, passkeyId: proven.value.passkeyId }) : proven;
      }
      case 'operator-token':
        return sameSecret(request.token.trim(), operatorToken)
          ? done({ user: operator, passkeyId: null })
          : refuse('unauthenticated', 'This is not the operator’s token.');
      case 'device-token': {
        const verified = await this.#tokens.verify(request.token);
        if (!verified.ok) return verified;
        const { device } = verified.value;
        if (device.role !== 'console') return refuse('forbidden', 'Only a console may sign in here.');
        const { id: deviceId, maisonId, name } = device;
        return done({ user: { kind: 'device', deviceId, maisonId, name }, passkeyId: null });
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
  async #note(
    tx: Tx,
    user: ConsoleUser,
    action: 'console.signed-in' | 'console.signed-out',
    subject: string | null,
  ): Promise<void> {
    const maisons =
      user.maisonId === null ? (await this.#houses.in(tx).maisons()).map(({ id }) => id) : [user.maisonId];
    const actor = { kind: user.kind, id: user.kind === 'device' ? user.deviceId : null };
    for (const maisonId of maisons) await this.#audit.note(tx, { maisonId, actor, action, subject });
  }

  #opened(
    user: ConsoleUser,
    secret: string,
    {
      startedAtMs,
      seenAtMs,
      passkeyId,
    }: { readonly startedAtMs: number; readonly seenAtMs: number; readonly passkeyId: string | null },
  ): OpenSession {
    const endsAtMs = startedAtMs + longestMs;
    return {
      user,
      startedAtMs,
      passkeyId,
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
