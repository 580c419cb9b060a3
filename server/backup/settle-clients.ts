import * as z from 'zod/mini';
import type { EpochMs, MaisonId, SessionId } from '../../protocol/index.ts';
import { ConsentRecord, type OmsId } from '../../protocol/connector/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import {
  clientOfLetter,
  clientSubjects,
  consentSubject,
  eraseSubject,
  takeClientLettersBack,
} from '../clients/client-letters.ts';
import { deleteLink, grantsOf } from '../clients/client-rows.ts';
import { isOfAdvisor, markOf, type ErasureMark } from '../clients/erasure-marks.ts';
import { noteSubject } from '../clients/note-rows.ts';
import { newId, type Random } from '../core/random.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import { eraseClient } from '../oms/embedded/embedded-context.ts';
import { takeLettersBack, writeLetter } from '../oms/letters/letter-rows.ts';
import type { Tx } from '../persistence/database.ts';

/** An erasure that was under way when the backup was made is looked up by its id; one from longer ago is in the backup. */
const overlapMs = 24 * 3_600_000;

/** Erasures that a database from before them is told of. */
export interface KnownErasures {
  readonly marks: readonly ErasureMark[];
  /** From when on the database cannot know of them. */
  readonly sinceMs: EpochMs;
}

/** What became of them. */
export interface ErasedAgain {
  /** Clients whom the database knew, and who were erased again. */
  readonly erased: number;
  /** Marks of clients of whom the database holds nothing. */
  readonly unknown: number;
}

/** A client of whom a database holds something. */
interface Held {
  readonly clientId: OmsId;
  /** Those of the client's links; none where only the embedded OMS or a letter knows them. */
  readonly links: readonly { readonly id: string; readonly sessionId: SessionId }[];
  /** Whether the house's own system was ever spoken to about them, and so must be told. */
  readonly isHouses: boolean;
}

/**
 * Erases again whom the marks name: here, in the embedded OMS, and by a letter to the house's own system, which may not have had the
 * first. The letter has the first one's key, so that a house that had it does nothing.
 */
export async function eraseAgain(
  tx: Tx,
  deps: {
    readonly audit: AuditLog;
    readonly secrets: Pick<ServerSecrets, 'ownHash'>;
    readonly random: Random;
    readonly nowMs: EpochMs;
  },
  { marks, sinceMs }: KnownErasures,
): Promise<ErasedAgain> {
  const known = new Set((await tx.selectFrom('client_erasures').select('id').execute()).map((row) => row.id));
  const due = marks.filter(
    (mark) => !isOfAdvisor(mark) && !known.has(mark.id) && mark.askedAtMs >= sinceMs - overlapMs,
  );
  let erased = 0;
  for (const [maisonId, ofMaison] of Map.groupBy(due, (mark) => mark.maisonId)) {
    const held = new Map(
      (await heldClients(tx, maisonId)).map((client) => [
        markOf(deps.secrets, maisonId, client.clientId),
        client,
      ]),
    );
    for (const mark of ofMaison) {
      const client = held.get(mark.mark);
      if (!client) continue;
      await eraseOne(tx, deps, mark, client);
      // A client who was erased twice since is found once.
      held.delete(mark.mark);
      erased += 1;
    }
  }
  return { erased, unknown: due.length - erased };
}

async function eraseOne(
  tx: Tx,
  { audit, random, nowMs }: { audit: AuditLog; random: Random; nowMs: EpochMs },
  { id, maisonId, askedAtMs }: ErasureMark,
  { clientId, links, isHouses }: Held,
): Promise<void> {
  await eraseClient(tx, maisonId, clientId);
  await takeClientLettersBack(tx, maisonId, clientId);
  const [first] = links;
  if (first) {
    const row = { id, maison_id: maisonId, session_id: first.sessionId, asked_at_ms: askedAtMs, mark: null };
    await tx
      .insertInto('client_erasures')
      .values({ ...row, state: 'asked' })
      .execute();
  }
  if (isHouses) {
    const letter = {
      maisonId,
      direction: 'out',
      subject: eraseSubject,
      body: { key: id, clientId },
    } as const;
    await writeLetter(tx, letter, { id: newId(random), nowMs });
  }
  for (const subject of links.length > 0 ? links.map((link) => link.id) : [id]) {
    await deleteLink(tx, subject);
    await audit.note(tx, {
      maisonId,
      actor: { kind: 'server', id: null },
      action: 'client.erased',
      subject,
      reason: 'again, after a restore',
    });
  }
}

/** Everybody of whom the database holds a number. */
async function heldClients(tx: Tx, maisonId: MaisonId): Promise<Held[]> {
  const links = await tx
    .selectFrom('client_links')
    .select(['id', 'client_id', 'session_id'])
    .where('maison_id', '=', maisonId)
    .orderBy('created_at_ms')
    .execute();
  const letters = await tx
    .selectFrom('oms_letters')
    .select('body')
    .where('maison_id', '=', maisonId)
    .where('subject', 'in', clientSubjects)
    .execute();
  const told = letters.flatMap(({ body }) => clientOfLetter(JSON.parse(body)) ?? []);
  const own = await tx.selectFrom('oms_clients').select('id').where('maison_id', '=', maisonId).execute();
  const houses = new Set([...links.map((link) => link.client_id), ...told]);
  return [...new Set([...houses, ...own.map(({ id }) => id)])].map((clientId) => ({
    clientId,
    links: links
      .filter((link) => link.client_id === clientId)
      .map((link) => ({ id: link.id, sessionId: link.session_id })),
    isHouses: houses.has(clientId),
  }));
}

/**
 * Ends every yes that a database of before holds: what the client took back since is not known, so none counts. Nothing is left of
 * links and phones; a yes that waited to be told to the house is told no more, and no note is kept or told, in the embedded OMS either.
 * Tells how many clients that were.
 */
export async function endClients(tx: Tx, audit: AuditLog): Promise<number> {
  const links = await tx.selectFrom('client_links').selectAll().orderBy('id').execute();
  for (const { id, maison_id: maisonId, store_id: storeId } of links) {
    for (const { purpose } of await grantsOf(tx, id)) {
      await audit.note(tx, {
        maisonId,
        storeId,
        actor: { kind: 'server', id: null },
        action: 'client.ended',
        subject: id,
        reason: purpose,
      });
    }
    await deleteLink(tx, id);
  }
  await tx.deleteFrom('client_phones').execute();
  await tx.deleteFrom('client_asks').execute();
  await tx.deleteFrom('oms_notes').execute();
  for (const { id: maisonId } of await tx.selectFrom('maisons').select('id').execute()) {
    await takeLettersBack(tx, { maisonId, direction: 'out', subject: consentSubject }, (body) => {
      const record = z.safeParse(ConsentRecord, body);
      return record.success && record.data.granted;
    });
    await takeLettersBack(tx, { maisonId, direction: 'out', subject: noteSubject }, () => true);
  }
  return links.length;
}
