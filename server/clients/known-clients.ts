import {
  consentTextVersion,
  grantEndMs,
  type Answer,
  type ClientConsent,
  type ClientPurpose,
  type EpochMs,
  type MaisonId,
} from '../../protocol/index.ts';
import type { ConsentRecord, OmsId } from '../../protocol/connector/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Nothing, type Refusal } from '../core/answers.ts';
import { settleDeed } from '../core/deed.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { newId, type Random } from '../core/random.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { lockOpenSession, sessionEnded } from '../sessions/session-writer.ts';
import { longestSessionMs } from '../sessions/sessions.ts';
import { CardTries } from './card-tries.ts';
import type { ClientLetters } from './client-letters.ts';
import type { ClientParty } from './client-party.ts';
import { nextDecisionMs } from './consent-order.ts';
import { isOffered, orUnavailable, purposesOf } from './client-reader.ts';
import {
  deleteIfBare,
  deleteLink,
  grantsOf,
  linksOf,
  liveLinkOf,
  lockSession,
  ownLinkOf,
  writeGrant,
  type LinkRow,
} from './client-rows.ts';
import { markOf, type ErasureMarks } from './erasure-marks.ts';
import type { NoteLetters } from './note-letters.ts';
import { forgetVisitNote } from './note-rows.ts';

export interface KnownClientsDeps {
  readonly database: Database;
  readonly connectors: Connectors;
  readonly letters: ClientLetters;
  readonly notes: Pick<NoteLetters, 'postForgetting'>;
  readonly marks: Pick<ErasureMarks, 'wake'>;
  readonly secrets: Pick<ServerSecrets, 'ownHash'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly hints: Hints;
  /** Told when grants end, so that somebody wakes. */
  readonly endsAt: (atMs: number) => void;
}

/**
 * Clients who asked to be known, for as long as they said. Of them the server keeps the house's number beside the session and what
 * they said yes to, and nothing else.
 */
export class KnownClients {
  readonly #deps: KnownClientsDeps;
  readonly #tries: CardTries;

  constructor(deps: KnownClientsDeps) {
    this.#deps = deps;
    this.#tries = new CardTries(deps.database, deps.clock);
  }

