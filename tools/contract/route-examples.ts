import type * as z from 'zod/mini';
import type { routes, RouteName } from '../../server/http/route-table.ts';
import {
  startCodeMs,
  type Activation,
  type BoardAdvisor,
  type ConsoleSession,
  type StockFeed,
} from '../../protocol/index.ts';
import type { CaptureJob } from '../../server/oms/epcis/capture-desk.ts';
import { passkey, passkeyIntroduction, passkeyInvitation, passkeyQuestion } from './passkey-examples.ts';
import {
  advisor,
  clientConsent,
  clientReading,
  exampleNowMs,
  identity,
  levelRow,
  publicKey,
  sessionId,
  sku,
  store,
} from './examples.ts';
import { appointment } from './sale-notes.ts';

type BodyOf<Name extends RouteName> = (typeof routes)[Name] extends {
  readonly body: infer Schema extends z.core.$ZodType;
}
  ? { readonly body: z.input<Schema> }
  : object;

/** What a route takes, where it takes a body, and what it gives. */
type RouteExample<Name extends RouteName> = BodyOf<Name> & {
  readonly reply: z.input<(typeof routes)[Name]['reply']>;
};

const rule = { storeId: store.id, sku, safetyPieces: 1, displayPieces: 0 };
const feed: StockFeed = {
  maisonId: 'norde',
  source: 'rest',
  state: 'up',
  wholeAsOfMs: exampleNowMs,
  downSinceMs: null,
  fault: null,
};
const activation: Activation = {
  id: 'k8Vd2Qm5tRz1',
  maisonId: 'norde',
  storeId: store.id,
  agency: 'Atelier Neuf',
  key: `vpk_${'3vN8sKfW1xZt0Rz9'.repeat(2)}`,
  origins: ['https://popup.agency.example'],
  scope: ['stock', 'hand-off'],
  startsAtMs: exampleNowMs,
  endsAtMs: exampleNowMs + 7 * 86_400_000,
  mostDevices: 40,
  madeAtMs: exampleNowMs - 86_400_000,
  revokedAtMs: null,
  enrolled: 12,
  lastSeenAtMs: exampleNowMs,
  present: 3,
};
const boardAdvisor: BoardAdvisor = {
  ...advisor,
  maisonId: 'norde',
  storeId: store.id,
  hasPin: true,
  passkeys: 1,
  startCodeUntilMs: null,
  lockedUntilMs: null,
  lastSignInAtMs: exampleNowMs,
  leftAtMs: null,
  erasedAtMs: null,
};
const newcomer = {
  ...boardAdvisor,
  id: 'advisor-5b1f0c7a92d34e68',
  hasPin: false,
  passkeys: 0,
  lastSignInAtMs: null,
};
const consoleSession: ConsoleSession = {
  actor: { kind: 'operator', name: null },
  maisonId: null,
  maisons: [
    {
      id: 'norde',
      name: 'Norde',
      stores: [{ id: store.id, name: store.name, city: store.city, timeZone: store.timeZone }],
    },
  ],
  csrf: 'wP3k9Zt2mQ7vX1cL0s4D8f6H',
  serverTimeMs: exampleNowMs,
  idleEndsAtMs: exampleNowMs + 1_800_000,
  endsAtMs: exampleNowMs + 43_200_000,
};
const operatorPasskey = {
  id: 'Zr8Kq2mLt5XwB3vN',
  name: 'Laptop at headquarters',
  madeAtMs: exampleNowMs - 86_400_000,
  usedAtMs: exampleNowMs,
};
const phoneKey = 'p1Yw0mZ8rQ3tK6vXc2Q9n4LhA7d';
const phonePlace = {
  maisonId: 'norde',
  maisonName: 'Norde',
  storeName: store.name,
  locale: store.locale,
  timeZone: store.timeZone,
  expiresAtMs: exampleNowMs + 30 * 86_400_000,
};
const at = new Date(exampleNowMs).toISOString();
const job: CaptureJob = {
  captureID: 'c2f6a9d0-8a5e-4b6e-9a53-5a5d4b1d7c11',
  createdAt: at,
  finishedAt: at,
  running: false,
  success: true,
  captureErrorBehaviour: 'proceed',
  errors: [],
};
const readEvent = {
  type: 'ObjectEvent',
  eventTime: at,
  eventTimeZoneOffset: '+01:00',
  action: 'OBSERVE',
  epcList: ['https://id.gs1.org/01/02901051000118/21/1'],
  bizLocation: { id: 'https://id.gs1.org/414/0614141123452' },
};

