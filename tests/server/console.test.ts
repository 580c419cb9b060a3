import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AuditReply,
  ConsoleSessionReply,
  csrfHeader,
  DeviceBoardReply,
  EnrolmentReply,
  StockBoardReply,
  type BoardDevice,
  type DeviceReport,
} from '../../protocol/index.ts';
import { testPostgresUrl } from './support/databases.ts';
import { TestBrowser } from './support/test-browser.ts';
import { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';

const minuteMs = 60_000;

const report: DeviceReport = {
  upMs: 90_000,
  faults: 2,
  mirror: {
    camera: 'off',
    tracking: 'ready',
    delegate: 'CPU',
    tier: 'middle',
    picturesPerSecond: 29.6,
    inferenceMs: 14.2,
    recoveries: {
      hung: 1,
      poisoned: 0,
      crashed: 0,
      memory: 0,
      'camera-lost': 0,
      'camera-stalled': 0,
      'picture-frozen': 0,
      'clock-jump': 0,
    },
  },
};

const servers = [
  { name: 'SQLite', start: () => TestServer.start() },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', start: () => TestServer.startOnPostgres(testPostgresUrl ?? '') }]),
];

describe.each(servers)('the console on $name', ({ start }) => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await start();
    token = (await readFile(server.running.operatorTokenPath, 'utf8')).trim();
  });
  afterAll(async () => {
    await server.stop();
  });

  const operator = async () => {
    const browser = new TestBrowser(server.url);
    await browser.signIn({ by: 'operator-token', token });
    return browser;
  };
  const boardOf = async (browser: TestBrowser) =>
    z.parse(DeviceBoardReply, (await browser.get('/api/devices')).body).devices;
  const onBoard = async (browser: TestBrowser, id: string): Promise<BoardDevice | undefined> =>
    (await boardOf(browser)).find((device) => device.id === id);
  const auditOf = async (browser: TestBrowser, query = '') =>
    z.parse(AuditReply, (await browser.get(`/api/audit${query}`)).body);

  it('lets the operator in by the token, in a cookie that scripts and other sites never get', async () => {
    const browser = new TestBrowser(server.url);
    expect((await browser.get('/api/devices')).status).toBe(401);
    expect((await browser.get('/api/console/session')).body).toEqual({ session: null });
    const wrong = await browser.post('/api/console/sign-in', { by: 'operator-token', token: `${token}x` });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    const right = await browser.signIn({ by: 'operator-token', token });
    expect(right.setCookie).toMatch(
      /^vitrine-console=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
    expect(right.text).not.toContain(token);
    const { session } = z.parse(ConsoleSessionReply, right.body);
    expect(session).toMatchObject({ maisonId: null, actor: { kind: 'operator', name: null } });
    expect(session?.maisons.map(({ id }) => id)).toEqual(['aurelle', 'norde']);
    expect((await browser.get('/api/devices')).status).toBe(200);
    expect((await browser.get('/api/oms/feeds')).status).toBe(200);
    await browser.post('/api/console/sign-out', {});
    expect((await browser.get('/api/devices')).status).toBe(401);
    const lines = await auditOf(await operator());
    expect(lines.entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['console.signed-in', 'console.signed-out']),
    );
  });

  it('changes nothing without the session’s own word, which another site cannot know', async () => {
    const browser = await operator();
    const target = { maisonId: 'norde', storeId: 'norde-marais', role: 'kiosk', name: 'Forged' };
    for (const csrf of [null, 'guessed']) {
      const forged = await browser.post('/api/devices/enrolments', target, { csrf });
      expect(forged).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      const level = { storeId: 'norde-marais', sku: 'fjord-51.tortoise', onHand: 1 };
      expect((await browser.post('/api/oms/levels', level, { csrf })).status).toBe(403);
      expect((await browser.post('/api/console/sign-out', {}, { csrf })).status).toBe(403);
    }
    expect((await browser.post('/api/devices/enrolments', target)).status).toBe(200);
    const other = await operator();
    const borrowed = await browser.post('/api/devices/enrolments', target, { csrf: other.csrf });
    expect(borrowed.status).toBe(403);
    expect(csrfHeader).toBe('x-vitrine-csrf');
  });

  it('ends when nobody does anything, however often the page reads by itself; and after a day in any case', async () => {
    const browser = await operator();
    for (let tenth = 0; tenth < 9; tenth += 1) {
      server.clock.advance(3 * minuteMs);
      expect((await browser.get('/api/devices')).status).toBe(200);
    }
    server.clock.advance(3 * minuteMs);
    expect((await browser.get('/api/devices')).status).toBe(401);
    const busy = await operator();
    for (let halfHour = 0; halfHour < 24; halfHour += 1) {
      expect((await busy.post('/api/console/touch', {})).status).toBe(200);
      server.clock.advance(30 * minuteMs - 1);
    }
    expect((await busy.get('/api/devices')).status).toBe(200);
    server.clock.advance(24);
    expect((await busy.get('/api/devices')).status).toBe(401);
  });

  it('refuses bad requests with what is wrong, and never repeats what was sent', async () => {
    const browser = await operator();
    const target = { maisonId: 'norde', storeId: 'norde-marais', role: 'kiosk', name: 'Mirror' };
    for (const change of [
      { name: ' ' },
      { name: 'a\nb' },
      { role: 'king' },
      { storeId: 'NO' },
      { name: 7 },
    ]) {
      const refused = await browser.post('/api/devices/enrolments', { ...target, ...change });
      expect(refused).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    }
    const nowhere = await browser.post('/api/devices/enrolments', { ...target, storeId: 'aurelle-vendome' });
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'not-found' } });
    for (const query of ['?before=1', '?action=nothing', "?store=';--", '?before=1~norde~x']) {
      expect((await browser.get(`/api/audit${query}`)).status).toBe(400);
    }
    expect((await browser.post('/api/devices/not-there-at-all/revoke', {})).status).toBe(404);
    expect((await browser.post('/api/devices/x/revoke', {})).status).toBe(400);
    for (const body of [{}, { by: 'operator-token' }, { by: 'wish', token }, [], 'x']) {
      expect((await new TestBrowser(server.url).post('/api/console/sign-in', body)).status).toBe(400);
    }
  });

  it('enrols a device by a link, sees it come and go, revokes it, and the trail says who did it', async () => {
    const browser = await operator();
    const target = { maisonId: 'norde', storeId: 'norde-marais', role: 'kiosk', name: 'Window mirror' };
    const made = z.parse(EnrolmentReply, (await browser.post('/api/devices/enrolments', target)).body);
    expect(made.url).toBe(`${server.url}/?maison=norde#enrol=${made.code}`);
    expect(made.expiresAtMs - server.clock.nowMs()).toBe(4 * 60 * minuteMs);
    const kiosk = await TestDevice.enrol(server.url, 'kiosk', made.code);
    expect(await onBoard(browser, kiosk.id)).toMatchObject({
      name: 'Window mirror',
      role: 'kiosk',
      online: false,
      seenAtMs: null,
    });
    await kiosk.connect({ clientVersion: '0.1.0' });
    expect(await onBoard(browser, kiosk.id)).toMatchObject({ online: true, version: '0.1.0', report: null });
    expect(await kiosk.command('device.report', report)).toEqual({ ok: true, value: {} });
    const reportedAtMs = server.clock.nowMs();
    expect(await onBoard(browser, kiosk.id)).toMatchObject({ online: true, report, reportedAtMs });
    server.clock.advance(5_000);
    kiosk.disconnect();
    await expect.poll(async () => (await onBoard(browser, kiosk.id))?.online).toBe(false);
    const seenAtMs = server.clock.nowMs();
    server.clock.advance(3 * minuteMs);
    expect(await onBoard(browser, kiosk.id)).toMatchObject({ online: false, seenAtMs, report });
    await kiosk.connect();
    const hungUp = kiosk.closed();
    expect((await browser.post(`/api/devices/${kiosk.id}/revoke`, {})).status).toBe(200);
    await hungUp;
    expect(await onBoard(browser, kiosk.id)).toMatchObject({
      online: false,
      revokedAtMs: server.clock.nowMs(),
    });
    expect((await browser.post(`/api/devices/${kiosk.id}/revoke`, {})).status).toBe(404);
    const { entries } = await auditOf(browser, '?store=norde-marais');
    const told = entries.filter(({ subject, actor }) => subject === kiosk.id || actor.id === kiosk.id);
    expect(told).toMatchObject([
      { action: 'device.revoked', actor: { kind: 'operator', id: null }, subjectName: 'Window mirror' },
      { action: 'device.enrolled', actor: { kind: 'device', id: kiosk.id }, actorName: 'Window mirror' },
    ]);
    expect(entries.find(({ action }) => action === 'device.enrolment-made')?.actor.kind).toBe('operator');
  });

  it('shows a house’s console its own devices, stock and trail, and nothing of the neighbours', async () => {
    const mirror = await server.connect('kiosk', 'aurelle-vendome', 'Aurelle mirror');
    const device = await server.enrol('console', 'norde-marais', 'Back office');
    const browser = new TestBrowser(server.url);
    const signedIn = await browser.signIn({ by: 'device-token', token: (await device.token()).token });
    expect(z.parse(ConsoleSessionReply, signedIn.body).session).toMatchObject({
      maisonId: 'norde',
      actor: { kind: 'device', name: 'Back office' },
      maisons: [{ id: 'norde' }],
    });
    expect(new Set((await boardOf(browser)).map(({ maisonId }) => maisonId))).toEqual(new Set(['norde']));
    const stock = z.parse(StockBoardReply, (await browser.get('/api/stock/board')).body);
    expect(stock.maisons).toMatchObject([
      { maisonId: 'norde', feed: { source: 'embedded', state: 'up' }, waitingLetters: 0, deadLetters: 0 },
    ]);
    expect(stock.maisons[0]?.stores.find(({ storeId }) => storeId === 'norde-marais')?.skus).toBeGreaterThan(
      0,
    );
    const { entries } = await auditOf(browser, '?action=device.enrolled');
    expect(new Set(entries.map(({ maisonId }) => maisonId))).toEqual(new Set(['norde']));
    expect((await browser.post(`/api/devices/${mirror.id}/revoke`, {})).status).toBe(404);
    expect(mirror.isConnected).toBe(true);
    const foreign = { maisonId: 'aurelle', storeId: 'aurelle-vendome', role: 'kiosk', name: 'Mine' };
    expect((await browser.post('/api/devices/enrolments', foreign)).status).toBe(403);
    const own = { maisonId: 'norde', storeId: 'norde-marais', role: 'tablet', name: 'Tablet 9' };
    expect((await browser.post('/api/devices/enrolments', own)).status).toBe(200);
    const made = (await auditOf(browser, '?action=device.enrolment-made')).entries[0];
    expect(made).toMatchObject({ actor: { kind: 'device', id: device.id }, actorName: 'Back office' });
    // Whose console was revoked is signed out with it.
    await server.running.revokeDevice(device.id);
    expect((await browser.get('/api/devices')).status).toBe(401);
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    const asKiosk = { by: 'device-token', token: (await kiosk.token()).token };
    expect((await new TestBrowser(server.url).post('/api/console/sign-in', asKiosk)).status).toBe(403);
  });

  it('reads the trail page by page without a gap or a double', async () => {
    const browser = await operator();
    const target = { maisonId: 'aurelle', storeId: 'aurelle-vendome', role: 'tablet', name: 'Tablet' };
    const makings = Array.from({ length: 52 }, () => browser.post('/api/devices/enrolments', target));
    expect(new Set((await Promise.all(makings)).map(({ status }) => status))).toEqual(new Set([200]));
    const query = '?action=device.enrolment-made&store=aurelle-vendome';
    const first = await auditOf(browser, query);
    expect(first.entries).toHaveLength(50);
    const second = await auditOf(browser, `${query}&before=${first.next}`);
    expect(second.next).toBeNull();
    const seqs = [...first.entries, ...second.entries].map(({ seq }) => seq);
    expect(seqs.length).toBeGreaterThanOrEqual(52);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => b - a));
  });

  it('takes of a report only numbers and closed words, from mirrors and tablets, at a bounded rate', async () => {
    const browser = await operator();
    const kiosk = await server.connect('kiosk', 'norde-marais', 'Chatty');
    for (const bad of [
      { ...report, note: 'Mme Dupont' },
      { ...report, mirror: { ...report.mirror, landmarks: [0.1, 0.2] } },
      { ...report, mirror: { ...report.mirror, camera: 'a face' } },
      { ...report, faults: -1 },
    ]) {
      const answer = await kiosk.emit('command', {
        commandId: crypto.randomUUID(),
        name: 'device.report',
        payload: bad,
      });
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    }
    expect((await onBoard(browser, kiosk.id))?.report).toBeNull();
    const answers = [];
    for (let faults = 0; faults < 8; faults += 1) {
      answers.push((await kiosk.command('device.report', { ...report, faults })).ok);
    }
    expect(answers).toEqual([true, true, true, true, true, true, false, false]);
    expect((await onBoard(browser, kiosk.id))?.report?.faults).toBe(5);
    const tablet = await server.connect('tablet', 'norde-marais', 'Tablet 1');
    expect((await tablet.command('device.report', { upMs: 1, faults: 0, mirror: null })).ok).toBe(true);
    const console = await server.connect('console', 'norde-marais', 'Office');
    const refused = await console.command('device.report', { upMs: 1, faults: 0, mirror: null });
    expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    console.disconnect();
  });

  it('keeps sessions, and what devices last told, across a restart of the server', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais', 'Steady');
    await kiosk.command('device.report', report);
    const browser = await operator();
    const seenAtMs = server.clock.nowMs();
    await server.restart();
    browser.moveTo(server.url);
    expect(await onBoard(browser, kiosk.id)).toMatchObject({ online: false, seenAtMs, report });
  });

  it('makes an address wait that guesses, and lets it in again afterwards', async () => {
    const browser = new TestBrowser(server.url);
    server.clock.advance(5 * minuteMs);
    for (let guess = 0; guess < 5; guess += 1) {
      const answer = await browser.post('/api/console/sign-in', {
        by: 'operator-token',
        token: `no${guess}`,
      });
      expect(answer.status).toBe(401);
    }
    const locked = await browser.post('/api/console/sign-in', { by: 'operator-token', token });
    expect(locked).toMatchObject({ status: 429, body: { code: 'code-locked', retryAfterMs: 15 * minuteMs } });
    // Not even a restart shortens it.
    await server.restart();
    browser.moveTo(server.url);
    expect((await browser.post('/api/console/sign-in', { by: 'operator-token', token })).status).toBe(429);
    server.clock.advance(15 * minuteMs);
    await browser.signIn({ by: 'operator-token', token });
    expect(server.logLines.join('\n')).not.toContain(token);
  });
});
