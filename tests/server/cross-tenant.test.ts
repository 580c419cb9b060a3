import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activationScopes,
  clientEvents,
  commands,
  DeviceRole,
  protocolVersion,
  scopeAllows,
  serverEvents,
  type CommandName,
  type CommandPayload,
  type ServerEventName,
} from '../../protocol/index.ts';
import { messagesPerDevice } from '../../server/realtime/command-runner.ts';
import { signedHeaders } from '../../server/oms/rest/signing.ts';
import { all, consentTo } from './support/known-visit.ts';
import type { TestDevice } from './support/test-device.ts';
import {
  agencyPages,
  houseKeys,
  twoMaisonsOn,
  type BusyMaison,
  type TwoMaisons,
} from './support/two-maisons.ts';
import { codeOf, valueOf, visitSummary } from './support/visit.ts';

/**
 * What a device of another Maison could send of Norde's, for every command there is. A command without a line here does not
 * compile; one that names nothing of anybody's has an empty payload and may be answered, but with nothing of Norde's.
 */
const commandCases: {
  readonly [Name in CommandName]: (norde: BusyMaison) => readonly CommandPayload<Name>[];
} = {
  'stock.read': ({ storeId, otherStoreId }) =>
    [storeId, otherStoreId].map((id) => ({ storeId: id, cursor: 0 })),
  'stock.elsewhere': ({ sku }) => [{ sku }],
  'session.read': ({ sessionId }) => [{ sessionId, seq: 0 }],
  'session.wear': ({ sessionId }) => [
    { sessionId, worn: { pieceId: 'halo-54', variantId: 'rose-gold' } },
    { sessionId, worn: { pieceId: 'fjord-51', variantId: 'tortoise' } },
  ],
  'session.keep': ({ sessionId, sku }) => [
    { sessionId, sku, kept: true },
    { sessionId, sku: 'halo-54.rose-gold', kept: false },
  ],
  'session.lead': ({ sessionId }) => [{ sessionId }],
  'session.tell': ({ sessionId }) => [
    { sessionId, page: null },
    { sessionId, page: { storyId: 'a-line-of-light', chapter: 0 } },
  ],
  'session.point': ({ sessionId }) => [
    { sessionId, point: { pieceId: 'fjord-51', spot: { xMm: 1, yMm: 2, zMm: 3 } } },
  ],
  'session.propose': ({ sessionId }) => [
    { sessionId, look: [{ pieceId: 'halo-54', variantId: 'rose-gold' }] },
  ],
  'session.answer': ({ sessionId }) => [{ sessionId, proposalId: 'some-proposal', answer: 'accepted' }],
  'call.go': ({ offer }) => [{ callId: offer.offerId }],
  'call.leave': ({ offer }) => [{ callId: offer.offerId }],
  'call.pass': ({ offer, advisorId }) => [{ callId: offer.offerId, advisorId }],
  'session.share-measure': ({ sessionId }) => [
    { sessionId, measure: { kind: 'pupillary-distance-far', valueMm: 63, plusMinusMm: 1 } },
  ],
  'session.close': ({ sessionId }) => [{ sessionId, reason: 'advisor' }],
  'offer.open': () => [{}],
  'offer.cancel': ({ offer }) => [{ offerId: offer.offerId }],
  'offer.confirm': ({ offer }) => [
    { offerId: offer.offerId, summary: { ...visitSummary, worn: null, tried: [], kept: [] } },
  ],
  'offer.decline': ({ offer }) => [{ offerId: offer.offerId }],
  'offer.claim': ({ offer }) => [{ secret: offer.secret }, { code: offer.code }],
  'advisor.list': () => [{}],
  'advisor.sign-in': ({ advisorId, pin }) => [{ advisorId, pin }],
  // A code that Norde's operator has just given its advisor.
  'advisor.start': ({ newcomer: { id: advisorId, code } }) => [{ advisorId, code, pin: '7294' }],
  // Whomever it names, it is about the tablet's own advisor, whose PIN this is not.
  'advisor.change-pin': ({ advisorId }) => [Object.assign({ oldPin: '60815', pin: '7294' }, { advisorId })],
  'passkey.ask': () => [{}],
  // An answer by Norde's own passkey, under its own id.
  'passkey.sign-in': ({ proof }) => [{ proof }],
  'passkey.list': () => [{}],
  'passkey.invite': () => [{}],
  'passkey.make': ({ introduction }) => [{ introduction }],
  'passkey.remove': ({ passkeyId }) => [{ passkeyId }],
  'advisor.visits': () => [{}],
  'device.report': () => [{ upMs: 60_000, faults: 0, mirror: null }],
  'client.read': ({ sessionId }) => [{ sessionId }],
  'client.ask': ({ sessionId }) => [{ sessionId, reference: null }],
  'client.decline': ({ sessionId }) => [{ sessionId }],
  'client.consent': ({ sessionId }) => [{ sessionId, consent: consentTo(all) }],
  'client.withdraw': ({ sessionId }) => [{ sessionId, purpose: null }],
  'client.erase': ({ sessionId }) => [{ sessionId }],
  'client.invite': ({ sessionId }) => [{ sessionId }],
  'sale.read': ({ sessionId }) => [{ sessionId }],
  'sale.board': () => [{}],
  'run.ask': ({ sessionId, sku }) => [{ sessionId, sku }],
  'run.move': ({ sale: { runId } }) => [
    { runId, to: 'on-its-way' },
    { runId, to: 'cancelled' },
  ],
  'transfer.ask': ({ sessionId, otherStoreId, sku }) => [{ sessionId, fromStoreId: otherStoreId, sku }],
  'collection.reserve': ({ sessionId, storeId, sku }) => [{ sessionId, storeId, sku }],
  'collection.end': ({ sale: { collectionId } }) => [{ collectionId, how: 'released' }],
  'appointment.slots': ({ advisorId }) => [{ advisorId }],
  'appointment.book': ({ sessionId, advisorId }) => [
    { sessionId, advisorId, startsAtMs: 1_800_090_000_000, skus: [] },
  ],
  'appointment.move': ({ sessionId, sale: { appointmentId } }) => [
    { sessionId, appointmentId, startsAtMs: 1_800_090_000_000 },
  ],
  'appointment.cancel': ({ sessionId, sale: { appointmentId } }) => [{ sessionId, appointmentId }],
  'appointment.mark': ({ sessionId, sale: { appointmentId } }) => [{ sessionId, appointmentId }],
  'wish-list.open': ({ sessionId, wishListSecret }) => [{ sessionId, secret: wishListSecret }],
  'wish-list.show': ({ wishListSecret }) => [{ secret: wishListSecret }],
  'order.prepare': ({ sessionId, sku }) => [{ sessionId, lines: [{ sku, quantity: 1 }] }],
  'order.place': ({ sessionId, sale: { orderId } }) => [
    { sessionId, orderId, revision: 2, closedBy: null, agreedAssistingPercent: null },
  ],
  'session.conclude': ({ sessionId, sku }) => [
    { sessionId, note: { occasion: 'gift', decision: 'held', next: null } },
    {
      sessionId,
      note: {
        occasion: 'gift',
        decision: 'thinking',
        next: { step: 'call', dueOn: '2099-01-01', sku, line: null },
      },
    },
  ],
  'follow-up.list': () => [{}],
  'follow-up.change': ({ advisorId, sale: { followUpId } }) => [
    { followUpId, change: { kind: 'done' } },
    { followUpId, change: { kind: 'hand', advisorId } },
    { followUpId, change: { kind: 'move', dueOn: '2099-01-01' } },
  ],
  'follow-up.client': ({ sale: { followUpId } }) => [{ followUpId }],
  'hold.place': ({ sessionId, sku }) => [{ sessionId, sku }],
  'hold.release': ({ holdId }) => [{ holdId }],
  // Last: it sends the neighbour's own advisor away.
  'advisor.sign-out': () => [{}],
};

