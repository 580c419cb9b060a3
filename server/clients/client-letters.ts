import * as z from 'zod/mini';
import type { MaisonId, SessionId } from '../../protocol/index.ts';
import { ClientErase, ConsentRecord, OmsFault, OmsId } from '../../protocol/connector/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Hints } from '../core/hints.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import { takeLettersBack } from '../oms/letters/letter-rows.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { forgetNotesSubject, noteSubject } from './note-rows.ts';

/** The letters of a yes or a no, and of an erasure. */
export const consentSubject = 'client-consent';
export const eraseSubject = 'client-erase';

/** Every letter that says something of a client but that they are to be forgotten. */
export const clientSubjects = [consentSubject, noteSubject, forgetNotesSubject];

/** Whom such a letter is about; null where it cannot be read. */
export function clientOfLetter(body: unknown): OmsId | null {
  const letter = z.safeParse(z.object({ clientId: OmsId }), body);
  return letter.success ? letter.data.clientId : null;
}

/** Takes back everything that waits to be told to the house of a client, or that it did not take. */
export async function takeClientLettersBack(tx: Tx, maisonId: MaisonId, clientId: OmsId): Promise<void> {
  for (const subject of clientSubjects)
    await takeLettersBack(
      tx,
      { maisonId, direction: 'out', subject },
      (body) => clientOfLetter(body) === clientId,
    );
}

/**
 * What clients decide, on its way to the house: written with the decision, delivered however long the house is away. A letter that
 * a later decision has overtaken is taken back, so that an old yes never arrives after a no.
 */
export class ClientLetters {
  readonly #database: Database;
  readonly #connectors: Connectors;
  readonly #letters: LetterBox;
  readonly #audit: AuditLog;
  readonly #hints: Hints;

  constructor(deps: {
    database: Database;
    connectors: Connectors;
    letters: LetterBox;
    audit: AuditLog;
    hints: Hints;
  }) {
    this.#database = deps.database;
    this.#connectors = deps.connectors;
    this.#letters = deps.letters;
    this.#audit = deps.audit;
    this.#hints = deps.hints;
    this.#letters.carry('out', consentSubject, async (maisonId, body) => {
      const { connector } = this.#connectors.of(maisonId);
      // Whom the house does not know any more has nothing to consent to.
      await connector.recordConsent(z.parse(ConsentRecord, body));
    });
    this.#letters.carry('out', eraseSubject, (maisonId, body) => this.#erase(maisonId, body));
  }

  /** Tells the house of a yes or a no; of the purpose nothing earlier is told any more. Nothing where it keeps no consents. */
  async postConsent(tx: Tx, maisonId: MaisonId, record: ConsentRecord): Promise<void> {
    if (!this.#connectors.of(maisonId).connector.capabilities.has('consents')) return;
    await this.#takeBack(tx, maisonId, record.clientId, record.purpose);
    await this.#letters.post(tx, { maisonId, direction: 'out', subject: consentSubject, body: record });
  }

  /** Tells the house to forget a client. What else waited to be told of them is told no more. */
  async postErasure(tx: Tx, maisonId: MaisonId, erase: ClientErase): Promise<void> {
    await takeClientLettersBack(tx, maisonId, erase.clientId);
    await this.#letters.post(tx, { maisonId, direction: 'out', subject: eraseSubject, body: erase });
  }

  wake(): void {
    this.#letters.wake();
  }

  async #takeBack(tx: Tx, maisonId: MaisonId, clientId: OmsId, purpose: ConsentRecord['purpose']) {
    await this.#letters.takeBack(tx, { maisonId, direction: 'out', subject: consentSubject }, (body) => {
      const record = z.safeParse(ConsentRecord, body);
      return record.success && record.data.clientId === clientId && record.data.purpose === purpose;
    });
  }

  async #erase(maisonId: MaisonId, body: unknown): Promise<void> {
    const erase = z.parse(ClientErase, body);
    const { connector } = this.#connectors.of(maisonId);
    try {
      // Whom it does not know is forgotten there.
      await connector.eraseClient(erase);
    } catch (fault) {
      const isLost = fault instanceof OmsFault && (fault.code === 'unsupported' || fault.code === 'misspoke');
      if (isLost) await this.#settle(maisonId, erase.key, 'by-hand');
      throw fault;
    }
    await this.#settle(maisonId, erase.key, 'done');
  }

  async #settle(maisonId: MaisonId, id: string, state: Tables['client_erasures']['state']): Promise<void> {
    const sessionId = await this.#database.transact(async (tx): Promise<SessionId | null> => {
      const row = await tx
        .updateTable('client_erasures')
        .set({ state })
        .where('id', '=', id)
        .where('maison_id', '=', maisonId)
        .where('state', '<>', state)
        .returning('session_id')
        .executeTakeFirst();
      if (!row) return null;
      await this.#audit.note(tx, {
        maisonId,
        actor: { kind: 'server', id: null },
        action: state === 'done' ? 'client.erased-in-house' : 'client.erase-failed',
        subject: id,
      });
      return row.session_id;
    });
    if (sessionId !== null) this.#hints.publish({ kind: 'client', sessionId });
  }
}
