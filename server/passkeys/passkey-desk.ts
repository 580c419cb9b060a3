import { createHash } from 'node:crypto';
import {
  type Advisor,
  type AdvisorId,
  type Answer,
  type MaisonId,
  type Passkey,
  type PasskeyIntroduction,
  type PasskeyInvitation,
  type PasskeyProof,
  type PasskeyQuestion,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Refusal } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newId, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-rows.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import { isOf, lockAdvisor } from '../houses/advisor-rows.ts';
import { asAdvisor, type Houses } from '../houses/houses.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { invitationAt, noPlace, questionAt } from './passkey-asking.ts';
import { asPasskey, nobodySignedIn, type PasskeyBook } from './passkey-book.ts';
import type { PasskeyChallenges } from './passkey-challenges.ts';
import {
  challengeOf,
  readIntroduction,
  readProof,
  type KeptPasskey,
  type PasskeyPlace,
} from './passkey-proofs.ts';

/** A passkey is made by an advisor whose PIN was right so lately: who finds a tablet that lies signed in makes none. */
export const makeWithinMs = 10 * 60_000;

/** Passkeys of one advisor: the tablets of a boutique and a key on a ring are below it. */
export const mostPasskeys = 10;

/**
 * Advisors' passkeys: made on a tablet after the PIN, and used on any tablet of the advisor's own boutique. The Maison is the tablet's; what an answer says of itself is never asked whose it is.
 */
export class PasskeyDesk {
  readonly #database: Database;
  readonly #desk: AdvisorDesk;
  readonly #houses: Houses;
  readonly #challenges: PasskeyChallenges;
  readonly #audit: AuditLog;
  readonly #book: PasskeyBook;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #place: () => PasskeyPlace | null;

  constructor(deps: {
    database: Database;
    desk: AdvisorDesk;
    houses: Houses;
    challenges: PasskeyChallenges;
    audit: AuditLog;
    book: PasskeyBook;
    clock: Clock;
    random: Random;
    /** Null where this server's address lets no browser have passkeys. */
    place: () => PasskeyPlace | null;
  }) {
    this.#database = deps.database;
    this.#desk = deps.desk;
    this.#houses = deps.houses;
    this.#challenges = deps.challenges;
    this.#audit = deps.audit;
    this.#book = deps.book;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#place = deps.place;
  }

  /** Asks whichever passkey the person at the tablet chooses. */
  async ask(device: Device): Promise<Answer<PasskeyQuestion>> {
    const place = this.#place();
    if (!place) return noPlace();
    const challenge = await this.#challenges.put(device, 'sign-in', null);
    return done(questionAt(place, challenge));
  }