/** How each event is brought about at Norde, and who of Norde hears it. */
const eventCases: { readonly [Name in ServerEventName]: (maisons: TwoMaisons) => Promise<void> } = {
  'stock.changed': async ({ server, norde }) => {
    await server.setStock(norde.storeId, norde.sku, 7);
    await norde.tablet.next('stock.changed', ({ levels }) => levels.some(({ onHand }) => onHand === 7));
  },
  'session.events': async ({ norde }) => {
    const { sessionId, sku, kiosk } = norde;
    valueOf(await norde.tablet.command('session.keep', { sessionId, sku, kept: true }));
    await kiosk.next('session.events', ({ events }) => events.some(({ fact }) => fact.type === 'kept'));
  },
  'calls.changed': async ({ norde }) => {
    valueOf(await norde.callingKiosk.command('offer.open', {}));
    await norde.freeTablet.next('calls.changed', ({ calls }) => calls.length === 1);
  },
  'offer.claimed': async ({ norde }) => {
    const { secret } = valueOf(await norde.callingKiosk.command('offer.open', {}));
    valueOf(await norde.freeTablet.command('offer.claim', { secret }));
    await norde.callingKiosk.next('offer.claimed');
  },
  'offer.ended': async ({ norde }) => {
    const { offerId } = valueOf(await norde.callingKiosk.command('offer.open', {}));
    valueOf(await norde.callingKiosk.command('offer.cancel', { offerId }));
    await norde.callingKiosk.next('offer.ended', (end) => end.offerId === offerId);
  },
  'sale.changed': async ({ norde }) => {
    const { sessionId, tablet, kiosk, sku } = norde;
    valueOf(await tablet.command('run.ask', { sessionId, sku }));
    await kiosk.next('sale.changed');
  },
  'board.changed': async ({ norde }) => {
    const { sessionId, tablet, freeTablet, sku } = norde;
    valueOf(await tablet.command('run.ask', { sessionId, sku }));
    await freeTablet.next('board.changed');
  },
  'client.asked': async ({ norde }) => {
    const { sessionId, tablet, kiosk } = norde;
    valueOf(await tablet.command('client.ask', { sessionId, reference: null }));
    await kiosk.next('client.asked');
  },
  'client.declined': async ({ norde }) => {
    const { sessionId, tablet, kiosk } = norde;
    valueOf(await kiosk.command('client.decline', { sessionId }));
    await tablet.next('client.declined');
  },
  'client.changed': async ({ norde }) => {
    const { sessionId, tablet, kiosk } = norde;
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    await tablet.next('client.changed');
  },
  'server.closing': async ({ server, norde }) => {
    const closed = norde.kiosk.closed();
    await server.running.revokeDevice(norde.kiosk.id);
    await norde.kiosk.next('server.closing');
    await closed;
  },
};

