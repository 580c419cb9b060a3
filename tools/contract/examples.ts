import type {
  Advisor,
  Call,
  Claim,
  ClientConsent,
  ClientReading,
  DeviceIdentity,
  Hello,
  Hold,
  KeptVisit,
  Offer,
  OmsLevelRow,
  PublicKeyJwk,
  SessionEvent,
  StockFrame,
  StockLevel,
  Store,
  VisitSummary,
  Welcome,
} from '../../protocol/index.ts';
import { consentTextVersion, protocolVersion } from '../../protocol/index.ts';

/** A visit at the demo house Norde, told once: every example of the published contract is a piece of it. */

const nowMs = 1_795_773_600_000;

export const sessionId = 'Qy3vN8sKfW1x';
export const offerId = 'u7Rz0bQe4MpL';
export const sku = 'fjord-51.tortoise';

export const store: Store = {
  id: 'norde-marais',
  name: 'Le Marais',
  city: 'Paris',
  locale: 'fr',
  timeZone: 'Europe/Paris',
};

export const identity: DeviceIdentity = {
  deviceId: 'kY2pX0dTzJ5w',
  role: 'kiosk',
  name: 'Mirror 1',
  maisonId: 'norde',
  maisonName: 'Norde',
  store,
  nearby: [{ id: 'norde-mayfair', name: 'Mayfair', city: 'London', locale: 'en', timeZone: 'Europe/London' }],
};

export const publicKey: PublicKeyJwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
};

export const advisor: Advisor = {
  id: 'noemie-caron',
  name: 'Noémie Caron',
  title: { en: 'Client advisor', fr: 'Conseillère' },
  languages: ['fr', 'en'],
};

export const level: StockLevel = {
  storeId: store.id,
  sku,
  onHand: 3,
  available: 2,
  keptBack: 1,
  revision: 41,
  asOfMs: nowMs,
  source: 'embedded',
};

export const stockFrame: StockFrame = { storeId: store.id, fromSeq: 118, toSeq: 119, levels: [level] };

export const levelRow: OmsLevelRow = {
  maisonId: 'norde',
  storeId: store.id,
  storeName: store.name,
  city: store.city,
  sku,
  onHand: 3,
  promised: 1,
  revision: 41,
};

export const hold: Hold = {
  id: 'h0Lp4Zs9QeXk',
  storeId: store.id,
  sku,
  sessionId,
  state: 'active',
  createdAtMs: nowMs,
  expiresAtMs: nowMs + 20 * 60_000,
};

export const offer: Offer = {
  offerId,
  secret: 'Zk3c9Xw0rT5vB8nM1qLpYs',
  code: '7H2KQ9XM',
  expiresAtMs: nowMs + 120_000,
};

export const claim: Claim = {
  offerId,
  advisor,
  digits: '47',
  kioskName: identity.name,
  expiresAtMs: nowMs + 120_000,
};

export const worn = { pieceId: 'fjord-51', variantId: 'tortoise' };

export const call: Call = {
  offerId,
  callId: offerId,
  kioskName: identity.name,
  sinceMs: nowMs,
  claimedBy: null,
  locale: 'fr',
  worn,
  going: { advisor, untilMs: nowMs + 120_000, passedBy: null },
};

export const summary: VisitSummary = {
  locale: 'fr',
  startedAtMs: nowMs - 240_000,
  worn,
  look: [worn],
  tried: [{ ...worn, seconds: 40 }],
  kept: [sku],
};

export const started: SessionEvent = {
  sessionId,
  seq: 1,
  atMs: nowMs,
  actor: 'client',
  fact: { type: 'started', advisor, kioskName: identity.name, summary },
};

export const kept: SessionEvent = {
  sessionId,
  seq: 2,
  atMs: nowMs + 12_000,
  actor: 'advisor',
  fact: { type: 'kept', sku },
};

export const visit: KeptVisit = {
  sessionId,
  kioskName: identity.name,
  closedAtMs: nowMs + 900_000,
  kept: [sku],
  holds: [hold],
};

export const hello: Hello = {
  protocolVersion,
  clientVersion: '0.1.0',
  stockCursors: { [store.id]: 117 },
  session: { sessionId, seq: 1 },
};

export const welcome: Welcome = {
  serverTimeMs: nowMs,
  identity,
  stock: [
    { kind: 'tail', storeId: store.id, frames: [stockFrame] },
    { kind: 'snapshot', snapshot: { storeId: 'norde-mayfair', seq: 64, levels: [] } },
  ],
  session: { sessionId, events: [kept] },
  advisor: null,
  calls: [],
  claim: null,
};

/** When everything in the examples happens. */
export const exampleNowMs = nowMs;

export const clientConsent: ClientConsent = {
  reference: { kind: 'loyalty-card', value: 'NRD-0000-0000-00' },
  choices: [{ purpose: 'greet', term: 'visit' }],
  textVersion: consentTextVersion,
  locale: 'fr',
};

export const clientReading: ClientReading = {
  offered: true,
  purposes: ['greet', 'advise', 'after-sale', 'remember'],
  known: {
    grants: [
      { purpose: 'greet', term: 'visit', grantedAtMs: nowMs - 60_000, endsAtMs: nowMs + 12 * 3_600_000 },
    ],
    facts: [
      {
        fact: { kind: 'language', locale: 'fr' },
        source: store.name,
        asOfMs: nowMs - 30 * 86_400_000,
        reason: 'told-us',
        purpose: 'greet',
      },
    ],
    readAtMs: nowMs,
  },
  erasure: null,
};
