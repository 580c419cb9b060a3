import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { PhoneOpenReply, PhoneReply, WireError } from '../../protocol/index.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { all, bastien, consentTo, openVisit, readingOf } from './support/known-visit.ts';
import { post } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function ask(server: TestServer, path: string, body: object) {
  return await post(`${server.url}/api/clients/phone/${path}`, body);
}

describe('the client’s own phone', () => {
  it('reads a mark once, says yes by itself, and keeps a page by which it takes back and erases', async () => {
    const server = await TestServer.start();
    stops.push(() => server.stop());
    const { kiosk, tablet, sessionId } = await openVisit(server);
    const { secret } = valueOf(await kiosk.command('client.invite', { sessionId }));
    const { key, place } = z.parse(PhoneOpenReply, (await ask(server, 'open', { secret })).body);
    expect(place).toMatchObject({ maisonId: 'norde', maisonName: 'Norde', storeName: 'Le Marais' });
    const again = await ask(server, 'open', { secret });
    expect(z.parse(WireError, again.body).code).toBe('code-unknown');
    const reply = async (path: string, body: object = {}) =>
      z.parse(PhoneReply, (await ask(server, path, { key, ...body })).body);
    expect((await reply('read')).reading).toEqual({
      offered: true,
      purposes: ['greet', 'advise', 'after-sale', 'remember'],
      known: null,
      erasure: null,
    });

    const month = { purpose: 'after-sale', term: 'month' } as const;
    const given = await reply('consent', {
      consent: consentTo([month, { purpose: 'greet', term: 'visit' }]),
    });
    expect(given.reading.known?.facts.map(({ fact }) => fact.kind)).toContain('name');
    // To its own client it may add.
    const added = await reply('consent', {
      consent: { ...consentTo([{ purpose: 'greet', term: 'visit' }]), reference: null },
    });
    expect(added.reading.known?.grants).toHaveLength(2);
    await tablet.next('client.changed');
    expect((await readingOf(tablet, sessionId)).known?.facts).toEqual(given.reading.known?.facts);

    // After the visit the page still shows what was chosen for longer, and takes it back.
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
    const after = await reply('read');
    expect(after.visitIsOpen).toBe(false);
    expect(after.reading.known?.facts.map(({ fact }) => fact.kind)).toEqual(['care']);
    expect((await reply('withdraw', { purpose: null })).reading.known).toBeNull();
    expect((await reply('erase')).reading.erasure).not.toBeNull();
    await expect.poll(async () => (await reply('read')).reading.erasure?.state).toBe('done');
    const late = await ask(server, 'erase', { key });
    expect(z.parse(WireError, late.body).code).toBe('client-unknown');
    for (const hidden of [secret, key, bastien.card, bastien.name]) {
      expect(server.logLines.join('\n')).not.toContain(hidden);
    }
  });

  it('learns nothing of whom the mirror let in, and cannot touch it; a mark runs out in two minutes', async () => {
    const server = await TestServer.start();
    stops.push(() => server.stop());
    const { kiosk, sessionId } = await openVisit(server);
    const { secret } = valueOf(await kiosk.command('client.invite', { sessionId }));
    const { key } = z.parse(PhoneOpenReply, (await ask(server, 'open', { secret })).body);
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    const read = z.parse(PhoneReply, (await ask(server, 'read', { key })).body);
    expect(read.reading.known).toBeNull();
    // Nor by adding a purpose to whom the visit knows already.
    const more = { ...consentTo([{ purpose: 'greet', term: 'visit' }]), reference: null };
    const adding = await ask(server, 'consent', { key, consent: more });
    expect(z.parse(WireError, adding.body).code).toBe('client-unknown');
    for (const [path, body] of [
      ['erase', { key }],
      ['withdraw', { key, purpose: null }],
    ] as const) {
      expect(z.parse(WireError, (await ask(server, path, body)).body).code).toBe('client-unknown');
    }
    expect((await readingOf(kiosk, sessionId)).known).not.toBeNull();
    const late = valueOf(await kiosk.command('client.invite', { sessionId }));
    server.clock.advance(120_000);
    const { status, body } = await ask(server, 'open', { secret: late.secret });
    expect([status, z.parse(WireError, body).code]).toEqual([404, 'code-unknown']);
    expect((await ask(server, 'read', { key: 'guessed-guessed-guessed' })).status).toBe(410);
    expect((await ask(server, 'read', { key: '../../etc' })).status).toBe(400);
  });
});

describe('while the house’s own system is down', () => {
  it('a client is forgotten here at once, there as soon as it answers, and nothing is told of them after', async () => {
    const connected = await ConnectedServer.start();
    stops.push(() => connected.stop());
    const { house, server } = connected;
    const { kiosk, tablet, sessionId } = await openVisit(server);
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    expect((await readingOf(tablet, sessionId)).known?.facts.length).toBeGreaterThan(0);
    await expect.poll(() => house.heard.filter(({ call }) => call === 'recordConsent').length).toBe(3);
    house.isDown = true;
    valueOf(await kiosk.command('client.withdraw', { sessionId, purpose: 'advise' }));
    expect(codeOf(await tablet.command('client.read', { sessionId }))).toBe('oms-unavailable');
    valueOf(await kiosk.command('client.erase', { sessionId }));
    const meanwhile = await readingOf(tablet, sessionId);
    expect(meanwhile).toMatchObject({ known: null, erasure: { state: 'asked' } });
    house.isDown = false;
    house.heard.length = 0;
    await expect
      .poll(async () => {
        server.clock.advance(4_000);
        return (await readingOf(tablet, sessionId)).erasure?.state;
      })
      .toBe('done');
    // What was already on its way may arrive before; after the erasure the house hears nothing of them.
    server.clock.advance(10 * 60_000);
    const calls = house.heard.map(({ call }) => call);
    expect(calls).toContain('eraseClient');
    expect(calls.slice(calls.indexOf('eraseClient'))).not.toContain('recordConsent');
    const reference = { kind: 'loyalty-card', value: bastien.card } as const;
    expect(await connected.system.connector.findClient(reference)).toEqual({ kind: 'unknown-client' });
  });

  it('one that cannot erase by itself is told by a dead letter, and the client that a person sees to it', async () => {
    const connected = await ConnectedServer.start({ capabilities: ['clients', 'consents'] });
    stops.push(() => connected.stop());
    const { kiosk, sessionId } = await openVisit(connected.server);
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    // Without a context of its own the house has a name to greet by, and no more.
    const { known } = await readingOf(kiosk, sessionId);
    expect(known?.facts.map(({ fact }) => fact.kind)).toEqual(['name', 'language']);
    valueOf(await kiosk.command('client.erase', { sessionId }));
    await expect.poll(async () => (await readingOf(kiosk, sessionId)).erasure?.state).toBe('by-hand');
    expect(await connected.deadLetters()).toMatchObject([
      { subject: 'client-erase', body: { clientId: bastien.id } },
    ]);
  });
});