/** What the neighbour says first, with all that it could have heard of Norde. */
const clientEventCases: { readonly [Name in keyof typeof clientEvents]: (norde: BusyMaison) => unknown } = {
  hello: ({ storeId, sessionId }) => ({
    protocolVersion,
    clientVersion: 'test',
    stockCursors: { [storeId]: 1 },
    session: { sessionId, seq: 0 },
  }),
  // Each command has its own line above.
  command: ({ sessionId }) => ({
    commandId: 'of-no-command',
    name: 'session.nothing',
    payload: { sessionId },
  }),
};

interface Asked {
  readonly path: string;
  /** The page that a browser would name. */
  readonly origin?: string;
  readonly body?: unknown;
  /** Signs as this house's own system instead of carrying the console's token. */
  readonly signedBy?: keyof typeof houseKeys;
}

type RouteCase =
  /** Asked by a console or the own system of the neighbour; `taken` where it may be answered well, with nothing of Norde's. */
  | {
      readonly asks: (norde: BusyMaison) => readonly Asked[];
      readonly taken?: true;
      readonly touches?: string;
    }
  /** Gives the same to everybody in the world. */
  | { readonly forEverybody: string };

const preflight = { forEverybody: 'says to browsers whether a page may call' } as const;

const guessed = 'guessed-and-of-a-good-length';

const page = { forEverybody: 'a page or a file of the build' } as const;

/** Norde's advisor, called Norde's and called Aurelle's. */
function advisorPaths(id: string, deed: string): string[] {
  return ['norde', 'aurelle'].map((maisonId) => `/api/advisors/${maisonId}/${id}/${deed}`);
}