  /** Signs in whose passkey answered. Wrong PINs neither lock it nor are they forgiven by it. */
  async signIn(device: Device, proof: PasskeyProof): Promise<Answer<{ advisor: Advisor }>> {
    const place = this.#place();
    if (!place) return noPlace();
    const challenge = challengeOf(proof.response.clientDataJSON);
    if (challenge === null || !(await this.#challenges.take(device, 'sign-in', null, challenge))) {
      return refused();
    }
    const row = await this.#database.db
      .selectFrom('passkeys')
      .innerJoin('advisors', (join) =>
        join
          .onRef('advisors.maison_id', '=', 'passkeys.maison_id')
          .onRef('advisors.id', '=', 'passkeys.advisor_id'),
      )
      .selectAll('passkeys')
      .where('passkeys.maison_id', '=', device.maisonId)
      .where('passkeys.credential_id', '=', proof.id)
      .where('advisors.store_id', '=', device.storeId)
      .executeTakeFirst();
    if (!row || row.user_handle !== proof.response.userHandle) return refused();
    const proven = await readProof(proof, challenge, asKept(row), place);
    if (proven.kind === 'copied') await this.#book.revokeCopied(row);
    if (proven.kind !== 'good') return refused();
    return await this.#database.transact(async (tx) => {
      const advisor = await lockAdvisor(tx, device.maisonId, row.advisor_id);
      if (!advisor || !isOf(advisor, device.storeId)) return refused();
      // Whichever node was first has moved the counter: an answer that was read beside it comes too late.
      const used = await tx
        .updateTable('passkeys')
        .set({ counter: proven.counter, used_at_ms: this.#clock.nowMs() })
        .where('id', '=', row.id)
        .where('counter', '=', row.counter)
        .returning('id')
        .executeTakeFirst();
      if (!used) return refused();
      await this.#desk.admit(tx, device, advisor.id, row.id);
      await this.#note(tx, device, advisor.id, 'passkey.used');
      return done({ advisor: asAdvisor(advisor) });
    });
  }

  /** What a new passkey of whoever signed in here by PIN is made from. */
  async invite(device: Device): Promise<Answer<PasskeyInvitation>> {
    const place = this.#place();
    if (!place) return noPlace();
    const maker = await this.#maker(device);
    if (!maker.ok) return maker;
    const advisor = maker.value;
    const known = await this.#database.db
      .selectFrom('passkeys')
      .select('credential_id')
      .where('maison_id', '=', device.maisonId)
      .where('advisor_id', '=', advisor.id)
      .execute();
    if (known.length >= mostPasskeys) {
      return refuse('conflict', `An advisor has at most ${mostPasskeys} passkeys: remove one first.`);
    }
    const user = { id: userHandleOf(device.maisonId, advisor.id), name: advisor.name };
    const house = await this.#houses.maisonName(device.maisonId);
    const challenge = await this.#challenges.put(device, 'make', advisor.id);
    return done(invitationAt(place, { challenge, house, user, known }));
  }

  /** Keeps a new passkey's public half. */
  async make(device: Device, introduction: PasskeyIntroduction): Promise<Answer<{ passkey: Passkey }>> {
    const place = this.#place();
    if (!place) return noPlace();
    const maker = await this.#maker(device);
    if (!maker.ok) return maker;
    const advisor = maker.value;
    const challenge = challengeOf(introduction.response.clientDataJSON);
    if (challenge === null || !(await this.#challenges.take(device, 'make', advisor.id, challenge))) {
      return refused();
    }
    const kept = await readIntroduction(introduction, challenge, place);
    if (!kept) return refused();
    const row: Tables['passkeys'] = {
      id: newId(this.#random),
      maison_id: device.maisonId,
      advisor_id: advisor.id,
      credential_id: kept.credentialId,
      user_handle: userHandleOf(device.maisonId, advisor.id),
      public_key: kept.publicKey,
      counter: kept.counter,
      made_on: device.name,
      made_at_ms: this.#clock.nowMs(),
      used_at_ms: null,
    };
    return await this.#database.transact(async (tx) => {
      if (!(await this.#desk.holds(tx, device, advisor.id))) return nobodySignedIn();
      const made = await tx
        .insertInto('passkeys')
        .values(row)
        .onConflict((conflict) => conflict.columns(['maison_id', 'credential_id']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) return refused();
      await this.#note(tx, device, advisor.id, 'passkey.made');
      return done({ passkey: asPasskey(row) });
    });
  }

  /** Who may make a passkey here: an advisor whose own PIN opened this tablet a moment ago. */
  async #maker(device: Device): Promise<Answer<Advisor>> {
    const advisor = await this.#desk.signedIn(device);
    if (!advisor) return nobodySignedIn();
    if (await this.#desk.hasJustSignedInByPin(device, makeWithinMs)) return done(advisor);
    return refuse('forbidden', 'Sign in by PIN again, then make the passkey within ten minutes.');
  }

  async #note(
    tx: Tx,
    { maisonId, storeId, id: deviceId }: Device,
    advisorId: AdvisorId,
    action: 'passkey.made' | 'passkey.used',
  ): Promise<void> {
    const actor = { kind: 'advisor', id: advisorId } as const;
    await this.#audit.note(tx, { maisonId, storeId, actor, action, subject: deviceId });
  }
}

/** The name by which an authenticator knows an advisor: the same each time, and it tells nothing of them. */
function userHandleOf(maisonId: MaisonId, advisorId: string): string {
  return createHash('sha256').update(`vitrine passkey\n${maisonId}\n${advisorId}`).digest('base64url');
}

function asKept(row: Tables['passkeys']): KeptPasskey {
  return { credentialId: row.credential_id, publicKey: row.public_key, counter: row.counter };
}

/** One sentence for all that may be wrong: what it was would only tell whoever tries. */
function refused(): Refusal {
  return refuse('passkey-refused', 'This passkey opens nothing here. Ask again, or sign in by PIN.');
}
