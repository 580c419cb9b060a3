import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StockFrame } from '../../protocol/index.ts';
import { signatureHeaders, signedHeaders } from '../../server/oms/rest/signing.ts';
import { ConnectedServer, maraisGln } from './support/connected-server.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';

let connected: ConnectedServer;
beforeEach(async () => {
  connected = await ConnectedServer.start();
});
afterEach(async () => {
  await connected.stop();
});

const webhooks = (maisonId = 'norde') => `${connected.server.url}/api/oms/webhooks/${maisonId}`;
const changeOf = (store: string, piece: string) =>
  JSON.stringify({ seq: null, changes: [{ storeId: store, sku: piece }] });
const ours = () => changeOf('PAR 04', 'NRD/FJ51/TRT');

describe('a webhook', () => {
  it('is a hint: what the house counts is read again, and the kiosk sees it', async () => {
    const kiosk = await connected.server.connect('kiosk', storeId);
    await connected.system.setOnHand(storeId, sku, 6);
    const response = await connected.house.tell(connected.server.url, 'norde', [{ storeId, sku }]);
    expect([response.status, await response.json()]).toEqual([202, { outcome: 'taken' }]);
    const { levels } = await kiosk.next('stock.changed', (frame) => frame.levels[0]?.onHand === 6);
    expect(levels).toMatchObject([{ sku, onHand: 6, available: 6, source: 'rest' }]);
  });

  it('is refused without a good signature, whatever else is right about it', async () => {
    const body = ours();
    const nowSeconds = Math.floor(connected.server.clock.nowMs() / 1_000);
    const call = { id: randomUUID(), method: 'POST', path: '/api/oms/webhooks/norde', body };
    const key = connected.house.secrets[0] ?? '';
    const signedAt = (seconds: number, secret = key) => signedHeaders(secret, call, seconds * 1_000);
    const signedFor = (changes: Partial<typeof call>) =>
      signedHeaders(key, { ...call, ...changes }, nowSeconds * 1_000);
    const { house } = connected;
    const refused = [
      house.post(webhooks(), body, { [signatureHeaders.signature]: '' }),
      house.post(webhooks(), body, { [signatureHeaders.signature]: `v1=${'0'.repeat(64)}` }),
      house.post(webhooks(), body, { [signatureHeaders.timestamp]: String(nowSeconds - 1) }),
      house.post(webhooks(), body, signedAt(nowSeconds, 'a-key-that-was-never-agreed-upon-0123')),
      house.post(webhooks(), body, signedAt(nowSeconds - 301)),
      house.post(webhooks(), body, signedAt(nowSeconds + 301)),
      house.post(webhooks(), body, signedFor({ path: '/api/epcis/norde/capture' })),
      house.post(webhooks(), body, signedFor({ method: 'PUT' })),
      house.post(webhooks(), body, { ...signedFor({}), [signatureHeaders.id]: randomUUID() }),
      house.post(webhooks(), body, { [signatureHeaders.id]: '../x' }),
      house.post(webhooks('aurelle'), body),
      house.post(webhooks('nobody'), body),
      house.post(webhooks('..%2F..'), body),
    ];
    for (const response of await Promise.all(refused)) {
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
    }
    expect((await house.post(webhooks(), body, signedAt(nowSeconds - 299))).status).toBe(202);
    expect((await house.post(webhooks(), 'x'.repeat(2_200_000))).status).toBe(413);
    expect(connected.server.logLines.join('')).not.toContain(house.secrets[0]);
  });

  it('is taken once: sent again, also signed anew, it is said to have been taken before', async () => {
    const id = { [signatureHeaders.id]: randomUUID() };
    const outcomes: unknown[] = [];
    for (let times = 0; times < 3; times += 1) {
      outcomes.push(await (await connected.house.post(webhooks(), ours(), id)).json());
      connected.server.clock.advance(60_000);
    }
    expect(outcomes).toEqual([
      { outcome: 'taken' },
      { outcome: 'taken-before' },
      { outcome: 'taken-before' },
    ]);
  });

  it('is taken again, where it could not be laid down the first time', async () => {
    const id = { [signatureHeaders.id]: randomUUID() };
    const rename = (from: string, to: string) => {
      const file = new SqliteDatabase(join(connected.server.dataDir, 'vitrine.sqlite'));
      file.exec(`alter table ${from} rename to ${to}`);
      file.close();
    };
    const body = JSON.stringify({ changes: 'all of them' });
    rename('oms_letters', 'letters_elsewhere');
    expect((await connected.house.post(webhooks(), body, id)).status).toBe(500);
    rename('letters_elsewhere', 'oms_letters');
    const again = await connected.house.post(webhooks(), body, id);
    expect([again.status, await again.json()]).toEqual([202, { outcome: 'unreadable' }]);
    expect(await connected.deadLetters()).toHaveLength(1);
  });

  it('is refused where the house’s connector does not follow hints', async () => {
    await connected.stop();
    connected = await ConnectedServer.start({ capabilities: ['holds'] });
    const response = await connected.house.post(webhooks(), ours());
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'not-found' }]);
  });

  it('with names that are none of ours is taken, and leaves nothing behind', async () => {
    const response = await connected.house.post(webhooks(), changeOf('Salle des ventes', 'NRD/FJ51/TRT'));
    expect([response.status, await response.json()]).toEqual([202, { outcome: 'taken' }]);
    expect(await connected.deadLetters()).toEqual([]);
  });

  it('whose number shows that one is missing has everything read anew', async () => {
    const kiosk = await connected.server.connect('kiosk', storeId);
    await connected.house.tell(connected.server.url, 'norde', [], 7);
    await connected.system.setOnHand('norde-mayfair', sku, 9);
    await connected.house.tell(connected.server.url, 'norde', [{ storeId, sku }], 9);
    const isNew = ({ storeId: id, levels: [level] }: StockFrame) =>
      id === 'norde-mayfair' && level?.onHand === 9;
    expect((await kiosk.next('stock.changed', isNew)).levels).toMatchObject([{ source: 'rest' }]);
  });

  it('whose number was passed over here since it came to another node has nothing else read', async () => {
    const heard = (wanted: string) => connected.house.heard.filter(({ call }) => call === wanted).length;
    await connected.house.tell(connected.server.url, 'norde', [], 7);
    const whole = heard('levels');
    await connected.server.inDatabase((db) =>
      db
        .insertInto('oms_deliveries')
        .values({ maison_id: 'norde', delivery_id: 'at-another-node', received_at_ms: 0, seq: 8 })
        .execute(),
    );
    await connected.house.tell(connected.server.url, 'norde', [{ storeId, sku }], 9);
    await expect.poll(() => heard('level')).toBe(1);
    expect(heard('levels')).toBe(whole);
    await connected.house.tell(connected.server.url, 'norde', [], 11);
    await expect.poll(() => heard('levels')).toBe(whole + 1);
  });

  it('far below the last shows that the house counts anew: everything is read, and counted from there', async () => {
    const heard = () => connected.house.heard.filter(({ call }) => call === 'levels').length;
    // From before: none of the numbers that it tells anew came to another node.
    await connected.server.inDatabase((db) =>
      db
        .insertInto('oms_deliveries')
        .values({ maison_id: 'norde', delivery_id: 'of-old', received_at_ms: 0, seq: 14 })
        .execute(),
    );
    await connected.house.tell(connected.server.url, 'norde', [], 9_000_000);
    const whole = heard();
    await connected.house.tell(connected.server.url, 'norde', [], 8_999_999);
    await connected.house.tell(connected.server.url, 'norde', [], 12);
    await expect.poll(heard).toBe(whole + 1);
    await connected.house.tell(connected.server.url, 'norde', [], 13);
    await connected.house.tell(connected.server.url, 'norde', [], 15);
    await expect.poll(heard).toBe(whole + 2);
  });

  it('that cannot be read lies as a dead letter until the operator replays or discards it', async () => {
    await connected.house.post(webhooks(), '{"changes":"all of them"}');
    connected.server.clock.advance(1_000);
    await connected.house.post(webhooks(), `"${'x'.repeat(100_000)}"`);
    const letters = await connected.deadLetters();
    expect(letters).toMatchObject([
      { maisonId: 'norde', direction: 'in', subject: 'webhook', body: { changes: 'all of them' } },
      { body: expect.stringMatching(/^"x{16383}$/) as string },
    ]);
    const [first, second] = letters;
    const stranger = await connected.server.enrol('console', 'aurelle-vendome');
    const { token } = await stranger.token();
    expect((await connected.desk('dead-letters', { token })).body).toEqual({ letters: [] });
    const path = `dead-letters/${first?.id}`;
    expect((await connected.desk(path, { method: 'DELETE', token })).status).toBe(404);
    expect((await connected.desk(path, { method: 'DELETE' })).status).toBe(200);
    expect((await connected.desk(path, { method: 'DELETE' })).status).toBe(404);
    expect((await connected.desk(`dead-letters/${second?.id}/replay`, { method: 'POST' })).status).toBe(200);
    // Nothing about it has changed, so it comes to lie there again.
    await expect.poll(async () => (await connected.deadLetters()).map(({ tries }) => tries)).toEqual([1]);
    expect((await connected.desk('dead-letters/..%2f', { method: 'DELETE' })).status).toBe(400);
  });
});