/** Every route there is: one that is registered without a line here fails the test below. */
const routeCases: Readonly<Record<string, RouteCase>> = {
  'GET /livez': { forEverybody: 'says that the process answers' },
  'GET /readyz': { forEverybody: 'says that the database answers' },
  'GET /api/config': { forEverybody: 'what a screen must know before it is enrolled' },
  'GET /api/openapi.json': { forEverybody: 'the contract, which is public' },
  'GET /api/asyncapi.json': { forEverybody: 'the contract, which is public' },
  'POST /api/devices/enrol': {
    asks: ({ enrolmentCode }) => [
      { path: '/api/devices/enrol', body: { code: enrolmentCode, role: 'console', publicKey } },
    ],
  },
  'POST /api/devices/challenge': {
    // Whoever knows a device's id gets a number to sign; without the device's key it opens nothing.
    asks: ({ tablet }) => [{ path: '/api/devices/challenge', body: { deviceId: tablet.id } }],
    taken: true,
    touches: 'challenges',
  },
  'POST /api/devices/token': {
    asks: ({ kiosk }) => [
      { path: '/api/devices/token', body: { deviceId: kiosk.id, nonce: 'guessed', signature: 'guessed' } },
    ],
  },
  'OPTIONS /api/devices/activate': preflight,
  'OPTIONS /api/devices/challenge': preflight,
  'OPTIONS /api/devices/token': preflight,
  'OPTIONS /api/devices/rotate-key': preflight,
  'POST /api/devices/activate': {
    asks: ({ activation }) => [
      { path: '/api/devices/activate', body: { activationKey: `vpk_${'g'.repeat(32)}`, publicKey } },
      // The real key, as everybody can read it in the page: from the neighbour's own page, and from none.
      { path: '/api/devices/activate', body: { activationKey: activation.key, publicKey } },
      {
        path: '/api/devices/activate',
        body: { activationKey: activation.key, publicKey },
        origin: agencyPages.aurelle,
      },
    ],
  },
  'POST /api/devices/rotate-key': {
    asks: ({ kiosk }) => [
      {
        path: '/api/devices/rotate-key',
        body: {
          deviceId: kiosk.id,
          nonce: 'guessed',
          publicKey,
          signature: 'guessed',
          newSignature: 'guessed',
        },
      },
    ],
  },
  'GET /api/activations': { asks: () => [{ path: '/api/activations' }], taken: true },
  'POST /api/activations': {
    asks: ({ storeId }) => [
      {
        path: '/api/activations',
        body: {
          storeId,
          agency: 'Ours',
          origins: ['https://ours.example'],
          scope: ['stock'],
          startsAtMs: 1,
          endsAtMs: 4_000_000_000_000,
          mostDevices: 1,
        },
      },
    ],
  },
  'POST /api/activations/:id/revoke': {
    asks: ({ kiosk, activation }) => [
      { path: `/api/activations/${kiosk.id}/revoke` },
      { path: `/api/activations/${activation.id}/revoke` },
    ],
  },
  'POST /api/token-keys/rotate': { asks: () => [{ path: '/api/token-keys/rotate', body: {} }] },
  'GET /api/console/session': { asks: () => [{ path: '/api/console/session' }], taken: true },
  'POST /api/console/touch': { asks: () => [{ path: '/api/console/touch' }] },
  'POST /api/console/sign-in': {
    asks: () => [{ path: '/api/console/sign-in', body: { by: 'operator-token', token: 'guessed' } }],
  },
  'POST /api/console/sign-out': { asks: () => [{ path: '/api/console/sign-out' }], taken: true },
  // The operator's own: no console of a house has any, and asks in vain for another's.
  'POST /api/console/passkeys/question': {
    asks: () => [{ path: '/api/console/passkeys/question', body: {} }],
    taken: true,
  },
  'GET /api/console/passkeys': { asks: () => [{ path: '/api/console/passkeys' }] },
  'POST /api/console/passkeys/invitation': {
    asks: () => [{ path: '/api/console/passkeys/invitation', body: {} }],
  },
  'POST /api/console/passkeys': {
    asks: ({ introduction }) => [{ path: '/api/console/passkeys', body: { name: 'Ours', introduction } }],
  },
  'POST /api/console/passkeys/:id/revoke': {
    asks: ({ passkeyId }) => [{ path: `/api/console/passkeys/${passkeyId}/revoke`, body: {} }],
  },
  'GET /api/devices': { asks: () => [{ path: '/api/devices' }], taken: true },
  'POST /api/devices/enrolments': {
    asks: ({ storeId }) => [
      {
        path: '/api/devices/enrolments',
        body: { maisonId: 'norde', storeId, role: 'console', name: 'Ours' },
      },
      {
        path: '/api/devices/enrolments',
        body: { maisonId: 'aurelle', storeId, role: 'console', name: 'Ours' },
      },
    ],
  },
  'GET /api/devices/enrolments': { asks: () => [{ path: '/api/devices/enrolments' }], taken: true },
  'POST /api/devices/enrolments/:id/withdraw': {
    asks: ({ enrolmentId }) => [{ path: `/api/devices/enrolments/${enrolmentId}/withdraw` }],
  },
  'POST /api/devices/:id/revoke': { asks: ({ kiosk }) => [{ path: `/api/devices/${kiosk.id}/revoke` }] },
  'GET /api/advisors': { asks: ({ storeId }) => [{ path: `/api/advisors?store=${storeId}` }] },
  'POST /api/advisors': {
    asks: ({ storeId }) =>
      ['norde', 'aurelle'].map((maisonId) => ({
        path: '/api/advisors',
        body: { maisonId, storeId, name: 'Ours', title: { en: 'Ours', fr: 'À nous' }, languages: ['en'] },
      })),
  },
  'POST /api/advisors/:maisonId/:id/change': {
    asks: ({ advisorId, storeId }) => [
      ...advisorPaths(advisorId, 'change').map((path) => ({ path, body: { name: 'Ours' } })),
      // Their own advisor, into the other Maison's boutique.
      { path: '/api/advisors/aurelle/camille-laurent/change', body: { storeId } },
    ],
  },
  'POST /api/advisors/:maisonId/:id/start-code': {
    asks: ({ newcomer: { id } }) => advisorPaths(id, 'start-code').map((path) => ({ path })),
  },
  'POST /api/advisors/:maisonId/:id/lock-out': {
    asks: ({ advisorId }) => advisorPaths(advisorId, 'lock-out').map((path) => ({ path })),
  },
  'POST /api/advisors/:maisonId/:id/remove': {
    asks: ({ advisorId }) => advisorPaths(advisorId, 'remove').map((path) => ({ path })),
  },
  'POST /api/advisors/:maisonId/:id/erase': {
    asks: ({ advisorId }) => advisorPaths(advisorId, 'erase').map((path) => ({ path })),
  },
  'GET /api/passkeys': { asks: () => [{ path: '/api/passkeys' }], taken: true },
  'POST /api/passkeys/:id/revoke': {
    asks: ({ passkeyId }) => [{ path: `/api/passkeys/${passkeyId}/revoke` }],
  },
  'GET /api/stock/board': { asks: () => [{ path: '/api/stock/board' }], taken: true },
  'GET /api/audit': {
    asks: ({ storeId }) => [{ path: '/api/audit' }, { path: `/api/audit?store=${storeId}` }],
    taken: true,
  },
  // Without the secret of a page nobody is anybody: a guessed one opens nothing.
  'POST /api/clients/phone/open': {
    asks: () => [{ path: '/api/clients/phone/open', body: { secret: guessed } }],
  },
  'POST /api/clients/phone/read': {
    asks: () => [{ path: '/api/clients/phone/read', body: { key: guessed } }],
  },
  'POST /api/clients/phone/consent': {
    asks: () => [{ path: '/api/clients/phone/consent', body: { key: guessed, consent: consentTo(all) } }],
  },
  'POST /api/clients/phone/withdraw': {
    asks: () => [{ path: '/api/clients/phone/withdraw', body: { key: guessed, purpose: null } }],
  },
  'POST /api/clients/phone/erase': {
    asks: () => [{ path: '/api/clients/phone/erase', body: { key: guessed } }],
  },
  'GET /api/attributions/:maisonId/keys.json': { forEverybody: 'public keys, by which records are verified' },
  'POST /api/attributions/:maisonId': {
    asks: ({ sessionId, sku }) =>
      ['norde', 'aurelle'].map((maisonId) => ({
        path: `/api/attributions/${maisonId}`,
        body: {
          orderId: 'ours-1',
          sessionId,
          channel: 'online',
          storeId: null,
          closedBy: [],
          closedAtMs: 1_800_000_000_000,
          lines: [{ sku, quantity: 1, amountMinor: 1, currency: 'EUR' }],
        },
        signedBy: 'aurelle' as const,
      })),
  },
  'POST /api/wishlists/:maisonId': {
    asks: ({ sku, storeId }) =>
      ['norde', 'aurelle'].map((maisonId) => ({
        path: `/api/wishlists/${maisonId}`,
        body: { skus: [sku], storeIds: [storeId], goodForHours: 1 },
        signedBy: 'aurelle' as const,
      })),
  },
  // Anybody may make a list of what a house shows to everybody; theirs holds nothing of ours, and opens in their boutiques only.
  'POST /api/wishlists/:maisonId/phone': {
    asks: ({ sku }) => [{ path: '/api/wishlists/aurelle/phone', body: { id: guessed, skus: [sku] } }],
  },
  'POST /api/appointments/take': {
    asks: () => [{ path: '/api/appointments/take', body: { secret: guessed } }],
  },
  'GET /api/oms/levels': { asks: () => [{ path: '/api/oms/levels' }], taken: true },
  'POST /api/oms/levels': {
    asks: ({ storeId, sku }) => [{ path: '/api/oms/levels', body: { storeId, sku, onHand: 0 } }],
  },
  'GET /api/oms/feeds': { asks: () => [{ path: '/api/oms/feeds' }], taken: true },
  'GET /api/oms/rules': { asks: () => [{ path: '/api/oms/rules' }], taken: true },
  'POST /api/oms/rules': {
    asks: ({ storeId, sku }) => [
      { path: '/api/oms/rules', body: { storeId, sku, safetyPieces: 9, displayPieces: 0 } },
      { path: '/api/oms/rules', body: { storeId, sku: null, safetyPieces: 9, displayPieces: 0 } },
    ],
  },
  'GET /api/oms/dead-letters': { asks: () => [{ path: '/api/oms/dead-letters' }], taken: true },
  'POST /api/oms/dead-letters/:id/replay': {
    asks: ({ letterId }) => [{ path: `/api/oms/dead-letters/${letterId}/replay`, body: {} }],
  },
  'DELETE /api/oms/dead-letters/:id': {
    asks: ({ letterId }) => [{ path: `/api/oms/dead-letters/${letterId}` }],
  },
  'POST /api/oms/webhooks/:maisonId': {
    asks: ({ storeId, sku }) => [
      {
        path: '/api/oms/webhooks/norde',
        body: { seq: 1, changes: [{ storeId, sku }] },
        signedBy: 'aurelle',
      },
    ],
  },
  'POST /api/epcis/:maisonId/capture': {
    asks: () => [{ path: '/api/epcis/norde/capture', body: {}, signedBy: 'aurelle' }],
  },
  'GET /api/epcis/:maisonId/capture/:captureId': {
    asks: () => [
      { path: '/api/epcis/norde/capture/capture-of-norde', signedBy: 'aurelle' },
      { path: '/api/epcis/aurelle/capture/capture-of-norde', signedBy: 'aurelle' },
    ],
  },
  'GET /': page,
  'GET /advisor/': page,
  'GET /advisor': page,
  'GET /embed/': page,
  'GET /embed': page,
  'GET /gallery/': page,
  'GET /gallery': page,
  'GET /oms/': page,
  'GET /oms': page,
  'GET /console/': page,
  'GET /console': page,
  'GET /me/': page,
  'GET /me': page,
  'GET /console/calibrate/': page,
  'GET /console/calibrate': page,
  'GET /service-worker.js': page,
  'GET /assets/*': page,
  'GET /models/:sha256/:name': page,
  'GET /*': page,
  'GET /collections/*': { forEverybody: 'catalogues and pieces, which houses show to the world' },
};

