import * as z from 'zod/mini';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AdvisorBoardReply,
  AdvisorReply,
  AuditReply,
  dayAfter,
  dayIn,
  StartCodeReply,
  startCodeMs,
  type AddAdvisorRequest,
} from '../../protocol/index.ts';
import { settleRestored } from '../../server/backup/settle-restored.ts';
import { systemRandom } from '../../server/core/random.ts';
import { pinLocksMs } from '../../server/houses/pin-tries.ts';
import { defaultTimings } from '../../server/server-config.ts';
import { testPostgresUrl } from './support/databases.ts';
import { consentTo } from './support/known-visit.ts';
import { SoftAuthenticator } from './support/soft-authenticator.ts';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const otherStoreId = 'norde-mayfair';
const sku = 'fjord-51.smoke';
const publicUrl = 'https://vitrine.norde.example';
const person: AddAdvisorRequest = {
  maisonId: 'norde',
  storeId,
  name: 'Solène Aubry',
  title: { en: 'Client advisor', fr: 'Conseillère' },
  languages: ['fr'],
};

const databases = [
  { name: 'SQLite', open: () => TestServer.start({ publicUrl }) },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', open: () => TestServer.startOnPostgres(testPostgresUrl ?? '', { publicUrl }) }]),
];

describe.each(databases)('an advisor’s time in the house, on $name', ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(async () => {
    await server.stop();
  });

  const tablet = (at = storeId) => server.connect('tablet', at, 'Tablet');
  const post = async (path: string, body: unknown = {}) =>
    await server.asOperator(`/api/advisors${path}`, body);
  const added = async (more: Partial<AddAdvisorRequest> = {}) =>
    z.parse(AdvisorReply, await (await post('', { ...person, ...more })).json()).advisor;
  const about = (id: string, deed: string, body?: unknown) => post(`/norde/${id}/${deed}`, body);
  const done = async (id: string, deed: string, body?: unknown) =>
    expect((await about(id, deed, body)).status).toBe(200);
  const codeFor = async (id: string) =>
    z.parse(StartCodeReply, await (await about(id, 'start-code')).json()).code;
  const listed = async (at = storeId) => {
    const reply = await server.asOperator(`/api/advisors?store=${at}`);
    return z.parse(AdvisorBoardReply, await reply.json()).advisors;
  };
  const shown = async (id: string, at = storeId) => (await listed(at)).find((one) => one.id === id);
  const start = (device: TestDevice, advisorId: string, code: string, pin = '7294') =>
    device.command('advisor.start', { advisorId, code, pin });
  const signIn = (device: TestDevice, advisorId: string, pin = '7294') =>
    device.command('advisor.sign-in', { advisorId, pin });
  /** Somebody new, who has chosen their PIN on a tablet of their own. */
  const newcomer = async (more: Partial<AddAdvisorRequest> = {}) => {
    const { id } = await added(more);
    const device = await tablet(more.storeId);
    valueOf(await start(device, id, await codeFor(id)));
    return { id, device };
  };
  const comesBack = async (device: TestDevice) => {
    await device.next('server.closing');
    await device.closed();
    return await device.connect();
  };

  it('begins with a start code, by which they choose a PIN that only they know', async () => {
    const before = await listed();
    const { id } = await added();
    expect(await shown(id)).toMatchObject({ name: 'Solène Aubry', hasPin: false, lastSignInAtMs: null });
    expect(await listed()).toHaveLength(before.length + 1);
    const device = await tablet();
    const { advisors } = valueOf(await device.command('advisor.list', {}));
    expect(advisors.map((one) => one.id)).toContain(id);
    expect(codeOf(await signIn(device, id))).toBe('pin-wrong');
    const code = await codeFor(id);
    expect(code).toMatch(/^\d{8}$/);
    expect(await shown(id)).toMatchObject({ startCodeUntilMs: server.clock.nowMs() + startCodeMs });
    // The code is no PIN: it opens nothing but the choice of one.
    expect(codeOf(await signIn(device, id, code))).toBe('pin-wrong');
    expect(valueOf(await start(device, id, code))).toMatchObject({ advisor: { id, name: 'Solène Aubry' } });
    expect(await shown(id)).toMatchObject({
      hasPin: true,
      startCodeUntilMs: null,
      lastSignInAtMs: server.clock.nowMs(),
    });
    valueOf(await device.command('advisor.sign-out', {}));
    valueOf(await signIn(await tablet(), id));
    const everything = await server.inDatabase((db) => db.selectFrom('advisors').selectAll().execute());
    const answers = await server.inDatabase((db) => db.selectFrom('command_answers').selectAll().execute());
    for (const secret of [code, '7294']) {
      // As a value of its own: a hash may hold these digits by chance.
      const mention = new RegExp(`(?<![A-Za-z0-9_-])${secret}(?![A-Za-z0-9_-])`);
      expect(JSON.stringify([everything, answers, await listed()])).not.toMatch(mention);
      expect(server.logLines.join('\n')).not.toMatch(mention);
    }
  });

  it('stands in the trail, step by step and without a name', async () => {
    const { id, device } = await newcomer();
    valueOf(await device.command('advisor.change-pin', { oldPin: '7294', pin: '60815' }));
    await done(id, 'change', { name: 'Solène A.', languages: ['fr', 'en'] });
    await done(id, 'change', { storeId: otherStoreId });
    await done(id, 'lock-out');
    await done(id, 'remove');
    const reply = z.parse(AuditReply, await (await server.asOperator('/api/audit')).json());
    const lines = reply.entries.filter(({ subject, actor }) => subject === id || actor.id === id);
    expect(lines.map(({ action, actor, reason }) => [action, actor.kind, reason]).toReversed()).toEqual([
      ['advisor.added', 'operator', null],
      ['advisor.code-made', 'operator', null],
      ['advisor.pin-chosen', 'advisor', null],
      ['advisor.pin-changed', 'advisor', null],
      ['advisor.changed', 'operator', 'name, languages'],
      ['advisor.changed', 'operator', `moved from ${storeId}`],
      ['advisor.locked-out', 'operator', null],
      ['advisor.left', 'operator', null],
    ]);
    expect(JSON.stringify(lines)).not.toContain('Solène');
  });

  it('lets a start code in once, and no other than the latest', async () => {
    const { id } = await added();
    const first = await codeFor(id);
    const code = await codeFor(id);
    const device = await tablet();
    expect(codeOf(await start(device, id, first))).toBe('pin-wrong');
    valueOf(await start(device, id, code));
    expect(codeOf(await start(await tablet(), id, code, '60815'))).toBe('pin-wrong');
    valueOf(await signIn(await tablet(), id));
    // Two at once with one code: one of them chooses the PIN.
    const again = await codeFor(id);
    const [one, other] = [await tablet(), await tablet()];
    const answers = await Promise.all([start(one, id, again, '60815'), start(other, id, again, '91840')]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    valueOf(await signIn(await tablet(), id, answers[0]?.ok ? '60815' : '91840'));
  });

  it('lets a start code in for a day, in the advisor’s own boutique only', async () => {
    const { id } = await added();
    const code = await codeFor(id);
    const elsewhere = await tablet(otherStoreId);
    expect(codeOf(await start(elsewhere, id, code))).toBe('pin-wrong');
    expect(codeOf(await start(await tablet('aurelle-vendome'), id, code))).toBe('pin-wrong');
    server.clock.advance(startCodeMs);
    expect(await shown(id)).toMatchObject({ startCodeUntilMs: null, hasPin: false });
    expect(codeOf(await start(await tablet(), id, code))).toBe('code-expired');
    valueOf(await start(await tablet(), id, await codeFor(id)));
  });

  it('counts guessed start codes as wrong PINs, until another code is made', async () => {
    const { id } = await added();
    const code = await codeFor(id);
    const device = await tablet();
    const wrong = code.startsWith('1') ? '20000000' : '10000000';
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await start(device, id, wrong)).toMatchObject({ error: { code: 'pin-wrong', triesLeft } });
    }
    expect(await signIn(device, id)).toMatchObject({
      error: { code: 'pin-locked', retryAfterMs: pinLocksMs[0] },
    });
    expect(codeOf(await start(await tablet(), id, code))).toBe('pin-locked');
    expect(await shown(id)).toMatchObject({ lockedUntilMs: server.clock.nowMs() + (pinLocksMs[0] ?? 0) });
    valueOf(await start(await tablet(), id, await codeFor(id)));
    // Nobody by that name is answered in the same way, and by the same tablet.
    const nobody = await tablet();
    expect(await start(nobody, 'nobody', wrong)).toMatchObject({
      error: { code: 'pin-wrong', triesLeft: 4 },
    });
  });

  it('refuses a PIN that anybody would guess, and takes no try for it', async () => {
    const { id } = await added();
    const code = await codeFor(id);
    const device = await tablet();
    for (const pin of ['0000', '1234', '2580', code.slice(2, 7), code]) {
      expect(codeOf(await start(device, id, code, pin))).toBe('pin-easy');
    }
    expect(codeOf(await start(device, id, code, '12'))).toBe('bad-request');
    expect(await signIn(device, id)).toMatchObject({ error: { code: 'pin-wrong', triesLeft: 4 } });
    valueOf(await start(device, id, code));
  });

  it('lets whoever is signed in change their PIN, by the old one', async () => {
    const { id, device } = await newcomer();
    const elsewhere = await tablet();
    valueOf(await signIn(elsewhere, id));
    const change = (oldPin: string, pin: string) => device.command('advisor.change-pin', { oldPin, pin });
    expect(codeOf(await change('7294', '4321'))).toBe('pin-easy');
    expect(codeOf(await change('7294', '7294'))).toBe('pin-easy');
    expect(await change('5555', '60815')).toMatchObject({ error: { code: 'pin-wrong', triesLeft: 4 } });
    valueOf(await change('7294', '60815'));
    // What the old PIN opened elsewhere ends; here they stay.
    expect((await comesBack(elsewhere)).advisor).toBeNull();
    expect((await device.hello()).ok && valueOf(await device.hello()).advisor?.id).toBe(id);
    expect(codeOf(await signIn(await tablet(), id, '7294'))).toBe('pin-wrong');
    valueOf(await signIn(await tablet(), id, '60815'));
    expect(
      codeOf(await (await tablet()).command('advisor.change-pin', { oldPin: '60815', pin: '91840' })),
    ).toBe('unauthenticated');
  });

  it('locks the name after five wrong old PINs, for signing in too', async () => {
    const { id, device } = await newcomer();
    const codes = [];
    for (let tried = 0; tried < 5; tried += 1) {
      codes.push(codeOf(await device.command('advisor.change-pin', { oldPin: '5555', pin: '60815' })));
    }
    expect(codes).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'pin-wrong', 'pin-locked']);
    expect(codeOf(await device.command('advisor.change-pin', { oldPin: '7294', pin: '60815' }))).toBe(
      'pin-locked',
    );
    expect(codeOf(await signIn(await tablet(), id))).toBe('pin-locked');
  });

  it('ends the old PIN with the next start code, and leaves whoever is with a client there', async () => {
    const { id, device } = await newcomer();
    await codeFor(id);
    expect(codeOf(await signIn(await tablet(), id))).toBe('pin-wrong');
    expect(valueOf(await device.hello()).advisor?.id).toBe(id);
  });

  it('moves to another boutique of the house, signed out in the first', async () => {
    const { id, device } = await newcomer();
    await done(id, 'change', { storeId: otherStoreId });
    expect((await comesBack(device)).advisor).toBeNull();
    expect(await shown(id)).toBeUndefined();
    expect(await shown(id, otherStoreId)).toMatchObject({ hasPin: true });
    expect(codeOf(await signIn(device, id))).toBe('pin-wrong');
    valueOf(await signIn(await tablet(otherStoreId), id));
    expect((await about(id, 'change', { storeId: 'aurelle-vendome' })).status).toBe(404);
  });

  it('is over at once where they are removed: tablets, PIN, passkeys, calls and visits', async () => {
    const { id, device } = await newcomer();
    const authenticator = new SoftAuthenticator(publicUrl);
    const introduction = authenticator.introduce(valueOf(await device.command('passkey.invite', {})));
    valueOf(await device.command('passkey.make', { introduction }));
    expect(await shown(id)).toMatchObject({ passkeys: 1 });
    // With a client; a colleague's piece on its way; and going to a second mirror.
    const colleague = await server.advisor(storeId, 'noemie-caron');
    const theirs = await handOff(await server.connect('kiosk', storeId, 'Mirror 1'), colleague);
    const { run } = valueOf(await colleague.command('run.ask', { sessionId: theirs, sku }));
    valueOf(await device.command('run.move', { runId: run.id, to: 'on-its-way' }));
    const kiosk = await server.connect('kiosk', storeId, 'Mirror 2');
    const sessionId = await handOff(kiosk, device);
    valueOf(await device.command('run.ask', { sessionId, sku }));
    const second = await server.connect('kiosk', storeId, 'Mirror 3');
    const { offerId: callId } = valueOf(await second.command('offer.open', {}));
    valueOf(await device.command('call.go', { callId }));
    const goingTo = async (id: string) =>
      valueOf(await colleague.hello()).calls.find((call) => call.callId === id)?.going;
    expect(await goingTo(callId)).toMatchObject({ advisor: { id } });

    await done(id, 'remove');
    expect((await comesBack(device)).advisor).toBeNull();
    const told = await kiosk.next('session.events', ({ events }) => events.at(-1)?.fact.type === 'closed');
    expect(told).toMatchObject({ sessionId, events: [{ actor: 'system', fact: { reason: 'advisor' } }] });
    expect(await goingTo(callId)).toBeNull();
    const { runs } = valueOf(await colleague.command('sale.board', {}));
    // Theirs to bring is everybody's again; what their own client waited for is fetched no more.
    expect(runs).toMatchObject([{ id: run.id, state: 'asked', runner: null }]);
    expect(codeOf(await signIn(device, id))).toBe('pin-wrong');
    const question = valueOf(await device.command('passkey.ask', {}));
    const proof = authenticator.prove(question);
    expect(codeOf(await device.command('passkey.sign-in', { proof }))).toBe('passkey-refused');
    const { advisors } = valueOf(await device.command('advisor.list', {}));
    expect(advisors.map((one) => one.id)).not.toContain(id);
    // What they did stays theirs.
    expect(await shown(id)).toMatchObject({ leftAtMs: server.clock.nowMs(), hasPin: false, passkeys: 0 });
    const rows = await server.inDatabase((db) =>
      db.selectFrom('sessions').select('advisor_id').where('id', '=', sessionId).execute(),
    );
    expect(rows).toEqual([{ advisor_id: id }]);
    for (const deed of ['start-code', 'change', 'lock-out', 'remove']) {
      expect((await about(id, deed)).status).toBe(409);
    }
    valueOf(await colleague.command('session.close', { sessionId: theirs, reason: 'advisor' }));
  });

  it('leaves their tasks to the boutique, with who noted them', async () => {
    const { id, device } = await newcomer();
    const kiosk = await server.connect('kiosk', storeId, 'Mirror 5');
    const sessionId = await handOff(kiosk, device);
    const consent = consentTo([{ purpose: 'remember', term: 'month' }]);
    valueOf(await kiosk.command('client.consent', { sessionId, consent }));
    const dueOn = dayAfter(dayIn(server.clock.nowMs(), 'Europe/Paris'), 3);
    const next = { step: 'call', dueOn, sku: null, line: 'The lens that was ordered' } as const;
    const note = { occasion: 'gift', decision: 'thinking', next } as const;
    valueOf(await device.command('session.conclude', { sessionId, note }));
    const colleague = await server.advisor(storeId, 'noemie-caron');
    const seen = async () =>
      valueOf(await colleague.command('follow-up.list', {})).followUps.filter(
        ({ notedBy }) => notedBy.id === id,
      );
    expect(await seen()).toEqual([]);
    await done(id, 'remove');
    expect(await seen()).toMatchObject([{ notedBy: { name: 'Solène Aubry' }, line: next.line }]);
  });

  it('is kept by the house’s own console too', async () => {
    const { token } = await (await server.enrol('console', storeId)).token();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const ask = async (path: string, body: unknown = {}) => {
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const response = await fetch(`${server.url}/api/advisors${path}`, init);
      expect(response.status).toBe(200);
      return await response.json();
    };
    const { id } = z.parse(AdvisorReply, await ask('', person)).advisor;
    const { code } = z.parse(StartCodeReply, await ask(`/norde/${id}/start-code`));
    const device = await tablet();
    valueOf(await start(device, id, code));
    await ask(`/norde/${id}/change`, { storeId: otherStoreId });
    await ask(`/norde/${id}/lock-out`);
    await ask(`/norde/${id}/remove`);
    expect((await comesBack(device)).advisor).toBeNull();
  });

  it('gives the mirror back that waits for who is removed: it calls again', async () => {
    const { id, device } = await newcomer();
    const kiosk = await server.connect('kiosk', storeId, 'Mirror 4');
    const offer = valueOf(await kiosk.command('offer.open', {}));
    valueOf(await device.command('offer.claim', { secret: offer.secret }));
    await kiosk.next('offer.claimed');
    await done(id, 'remove');
    expect(await kiosk.next('offer.ended')).toEqual({ offerId: offer.offerId, reason: 'expired' });
    expect((await kiosk.command('offer.open', {})).ok).toBe(true);
  });

  it('stops for who is locked out, until the next start code', async () => {
    const { id, device } = await newcomer();
    const unused = await codeFor(id);
    await done(id, 'lock-out');
    expect((await comesBack(device)).advisor).toBeNull();
    expect(codeOf(await start(device, id, unused))).toBe('pin-wrong');
    expect(await shown(id)).toMatchObject({ hasPin: false, startCodeUntilMs: null, leftAtMs: null });
    valueOf(await start(device, id, await codeFor(id), '60815'));
  });

  it('lets nobody slip in who signs in while they are being locked out', async () => {
    const { id } = await newcomer();
    const tablets = await Promise.all(Array.from({ length: 6 }, () => tablet()));
    await Promise.all([...tablets.map((device) => signIn(device, id)), done(id, 'lock-out')]);
    const left = await server.inDatabase((db) =>
      db.selectFrom('sign_ins').select('device_id').where('advisor_id', '=', id).execute(),
    );
    expect(left).toEqual([]);
  });

  it('leaves no claim and no passkey behind that was made while they were being locked out', async () => {
    const { id } = await newcomer();
    const kiosk = await server.connect('kiosk', storeId, 'Mirror 6');
    for (let round = 0; round < 6; round += 1) {
      const device = await tablet();
      valueOf(await start(device, id, await codeFor(id)));
      const { secret } = valueOf(await kiosk.command('offer.open', {}));
      const authenticator = new SoftAuthenticator(publicUrl);
      const introduction = authenticator.introduce(valueOf(await device.command('passkey.invite', {})));
      const second = device.twin(server.url);
      await second.connect();
      await Promise.all([
        device.command('offer.claim', { secret }).catch(() => null),
        second.command('passkey.make', { introduction }).catch(() => null),
        done(id, 'lock-out'),
      ]);
      second.disconnect();
      const left = await server.inDatabase(async (db) => [
        ...(await db
          .selectFrom('offers')
          .select('id')
          .where('advisor_id', '=', id)
          .where('state', '=', 'claimed')
          .execute()),
        ...(await db.selectFrom('passkeys').select('id').where('advisor_id', '=', id).execute()),
      ]);
      expect(left).toEqual([]);
      server.clock.advance(60_000);
    }
  });

  it('is told to the tablet too where no hint of it came through', async () => {
    const { id, device } = await newcomer();
    await server.inDatabase((db) => db.deleteFrom('sign_ins').where('advisor_id', '=', id).execute());
    server.clock.advance(defaultTimings.recheckEveryMs);
    expect((await comesBack(device)).advisor).toBeNull();
  });

  it('does not begin again with the next start of the server', async () => {
    await done('theo-vasseur', 'remove');
    await server.restart();
    expect(codeOf(await signIn(await tablet(), 'theo-vasseur', server.pin('norde')))).toBe('pin-wrong');
    // Who was planted and is still here keeps the PIN of the demo.
    valueOf(await signIn(await tablet(), 'noemie-caron', server.pin('norde')));
  });

  it('takes open start codes back where the database was restored: they may have been used since', async () => {
    const { id } = await added();
    const code = await codeFor(id);
    await server.inDatabase((_, database) =>
      settleRestored(database, server.clock, { createdAtMs: null, marks: null, random: systemRandom }),
    );
    expect(codeOf(await start(await tablet(), id, code))).toBe('pin-wrong');
  });

  it('has room for two hundred in a boutique, and for a newcomer where one has left', async () => {
    const at = 'norde-stockholm';
    const first = await added({ storeId: at });
    const here = (await listed(at)).length;
    for (let count = here; count < 200; count += 1) await added({ storeId: at });
    expect((await post('', { ...person, storeId: at })).status).toBe(409);
    const { id } = await added();
    expect((await about(id, 'change', { storeId: at })).status).toBe(409);
    await done(first.id, 'remove');
    await done(id, 'change', { storeId: at });
    expect((await listed(at)).at(-1)).toMatchObject({ id: first.id, leftAtMs: server.clock.nowMs() });
  });
});
