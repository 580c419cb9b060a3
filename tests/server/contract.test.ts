import { readFile } from 'node:fs/promises';
import { randomUUID, webcrypto } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  csrfHeader,
  dayAfter,
  dayIn,
  PasskeyInvitation,
  PasskeyQuestion,
  protocolVersion,
  readWishList,
  type WishListReply,
  type DeviceRole,
} from '../../protocol/index.ts';
import { messagesPerDevice } from '../../server/realtime/command-runner.ts';
import { signedHeaders } from '../../server/oms/rest/signing.ts';
import { operationIdOf } from '../../tools/contract/openapi.ts';
import { ConnectedServer, maraisGln } from './support/connected-server.ts';
import { ContractCheck } from './support/contract-check.ts';
import { freshSchema, testPostgresUrl } from './support/databases.ts';
import { secondCard } from './support/embedded-house.ts';
import { all, consentTo } from './support/known-visit.ts';
import { SoftAuthenticator } from './support/soft-authenticator.ts';
import { TestDevice } from './support/test-device.ts';
import { visitSummary } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';

const databases = [
  { name: 'SQLite', fresh: async () => ({ url: undefined, drop: async () => undefined }) },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', fresh: async () => await freshSchema(testPostgresUrl ?? '') }]),
];

const publicUrl = 'https://vitrine.norde.example';
const agencyPage = 'https://popup.agency.example';