/** An example of every route. */
export const routeExamples: { readonly [Name in RouteName]: RouteExample<Name> } = {
  'config.read': {
    reply: {
      version: '0.1.0',
      publicUrl: 'https://192.168.1.20:8080',
      maisons: [{ id: 'norde', name: 'Norde' }],
      models: {
        face: {
          url: `/models/${'a'.repeat(64)}/face.task`,
          sha256: 'a'.repeat(64),
          bytes: 3_758_596,
          standIn: false,
        },
        hand: null,
        body: null,
        hair: null,
      },
      wasmBaseUrl: '/mediapipe',
    },
  },
  'contract.openapi': { reply: { openapi: '3.1.0' } },
  'contract.asyncapi': { reply: { asyncapi: '3.0.0' } },
  'device.enrol': { body: { code: '9XQ4M2TB7KD0V6RN', role: 'kiosk', publicKey }, reply: { identity } },
  'device.challenge': {
    body: { deviceId: identity.deviceId },
    reply: { nonce: 'p1Yw0mZ8rQ3tK6vX', expiresAtMs: exampleNowMs + 60_000 },
  },
  'device.token': {
    body: {
      deviceId: identity.deviceId,
      nonce: 'p1Yw0mZ8rQ3tK6vX',
      signature: 'MEUCIQDxample0signature1in2base64url3of4P1363',
    },
    reply: { token: 'eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl', expiresAtMs: exampleNowMs + 3_600_000, identity },
  },
  'device.activate': {
    body: { activationKey: activation.key, publicKey },
    reply: {
      identity: {
        ...identity,
        role: 'embed',
        nearby: [],
        activation: { id: activation.id, agency: activation.agency, scope: ['stock'] },
      },
    },
  },
  'device.rotate-key': {
    body: {
      deviceId: identity.deviceId,
      nonce: 'p1Yw0mZ8rQ3tK6vX',
      publicKey,
      signature: 'MEUCIQDxample0signature1in2base64url3of4P1363',
      newSignature: 'MEUCIQDxample0signature5in6base64url7of8P1363',
    },
    reply: { keyNumber: 2 },
  },
  'activation.list': { reply: { activations: [activation] } },
  'activation.make': {
    body: {
      storeId: store.id,
      agency: activation.agency,
      origins: activation.origins,
      scope: activation.scope,
      startsAtMs: activation.startsAtMs,
      endsAtMs: activation.endsAtMs,
      mostDevices: activation.mostDevices,
    },
    reply: { activation },
  },
  'activation.revoke': { reply: {} },
  'token-key.rotate': { body: {}, reply: { oldGoodUntilMs: exampleNowMs + 3_660_000 } },
  'console.session': { reply: { session: null } },
  'console.touch': { reply: { session: consoleSession } },
  'console.sign-in': {
    body: { by: 'operator-token', token: 'p1Yw0mZ8rQ3tK6vXc2Q9n4Lh' },
    reply: { session: consoleSession },
  },
  'console.sign-out': { reply: { session: null } },
  'operator-passkey.question': { reply: { question: passkeyQuestion } },
  'operator-passkey.list': { reply: { passkeys: [operatorPasskey] } },
  'operator-passkey.invite': {
    reply: { invitation: { ...passkeyInvitation, rp: { ...passkeyInvitation.rp, name: 'Vitrine' } } },
  },
  'operator-passkey.make': {
    body: { name: operatorPasskey.name, introduction: passkeyIntroduction },
    reply: { passkey: { ...operatorPasskey, usedAtMs: null } },
  },
  'operator-passkey.revoke': { reply: {} },
  'device.list': {
    reply: {
      serverTimeMs: exampleNowMs,
      devices: [
        {
          id: identity.deviceId,
          maisonId: 'norde',
          storeId: store.id,
          role: 'kiosk',
          name: 'Mirror 1',
          enrolledAtMs: exampleNowMs - 86_400_000,
          revokedAtMs: null,
          online: true,
          seenAtMs: exampleNowMs,
          version: '0.1.0',
          report: { upMs: 3_600_000, faults: 0, mirror: null },
          reportedAtMs: exampleNowMs - 20_000,
        },
      ],
    },
  },
  'device.make-enrolment': {
    body: { maisonId: 'norde', storeId: store.id, role: 'kiosk', name: 'Mirror 2' },
    reply: {
      url: 'https://192.168.1.20:8080/?maison=norde#enrol=9XQ4M2TB7KD0V6RN',
      code: '9XQ4M2TB7KD0V6RN',
      expiresAtMs: exampleNowMs + 4 * 3_600_000,
    },
  },
  'device.list-enrolments': {
    reply: {
      enrolments: [
        {
          id: 'mYb7Zp0Qk3uT1nX5vR8wLh2c',
          maisonId: 'norde',
          storeId: store.id,
          role: 'kiosk',
          name: 'Mirror 2',
          expiresAtMs: exampleNowMs + 4 * 3_600_000,
        },
      ],
    },
  },
  'device.withdraw-enrolment': { reply: {} },
  'device.revoke': { reply: {} },
  'advisor.board': { reply: { serverTimeMs: exampleNowMs, advisors: [boardAdvisor] } },
  'advisor.add': {
    body: {
      maisonId: 'norde',
      storeId: store.id,
      name: advisor.name,
      title: advisor.title,
      languages: advisor.languages,
    },
    reply: { advisor: newcomer },
  },
  'advisor.change': {
    body: { languages: ['fr'] },
    reply: { advisor: { ...boardAdvisor, languages: ['fr'] } },
  },
  'advisor.start-code': { reply: { code: '40718256', expiresAtMs: exampleNowMs + startCodeMs } },
  'advisor.lock-out': { reply: {} },
  'advisor.remove': { reply: {} },
  'advisor.erase': {
    reply: {
      advisor: {
        ...boardAdvisor,
        id: 'former-5b1f0c7a92d34e68',
        name: 'N° 5B1F0C',
        title: { en: 'Former advisor', fr: 'A quitté la maison' },
        hasPin: false,
        passkeys: 0,
        lastSignInAtMs: null,
        leftAtMs: exampleNowMs - 86_400_000,
        erasedAtMs: exampleNowMs,
      },
    },
  },
  'passkey.board': {
    reply: {
      passkeys: [{ ...passkey, maisonId: 'norde', storeId: store.id, advisorName: advisor.name }],
    },
  },
  'passkey.revoke': { reply: {} },
  'stock.board': {
    reply: {
      serverTimeMs: exampleNowMs,
      maisons: [
        {
          maisonId: 'norde',
          feed,
          stores: [{ storeId: store.id, skus: 14, oldestAsOfMs: exampleNowMs, newestAsOfMs: exampleNowMs }],
          waitingLetters: 0,
          deadLetters: 1,
        },
      ],
    },
  },
  'audit.read': {
    reply: {
      entries: [
        {
          seq: 7,
          maisonId: 'norde',
          storeId: store.id,
          atMs: exampleNowMs,
          actor: { kind: 'operator', id: null },
          action: 'device.revoked',
          subject: identity.deviceId,
          reason: null,
          actorName: null,
          subjectName: 'Mirror 1',
        },
      ],
      next: null,
    },
  },
  'phone.open': {
    body: { secret: 'Zk3c9Xw0rT5vB8nM1qLpYs' },
    reply: { key: phoneKey, place: phonePlace },
  },
  'phone.read': {
    body: { key: phoneKey },
    reply: { place: phonePlace, reading: clientReading, visitIsOpen: true },
  },
  'phone.consent': {
    body: { key: phoneKey, consent: clientConsent },
    reply: { place: phonePlace, reading: clientReading, visitIsOpen: true },
  },
  'phone.withdraw': {
    body: { key: phoneKey, purpose: null },
    reply: { place: phonePlace, reading: { ...clientReading, known: null }, visitIsOpen: true },
  },
  'phone.erase': {
    body: { key: phoneKey },
    reply: {
      place: phonePlace,
      reading: { ...clientReading, known: null, erasure: { state: 'asked', askedAtMs: exampleNowMs } },
      visitIsOpen: true,
    },
  },
  'oms.levels': { reply: { levels: [levelRow] } },
  'oms.set-level': { body: { storeId: store.id, sku, onHand: 3 }, reply: { level: levelRow } },
  'oms.feeds': {
    reply: {
      feeds: [feed],
    },
  },
  'oms.rules': { reply: { rules: [rule] } },
  'oms.set-rule': { body: rule, reply: rule },
  'oms.dead-letters': {
    reply: {
      letters: [
        {
          id: 'l8Tq2WnB5zYc',
          maisonId: 'norde',
          direction: 'in',
          subject: 'webhook',
          body: { changes: 'all of them' },
          tries: 1,
          lastFault: 'The body does not have the agreed form.',
          createdAtMs: exampleNowMs,
        },
      ],
    },
  },
  'oms.replay-letter': { reply: {} },
  'oms.discard-letter': { reply: {} },
  'oms.webhook': {
    body: { seq: 12, changes: [{ storeId: 'PAR 04', sku: 'NRD/FJ51/TRT' }] },
    reply: { outcome: 'taken' },
  },
  'attribution.keys': {
    reply: {
      keys: [
        {
          kid: 'norde-1',
          kty: publicKey.kty,
          crv: publicKey.crv,
          x: publicKey.x,
          y: publicKey.y,
          alg: 'ES256',
          use: 'sig',
        },
      ],
    },
  },
  'attribution.close': {
    body: {
      orderId: 'web-70211',
      sessionId,
      channel: 'online',
      storeId: null,
      closedBy: [],
      closedAtMs: exampleNowMs,
      lines: [{ sku, quantity: 1, amountMinor: 42_000, currency: 'EUR' }],
    },
    reply: { record: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln' },
  },
  'wish-list.make': {
    body: { skus: [sku], goodForHours: 72 },
    reply: { text: 'vitrine-list:Zk3c9Xw0rT5vB8nM1qLpYs', expiresAtMs: exampleNowMs + 259_200_000 },
  },
  'wish-list.phone': {
    body: { id: 'Qm7rT2xV9bK4nWzP6sLd8A', skus: [sku] },
    reply: { text: 'vitrine-list:Zk3c9Xw0rT5vB8nM1qLpYs', expiresAtMs: exampleNowMs + 604_800_000 },
  },
  'appointment.take': {
    body: { secret: 'Zk3c9Xw0rT5vB8nM1qLpYs' },
    reply: {
      maisonId: 'norde',
      maisonName: 'Norde',
      appointment,
      ics: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR',
    },
  },
  'epcis.capture': {
    body: { type: 'EPCISDocument', schemaVersion: '2.0', epcisBody: { eventList: [readEvent] } },
    reply: job,
  },
  'epcis.job': { reply: job },
};