const publicKey = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };

describe.each(twoMaisonsOn)('another Maison on the same server, on $name,', ({ open }) => {
  let maisons: TwoMaisons;
  let before: Record<string, string>;
  beforeAll(async () => {
    maisons = await open();
    before = await maisons.nordeRows();
    expect(Object.keys(before).filter((table) => before[table] !== '').length).toBeGreaterThan(12);
  });
  afterAll(async () => {
    await maisons.stop();
  });

  const deviceOf = (role: DeviceRole): TestDevice => maisons.aurelle[role];

  /** Nothing of Norde's but what was sent. */
  function expectNothingOfNorde(answer: unknown, sent: unknown): void {
    const [told, given] = [JSON.stringify(answer), JSON.stringify(sent)];
    expect(maisons.norde.marks.filter((mark) => told.includes(mark) && !given.includes(mark))).toEqual([]);
  }

  async function expectNordeUnchanged(...touched: string[]): Promise<void> {
    const now = await maisons.nordeRows();
    const changed = Object.keys(before).filter((table) => now[table] !== before[table]);
    before = now;
    expect(changed.filter((table) => !touched.includes(table))).toEqual([]);
  }

  const cases = Object.keys(commandCases) as CommandName[];
  it.each(cases)('gets and changes nothing of it by %s', async (name) => {
    for (const payload of commandCases[name](maisons.norde)) {
      // An agency's browser tries everything, whatever its role and scope would let it send.
      for (const role of new Set<DeviceRole>([...commands[name].roles, 'embed'])) {
        const commandId = crypto.randomUUID();
        // As long as a device needs at its usual rate: everything at once would be refused as too much, and prove nothing.
        maisons.server.clock.advance(1_000 / messagesPerDevice.perSecond);
        const answer = (await deviceOf(role).emit('command', { commandId, name, payload })) as {
          ok: boolean;
        };
        expectNothingOfNorde(answer, payload);
        const sent = JSON.stringify(payload);
        const names = maisons.norde.marks.some((mark) => sent.includes(mark));
        if (role === 'embed' && !scopeAllows(activationScopes, name)) {
          expect(codeOf(answer as never)).toMatch(/forbidden/);
        } else if (names) {
          expect(codeOf(answer as never)).toMatch(
            /not-found|code-unknown|unknown-|pin-wrong|passkey-refused/,
          );
        } else if (name !== 'stock.elsewhere') expect(answer).toMatchObject({ ok: true });
      }
    }
    await expectNordeUnchanged();
  });

  it.each(Object.keys(clientEventCases) as (keyof typeof clientEvents)[])(
    'is told nothing of it in answer to %s',
    async (name) => {
      const message = clientEventCases[name](maisons.norde);
      for (const role of DeviceRole.options) {
        expectNothingOfNorde(await deviceOf(role).emit(clientEvents[name], message), message);
      }
      await expectNordeUnchanged();
    },
  );

  it.each(Object.keys(serverEvents) as ServerEventName[])('does not hear %s of it', async (name) => {
    await eventCases[name](maisons);
    for (const role of DeviceRole.options) {
      const device = deviceOf(role);
      // Events and answers of one socket keep their order: what was sent before this has come.
      await device.emit('no such event', {});
      for (const event of Object.keys(serverEvents) as ServerEventName[]) {
        expectNothingOfNorde(device.untaken(event), {});
      }
      expect(device.untaken('server.closing')).toEqual([]);
      expect(device.isConnected).toBe(true);
    }
    before = await maisons.nordeRows();
  });

  it('has a case for every route that the server has registered', () => {
    expect(maisons.routes.toSorted()).toEqual(Object.keys(routeCases).toSorted());
  });

  const asked = Object.entries(routeCases).filter(([, one]) => 'asks' in one);
  it.each(asked)('gets and changes nothing of it by %s', async (route, one) => {
    if (!('asks' in one)) return;
    const [method = ''] = route.split(' ');
    for (const { path, body, signedBy, origin } of one.asks(maisons.norde)) {
      const text = body === undefined ? '' : JSON.stringify(body);
      const call = { id: crypto.randomUUID(), method, path, body: text };
      const proof = signedBy
        ? signedHeaders(houseKeys[signedBy], call, maisons.server.clock.nowMs())
        : { authorization: `Bearer ${maisons.aurelle.consoleToken}` };
      const response = await fetch(`${maisons.server.url}${path}`, {
        method,
        headers: {
          ...proof,
          ...(origin !== undefined && { origin }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: text }),
      });
      expectNothingOfNorde(await response.text(), { path, body });
      if (one.taken) expect(response.status).toBe(200);
      else expect([401, 403, 404, 410]).toContain(response.status);
    }
    await expectNordeUnchanged(...(one.touches === undefined ? [] : [one.touches]));
  });
});
