import type { RouteName } from '../../server/http/route-table.ts';
import type { StockFeed } from '../../protocol/index.ts';
import type { CaptureJob } from '../../server/oms/epcis/capture-desk.ts';
import { activation, consoleRouteExamples } from './console-route-examples.ts';
import {
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
import type { RouteExample } from './route-example.ts';
import { appointment } from './sale-notes.ts';

const rule = { storeId: store.id, sku, safetyPieces: 1, displayPieces: 0 };
const feed: StockFeed = {
  maisonId: 'norde',
  source: 'rest',
  state: 'up',
  wholeAsOfMs: exampleNowMs,
  downSinceMs: null,
  fault: null,
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
  ...consoleRouteExamples,
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