describe('senders at one address', () => {
  const statuses = async (times: number, send: () => Promise<Response>) => {
    const answers = await Promise.all(Array.from({ length: times }, send));
    return Map.groupBy(answers, ({ status }) => status);
  };

  it('who cannot sign are held up by themselves, and the house beside them is heard', async () => {
    const { house, server } = connected;
    const strange = () => house.post(webhooks(), ours(), { [signatureHeaders.signature]: 'v1=none' });
    const answers = await statuses(60, strange);
    expect(answers.get(401)).toHaveLength(50);
    expect(answers.get(429)).toHaveLength(10);
    const [late] = answers.get(429) ?? [];
    expect(late?.headers.get('retry-after')).toBe('1');
    expect(await late?.json()).toMatchObject({ code: 'rate-limited' });
    expect((await house.post(webhooks(), ours())).status).toBe(202);
    server.clock.advance(1_000);
    expect((await strange()).status).toBe(401);
  });

  it('who sign are held up with their own Maison’s messages, and with nobody else’s', async () => {
    await connected.stop();
    const aurelle = { kind: 'embedded', secrets: ['the-key-of-another-house-0123456789'] };
    connected = await ConnectedServer.start({}, {}, { aurelle });
    const { house, server } = connected;
    const ask = (maisonId: string, key = '') => {
      const path = `/api/epcis/${maisonId}/capture/none`;
      const call = { id: randomUUID(), method: 'GET', path, body: '' };
      return fetch(`${server.url}${path}`, { headers: signedHeaders(key, call, server.clock.nowMs()) });
    };
    const asksNorde = () => ask('norde', house.secrets[0]);
    const answers = await statuses(205, asksNorde);
    expect(answers.get(404)).toHaveLength(200);
    expect(answers.get(429)).toHaveLength(5);
    expect((await ask('aurelle', aurelle.secrets[0])).status).toBe(404);
    server.clock.advance(1_000);
    expect((await statuses(25, asksNorde)).get(404)).toHaveLength(20);
  });
});

