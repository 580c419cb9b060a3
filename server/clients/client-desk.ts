import {
  type Answer,
  type ClientConsent,
  type ClientPurpose,
  type ClientReading,
  type ClientReference,
  type SessionId,
} from '../../protocol/index.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { Device } from '../devices/device-registry.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import { sessionEnded } from '../sessions/session-writer.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { ClientAsks } from './client-asks.ts';
import type { ClientParty } from './client-party.ts';
import type { ClientReader } from './client-reader.ts';
import type { KnownClients } from './known-clients.ts';

/** What a session's mirror and its advisor's tablets may do about the client. */
export class ClientDesk {
  readonly #clients: KnownClients;
  readonly #reader: ClientReader;
  readonly #sessions: Sessions;
  readonly #desk: AdvisorDesk;
  readonly #asks: ClientAsks;

  constructor(deps: {
    clients: KnownClients;
    reader: ClientReader;
    sessions: Sessions;
    desk: AdvisorDesk;
    asks: ClientAsks;
  }) {
    this.#clients = deps.clients;
    this.#reader = deps.reader;
    this.#sessions = deps.sessions;
    this.#desk = deps.desk;
    this.#asks = deps.asks;
  }

  /** Puts the question on the mirror. The card, where the advisor was given one, goes to that screen and nowhere else. */
  async ask(
    tablet: Device,
    sessionId: SessionId,
    reference: ClientReference | null,
  ): Promise<Answer<{ expiresAtMs: number }>> {
    const row = await this.#sessions.partyTo(tablet, sessionId);
    if (!row.ok) return row;
    if (row.value.closed_at_ms !== null) return sessionEnded();
    const canBeAsked = this.#clients.canBeAsked(tablet.maisonId);
    if (!canBeAsked.ok) return canBeAsked;
    const audience = await this.#sessions.audience(sessionId);
    if (!audience || audience.kiosk === null) {
      return refuse(
        'forbidden',
        'This client calls from an agency’s page, where nobody is asked to be known.',
      );
    }
    const advisor = await this.#desk.signedIn(tablet);
    if (!advisor) return refuse('forbidden', 'Nobody is signed in on this tablet.');
    const retryAfterMs = await this.#asks.declinedForMs(sessionId);
    if (retryAfterMs > 0) return refuse('consent-missing', 'The client has just said no.', { retryAfterMs });
    return done({ expiresAtMs: await this.#asks.ask(tablet.maisonId, sessionId, { advisor, reference }) });
  }

  /** The client said no. */
  async decline(kiosk: Device, sessionId: SessionId): Promise<Answer<Nothing>> {
    const row = await this.#sessions.partyTo(kiosk, sessionId);
    if (!row.ok) return row;
    await this.#asks.decline(kiosk.maisonId, sessionId);
    return done({});
  }

  async read(device: Device, sessionId: SessionId): Promise<Answer<ClientReading>> {
    return await this.#as(device, sessionId, (party) => this.#reader.read(party));
  }

  async consent(device: Device, sessionId: SessionId, consent: ClientConsent): Promise<Answer<Nothing>> {
    return await this.#as(device, sessionId, async (party) =>
      nothingOf(await this.#clients.consent(party, consent)),
    );
  }

  async withdraw(
    device: Device,
    sessionId: SessionId,
    purpose: ClientPurpose | null,
  ): Promise<Answer<Nothing>> {
    return await this.#as(device, sessionId, (party) => this.#clients.withdraw(party, purpose));
  }

  async erase(device: Device, sessionId: SessionId): Promise<Answer<Nothing>> {
    return await this.#as(device, sessionId, async (party) => nothingOf(await this.#clients.erase(party)));
  }

  /** The device as a party to the session; of a closed one the mirror is none any more. */
  async partyOf(device: Device, sessionId: SessionId): Promise<Answer<ClientParty>> {
    const row = await this.#sessions.partyTo(device, sessionId);
    if (!row.ok) return row;
    const { closed_at_ms: closedAtMs, started_at_ms: startedAtMs, advisor_id: advisorId } = row.value;
    const isKiosk = device.role === 'kiosk';
    if (isKiosk && closedAtMs !== null) return sessionEnded();
    const { maisonId, storeId } = device;
    return done({
      maisonId,
      storeId,
      sessionId,
      startedAtMs,
      closedAtMs,
      linkId: null,
      method: isKiosk ? 'kiosk' : 'tablet',
      toucher: isKiosk ? { kind: 'visit', id: sessionId } : { kind: 'advisor', id: advisorId },
      reader: isKiosk ? { kind: 'device', id: device.id } : { kind: 'advisor', id: advisorId },
    });
  }

  async #as<Value>(
    device: Device,
    sessionId: SessionId,
    work: (party: ClientParty) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    const party = await this.partyOf(device, sessionId);
    return party.ok ? await work(party.value) : party;
  }
}

function nothingOf(answer: Answer<unknown>): Answer<Nothing> {
  return answer.ok ? done({}) : answer;
}