  /** Whether this house can know anybody: else nobody is asked. */
  canBeAsked(maisonId: MaisonId): Answer<Nothing> {
    return isOffered(this.#deps.connectors.of(maisonId).connector) ? done({}) : knowsNoClients();
  }

  /** The client said yes, by their own touch. Only now is anybody looked for. Returns the link's pseudonym. */
  async consent(party: ClientParty, consent: ClientConsent): Promise<Answer<{ linkId: string }>> {
    const { maisonId, sessionId } = party;
    const { connector } = this.#deps.connectors.of(maisonId);
    if (party.closedAtMs !== null) return sessionEnded();
    if (!isOffered(connector)) return knowsNoClients();
    if (consent.textVersion !== consentTextVersion) {
      return refuse('conflict', 'The client read other words than those of today. Show them anew.');
    }
    const offered = purposesOf(connector);
    if (consent.choices.some(({ purpose }) => !offered.includes(purpose)))
      return refuse('not-offered', 'The system of this house keeps no notes.');
    if (consent.reference === null) return await this.#link(party, consent, null);
    const { reference } = consent;
    const retryAfterMs = await this.#tries.count(sessionId);
    if (retryAfterMs > 0) return refuse('code-locked', 'Too many unknown cards.', { retryAfterMs });
    const found = await orUnavailable(async () => done(await connector.findClient(reference)));
    if (!found.ok || found.value.kind === 'found') await this.#tries.giveBack(sessionId);
    if (!found.ok) return found;
    if (found.value.kind === 'unknown-client') {
      const triesLeft = await this.#tries.left(sessionId);
      return refuse('client-unknown', 'Nobody is known by this card.', { triesLeft });
    }
    return await this.#link(party, consent, found.value.client.id);
  }

  async #link(
    party: ClientParty,
    consent: ClientConsent,
    /** Null: whom the visit knows already. */
    found: OmsId | null,
  ): Promise<Answer<{ linkId: string }>> {
    const { database, clock, random, audit, letters, hints } = this.#deps;
    const { maisonId, storeId, sessionId, toucher: actor } = party;
    const nowMs = clock.nowMs();
    const visit = { startedAtMs: party.startedAtMs, longestMs: longestSessionMs };
    const ends = consent.choices.map((choice) => ({
      choice,
      endsAtMs: grantEndMs(choice.term, visit, nowMs),
    }));
    const linked = await database.transact(async (tx): Promise<string | Refusal> => {
      const atMs = await nextDecisionMs(tx, maisonId, nowMs);
      if (!(await lockOpenSession(tx, sessionId))) return sessionEnded();
      const known = await liveLinkOf(tx, { sessionId }, { nowMs, closedAtMs: null });
      // Whom another screen let in is nobody to a phone: its page speaks for its own client, or for a card.
      if (found === null && party.method === 'own-phone' && known?.link.id !== party.linkId)
        return refuse('client-unknown', 'Nobody is known by this page.');
      const clientId = found ?? known?.link.client_id;
      if (clientId === undefined) return refuse('client-unknown', 'Nobody is known in this visit yet.');
      if (known && known.link.client_id !== clientId) {
        return refuse('conflict', 'Somebody else is known in this visit. Have them forgotten first.');
      }
      const linkId = known?.link.id ?? newId(random);
      if (!known) {
        await tx
          .insertInto('client_links')
          .values({
            id: linkId,
            maison_id: maisonId,
            store_id: storeId,
            session_id: sessionId,
            client_id: clientId,
            created_at_ms: nowMs,
            keep_until_ms: 0,
          })
          .execute();
        await audit.note(tx, { maisonId, storeId, actor, action: 'client.known', subject: linkId });
      }
      for (const { choice, endsAtMs } of ends) {
        await writeGrant(tx, linkId, choice, consent, { nowMs, endsAtMs });
        const { locale, textVersion } = consent;
        const said = { purpose: choice.purpose, granted: true, locale, textVersion, atMs, endsAtMs };
        await this.#say(tx, party, clientId, said);
        await audit.note(tx, {
          maisonId,
          storeId,
          actor,
          action: 'client.consented',
          subject: linkId,
          reason: `${choice.purpose}, ${choice.term}, ${party.method}`,
        });
      }
      await settleDeed(tx, done({}));
      return linkId;
    });
    if (typeof linked !== 'string') return linked;
    for (const { endsAtMs } of ends) this.#deps.endsAt(endsAtMs);
    letters.wake();
    hints.publish({ kind: 'client', sessionId });
    return done({ linkId: linked });
  }

  /** Takes back a purpose, or all: ours at once, the house by letter. */
  async withdraw(party: ClientParty, purpose: ClientPurpose | null): Promise<Answer<Nothing>> {
    const { database, letters, hints } = this.#deps;
    const forgotten = await database.transact(async (tx): Promise<LinkRow[]> => {
      const nowMs = this.#deps.clock.nowMs();
      const atMs = await nextDecisionMs(tx, party.maisonId, nowMs);
      await lockSession(tx, party.sessionId);
      const link = await ownLinkOf(tx, party, nowMs);
      const visits = link ? await this.#takeBack(tx, party, link, { purpose, atMs }) : [];
      await settleDeed(tx, done({}));
      return visits;
    });
    letters.wake();
    hints.publish({ kind: 'client', sessionId: party.sessionId });
    this.#tellBoards(forgotten);
    return done({});
  }

