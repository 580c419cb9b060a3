import {
  clientPurposes,
  shownFacts,
  type AdvisorId,
  type Answer,
  type ClientPurpose,
  type ClientReading,
  type KnownFact,
  type MaisonId,
} from '../../protocol/index.ts';
import { OmsFault, type OmsConnector, type OmsId } from '../../protocol/connector/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { Database, Queries } from '../persistence/database.ts';
import type { ClientParty } from './client-party.ts';
import { deleteLink, erasureOf, liveLinkOf, lockSession, type LinkRow } from './client-rows.ts';

/** Reads what may be known of a client: from the house each time, for the granted purposes only. It keeps nothing. */
export class ClientReader {
  readonly #deps: ReaderDeps;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  /** What may be known now, asked of the house now. Each reading leaves a line in the trail. */
  async read(party: ClientParty): Promise<Answer<ClientReading>> {
    const { database, connectors, clock, audit } = this.#deps;
    const { maisonId, storeId, sessionId, closedAtMs } = party;
    const { connector } = connectors.of(maisonId);
    const isOpen = closedAtMs === null;
    const offered = {
      offered: isOffered(connector) && isOpen,
      purposes: isOpen ? purposesOf(connector) : [],
    };
    const erasure = await erasureOf(database.db, maisonId, sessionId);
    const live = await liveLinkOf(database.db, party, { nowMs: clock.nowMs(), closedAtMs });
    if (!live) return done({ ...offered, known: null, erasure });
    const asked = live.grants.map(({ purpose }) => purpose);
    const told = await orUnavailable(() => factsFrom(connector, live.link.client_id, asked, clock));
    if (!told.ok) return told;
    if (told.value === 'unknown-client') {
      await this.#forget(live.link);
      return done({ ...offered, known: null, erasure });
    }
    const facts = told.value;
    // While the house was asked, a grant may have ended or been taken back: what stands now is what is shown.
    const still = await database.transact(async (tx) => {
      await lockSession(tx, sessionId);
      const nowMs = clock.nowMs();
      const session = await tx
        .selectFrom('sessions')
        .select('closed_at_ms')
        .where('id', '=', sessionId)
        .executeTakeFirst();
      const present = await liveLinkOf(tx, party, { nowMs, closedAtMs: session?.closed_at_ms ?? null });
      if (present?.link.id !== live.link.id) return null;
      const grants = present.grants.filter(({ purpose }) => asked.includes(purpose));
      const purposes = grants.map(({ purpose }) => purpose);
      if (purposes.length === 0) return null;
      await audit.note(tx, {
        maisonId,
        storeId,
        actor: party.reader,
        action: 'client.read',
        subject: live.link.id,
        reason: purposes.join(', '),
      });
      const shown = shownFacts(facts, purposes);
      const advisors = await advisorsNamed(tx, maisonId, shown);
      return { grants, facts: shown, advisors, readAtMs: nowMs };
    });
    return done({ ...offered, known: still, erasure });
  }

  /** The house does not know this client any more: neither do we. */
  async #forget(link: LinkRow): Promise<void> {
    const { database, audit, hints } = this.#deps;
    await database.transact(async (tx) => {
      await deleteLink(tx, link.id);
      await audit.note(tx, {
        maisonId: link.maison_id,
        storeId: link.store_id,
        actor: { kind: 'server', id: null },
        action: 'client.ended',
        subject: link.id,
        reason: 'the house knows nobody by this number',
      });
    });
    hints.publish({ kind: 'client', sessionId: link.session_id });
  }
}

interface ReaderDeps {
  readonly database: Database;
  readonly connectors: Connectors;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly hints: Hints;
}

/** How the Maison calls the advisors whom facts name, and those only. */
async function advisorsNamed(
  db: Queries,
  maisonId: MaisonId,
  facts: readonly KnownFact[],
): Promise<{ id: AdvisorId; name: string }[]> {
  const ids = facts.flatMap(({ fact }) => ('advisorId' in fact && fact.advisorId) || []);
  if (ids.length === 0) return [];
  return await db
    .selectFrom('advisors')
    .select(['id', 'name'])
    .where('maison_id', '=', maisonId)
    .where('id', 'in', ids)
    .execute();
}

/** Whether a house can know clients at all. */
export function isOffered({ capabilities }: OmsConnector): boolean {
  return capabilities.has('clients');
}

/**
 * What clients may be asked for here. They are remembered only where what is written of them can be told to them again and erased, as
 * `context` does.
 */
export function purposesOf(connector: OmsConnector): ClientPurpose[] {
  if (!isOffered(connector)) return [];
  const { capabilities } = connector;
  const remembers = capabilities.has('notes') && capabilities.has('context');
  return clientPurposes.filter((purpose) => purpose !== 'remember' || remembers);
}

/** The facts that a house tells. One that has no context has a name for a greeting, and no more. */
async function factsFrom(
  connector: OmsConnector,
  clientId: OmsId,
  purposes: readonly ClientPurpose[],
  clock: Clock,
): Promise<Answer<KnownFact[] | 'unknown-client'>> {
  if (connector.capabilities.has('context')) {
    const told = await connector.readContext({ clientId, purposes: [...purposes] });
    return done(told.kind === 'read' ? told.facts : told.kind);
  }
  const found = await connector.findClient({ kind: 'client-id', value: clientId });
  if (found.kind === 'unknown-client') return done(found.kind);
  const { name, locale } = found.client;
  const told = {
    source: connector.name,
    asOfMs: clock.nowMs(),
    reason: 'told-us',
    purpose: 'greet',
  } as const;
  const facts: KnownFact[] = [{ ...told, fact: { kind: 'name', name: name.slice(0, 120) } }];
  if (locale !== null) facts.push({ ...told, fact: { kind: 'language', locale } });
  return done(facts);
}

/** A house that does not answer, or not as agreed, is told as such; nothing was changed. */
export async function orUnavailable<Value>(work: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof OmsFault)) throw fault;
    return refuse('oms-unavailable', 'The house’s system does not answer. Nothing was changed.');
  }
}
