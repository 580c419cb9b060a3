import type { RouteName } from '../../server/http/route-table.ts';
import {
  startCodeMs,
  type Activation,
  type BoardAdvisor,
  type ConsoleSession,
} from '../../protocol/index.ts';
import { advisor, exampleNowMs, identity, store } from './examples.ts';
import { passkey, passkeyIntroduction, passkeyInvitation, passkeyQuestion } from './passkey-examples.ts';
import type { RouteExample } from './route-example.ts';

export const activation: Activation = {
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
      stores: [
        { id: store.id, name: store.name, city: store.city, locale: store.locale, timeZone: store.timeZone },
      ],
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

/** An example of every route by which the console keeps activations, devices, advisors and passkeys, and reads the trail. */
export const consoleRouteExamples = {
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
} satisfies { readonly [Name in RouteName]?: RouteExample<Name> };