  /** Returns the links of the visits whose notes and tasks went with it. */
  async #takeBack(
    tx: Tx,
    party: ClientParty,
    link: LinkRow,
    { purpose, atMs }: { readonly purpose: ClientPurpose | null; readonly atMs: EpochMs },
  ): Promise<LinkRow[]> {
    const { audit, clock } = this.#deps;
    const forgotten: LinkRow[] = [];
    for (const grant of await grantsOf(tx, link.id)) {
      if (purpose !== null && grant.purpose !== purpose) continue;
      await tx
        .deleteFrom('client_grants')
        .where('link_id', '=', link.id)
        .where('purpose', '=', grant.purpose)
        .execute();
      const { locale, text_version: textVersion } = grant;
      const said = { purpose: grant.purpose, granted: false, locale, textVersion, atMs };
      await this.#say(tx, party, link.client_id, said);
      await audit.note(tx, {
        maisonId: party.maisonId,
        storeId: party.storeId,
        actor: party.toucher,
        action: 'client.withdrawn',
        subject: link.id,
        reason: `${grant.purpose}, ${party.method}`,
      });
      if (grant.purpose === 'remember') forgotten.push(...(await this.#forgetNotes(tx, link)));
    }
    await deleteIfBare(tx, link.id, clock.nowMs());
    return forgotten;
  }

  /** Who is not to be remembered any more is not remembered of any visit: tasks and notes of all of them go, here and in the house. */
  async #forgetNotes(tx: Tx, { maison_id: maisonId, client_id: clientId }: LinkRow): Promise<LinkRow[]> {
    const links = await linksOf(tx, maisonId, clientId);
    for (const { id, session_id: sessionId } of links) {
      await lockSession(tx, sessionId);
      await forgetVisitNote(tx, { maisonId, sessionId });
      await tx
        .deleteFrom('client_grants')
        .where('link_id', '=', id)
        .where('purpose', '=', 'remember')
        .execute();
      await deleteIfBare(tx, id, this.#deps.clock.nowMs());
    }
    await this.#deps.notes.postForgetting(tx, maisonId, clientId);
    return links;
  }

  /** The lists of what was promised are others than before. */
  #tellBoards(links: readonly LinkRow[]): void {
    for (const { session_id: sessionId, store_id: storeId } of links)
      this.#deps.hints.publish({ kind: 'sale', sessionId, storeId });
  }

  /**
   * Forgets the client in one call: every link of theirs in the Maison at once, the house by letter. `client-unknown` where there is
   * nobody to forget.
   */
  async erase(party: ClientParty): Promise<Answer<{ erasureId: string }>> {
    const { database, letters, hints, audit, random, clock, marks, secrets } = this.#deps;
    const { maisonId, storeId, sessionId } = party;
    const erasureId = newId(random);
    const nowMs = clock.nowMs();
    const touched = await database.transact(async (tx): Promise<LinkRow[]> => {
      // After every yes that came before, in whichever visit: none is left over.
      await nextDecisionMs(tx, maisonId, nowMs);
      await lockSession(tx, sessionId);
      const own = await ownLinkOf(tx, party, nowMs);
      if (!own) return [];
      const { client_id: clientId } = own;
      const links = await linksOf(tx, maisonId, clientId);
      await tx
        .insertInto('client_erasures')
        .values({
          id: erasureId,
          maison_id: maisonId,
          session_id: sessionId,
          state: 'asked',
          asked_at_ms: nowMs,
          mark: markOf(secrets, maisonId, clientId),
        })
        .execute();
      for (const { id, session_id: visit } of links) {
        await lockSession(tx, visit);
        const phones = tx.updateTable('client_phones').set({ erasure_id: erasureId });
        await phones.where('link_id', '=', id).execute();
        await deleteLink(tx, id);
        const told = { action: 'client.erased', subject: id, reason: party.method } as const;
        await audit.note(tx, { maisonId, storeId, actor: party.toucher, ...told });
      }
      await letters.postErasure(tx, maisonId, { key: erasureId, clientId });
      await settleDeed(tx, done({}));
      return links;
    });
    if (touched.length === 0) return refuse('client-unknown', 'Nobody is known here any more.');
    letters.wake();
    marks.wake();
    for (const one of new Set(touched.map((link) => link.session_id)))
      hints.publish({ kind: 'client', sessionId: one });
    this.#tellBoards(touched);
    return done({ erasureId });
  }

  async #say(
    tx: Tx,
    { maisonId, method }: ClientParty,
    clientId: OmsId,
    said: Omit<ConsentRecord, 'key' | 'clientId' | 'method'>,
  ): Promise<void> {
    const { letters, random } = this.#deps;
    await letters.postConsent(tx, maisonId, { key: newId(random), clientId, method, ...said });
  }
}

function knowsNoClients(): Answer<never> {
  return refuse('not-offered', 'The system of this house knows no clients.');
}
