import {
  type Answer,
  type AuditAction,
  type AuditActor,
  type OperatorPasskey,
  type PasskeyIntroduction,
  type PasskeyInvitation,
  type PasskeyProof,
  type PasskeyQuestion,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Nothing, type Refusal } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newId, type Random } from '../core/random.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Houses } from '../houses/houses.ts';
import { invitationAt, noPlace, questionAt } from '../passkeys/passkey-asking.ts';
import { challengeOf, readIntroduction, readProof, type PasskeyPlace } from '../passkeys/passkey-proofs.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { OperatorChallenges } from './operator-challenges.ts';

/** Passkeys of the operator: several people and a key in a safe are below it. */
export const mostOperatorPasskeys = 20;

/** The session in which a passkey is made. */
export interface MakingSession {
  /** The hash of its cookie: the question is put to this browser only. */
  readonly hash: string;
  /** Whether the token itself opened it a moment ago. */
  readonly isFresh: boolean;
}

/**
 * The operator's passkeys: made in a console that the operator's token has just opened, and used instead of it from then on. They
 * are of no Maison, as the operator is, and each line about one stands in the trail of every Maison.
 */
export class OperatorPasskeys {
  readonly #database: Database;
  readonly #audit: AuditLog;
  readonly #houses: Houses;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #place: () => PasskeyPlace | null;
  readonly #challenges: OperatorChallenges;

  constructor(deps: {
    database: Database;
    audit: AuditLog;
    houses: Houses;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
    /** Null where this server's address lets no browser have passkeys. */
    place: () => PasskeyPlace | null;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#houses = deps.houses;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#place = deps.place;
    this.#challenges = new OperatorChallenges(deps);
  }

  /** Asks whichever passkey the person at the console chooses. */
  async ask(): Promise<Answer<{ question: PasskeyQuestion }>> {
    const place = this.#place();
    if (!place) return noPlace();
    const challenge = await this.#challenges.put('sign-in', null);
    return done({ question: questionAt(place, challenge) });
  }

  /** Whose passkey answered; its own number, for the session that it opens. */
  async prove(proof: PasskeyProof): Promise<Answer<{ passkeyId: string }>> {
    const place = this.#place();
    if (!place) return noPlace();
    const challenge = challengeOf(proof.response.clientDataJSON);
    if (challenge === null || !(await this.#challenges.take('sign-in', null, challenge))) return refused();
    const row = await this.#database.db
      .selectFrom('operator_passkeys')
      .selectAll()
      .where('credential_id', '=', proof.id)
      .executeTakeFirst();
    if (!row || proof.response.userHandle !== this.#userHandle()) return refused();
    const { credential_id: credentialId, public_key: publicKey, counter } = row;
    const proven = await readProof(proof, challenge, { credentialId, publicKey, counter }, place);
    if (proven.kind === 'copied') {
      const server = { kind: 'server', id: null } as const;
      await this.revoke(row.id, server, 'its counter went back');
    }
    if (proven.kind !== 'good') return refused();
    // Whichever node was first has moved the counter: an answer that was read beside it comes too late.
    const used = await this.#database.db
      .updateTable('operator_passkeys')
      .set({ counter: proven.counter, used_at_ms: this.#clock.nowMs() })
      .where('id', '=', row.id)
      .where('counter', '=', row.counter)
      .returning('id')
      .executeTakeFirst();
    return used ? done({ passkeyId: row.id }) : refused();
  }

  async list(): Promise<OperatorPasskey[]> {
    const rows = await this.#database.db
      .selectFrom('operator_passkeys')
      .selectAll()
      .orderBy('made_at_ms')
      .orderBy('id')
      .execute();
    return rows.map(asPasskey);
  }

  /** What a new passkey is made from, in a console that the token has just opened. */
  async invite(session: MakingSession): Promise<Answer<{ invitation: PasskeyInvitation }>> {
    const place = this.#place();
    if (!place) return noPlace();
    if (!session.isFresh) return notFresh();
    const known = await this.#database.db.selectFrom('operator_passkeys').select('credential_id').execute();
    if (known.length >= mostOperatorPasskeys) {
      return refuse('conflict', `There are at most ${mostOperatorPasskeys}: revoke one first.`);
    }
    return done({
      invitation: invitationAt(place, {
        challenge: await this.#challenges.put('make', session.hash),
        house: 'Vitrine',
        user: { id: this.#userHandle(), name: `Operator · ${place.domain}` },
        known,
      }),
    });
  }

  /** Keeps a new passkey's public half. */
  async make(
    session: MakingSession,
    name: string,
    introduction: PasskeyIntroduction,
  ): Promise<Answer<{ passkey: OperatorPasskey }>> {
    const place = this.#place();
    if (!place) return noPlace();
    if (!session.isFresh) return notFresh();
    const challenge = challengeOf(introduction.response.clientDataJSON);
    if (challenge === null || !(await this.#challenges.take('make', session.hash, challenge))) {
      return refused();
    }
    const kept = await readIntroduction(introduction, challenge, place);
    if (!kept) return refused();
    const row: Tables['operator_passkeys'] = {
      id: newId(this.#random),
      credential_id: kept.credentialId,
      public_key: kept.publicKey,
      counter: kept.counter,
      name,
      made_at_ms: this.#clock.nowMs(),
      used_at_ms: null,
    };
    return await this.#database.transact(async (tx) => {
      const made = await tx
        .insertInto('operator_passkeys')
        .values(row)
        .onConflict((conflict) => conflict.column('credential_id').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) return refused();
      await this.#note(tx, { kind: 'operator', id: null }, 'passkey.made', row.id);
      return done({ passkey: asPasskey(row) });
    });
  }

  /** Takes one back for good; every session that it opened ends. */
  async revoke(id: string, actor: AuditActor, reason: string | null = null): Promise<Answer<Nothing>> {
    return await this.#database.transact(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('operator_passkeys')
        .where('id', '=', id)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return refuse('not-found', 'There is no such passkey.');
      await tx.deleteFrom('console_sessions').where('passkey_id', '=', id).execute();
      await this.#note(tx, actor, 'passkey.revoked', id, reason);
      return done({});
    });
  }

  async prune(): Promise<void> {
    await this.#challenges.prune();
  }

  async #note(
    tx: Tx,
    actor: AuditActor,
    action: AuditAction,
    subject: string,
    reason: string | null = null,
  ): Promise<void> {
    for (const { id: maisonId } of await this.#houses.in(tx).maisons()) {
      await this.#audit.note(tx, { maisonId, actor, action, subject, reason });
    }
  }

  /** The name by which authenticators know the operator of this installation: the same each time, and it tells nothing. */
  #userHandle(): string {
    return this.#secrets.ownHash('operator-passkey', 'user');
  }
}

function asPasskey(row: Tables['operator_passkeys']): OperatorPasskey {
  return { id: row.id, name: row.name, madeAtMs: row.made_at_ms, usedAtMs: row.used_at_ms };
}

/** One sentence for all that may be wrong: what it was would only tell whoever tries. */
function refused(): Refusal {
  return refuse('passkey-refused', 'This passkey opens nothing here. Ask again, or sign in by the token.');
}

function notFresh(): Refusal {
  return refuse(
    'forbidden',
    'Sign in by the operator’s token again, then make the passkey within ten minutes.',
  );
}