describe('an EPCIS capture', () => {
  const capture = () => `${connected.server.url}/api/epcis/norde/capture`;
  const document = (events: unknown[]) =>
    JSON.stringify({
      '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld'],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-11-27T10:00:00.000Z',
      epcisBody: { eventList: events },
    });
  // The GTIN of fjord-51.tortoise in Norde's catalogue.
  const read = (serial: number) => `https://id.gs1.org/01/0${gtin}/21/${serial}`;
  const gtin = '2901051000118';
  const event = {
    type: 'ObjectEvent',
    eventTime: '2026-11-27T11:00:00.000+01:00',
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    epcList: [read(1), read(2), read(3)],
    bizLocation: { id: `https://id.gs1.org/414/${maraisGln}` },
  };

  it('has the OMS’s count read again, and never takes the number of reads for it', async () => {
    const kiosk = await connected.server.connect('kiosk', storeId);
    await connected.system.setOnHand(storeId, sku, 5);
    const response = await connected.house.post(capture(), document([event]));
    expect(response.status).toBe(202);
    const job = (await response.json()) as { captureID: string };
    expect(job).toMatchObject({ running: false, success: true, errors: [] });
    const { levels } = await kiosk.next('stock.changed', (frame) => frame.levels[0]?.onHand === 5);
    expect(levels).toMatchObject([{ sku, source: 'rest' }]);
    const location = response.headers.get('location');
    expect(location).toBe(`/api/epcis/norde/capture/${job.captureID}`);
    const question = { id: randomUUID(), method: 'GET', path: location ?? '', body: '' };
    const headers = signedHeaders(connected.house.secrets[0] ?? '', question, connected.server.clock.nowMs());
    const asked = await fetch(`${connected.server.url}${location}`, { headers });
    expect(await asked.json()).toEqual(job);
    expect((await fetch(`${connected.server.url}${location}`)).status).toBe(401);
  });

  it('sent again under its id is answered with the job of then, and hints at nothing', async () => {
    const id = { [signatureHeaders.id]: randomUUID() };
    const first = await (await connected.house.post(capture(), document([event]), id)).json();
    await expect.poll(() => connected.house.heard.filter(({ call }) => call === 'level')).toHaveLength(1);
    connected.server.clock.advance(60_000);
    const again = await connected.house.post(capture(), document([event]), id);
    expect([again.status, await again.json()]).toEqual([202, first]);
    await connected.house.tell(connected.server.url, 'norde', [{ storeId: 'norde-mayfair', sku }]);
    await expect
      .poll(() => connected.house.heard.filter(({ call }) => call === 'level').map(({ body }) => body))
      .toEqual([expect.stringContaining('PAR 04'), expect.stringContaining('LON 01')]);
  });

  it('names the events it could not use, and refuses what is no document', async () => {
    const elsewhere = { ...event, bizLocation: { id: 'urn:epc:id:sgln:4012345.00001.0' } };
    const response = await connected.house.post(capture(), document([elsewhere, event]));
    expect(await response.json()).toMatchObject({
      success: false,
      errors: [{ title: expect.stringContaining('Event 0') as string }],
    });
    const wrong = ['', 'not JSON', '[]', '{}', document([]), JSON.stringify({ type: 'EPCISDocument' })];
    for (const body of wrong) expect((await connected.house.post(capture(), body)).status).toBe(400);
    const unsigned = await fetch(capture(), { method: 'POST', body: document([event]) });
    expect(unsigned.status).toBe(401);
  });
});
