import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWishList, WishListReply, type WishListRequest } from '../../protocol/index.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { freshSchema, testPostgresUrl } from './support/databases.ts';
import { openVisit, type Visit } from './support/known-visit.ts';
import { codeOf, valueOf } from './support/visit.ts';

const list: WishListRequest = { skus: ['fjord-51.tortoise', 'fjord-51.smoke'], goodForHours: 48 };
const hourMs = 3_600_000;
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

  const post = (body: unknown) =>
    connected.house.post(`${connected.server.url}/api/wishlists/norde`, JSON.stringify(body), {
      'vitrine-id': randomUUID(),
    });
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
