import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AuditReply,
  OperatorInvitationReply,
  OperatorPasskeyReply,
  OperatorPasskeysReply,
  OperatorQuestionReply,
  passkeyChallengeMs,
} from '../../protocol/index.ts';
import { settleRestored } from '../../server/backup/settle-restored.ts';
import { systemRandom } from '../../server/core/random.ts';
import { makeWithinMs } from '../../server/operators/console-sessions.ts';
import { testPostgresUrl } from './support/databases.ts';
import { SoftAuthenticator, type Wrongly } from './support/soft-authenticator.ts';
import { TestBrowser } from './support/test-browser.ts';
import { TestServer } from './support/test-server.ts';

const publicUrl = 'https://vitrine.norde.example';
const path = '/api/console/passkeys';

const servers = [
  { name: 'SQLite', start: () => TestServer.start({ publicUrl }) },
  ...(testPostgresUrl === null
    ? []
    : [
        { name: 'PostgreSQL', start: () => TestServer.startOnPostgres(testPostgresUrl ?? '', { publicUrl }) },
      ]),
];

describe.each(servers)('the operator’s passkey on $name', ({ start }) => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await start();
    token = (await readFile(server.running.operatorTokenPath, 'utf8')).trim();
  });
  afterAll(async () => {
    await server.stop();
  });

  const byToken = async () => {
    server.clock.advance(60_000);
    const browser = new TestBrowser(server.url);
    await browser.signIn({ by: 'operator-token', token });
    return browser;
  };
  const invited = async (browser: TestBrowser) =>
    z.parse(OperatorInvitationReply, (await browser.post(`${path}/invitation`, {})).body).invitation;
  const make = async (browser: TestBrowser, authenticator: SoftAuthenticator, wrongly: Wrongly = {}) =>
    await browser.post(path, {
      name: ' Laptop ',
      introduction: authenticator.introduce(await invited(browser), wrongly),
    });
  const made = async () => {
    const authenticator = new SoftAuthenticator(publicUrl);
    const answer = await make(await byToken(), authenticator);
    expect(answer.status).toBe(200);
    return { authenticator, passkey: z.parse(OperatorPasskeyReply, answer.body).passkey };
  };
  const asked = async (browser: TestBrowser) => {
    server.clock.advance(5_000);
    return z.parse(OperatorQuestionReply, (await browser.post(`${path}/question`, {})).body).question;
  };
  const signIn = async (browser: TestBrowser, authenticator: SoftAuthenticator, wrongly: Wrongly = {}) => {
    const proof = authenticator.prove(await asked(browser), wrongly);
    return await browser.post('/api/console/sign-in', { by: 'passkey', proof });
  };
  const listed = async (browser: TestBrowser) =>
    z.parse(OperatorPasskeysReply, (await browser.get(path)).body).passkeys;

  it('opens the console without the token, sees every Maison, and stands in the trail of each', async () => {
    const { authenticator, passkey } = await made();
    expect(passkey).toMatchObject({ name: 'Laptop', usedAtMs: null });
    const browser = new TestBrowser(server.url);
    const answer = await signIn(browser, authenticator);
    expect(answer).toMatchObject({ status: 200, body: { session: { maisonId: null } } });
    expect(answer.setCookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect((await browser.get('/api/devices')).status).toBe(200);
    expect(await listed(browser)).toContainEqual({ ...passkey, usedAtMs: server.clock.nowMs() });
    const { entries } = z.parse(AuditReply, (await browser.get('/api/audit')).body);
    const about = entries.filter(({ subject }) => subject === passkey.id);
    expect(new Set(about.map(({ maisonId, action }) => `${maisonId} ${action}`))).toEqual(
      new Set(['aurelle', 'norde'].flatMap((id) => [`${id} passkey.made`, `${id} console.signed-in`])),
    );
  });

  it.each<{ readonly name: string; readonly wrongly: Wrongly }>([
    { name: 'another page’s origin', wrongly: { origin: 'https://evil.example' } },
    { name: 'another name’s passkey', wrongly: { rpId: 'norde.example' } },
    { name: 'nobody verified', wrongly: { isVerified: false } },
    { name: 'a challenge of its own making', wrongly: { challenge: 'c2VsZi1tYWRlLWNoYWxsZW5nZQ' } },
    { name: 'a page inside a foreign one', wrongly: { crossOrigin: true } },
    { name: 'another user’s handle', wrongly: { userHandle: 'c29tZWJvZHktZWxzZQ' } },
  ])('is refused with $name', async ({ wrongly }) => {
    const { authenticator } = await made();
    const browser = new TestBrowser(server.url);
    expect(await signIn(browser, authenticator, wrongly)).toMatchObject({
      status: 403,
      body: { code: 'passkey-refused' },
    });
    expect((await browser.get('/api/devices')).status).toBe(401);
    expect((await signIn(browser, authenticator)).status).toBe(200);
  });

  it('answers each question once and soon; an advisor’s passkey is none of the operator’s', async () => {
    const { authenticator } = await made();
    const browser = new TestBrowser(server.url);
    const proof = authenticator.prove(await asked(browser));
    const send = (one: typeof proof) => browser.post('/api/console/sign-in', { by: 'passkey', proof: one });
    expect((await send(proof)).status).toBe(200);
    expect((await send(proof)).status).toBe(403);
    const late = authenticator.prove(await asked(browser));
    server.clock.advance(passkeyChallengeMs);
    expect((await send(late)).status).toBe(403);
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const advisors = new SoftAuthenticator(publicUrl);
    const invitation = await tablet.command('passkey.invite', {});
    if (!invitation.ok) throw new Error(invitation.error.message);
    const introduction = advisors.introduce(invitation.value);
    expect(await tablet.command('passkey.make', { introduction })).toMatchObject({ ok: true });
    expect((await signIn(browser, advisors)).status).toBe(403);
  });

  it('is made only where the token has just opened this very browser, and never by a console of a house', async () => {
    const [browser, other] = [await byToken(), await byToken()];
    const authenticator = new SoftAuthenticator(publicUrl);
    const introduction = authenticator.introduce(await invited(browser));
    const borrowed = await other.post(path, { name: 'Borrowed', introduction });
    expect(borrowed).toMatchObject({ status: 403, body: { code: 'passkey-refused' } });
    const wrong = await make(browser, authenticator, { isVerified: false });
    expect(wrong).toMatchObject({ status: 403, body: { code: 'passkey-refused' } });
    expect(await browser.post(path, { name: '', introduction })).toMatchObject({ status: 400 });
    server.clock.advance(makeWithinMs);
    expect((await browser.post(`${path}/invitation`, {})).status).toBe(403);
    // A session that a passkey opened makes no other, and a script with the token makes none at all.
    const own = await made();
    const byPasskey = new TestBrowser(server.url);
    const opened = await signIn(byPasskey, own.authenticator);
    byPasskey.csrf = (opened.body as { session: { csrf: string } }).session.csrf;
    expect((await byPasskey.post(`${path}/invitation`, {})).status).toBe(403);
    expect((await server.asOperator(`${path}/invitation`, {})).status).toBe(403);
    const console = await (await server.enrol('console', 'aurelle-vendome')).token();
    const headers = { authorization: `Bearer ${console.token}` };
    expect((await fetch(server.url + path, { headers })).status).toBe(403);
    const revoke = `${server.url}${path}/${own.passkey.id}/revoke`;
    expect((await fetch(revoke, { method: 'POST', headers })).status).toBe(403);
  });

  it('opens nothing any more once it is revoked, or there are two of it, and what it opened ends', async () => {
    const { authenticator, passkey } = await made();
    const browser = new TestBrowser(server.url);
    expect((await signIn(browser, authenticator)).status).toBe(200);
    expect((await server.asOperator(`${path}/${passkey.id}/revoke`, {})).status).toBe(200);
    expect((await server.asOperator(`${path}/${passkey.id}/revoke`, {})).status).toBe(404);
    expect((await browser.get('/api/devices')).status).toBe(401);
    expect((await signIn(browser, authenticator)).status).toBe(403);

    const own = await made();
    expect((await signIn(browser, own.authenticator)).status).toBe(200);
    const copy = new SoftAuthenticator(publicUrl, { copyOf: own.authenticator, counter: 0 });
    expect((await signIn(new TestBrowser(server.url), copy)).status).toBe(403);
    expect((await browser.get('/api/devices')).status).toBe(401);
    const { entries } = z.parse(AuditReply, (await (await byToken()).get('/api/audit')).body);
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: 'passkey.revoked',
        subject: own.passkey.id,
        actor: { kind: 'server', id: null },
        reason: 'its counter went back',
      }),
    );
    // The token is the way in where there is no passkey.
    expect((await (await byToken()).get('/api/devices')).status).toBe(200);
  });

  it('and the sessions of the console are taken back where the database was restored', async () => {
    const { authenticator } = await made();
    const browser = await byToken();
    await server.inDatabase((_, database) =>
      settleRestored(database, server.clock, { createdAtMs: null, marks: null, random: systemRandom }),
    );
    expect((await browser.get('/api/devices')).status).toBe(401);
    expect((await signIn(browser, authenticator)).status).toBe(403);
    expect(await listed(await byToken())).toEqual([]);
  });

  it('outlives a restart, and wrong ones lock an address as wrong tokens do', async () => {
    const { authenticator } = await made();
    await server.restart();
    const browser = new TestBrowser(server.url);
    expect((await signIn(browser, authenticator)).status).toBe(200);
    for (let wrong = 0; wrong < 5; wrong += 1) await signIn(browser, authenticator, { isVerified: false });
    expect(await signIn(browser, authenticator)).toMatchObject({
      status: 429,
      body: { code: 'code-locked' },
    });
    server.clock.advance(15 * 60_000);
    expect((await signIn(browser, authenticator)).status).toBe(200);
  });
});

describe('the operator’s passkey of a server that browsers know by a number', () => {
  it('is not offered, and the refusal says what it needs', async () => {
    const server = await TestServer.start({ publicUrl: 'https://192.168.1.20:8443' });
    try {
      const answer = await new TestBrowser(server.url).post(`${path}/question`, {});
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
      expect(answer.text).toContain('PUBLIC_URL');
    } finally {
      await server.stop();
    }
  });
});
