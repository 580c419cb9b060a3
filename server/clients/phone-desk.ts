import {
  clientAskMs,
  clientMonthMs,
  type Answer,
  type ClientConsent,
  type ClientPurpose,
  type MaisonId,
  type PhoneInvitation,
  type PhoneOpenReply,
  type PhonePlace,
  type PhoneReply,
  type SessionId,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newSecret, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-registry.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Houses } from '../houses/houses.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { sessionEnded } from '../sessions/session-writer.ts';
import { longestSessionMs } from '../sessions/sessions.ts';
import type { ClientDesk } from './client-desk.ts';
import type { ClientParty } from './client-party.ts';
import { purposesOf, type ClientReader } from './client-reader.ts';
import { grantsOf } from './client-rows.ts';
import type { KnownClients } from './known-clients.ts';

type PhoneRow = Tables['client_phones'];

interface PhoneParty extends ClientParty {
  readonly row: PhoneRow;
}

/**
 * The client's own phone: a mark on the screen is read once, by one phone, whose page gets a secret of its own. By that the client sees
 * what is known, takes it back and has it erased, for thirty days after their yes. Only hashes of both secrets are kept.
 */
export class PhoneDesk {
  readonly #database: Database;
  readonly #clients: KnownClients;
  readonly #reader: ClientReader;
  readonly #desk: ClientDesk;
  readonly #houses: Houses;
  readonly #secrets: ServerSecrets;
  readonly #connectors: Connectors;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(deps: {
    database: Database;
    clients: KnownClients;
    reader: ClientReader;
    desk: ClientDesk;
    houses: Houses;
    secrets: ServerSecrets;
    connectors: Connectors;
    clock: Clock;
    random: Random;
  }) {
    this.#database = deps.database;
    this.#clients = deps.clients;
    this.#reader = deps.reader;
    this.#desk = deps.desk;
    this.#houses = deps.houses;
    this.#secrets = deps.secrets;
    this.#connectors = deps.connectors;
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  /** A mark for the session's client; the one before it is good no more. */
  async invite(device: Device, sessionId: SessionId): Promise<Answer<PhoneInvitation>> {
    const party = await this.#desk.partyOf(device, sessionId);
    if (!party.ok) return party;
    if (party.value.closedAtMs !== null) return sessionEnded();
    const secret = newSecret(this.#random);
    const expiresAtMs = this.#clock.nowMs() + clientAskMs;
    await this.#database.transact(async (tx) => {
      await tx
        .deleteFrom('client_phones')
        .where('session_id', '=', sessionId)
        .where('state', '=', 'invited')
        .execute();
      await tx
        .insertInto('client_phones')
        .values({
          hash: this.#hash(secret),
          maison_id: device.maisonId,
          store_id: device.storeId,
          session_id: sessionId,
          state: 'invited',
          link_id: null,
          erasure_id: null,
          expires_at_ms: expiresAtMs,
        })
        .execute();
    });
    return done({ secret, expiresAtMs });
  }

  /** Whose the page of a secret is; null where there is none. */
  async maisonOf(secret: string): Promise<MaisonId | null> {
    const row = await this.#database.db
      .selectFrom('client_phones')
      .select('maison_id')
      .where('hash', '=', this.#hash(secret))
      .executeTakeFirst();
    return row?.maison_id ?? null;
  }

  /** Trades the mark's secret, once, for the page's own. */
  async open(secret: string): Promise<Answer<PhoneOpenReply>> {
    const nowMs = this.#clock.nowMs();
    const key = newSecret(this.#random);
    const row = await this.#database.db
      .updateTable('client_phones')
      .set({ hash: this.#hash(key), state: 'open', expires_at_ms: nowMs + longestSessionMs })
      .where('hash', '=', this.#hash(secret))
      .where('state', '=', 'invited')
      .where('expires_at_ms', '>', nowMs)
      .returningAll()
      .executeTakeFirst();
    if (!row) return refuse('code-unknown', 'This mark was read before, or has run out. Ask for a new one.');
    return done({ key, place: await this.#placeOf(row) });
  }

  async read(key: string): Promise<Answer<PhoneReply>> {
    const party = await this.#partyBy(key);
    return party.ok ? await this.#reply(party.value) : party;
  }

  async consent(key: string, consent: ClientConsent): Promise<Answer<PhoneReply>> {
    const party = await this.#partyBy(key);
    if (!party.ok) return party;
    const linked = await this.#clients.consent(party.value, consent);
    if (!linked.ok) return linked;
    const expiresAtMs = this.#clock.nowMs() + clientMonthMs;
    const { linkId } = linked.value;
    await this.#database.transact(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('client_links')
        .set({ keep_until_ms: expiresAtMs })
        .where('id', '=', linkId)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return;
      await tx
        .updateTable('client_phones')
        .set({ link_id: linkId, erasure_id: null, expires_at_ms: expiresAtMs })
        .where('hash', '=', party.value.row.hash)
        .execute();
    });
    return await this.read(key);
  }

  async withdraw(key: string, purpose: ClientPurpose | null): Promise<Answer<PhoneReply>> {
    const party = await this.#ownPartyBy(key);
    if (!party.ok) return party;
    const withdrawn = await this.#clients.withdraw(party.value, purpose);
    return withdrawn.ok ? await this.read(key) : withdrawn;
  }

  async erase(key: string): Promise<Answer<PhoneReply>> {
    const party = await this.#ownPartyBy(key);
    if (!party.ok) return party;
    const erased = await this.#clients.erase(party.value);
    return erased.ok ? await this.read(key) : erased;
  }

  async #reply({ row, ...party }: PhoneParty): Promise<Answer<PhoneReply>> {
    const place = await this.#placeOf(row);
    const visitIsOpen = party.closedAtMs === null;
    // A page by which nobody has said yes learns nothing of whom another screen let in.
    const erasure = await this.#erasureOf(row);
    const isOwn = row.link_id !== null && (await grantsOf(this.#database.db, row.link_id)).length > 0;
    const { connector } = this.#connectors.of(row.maison_id);
    const purposes = visitIsOpen ? purposesOf(connector) : [];
    const offered = { offered: visitIsOpen, purposes, known: null };
    if (!isOwn) return done({ place, reading: { ...offered, erasure }, visitIsOpen });
    const reading = await this.#reader.read(party);
    return reading.ok ? done({ place, reading: { ...reading.value, erasure }, visitIsOpen }) : reading;
  }

  async #erasureOf({ erasure_id: id }: PhoneRow) {
    if (id === null) return null;
    const row = await this.#database.db
      .selectFrom('client_erasures')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? { state: row.state, askedAtMs: row.asked_at_ms } : null;
  }

  /** The party whose client said yes by this very page: only they may take back and erase by it. */
  async #ownPartyBy(key: string): Promise<Answer<PhoneParty>> {
    const party = await this.#partyBy(key);
    if (party.ok && party.value.row.link_id === null) {
      return refuse('client-unknown', 'Nobody is known by this page.');
    }
    return party;
  }

  async #partyBy(key: string): Promise<Answer<PhoneParty>> {
    const row = await this.#database.db
      .selectFrom('client_phones')
      .selectAll()
      .where('hash', '=', this.#hash(key))
      .where('state', '=', 'open')
      .where('expires_at_ms', '>', this.#clock.nowMs())
      .executeTakeFirst();
    if (!row) return refuse('code-expired', 'This page has run out. Ask in the boutique for a new mark.');
    const session = await this.#database.db
      .selectFrom('sessions')
      .select(['started_at_ms', 'closed_at_ms'])
      .where('id', '=', row.session_id)
      .executeTakeFirstOrThrow();
    const actor = { kind: 'visit', id: row.session_id } as const;
    return done({
      row,
      maisonId: row.maison_id,
      storeId: row.store_id,
      sessionId: row.session_id,
      startedAtMs: session.started_at_ms,
      closedAtMs: session.closed_at_ms,
      linkId: row.link_id,
      method: 'own-phone',
      toucher: actor,
      reader: actor,
    });
  }

  async #placeOf(row: PhoneRow): Promise<PhonePlace> {
    const store = await this.#houses.store(row.maison_id, row.store_id);
    return {
      maisonId: row.maison_id,
      maisonName: await this.#houses.maisonName(row.maison_id),
      storeName: store?.name ?? '',
      locale: store?.locale ?? 'en',
      timeZone: store?.timeZone ?? 'UTC',
      expiresAtMs: row.expires_at_ms,
    };
  }

  #hash(secret: string): string {
    return this.#secrets.ownHash('client-phone', secret);
  }
}
