import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  phoneListHours,
  readWishList,
  WireError,
  WishListReply,
  type WishListRequest,
} from '../../protocol/index.ts';
import { listsOfAMaison, listsOfAnAddress } from '../../server/http/routes/bounds.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { freshSchema, testPostgresUrl } from './support/databases.ts';
import { openVisit, type Visit } from './support/known-visit.ts';
import { codeOf, valueOf } from './support/visit.ts';

const list: WishListRequest = { skus: ['fjord-51.tortoise', 'fjord-51.smoke'], goodForHours: 48 };
const hourMs = 3_600_000;

/** The status of one post from one of this machine's own addresses. */
async function statusOf(url: string, body: string, localAddress: string): Promise<number> {
  return await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const asked = request(url, { method: 'POST', headers, localAddress }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
const databases = [
  { name: 'SQLite', fresh: async () => ({ url: undefined, drop: async () => undefined }) },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', fresh: async () => await freshSchema(testPostgresUrl ?? '') }]),
];

describe.each(databases)('a list that a client brings along, on $name,', ({ fresh }) => {
  let connected: ConnectedServer;
  let drop: () => Promise<void>;
  let visit: Visit;
  beforeAll(async () => {
    const database = await fresh();
    drop = database.drop;
    connected = await ConnectedServer.start({}, { databaseUrl: database.url });
    visit = await openVisit(connected.server);
  });
  afterAll(async () => {
    await connected.stop();
    await drop();
  });

  const post = (body: unknown, id: string = randomUUID()) =>
    connected.house.post(`${connected.server.url}/api/wishlists/norde`, JSON.stringify(body), {
      'vitrine-id': id,
    });
  const postOnPhone = (body: unknown, maisonId = 'norde') =>
    fetch(`${connected.server.url}/api/wishlists/${maisonId}/phone`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const refused = async (response: Response) => WireError.parse(await response.json()).code;
  const made = async (body: unknown = list): Promise<WishListReply> =>
    WishListReply.parse(await (await post(body)).json());
  const opened = (secret: string, device = visit.tablet, sessionId = visit.sessionId) =>
    device.command('wish-list.open', { sessionId, secret });
  const secretOf = ({ text }: WishListReply): string => readWishList(text) ?? 'none';

  it('is made by the house’s own system, read off a code, and opened as often as its client comes', async () => {
    const reply = await made();
    expect(reply.expiresAtMs).toBe(connected.server.clock.nowMs() + 48 * hourMs);
    // Short enough for a code of version 3, which a camera reads from a phone across the counter.
    expect(reply.text.length).toBeLessThanOrEqual(53);
    for (let times = 0; times < 2; times += 1)
      expect(valueOf(await opened(secretOf(reply)))).toEqual({
        pieces: [
          { pieceId: 'fjord-51', variantId: 'tortoise' },
          { pieceId: 'fjord-51', variantId: 'smoke' },
        ],
        gone: [],
      });
  });

  it('is made for nobody who has not signed, of no piece that is not, for no other house’s boutique, for no year', async () => {
    const unsigned = await fetch(`${connected.server.url}/api/wishlists/norde`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(list),
    });
    expect(unsigned.status).toBe(401);
    expect((await post({ ...list, skus: ['fjord-51.gold'] })).status).toBe(404);
    expect((await post({ ...list, storeIds: ['aurelle-vendome'] })).status).toBe(404);
    expect((await post({ ...list, goodForHours: 24 * 365 })).status).toBe(400);
    expect((await post({ ...list, skus: [] })).status).toBe(400);
    expect((await post({ ...list, skus: ['fjord-51.smoke', 'fjord-51.smoke'] })).status).toBe(400);
    expect((await post({ ...list, skus: Array.from({ length: 13 }, (_, at) => `a.b${at}`) })).status).toBe(
      400,
    );
    expect((await post({ ...list, client: 'Bastien' })).status).toBe(400);
  });

  it('opens in its boutiques only, until it ends, and is as unknown as none to another house', async () => {
    const elsewhere = secretOf(await made({ ...list, storeIds: ['norde-mayfair'] }));
    expect(codeOf(await opened(elsewhere))).toBe('wrong-store');
    const here = secretOf(await made({ ...list, storeIds: ['norde-marais'], goodForHours: 1 }));
    expect(valueOf(await opened(here)).pieces).toHaveLength(2);
    expect(codeOf(await opened(`${here.slice(0, -1)}${here.endsWith('A') ? 'B' : 'A'}`))).toBe(
      'code-unknown',
    );
    expect(codeOf(await opened(here, visit.kiosk))).toBe('forbidden');
    const colleague = await connected.server.advisor('norde-marais', 'theo-vasseur');
    expect(codeOf(await opened(here, colleague))).toBe('forbidden');
    const rival = await connected.server.advisor('aurelle-vendome', 'camille-laurent');
    expect(codeOf(await opened(here, rival))).toBe('not-found');
    await visit.tablet.command('session.close', { sessionId: visit.sessionId, reason: 'advisor' });
    connected.server.clock.advance(hourMs);
    // An hour ends the tokens of every device as well.
    visit = await openVisit(connected.server);
    expect(codeOf(await opened(here))).toBe('code-expired');
  });

  it('is one list under one name, however often and late it is asked for, and no other under it', async () => {
    const id = randomUUID();
    const ask = async (body: unknown) => WishListReply.parse(await (await post(body, id)).json());
    const first = await ask(list);
    connected.server.clock.advance(60_000);
    // A delivery that is sent again, by who did not hear the answer or by who overheard the question.
    expect(await Promise.all([ask(list), ask(list)])).toEqual([first, first]);
    const other = await post({ ...list, skus: ['fjord-51.smoke'] }, id);
    expect([other.status, await refused(other)]).toEqual([409, 'conflict']);
    expect((await post({ ...list, goodForHours: 720 }, id)).status).toBe(409);
    expect((await post({ ...list, storeIds: ['norde-mayfair'] }, id)).status).toBe(409);
    expect(await made()).not.toEqual(first);
  });

  it('is made by a client on their own phone, of what their house shows and for that house alone', async () => {
    const id = 'chance-of-this-one-phone';
    const ask = { id, skus: list.skus };
    const reply = WishListReply.parse(await (await postOnPhone(ask)).json());
    expect(reply.expiresAtMs).toBe(connected.server.clock.nowMs() + phoneListHours * hourMs);
    expect(WishListReply.parse(await (await postOnPhone(ask)).json())).toEqual(reply);
    expect(await refused(await postOnPhone({ ...ask, skus: ['fjord-51.smoke'] }))).toBe('conflict');
    // Another house knows neither its pieces nor, under the same name, its list.
    expect(await refused(await postOnPhone(ask, 'aurelle'))).toBe('unknown-sku');
    expect(await refused(await postOnPhone(ask, 'nobody'))).toBe('not-found');
    for (const wrong of [
      { ...ask, id: 'short' },
      { ...ask, skus: [] },
      { ...ask, skus: ['fjord-51.smoke', 'fjord-51.smoke'] },
      { ...ask, skus: Array.from({ length: 13 }, (_, at) => `a.b${at}`) },
      { ...ask, goodForHours: 720 },
      { ...ask, storeIds: ['norde-marais'] },
      { ...ask, name: 'Bastien' },
    ])
      expect(await refused(await postOnPhone(wrong)), JSON.stringify(wrong)).toBe('bad-request');
    expect(valueOf(await opened(secretOf(reply))).pieces).toHaveLength(2);
    const aurelle = await connected.server.enrol('kiosk', 'aurelle-vendome');
    await aurelle.connect();
    expect(codeOf(await aurelle.command('wish-list.show', { secret: secretOf(reply) }))).toBe('code-unknown');
    connected.server.clock.advance(phoneListHours * hourMs);
    const kiosk = await connected.server.enrol('kiosk', 'norde-marais');
    await kiosk.connect();
    expect(codeOf(await kiosk.command('wish-list.show', { secret: secretOf(reply) }))).toBe('code-expired');
    visit = await openVisit(connected.server);
  });

  it('is shown before the mirror by its own client, with an advisor or without', async () => {
    const elsewhere = secretOf(await made({ ...list, storeIds: ['norde-mayfair'] }));
    const secret = secretOf(await made());
    const alone = await connected.server.enrol('kiosk', 'norde-marais');
    await alone.connect();
    for (const kiosk of [alone, visit.kiosk])
      expect(valueOf(await kiosk.command('wish-list.show', { secret })).pieces).toHaveLength(2);
    expect(codeOf(await alone.command('wish-list.show', { secret: elsewhere }))).toBe('wrong-store');
    expect(codeOf(await alone.command('wish-list.show', { secret: 'guessed-and-of-a-good-length' }))).toBe(
      'code-unknown',
    );
    expect(codeOf(await visit.tablet.command('wish-list.show', { secret }))).toBe('forbidden');
  });

  it('is not made without end, by one address or for one house', async () => {
    connected.server.clock.advance(hourMs);
    const url = `${connected.server.url}/api/wishlists/norde/phone`;
    const body = JSON.stringify({ id: 'chance-of-another-phone-x', skus: list.skus });
    const from = async (localAddress: string, times: number): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (let time = 0; time < times; time += 1) statuses.push(await statusOf(url, body, localAddress));
      return statuses;
    };
    const { burst } = listsOfAnAddress;
    expect((await from('127.0.0.2', burst + 1)).map((status) => status === 200)).toEqual([
      ...Array.from({ length: burst }, () => true),
      false,
    ]);
    const addresses = Math.ceil(listsOfAMaison.burst / burst);
    for (let address = 1; address < addresses; address += 1)
      expect(new Set(await from(`127.0.0.${address + 2}`, burst))).toEqual(new Set([200]));
    expect(await from('127.0.0.200', 1)).toEqual([429]);
    // The house's own system is not held up by strangers.
    expect((await post(list)).status).toBe(200);
  });

  it('reads no other text as a list', () => {
    for (const text of [
      '',
      'vitrine-list:',
      'vitrine-list:short',
      'https://vitrine.example/#list=abc',
      'vitrine-list:no spaces allowed in it',
    ])
      expect(readWishList(text)).toBeNull();
  });
});