describe.each(databases)('a server on $name', ({ fresh }) => {
  const check = new ContractCheck();
  let connected: ConnectedServer;
  let drop: () => Promise<void>;
  let url: string;
  let operator: string;
  let console: string;

  beforeAll(async () => {
    const database = await fresh();
    drop = database.drop;
    connected = await ConnectedServer.start({}, { databaseUrl: database.url, publicUrl });
    ({ url } = connected.server);
    operator = (await readFile(connected.server.running.operatorTokenPath, 'utf8')).trim();
    console = (await (await connected.server.enrol('console', 'aurelle-vendome')).token()).token;
  });
  afterAll(async () => {
    await connected.stop();
    await drop();
  });

  /** One call of the API, held against the contract. */
  const call = async (
    method: string,
    path: string,
    init: { readonly body?: unknown; readonly token?: string; readonly text?: string } = {},
  ): Promise<{ readonly status: number; readonly body: unknown }> => {
    const text = init.text ?? (init.body === undefined ? undefined : JSON.stringify(init.body));
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...(init.token !== undefined && { authorization: `Bearer ${init.token}` }),
      },
      ...(text !== undefined && { body: text }),
    });
    const body = await check.http(method, response, { body: init.body });
    return { status: response.status, body };
  };

  const enrolmentOf = async (role: DeviceRole) => {
    const target = { maisonId: 'norde', storeId, role, name: 'Mirror 9' };
    const { code } = await connected.server.running.createEnrolmentLink(target);
    const { publicKey } = await TestDevice.newKeys();
    return { code, role, publicKey: publicPart(await webcrypto.subtle.exportKey('jwk', publicKey)) };
  };

  it('answers screens and devices over HTTP as the contract says', async () => {
    expect((await call('GET', '/api/config')).status).toBe(200);
    expect((await call('GET', '/api/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    expect((await call('GET', '/api/asyncapi.json')).body).toMatchObject({ asyncapi: '3.0.0' });
    const post = (path: string, body: unknown) => call('POST', `/api/devices/${path}`, { body });

    const enrolment = await enrolmentOf('kiosk');
    const late = await enrolmentOf('kiosk');
    expect((await post('enrol', { ...enrolment, role: 'tablet' })).status).toBe(403);
    expect((await post('enrol', enrolment)).status).toBe(200);
    expect((await post('enrol', { ...late, code: enrolment.code })).status).toBe(409);
    expect((await post('enrol', { ...late, code: 'never-was' })).status).toBe(404);
    expect((await post('enrol', { ...late, role: 'door' })).status).toBe(400);
    expect((await call('POST', '/api/devices/enrol', { text: '{"code":' })).status).toBe(400);
    expect((await call('POST', '/api/devices/enrol', { text: 'x'.repeat(70_000) })).status).toBe(413);

    const device = await connected.server.enrol('kiosk', storeId);
    const deviceId = device.id;
    const { body } = await post('challenge', { deviceId });
    const { nonce } = body as { readonly nonce: string };
    const signature = await device.sign(nonce);
    expect((await post('token', { deviceId, nonce, signature })).status).toBe(200);
    expect((await post('token', { deviceId, nonce, signature })).status).toBe(401);
    expect((await post('challenge', { deviceId: 'nobody-at-all' })).status).toBe(401);
    expect((await post('challenge', {})).status).toBe(400);
    await connected.server.running.revokeDevice(deviceId);
    expect((await post('challenge', { deviceId })).status).toBe(403);
    const many = await Promise.all(
      Array.from({ length: 15 }, () => post('token', { deviceId, nonce, signature })),
    );
    expect(many.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });

  it('answers the operator, a console and nobody else as the contract says', async () => {
    const reads = ['levels', 'feeds', 'rules', 'dead-letters'];
    const kiosk = (await (await connected.server.enrol('kiosk', storeId)).token()).token;
    for (const path of reads) {
      expect((await call('GET', `/api/oms/${path}`, { token: operator })).status).toBe(200);
      expect((await call('GET', `/api/oms/${path}`, { token: console })).status).toBe(200);
      expect((await call('GET', `/api/oms/${path}`)).status).toBe(401);
      expect((await call('GET', `/api/oms/${path}`, { token: kiosk })).status).toBe(403);
    }
    const post = (path: string, body: unknown, token = operator) =>
      call('POST', `/api/oms/${path}`, { body, token });
    const level = { storeId: 'aurelle-vendome', sku: 'halo-54.rose-gold', onHand: 4 };
    expect((await post('levels', level)).status).toBe(200);
    expect((await post('levels', { ...level, onHand: -1 })).status).toBe(400);
    expect((await post('levels', { ...level, sku: 'no-such' })).status).toBe(404);
    expect((await post('levels', { ...level, storeId: 'no-such' })).status).toBe(404);
    expect((await post('levels', { storeId, sku, onHand: 4 })).status).toBe(403);
    expect((await post('levels', { storeId, sku, onHand: 4 }, console)).status).toBe(404);
    const rule = { storeId: 'aurelle-vendome', sku: null, safetyPieces: 1, displayPieces: 0 };
    expect((await post('rules', rule, console)).status).toBe(200);
    expect((await call('GET', '/api/oms/rules', { token: operator })).body).toEqual({ rules: [rule] });
    expect((await post('rules', { ...rule, sku: 'no-such' })).status).toBe(404);
    expect((await post('rules', { storeId })).status).toBe(400);
  });

  it('answers the console as the contract says', async () => {
    const paths = ['/api/devices', '/api/devices/enrolments', '/api/stock/board', '/api/audit'];
    for (const path of paths) {
      expect((await call('GET', path, { token: operator })).status).toBe(200);
      expect((await call('GET', path)).status).toBe(401);
    }
    expect((await call('GET', '/api/audit?before=yesterday', { token: operator })).status).toBe(400);
    const target = { maisonId: 'norde', storeId, role: 'kiosk', name: 'Mirror 7' };
    const enrol = (body: unknown, token = operator) =>
      call('POST', '/api/devices/enrolments', { body, token });
    expect((await enrol(target)).status).toBe(200);
    expect((await enrol({ ...target, storeId: 'no-such' })).status).toBe(404);
    expect((await enrol({ ...target, name: '' })).status).toBe(400);
    expect((await enrol(target, console)).status).toBe(403);
    const links = await call('GET', '/api/devices/enrolments', { token: operator });
    const { enrolments } = links.body as { enrolments: { id: string; name: string }[] };
    const link = enrolments.find(({ name }) => name === target.name)?.id ?? 'none';
    const withdraw = (one: string) =>
      call('POST', `/api/devices/enrolments/${one}/withdraw`, { token: operator });
    expect((await withdraw(link)).status).toBe(200);
    expect((await withdraw(link)).status).toBe(404);
    expect((await withdraw('no')).status).toBe(400);
    const { id } = await connected.server.enrol('kiosk', storeId);
    const revoke = (name: string) => call('POST', `/api/devices/${name}/revoke`, { token: operator });
    expect((await revoke(id)).status).toBe(200);
    expect((await revoke(id)).status).toBe(404);

    const activation = {
      storeId,
      agency: 'Atelier Neuf',
      origins: [agencyPage],
      scope: ['stock'],
      startsAtMs: connected.server.clock.nowMs(),
      endsAtMs: connected.server.clock.nowMs() + 3_600_000,
      mostDevices: 3,
    };
    const activations = (body: unknown) => call('POST', '/api/activations', { body, token: operator });
    const made = await activations(activation);
    expect(made.status).toBe(200);
    expect((await activations({ ...activation, storeId: 'no-such' })).status).toBe(404);
    expect((await activations({ ...activation, origins: ['ftp://x'] })).status).toBe(400);
    expect((await call('GET', '/api/activations', { token: operator })).status).toBe(200);
    expect((await call('GET', '/api/activations')).status).toBe(401);
    const { id: activationId, key } = (made.body as { activation: { id: string; key: string } }).activation;
    const { publicKey } = await TestDevice.newKeys();
    const asked = {
      activationKey: key,
      publicKey: publicPart(await webcrypto.subtle.exportKey('jwk', publicKey)),
    };
    const activate = async (body: object) => {
      const response = await fetch(`${url}/api/devices/activate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: agencyPage },
        body: JSON.stringify(body),
      });
      await check.http('POST', response, { body });
      return response.status;
    };
    expect(await activate(asked)).toBe(200);
    expect(await activate({ ...asked, activationKey: `vpk_${'x'.repeat(32)}` })).toBe(404);
    const end = (name: string) => call('POST', `/api/activations/${name}/revoke`, { token: operator });
    expect((await end(activationId)).status).toBe(200);
    expect((await end(activationId)).status).toBe(404);

    const changing = await connected.server.enrol('kiosk', storeId);
    const changed = await changing.keyChange(await TestDevice.newKeys());
    const { kty, crv, x, y } = changed.publicKey;
    const good = await call('POST', '/api/devices/rotate-key', {
      body: { ...changed, publicKey: { kty, crv, x, y } },
    });
    expect(good.body).toEqual({ keyNumber: 2 });
    const wrongly = { deviceId: changing.id, nonce: 'none', publicKey: asked.publicKey };
    const signatures = { signature: 'guessed', newSignature: 'guessed' };
    const change = await call('POST', '/api/devices/rotate-key', { body: { ...wrongly, ...signatures } });
    expect(change.status).toBe(401);
    const rotate = (body: unknown, token: string) => call('POST', '/api/token-keys/rotate', { body, token });
    expect((await rotate({}, operator)).status).toBe(200);
    expect((await rotate({}, console)).status).toBe(403);

    const signIn = (token: string) =>
      call('POST', '/api/console/sign-in', { body: { by: 'operator-token', token } });
    expect((await signIn('guessed')).status).toBe(401);
    const { body } = await signIn(operator);
    expect(body).toMatchObject({ session: { actor: { kind: 'operator' } } });
    expect((await call('GET', '/api/console/session')).body).toEqual({ session: null });
    expect((await call('POST', '/api/console/touch')).status).toBe(401);
    const opened = await fetch(`${url}/api/console/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'operator-token', token: operator }),
    });
    const { session } = (await opened.json()) as { readonly session: { readonly csrf: string } };
    const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const act = async (path: string, csrf: string) => {
      const response = await fetch(`${url}/api/console/${path}`, {
        method: 'POST',
        headers: { cookie, [csrfHeader]: csrf },
      });
      await check.http('POST', response);
      return response.status;
    };
    const ask = async (path: string, body?: unknown) => {
      const response = await fetch(`${url}/api/console/passkeys${path}`, {
        method: 'POST',
        headers: {
          cookie,
          [csrfHeader]: session.csrf,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const told = (await check.http('POST', response, { body })) as Readonly<Record<string, unknown>>;
      return { status: response.status, told };
    };
    const passkeys = '/api/console/passkeys';
    const own = new SoftAuthenticator(publicUrl);
    const { told: invited } = await ask('/invitation');
    const introduction = own.introduce(z.parse(PasskeyInvitation, invited['invitation']));
    const { told: kept } = await ask('', { name: 'Laptop', introduction });
    expect((await ask('', { name: 'Laptop', introduction })).status).toBe(403);
    const { id: keptId } = kept['passkey'] as { readonly id: string };
    for (const [token, status] of [
      [operator, 200],
      [console, 403],
    ] as const) {
      expect((await call('GET', passkeys, { token })).status).toBe(status);
    }
    expect((await call('GET', passkeys)).status).toBe(401);
    expect((await call('POST', `${passkeys}/invitation`, { token: operator })).status).toBe(403);
    const { told: question } = await ask('/question');
    const proof = own.prove(z.parse(PasskeyQuestion, question['question']));
    const byPasskey = () => call('POST', '/api/console/sign-in', { body: { by: 'passkey', proof } });
    expect((await byPasskey()).status).toBe(200);
    expect((await byPasskey()).body).toMatchObject({ code: 'passkey-refused' });
    const many = await Promise.all(Array.from({ length: 12 }, () => ask('/question')));
    expect(many.map(({ status }) => status)).toContain(429);
    expect((await ask(`/${keptId}/revoke`)).status).toBe(200);
    expect((await ask(`/${keptId}/revoke`)).status).toBe(404);
    expect(await act('touch', session.csrf)).toBe(200);
    expect(await act('touch', 'guessed')).toBe(403);
    expect(await act('sign-out', 'guessed')).toBe(403);
    expect(await act('sign-out', session.csrf)).toBe(200);
  });

  it('answers a house’s own systems as the contract says', async () => {
    const { house } = connected;
    const send = async (path: string, body: unknown, isAgreed = true, id: string = randomUUID()) => {
      const response = await house.post(url + path, JSON.stringify(body), { 'vitrine-id': id });
      return { status: response.status, body: await check.http('POST', response, { body, isAgreed }) };
    };
    const webhook = '/api/oms/webhooks/norde';
    const change = { seq: null, changes: [{ storeId: 'PAR 04', sku: 'NRD/FJ51/TRT' }] };
    const id = randomUUID();
    expect((await send(webhook, change, true, id)).body).toEqual({ outcome: 'taken' });
    expect((await send(webhook, change, true, id)).body).toEqual({ outcome: 'taken-before' });
    for (const wrong of [1, 2]) {
      expect((await send(webhook, { changes: wrong }, false)).body).toEqual({ outcome: 'unreadable' });
    }
    expect((await call('POST', webhook, { body: change })).status).toBe(401);
    expect((await send(webhook, 'x'.repeat(2_200_000), false)).status).toBe(413);

    const event = {
      type: 'ObjectEvent',
      eventTime: '2026-11-27T11:00:00.000+01:00',
      eventTimeZoneOffset: '+01:00',
      action: 'OBSERVE',
      epcList: ['https://id.gs1.org/01/02901051000118/21/1'],
      bizLocation: { id: `https://id.gs1.org/414/${maraisGln}` },
    };
    const document = (eventList: unknown[]) => ({
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      epcisBody: { eventList },
    });
    const capture = '/api/epcis/norde/capture';
    const taken = await send(capture, document([event, { type: 'Rain' }]));
    expect(taken).toMatchObject({ status: 202, body: { success: false } });
    expect((await send(capture, document([]))).status).toBe(400);
    expect((await call('POST', capture, { body: document([event]) })).status).toBe(401);
    const read = async (captureId: string) => {
      const path = `${capture}/${captureId}`;
      const question = { id: randomUUID(), method: 'GET', path, body: '' };
      const headers = signedHeaders(house.secrets[0] ?? '', question, connected.server.clock.nowMs());
      const response = await fetch(url + path, { headers });
      return { status: response.status, body: await check.http('GET', response) };
    };
    const { captureID } = taken.body as { readonly captureID: string };
    expect(await read(captureID)).toEqual({ status: 200, body: taken.body });
    expect((await read('never-was')).status).toBe(404);
    expect((await call('GET', `${capture}/${captureID}`)).status).toBe(401);

    const [first, second] = await connected.deadLetters();
    const letter = (id = 'never-was') => `/api/oms/dead-letters/${id}`;
    expect((await call('DELETE', letter(first?.id), { token: console })).status).toBe(404);
    expect((await call('POST', `${letter(first?.id)}/replay`, { token: operator })).status).toBe(200);
    expect((await call('POST', `${letter()}/replay`, { token: operator })).status).toBe(404);
    expect((await call('POST', `${letter('no')}/replay`, { token: operator })).status).toBe(400);
    expect((await call('DELETE', letter(second?.id), { token: operator })).status).toBe(200);
    expect((await call('DELETE', letter('no'), { token: operator })).status).toBe(400);
  });

  it('speaks over the socket as the contract says, in a whole visit', async () => {
    const open = async (role: DeviceRole, store: string) => {
      const device = await connected.server.enrol(role, store);
      check.listen(await device.open());
      const hello = { protocolVersion, clientVersion: 'test', stockCursors: {}, session: null };
      expect(await check.ask(device, 'hello', { ...hello, protocolVersion: 99 })).toMatchObject({
        ok: false,
      });
      expect(await check.ask(device, 'hello', hello)).toMatchObject({ ok: true });
      return device;
    };
    const kiosk = await open('kiosk', storeId);
    const tablet = await open('tablet', storeId);
    const stranger = await open('kiosk', 'aurelle-vendome');
    const send = async (device: TestDevice, name: string, payload: unknown) => {
      // As long as a device needs at its usual rate: everything at once would be refused as too much.
      connected.server.clock.advance(1_000 / messagesPerDevice.perSecond);
      const answer = await check.ask(device, operationIdOf(name), { commandId: randomUUID(), name, payload });
      return answer as { ok: boolean; value: Record<string, unknown>; error: { code: string } };
    };
    const good = async (device: TestDevice, name: string, payload: unknown = {}) => {
      const answer = await send(device, name, payload);
      expect([name, answer]).toMatchObject([name, { ok: true }]);
      return answer.value;
    };
    const bad = async (device: TestDevice, code: string, name: string, payload: unknown = {}) =>
      expect([name, (await send(device, name, payload)).error]).toMatchObject([name, { code }]);

    await good(kiosk, 'stock.read', { storeId, cursor: 0 });
    await bad(stranger, 'not-found', 'stock.read', { storeId, cursor: 0 });
    await good(kiosk, 'device.report', { upMs: 1_000, faults: 0, mirror: null });
    await bad(kiosk, 'bad-request', 'device.report', { upMs: 1_000, faults: 0, mirror: null, face: 1 });
    await good(kiosk, 'stock.elsewhere', { sku });
    await bad(kiosk, 'bad-request', 'stock.elsewhere', {});
    const { advisors } = await good(tablet, 'advisor.list');
    expect(advisors).toMatchObject([{ id: 'noemie-caron' }, {}]);
    await bad(kiosk, 'forbidden', 'advisor.list');
    const advisorId = 'noemie-caron';
    await bad(tablet, 'pin-wrong', 'advisor.sign-in', { advisorId, pin: '0000' });
    await good(tablet, 'advisor.sign-in', { advisorId, pin: connected.server.pin('norde') });

    await newcomer({ good, bad }, await open('tablet', storeId));
    const authenticator = new SoftAuthenticator(publicUrl);
    for (const name of ['passkey.ask', 'passkey.invite', 'passkey.list']) await bad(kiosk, 'forbidden', name);
    const lost = new SoftAuthenticator(publicUrl).introduce(
      z.parse(PasskeyInvitation, await good(tablet, 'passkey.invite')),
    );
    const { passkey } = await good(tablet, 'passkey.make', { introduction: lost });
    const { id: lostId } = passkey as { id: string };
    const revoke = (id: string, token?: string) =>
      call('POST', `/api/passkeys/${id}/revoke`, token === undefined ? {} : { token });
    expect((await call('GET', '/api/passkeys')).status).toBe(401);
    expect((await revoke(lostId)).status).toBe(401);
    expect((await revoke(lostId, operator)).status).toBe(200);
    expect((await revoke(lostId, operator)).status).toBe(404);
    const invitation = z.parse(PasskeyInvitation, await good(tablet, 'passkey.invite'));
    const introduction = authenticator.introduce(invitation);
    await good(tablet, 'passkey.make', { introduction });
    await bad(tablet, 'passkey-refused', 'passkey.make', { introduction });
    const question = z.parse(PasskeyQuestion, await good(tablet, 'passkey.ask'));
    const proof = authenticator.prove(question);
    await good(tablet, 'passkey.sign-in', { proof });
    await bad(tablet, 'passkey-refused', 'passkey.sign-in', { proof });
    const { passkeys } = await good(tablet, 'passkey.list');
    const [{ id: passkeyId }] = passkeys as [{ id: string }];
    expect((await call('GET', '/api/passkeys', { token: operator })).body).toMatchObject({
      passkeys: [{ id: passkeyId }],
    });
    await good(tablet, 'passkey.remove', { passkeyId });
    await bad(tablet, 'not-found', 'passkey.remove', { passkeyId });
    expect((await revoke('none', operator)).status).toBe(400);

    await noteOfVisit({ good, bad, kiosk, tablet, stranger });
    // Three offers: taken back, turned down, and confirmed.
    const first = await good(kiosk, 'offer.open');
    await bad(tablet, 'forbidden', 'offer.open');
    await good(kiosk, 'offer.cancel', { offerId: first['offerId'] });
    await bad(kiosk, 'code-expired', 'offer.cancel', { offerId: first['offerId'] });
    const second = await good(kiosk, 'offer.open');
    await bad(tablet, 'code-unknown', 'offer.claim', { code: '00000000' });
    await good(tablet, 'offer.claim', { code: second['code'] });
    await good(kiosk, 'offer.decline', { offerId: second['offerId'] });
    await bad(kiosk, 'not-found', 'offer.decline', { offerId: 'never-was' });
    const { offerId, secret } = await good(kiosk, 'offer.open', { locale: 'fr', worn: visitSummary.worn });
    await bad(kiosk, 'conflict', 'offer.confirm', { offerId, summary: visitSummary });
    const callId = offerId;
    await good(tablet, 'call.go', { callId });
    await bad(tablet, 'not-found', 'call.go', { callId: 'never-was' });
    await good(tablet, 'call.pass', { callId, advisorId });
    await bad(tablet, 'not-found', 'call.pass', { callId, advisorId: 'nobody-here' });
    await good(tablet, 'call.leave', { callId });
    await bad(tablet, 'conflict', 'call.leave', { callId });
    await good(tablet, 'offer.claim', { secret });
    const { sessionId } = await good(kiosk, 'offer.confirm', { offerId, summary: visitSummary });
    await tablet.next('session.events');

    const worn = { pieceId: 'meridian-58', variantId: 'gold-green' };
    await good(tablet, 'session.wear', { sessionId, worn, look: [worn] });
    await bad(tablet, 'unknown-piece', 'session.wear', {
      sessionId,
      worn: { ...worn, variantId: 'no-such' },
    });
    await good(kiosk, 'session.lead', { sessionId });
    await bad(tablet, 'conflict', 'session.lead', { sessionId, leadSeq: 1 });
    const page = { storyId: 'light-comes-in-low', chapter: 1 };
    await good(tablet, 'session.tell', { sessionId, page });
    await bad(tablet, 'not-found', 'session.tell', { sessionId, page: { ...page, storyId: 'no-such' } });
    const point = { pieceId: worn.pieceId, spot: { xMm: 1, yMm: 2, zMm: 3 } };
    await good(tablet, 'session.point', { sessionId, point });
    await bad(kiosk, 'forbidden', 'session.point', { sessionId, point });
    const { proposalId } = await good(tablet, 'session.propose', { sessionId, look: [worn] });
    await bad(tablet, 'bad-request', 'session.propose', { sessionId, look: [] });
    const answered = { sessionId, proposalId, answer: 'declined' };
    await good(kiosk, 'session.answer', answered);
    await bad(kiosk, 'conflict', 'session.answer', answered);
    await good(kiosk, 'session.keep', { sessionId, sku, kept: false });
    await bad(kiosk, 'unknown-sku', 'session.keep', { sessionId, sku: 'no-such', kept: true });
    const measure = { kind: 'face-width', valueMm: 141.3, plusMinusMm: 2 };
    await good(kiosk, 'session.share-measure', { sessionId, measure });
    await bad(tablet, 'forbidden', 'session.share-measure', { sessionId, measure });
    await good(tablet, 'session.read', { sessionId, seq: 0 });
    await bad(stranger, 'not-found', 'session.read', { sessionId, seq: 0 });
    await good(tablet, 'client.ask', { sessionId, reference: null });
    await bad(tablet, 'not-found', 'client.ask', { sessionId: 'never-was', reference: null });
    await good(kiosk, 'client.decline', { sessionId });
    await bad(kiosk, 'not-found', 'client.decline', { sessionId: 'never-was' });
    await bad(stranger, 'not-found', 'client.withdraw', { sessionId, purpose: null });
    await bad(kiosk, 'client-unknown', 'client.erase', { sessionId });
    await bad(kiosk, 'client-unknown', 'client.consent', { sessionId, consent: consentTo(all, 'NO-CARD-1') });
    await good(kiosk, 'client.consent', { sessionId, consent: consentTo(all) });
    await good(tablet, 'client.read', { sessionId });
    await bad(stranger, 'not-found', 'client.read', { sessionId });
    await good(kiosk, 'client.withdraw', { sessionId, purpose: 'advise' });
    await good(kiosk, 'client.erase', { sessionId });
    await bad(stranger, 'not-found', 'client.invite', { sessionId });
    const { secret: mark } = await good(kiosk, 'client.invite', { sessionId });
    const phone = async (path: string, body: object) =>
      await call('POST', `/api/clients/phone/${path}`, { body });
    const opened = await phone('open', { secret: mark });
    expect(opened.status).toBe(200);
    expect((await phone('open', { secret: mark })).status).toBe(404);
    const { key } = opened.body as { readonly key: string };
    const consent = consentTo([{ purpose: 'greet', term: 'visit' }], secondCard);
    for (const [path, body] of [
      ['consent', { consent }],
      ['read', {}],
      ['withdraw', { purpose: 'greet' }],
      ['erase', {}],
    ] as const) {
      expect([path, (await phone(path, { key, ...body })).status]).toEqual([path, 200]);
      expect([path, (await phone(path, { key: 'short', ...body })).status]).toEqual([path, 400]);
    }
    await sellInVisit(sessionId, { good, bad, kiosk, tablet, stranger });
    // More than a hand does in a moment: the clock stands still, so a device would be told to wait.
    connected.server.clock.advance(5_000);
    const { hold } = await good(tablet, 'hold.place', { sessionId, sku });
    await bad(tablet, 'unknown-sku', 'hold.place', { sessionId, sku: 'no-such' });
    const { id: holdId } = hold as { readonly id: string };
    await good(tablet, 'hold.release', { holdId });
    await tablet.next('stock.changed');
    await bad(tablet, 'hold-ended', 'hold.release', { holdId });
    await good(kiosk, 'session.close', { sessionId, reason: 'farewell' });
    await bad(kiosk, 'session-ended', 'session.close', { sessionId, reason: 'farewell' });
    await good(tablet, 'advisor.visits');
    await good(tablet, 'advisor.sign-out');
    await bad(tablet, 'forbidden', 'advisor.visits');
    await bad(kiosk, 'forbidden', 'advisor.sign-out');

    const closed = stranger.closed();
    await connected.server.running.revokeDevice(stranger.id);
    await closed;
    expect(check.faults).toEqual([]);
  });

  /** A newcomer, from the console's first word of them to the last. */
  const newcomer = async ({ good, bad }: Pick<People, 'good' | 'bad'>, tablet: TestDevice) => {
    const title = { en: 'Client advisor', fr: 'Conseillère' };
    const person = { maisonId: 'norde', storeId, name: 'Solène Aubry', title, languages: ['fr'] };
    const post = (path: string, body?: unknown, token = operator) =>
      call('POST', `/api/advisors${path}`, { token, ...(body !== undefined && { body }) });
    const board = (store: string, token = operator) => call('GET', `/api/advisors?store=${store}`, { token });
    const added = await post('', person);
    expect(added.status).toBe(200);
    const { advisor } = added.body as { readonly advisor: { readonly id: string } };
    expect((await post('', { ...person, storeId: 'no-such' })).status).toBe(404);
    expect((await post('', { ...person, languages: [] })).status).toBe(400);
    expect((await post('', person, console)).status).toBe(404);
    expect((await board(storeId)).status).toBe(200);
    expect((await board(storeId, console)).status).toBe(404);
    expect((await board('aurelle-vendome', console)).status).toBe(200);
    expect((await call('GET', '/api/advisors', { token: operator })).status).toBe(400);
    const path = `/norde/${advisor.id}`;
    expect((await post(`${path}/change`, { languages: ['fr', 'en'] })).status).toBe(200);
    expect((await post(`${path}/change`, { storeId: 'aurelle-vendome' })).status).toBe(404);
    const made = await post(`${path}/start-code`);
    expect(made.status).toBe(200);
    const { code } = made.body as { readonly code: string };
    const advisorId = advisor.id;
    await bad(tablet, 'pin-easy', 'advisor.start', { advisorId, code, pin: '1234' });
    await bad(tablet, 'pin-wrong', 'advisor.start', { advisorId, code: '00000000', pin: '7294' });
    await good(tablet, 'advisor.start', { advisorId, code, pin: '7294' });
    await bad(tablet, 'pin-wrong', 'advisor.change-pin', { oldPin: '0000', pin: '60815' });
    await good(tablet, 'advisor.change-pin', { oldPin: '7294', pin: '60815' });
    expect((await post(`${path}/erase`)).status).toBe(409);
    for (const deed of ['lock-out', 'remove']) expect((await post(`${path}/${deed}`)).status).toBe(200);
    for (const deed of ['start-code', 'lock-out', 'remove']) {
      expect((await post(`${path}/${deed}`)).status).toBe(409);
      expect((await post(`/norde/nobody/${deed}`)).status).toBe(404);
      expect((await post(`${path}/${deed}`, undefined, console)).status).toBe(404);
    }
    expect((await post(`${path}/change`, { name: 'Solène' })).status).toBe(409);
    expect((await post(`${path}/erase`, undefined, console)).status).toBe(404);
    expect((await post(`${path}/erase`)).status).toBe(200);
    expect((await post(`${path}/erase`)).status).toBe(404);
  };

  /** A visit that ends with a note, and what becomes of what was promised. */
  const noteOfVisit = async ({ good, bad, kiosk, tablet, stranger }: People) => {
    const { offerId, secret } = await good(kiosk, 'offer.open');
    await good(tablet, 'offer.claim', { secret });
    const { sessionId } = await good(kiosk, 'offer.confirm', { offerId, summary: visitSummary });
    const dueOn = dayAfter(dayIn(connected.server.clock.nowMs(), 'Europe/Paris'), 3);
    const next = { step: 'call', dueOn, sku, line: 'When the green one has come' };
    const note = { occasion: 'gift', decision: 'thinking', next };
    await bad(tablet, 'consent-missing', 'session.conclude', { sessionId, note });
    const consent = consentTo([{ purpose: 'remember', term: 'month' }]);
    await good(kiosk, 'client.consent', { sessionId, consent });
    const about = { ...note, next: { ...next, line: 'A lovely face' } };
    await bad(tablet, 'line-refused', 'session.conclude', { sessionId, note: about });
    await good(tablet, 'session.conclude', { sessionId, note });
    await bad(kiosk, 'forbidden', 'follow-up.list');
    const { followUps } = await good(tablet, 'follow-up.list');
    const [{ id: followUpId }] = followUps as [{ readonly id: string }];
    await good(tablet, 'follow-up.client', { followUpId });
    await bad(tablet, 'not-found', 'follow-up.client', { followUpId: 'never-was' });
    await bad(stranger, 'forbidden', 'follow-up.client', { followUpId });
    await good(tablet, 'follow-up.change', { followUpId, change: { kind: 'hand', advisorId: null } });
    await good(tablet, 'follow-up.change', { followUpId, change: { kind: 'done' } });
    await bad(tablet, 'conflict', 'follow-up.change', { followUpId, change: { kind: 'move', dueOn } });
  };

  /** The way from love to sale, well and badly. */
  const sellInVisit = async (sessionId: unknown, { good, bad, kiosk, tablet, stranger }: People) => {
    const idOf = (value: unknown) => (value as { readonly id: string }).id;
    const advisorId = 'noemie-caron';
    const { run } = await good(tablet, 'run.ask', { sessionId, sku });
    await bad(tablet, 'unknown-sku', 'run.ask', { sessionId, sku: 'no-such' });
    await good(tablet, 'run.move', { runId: idOf(run), to: 'here' });
    await bad(tablet, 'not-found', 'run.move', { runId: 'never-was', to: 'here' });
    await kiosk.next('sale.changed');
    await tablet.next('board.changed');
    await good(tablet, 'sale.board');
    await bad(kiosk, 'forbidden', 'sale.board');
    await good(tablet, 'transfer.ask', { sessionId, fromStoreId: 'norde-mayfair', sku });
    await bad(tablet, 'not-found', 'transfer.ask', { sessionId, fromStoreId: 'no-such', sku });
    const { collection } = await good(tablet, 'collection.reserve', { sessionId, storeId, sku });
    await bad(tablet, 'not-found', 'collection.reserve', { sessionId, storeId: 'no-such', sku });
    await good(tablet, 'collection.end', { collectionId: idOf(collection), how: 'released' });
    await bad(tablet, 'hold-ended', 'collection.end', { collectionId: idOf(collection), how: 'released' });
    const { startsAtMs } = await good(tablet, 'appointment.slots', { advisorId });
    await bad(tablet, 'not-found', 'appointment.slots', { advisorId: 'nobody' });
    const times = startsAtMs as readonly number[];
    const [first] = times;
    const asked = { sessionId, advisorId, startsAtMs: first, skus: [sku] };
    const { appointment } = await good(tablet, 'appointment.book', asked);
    await bad(tablet, 'conflict', 'appointment.book', asked);
    const marked = { sessionId, appointmentId: idOf(appointment) };
    const { secret } = await good(kiosk, 'appointment.mark', marked);
    await bad(kiosk, 'not-found', 'appointment.mark', { ...marked, appointmentId: 'never-was' });
    const take = (given: unknown) => call('POST', '/api/appointments/take', { body: { secret: given } });
    expect((await take(secret)).status).toBe(200);
    expect((await take('guessed-and-of-a-good-length')).status).toBe(404);
    const { appointmentId } = marked;
    const later = times.at(1);
    await good(tablet, 'appointment.move', { ...marked, startsAtMs: later });
    await bad(tablet, 'conflict', 'appointment.move', { ...marked, startsAtMs: 1 });
    await bad(tablet, 'not-found', 'appointment.move', {
      ...marked,
      appointmentId: 'never-was',
      startsAtMs: first,
    });
    await good(tablet, 'appointment.cancel', { sessionId, appointmentId });
    await bad(tablet, 'not-found', 'appointment.cancel', { sessionId, appointmentId: 'never-was' });
    await bad(kiosk, 'forbidden', 'appointment.cancel', { sessionId, appointmentId });
    await good(kiosk, 'sale.read', { sessionId });
    await bad(stranger, 'not-found', 'sale.read', { sessionId });
    const wish = async (body: object) => {
      const answer = await connected.house.post(`${url}/api/wishlists/norde`, JSON.stringify(body), {
        'vitrine-id': randomUUID(),
      });
      await check.http('POST', answer.clone(), { body });
      return answer;
    };
    const list = { skus: [sku], goodForHours: 1 };
    const { text } = (await (await wish(list)).json()) as WishListReply;
    expect((await wish({ ...list, skus: ['no-such'] })).status).toBe(404);
    expect((await wish({ ...list, skus: [] })).status).toBe(400);
    await good(tablet, 'wish-list.open', { sessionId, secret: readWishList(text) });
    await good(kiosk, 'wish-list.show', { secret: readWishList(text) });
    await bad(kiosk, 'code-unknown', 'wish-list.show', { secret: 'guessed-and-of-a-good-length' });
    const phoneList = { id: 'chance-of-one-phone-0001', skus: [sku] };
    const ofPhone = (body: object) => call('POST', '/api/wishlists/norde/phone', { body });
    expect((await ofPhone(phoneList)).status).toBe(200);
    expect((await ofPhone({ ...phoneList, skus: ['no-such'] })).status).toBe(404);
    expect((await ofPhone({ ...phoneList, skus: [] })).status).toBe(400);
    await bad(tablet, 'code-unknown', 'wish-list.open', {
      sessionId,
      secret: 'guessed-and-of-a-good-length',
    });
    const { order } = await good(tablet, 'order.prepare', { sessionId, lines: [{ sku, quantity: 1 }] });
    await bad(tablet, 'unknown-sku', 'order.prepare', {
      sessionId,
      lines: [{ sku: 'no-such', quantity: 1 }],
    });
    const { id: orderId, revision } = order as { readonly id: string; readonly revision: number };
    const placing = { sessionId, orderId, revision, closedBy: null, agreedAssistingPercent: null };
    await bad(tablet, 'conflict', 'order.place', { ...placing, revision: revision + 9 });
    await good(tablet, 'order.place', placing);
    const keys = '/api/attributions/norde/keys.json';
    expect((await call('GET', keys)).body).toMatchObject({ keys: [{ kid: 'norde-1' }] });
    expect((await call('GET', '/api/attributions/no-such/keys.json')).status).toBe(404);
    const closing = {
      orderId: 'web-1',
      sessionId,
      channel: 'online',
      storeId: null,
      closedBy: [],
      closedAtMs: connected.server.clock.nowMs(),
      lines: [{ sku, quantity: 1, amountMinor: 42_000, currency: 'EUR' }],
    };
    const close = async (body: object) => {
      const path = '/api/attributions/norde';
      const headers = { 'vitrine-id': randomUUID() };
      const response = await connected.house.post(url + path, JSON.stringify(body), headers);
      await check.http('POST', response, { body });
      return response.status;
    };
    expect(await close(closing)).toBe(200);
    expect(await close({ ...closing, orderId: 'web-2', sessionId: 'never-was' })).toBe(404);
    // A sale from before the visit owes it nothing, and no house sells in another's boutique.
    const dayMs = 86_400_000;
    expect(await close({ ...closing, orderId: 'web-3', closedAtMs: closing.closedAtMs - dayMs })).toBe(409);
    expect(await close({ ...closing, orderId: 'web-4', storeId: 'aurelle-vendome' })).toBe(404);
  };

  it('was asked everything that the contract tells, well and badly, and sent every event', () => {
    const seen = (id: string, isGood: boolean) =>
      [...check.seen].some((one) => one.startsWith(`${id} `) && isGood === / (?:ok|2\d\d)$/.test(one));
    expect(check.operationIds.filter((id) => !seen(id, true))).toEqual([]);
    expect(check.refusableIds.filter((id) => !seen(id, false))).toEqual([]);
    expect(check.commandIds.filter((id) => !seen(id, true) || !seen(id, false))).toEqual([]);
    expect(check.eventIds.filter((id) => !check.seen.has(id))).toEqual([]);
    expect(check.operationIds.length + check.commandIds.length + check.eventIds.length).toBeGreaterThan(35);
  });
});

/** What of a key is published: WebCrypto adds what it may be used for. */
function publicPart({ kty, crv, x, y }: webcrypto.JsonWebKey) {
  return { kty, crv, x, y };
}

/** Who speaks in a visit, and how they are heard. */
interface People {
  readonly good: (device: TestDevice, name: string, payload?: unknown) => Promise<Record<string, unknown>>;
  readonly bad: (device: TestDevice, code: string, name: string, payload?: unknown) => Promise<void>;
  readonly kiosk: TestDevice;
  readonly tablet: TestDevice;
  readonly stranger: TestDevice;
}
