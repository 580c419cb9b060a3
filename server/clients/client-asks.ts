import * as z from 'zod/mini';
import {
  Advisor,
  clientAskMs,
  ClientReference,
  type ClientAsked,
  type MaisonId,
  type SessionId,
} from '../../protocol/index.ts';
import { done } from '../core/answers.ts';
import { settleDeed } from '../core/deed.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { newId, type Random } from '../core/random.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';

/** A question or its no, as it is written down. */
export type AskRow = Tables['client_asks'];

/**
 * The question that an advisor puts on the client's mirror, and the client's no: written down, then hinted at, so that they reach the
 * screens wherever their lines end. A card that goes with a question is taken out of the row by the node that shows it, and is
 * gone after two minutes in any case.
 */
export class ClientAsks {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #endsAt: (atMs: number) => void;

  constructor(deps: {
    database: Database;
    clock: Clock;
    random: Random;
    hints: Hints;
    /** Told when a row runs out, so that somebody wakes. */
    endsAt: (atMs: number) => void;
  }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#hints = deps.hints;
    this.#endsAt = deps.endsAt;
  }

  /** Puts the question; the one before it is no more. Tells until when it stands. */
  async ask(
    maisonId: MaisonId,
    sessionId: SessionId,
    { advisor, reference }: Pick<ClientAsked, 'advisor' | 'reference'>,
  ): Promise<number> {
    return await this.#write(maisonId, sessionId, {
      state: 'asked',
      advisor: JSON.stringify(advisor),
      reference: reference && JSON.stringify(reference),
    });
  }

  /** The client said no. */
  async decline(maisonId: MaisonId, sessionId: SessionId): Promise<void> {
    await this.#write(maisonId, sessionId, { state: 'declined', advisor: null, reference: null });
  }

  async #write(
    maisonId: MaisonId,
    sessionId: SessionId,
    said: Pick<AskRow, 'state' | 'advisor' | 'reference'>,
  ): Promise<number> {
    const expiresAtMs = this.#clock.nowMs() + clientAskMs;
    const values = {
      maison_id: maisonId,
      ask_id: newId(this.#random),
      ...said,
      expires_at_ms: expiresAtMs,
    };
    await this.#database.transact(async (tx) => {
      await tx
        .insertInto('client_asks')
        .values({ session_id: sessionId, ...values })
        .onConflict((conflict) => conflict.column('session_id').doUpdateSet(values))
        .execute();
      await settleDeed(tx, done(said.state === 'asked' ? { expiresAtMs } : {}));
    });
    this.#endsAt(expiresAtMs);
    this.#hints.publish({ kind: 'client-ask', sessionId });
    return expiresAtMs;
  }

  /** How long a no of the client's still stands: nobody is pressed. */
  async declinedForMs(sessionId: SessionId): Promise<number> {
    const row = await this.find(sessionId);
    return row?.state === 'declined' ? row.expires_at_ms - this.#clock.nowMs() : 0;
  }

  /** What was said last in a session; undefined where it has run out. */
  async find(sessionId: SessionId): Promise<AskRow | undefined> {
    return await this.#database.db
      .selectFrom('client_asks')
      .selectAll()
      .where('session_id', '=', sessionId)
      .where('expires_at_ms', '>', this.#clock.nowMs())
      .executeTakeFirst();
  }

  /** Everything that was said and has not run out. */
  async all(): Promise<AskRow[]> {
    return await this.#database.db
      .selectFrom('client_asks')
      .selectAll()
      .where('expires_at_ms', '>', this.#clock.nowMs())
      .execute();
  }

  /** Takes a question for the mirror that hears it, once among all nodes; null where another node was first. */
  async take(row: AskRow): Promise<ClientAsked | null> {
    const { numUpdatedRows } = await this.#database.db
      .updateTable('client_asks')
      .set({ state: 'shown', reference: null })
      .where('session_id', '=', row.session_id)
      .where('ask_id', '=', row.ask_id)
      .where('state', '=', 'asked')
      .executeTakeFirst();
    if (numUpdatedRows === 0n || row.advisor === null) return null;
    return {
      sessionId: row.session_id,
      advisor: z.parse(Advisor, JSON.parse(row.advisor)),
      reference: row.reference === null ? null : z.parse(ClientReference, JSON.parse(row.reference)),
      expiresAtMs: row.expires_at_ms,
    };
  }
}
