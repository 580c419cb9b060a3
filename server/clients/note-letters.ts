import * as z from 'zod/mini';
import type { MaisonId } from '../../protocol/index.ts';
import { NoteRecord, NotesForget, type OmsId } from '../../protocol/connector/index.ts';
import type { Clock } from '../core/clock.ts';
import { newId, type Random } from '../core/random.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { Database, Queries, Tx } from '../persistence/database.ts';
import { forgetNotesSubject, noteSubject } from './note-rows.ts';

/**
 * Notes of visits on their way to the clients' records in the house's own system, however long it is away. A note whose yes has ended or
 * was taken back is delivered no more; where that happens while it is under way, the house is asked to forget it again.
 */
export class NoteLetters {
  readonly #database: Database;
  readonly #connectors: Connectors;
  readonly #letters: LetterBox;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(deps: {
    database: Database;
    connectors: Connectors;
    letters: LetterBox;
    clock: Clock;
    random: Random;
  }) {
    this.#database = deps.database;
    this.#connectors = deps.connectors;
    this.#letters = deps.letters;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#letters.carry('out', noteSubject, (maisonId, body) => this.#deliver(maisonId, body));
    this.#letters.carry('out', forgetNotesSubject, async (maisonId, body) => {
      const { connector } = this.#connectors.of(maisonId);
      // Whom the house does not know any more has no notes there.
      await connector.forgetNotes(z.parse(NotesForget, body));
    });
  }

  async post(tx: Tx, maisonId: MaisonId, record: NoteRecord): Promise<void> {
    await this.#letters.post(tx, { maisonId, direction: 'out', subject: noteSubject, body: record });
  }

  /** Asks the house to forget every note of a client. */
  async postForgetting(tx: Queries, maisonId: MaisonId, clientId: OmsId): Promise<void> {
    if (!this.#connectors.of(maisonId).connector.capabilities.has('notes')) return;
    const body: NotesForget = { key: newId(this.#random), clientId };
    await this.#letters.post(tx, { maisonId, direction: 'out', subject: forgetNotesSubject, body });
  }

  wake(): void {
    this.#letters.wake();
  }

  async #deliver(maisonId: MaisonId, body: unknown): Promise<void> {
    const record = z.parse(NoteRecord, body);
    if (!(await this.#stands(record))) return;
    const { connector } = this.#connectors.of(maisonId);
    await connector.recordNote(record);
    if (await this.#stands(record)) return;
    await this.postForgetting(this.#database.db, maisonId, record.clientId);
    this.wake();
  }

  /** Whether the client's yes to being remembered still stands. */
  async #stands({ sessionId, clientId, endsAtMs }: NoteRecord): Promise<boolean> {
    const nowMs = this.#clock.nowMs();
    if (endsAtMs <= nowMs) return false;
    const grant = await this.#database.db
      .selectFrom('client_grants')
      .innerJoin('client_links', 'client_links.id', 'client_grants.link_id')
      .select('client_links.id')
      .where('client_links.session_id', '=', sessionId)
      .where('client_links.client_id', '=', clientId)
      .where('client_grants.purpose', '=', 'remember')
      .where('client_grants.ends_at_ms', '>', nowMs)
      .executeTakeFirst();
    return grant !== undefined;
  }
}
