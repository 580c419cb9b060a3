import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestServer } from './support/test-server.ts';
import { testPostgresUrl } from './support/databases.ts';
import { codeOf, handOff } from './support/visit.ts';

let server: TestServer;
beforeEach(async () => {
  if (testPostgresUrl) server = await TestServer.startOnPostgres(testPostgresUrl);
});
afterEach(async () => {
  await server.stop();
});

describe.skipIf(testPostgresUrl === null)('a server on PostgreSQL (skipped where none answers)', () => {
  it('does the whole hand-off, holds the last piece once, keeps it over a restart and until its time is over', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const sessionId = await handOff(kiosk, tablet);
    const sku = 'fjord-51.smoke';
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => tablet.command('hold.place', { sessionId, sku })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok).map(codeOf)).toEqual(Array(4).fill('out-of-stock'));
    await server.restart();
    const welcome = await kiosk.connect();
    const kinds = welcome.session?.events.map(({ fact }) => fact.type);
    expect(kinds).toEqual(['started', 'hold-placed']);
    expect((await server.setStock('norde-marais', sku, 4)).status).toBe(200);
    const frame = await kiosk.next('stock.changed', ({ levels }) => levels[0]?.onHand === 4);
    expect(frame.levels).toMatchObject([{ sku, available: 3 }]);
    server.clock.advance(21 * 60_000);
    const ended = await kiosk.next('session.events', ({ events }) => events[0]?.fact.type === 'hold-ended');
    expect(ended.events.map(({ fact }) => fact)).toMatchObject([{ state: 'expired' }]);
    // The look that falls due meanwhile may tell every other piece's level in the same frame.
    await kiosk.next('stock.changed', ({ levels }) =>
      levels.some((level) => level.storeId === 'norde-marais' && level.sku === sku && level.available === 4),
    );
  });
});
