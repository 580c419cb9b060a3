import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ClosingReply } from '../../server/sale/attribution-desk.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { freshSchema, testPostgresUrl } from './support/databases.ts';
import { openVisit } from './support/known-visit.ts';

const databases = [
  { name: 'SQLite', fresh: async () => ({ url: undefined, drop: async () => undefined }) },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', fresh: async () => await freshSchema(testPostgresUrl ?? '') }]),
];

describe.each(databases)('an order that closed elsewhere and is told again, on $name,', ({ fresh }) => {
  let connected: ConnectedServer;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await fresh();
    drop = database.drop;
    connected = await ConnectedServer.start({}, { databaseUrl: database.url });
  });
  afterAll(async () => {
    await connected.stop();
    await drop();
  });

  it('is given its first record, byte for byte, under the same name and under another', async () => {
    const { sessionId } = await openVisit(connected.server);
    const closing = {
      orderId: 'web-again-1',
      sessionId,
      channel: 'online',
      storeId: null,
      closedBy: [],
      closedAtMs: connected.server.clock.nowMs(),
      lines: [{ sku: 'fjord-51.tortoise', quantity: 1, amountMinor: 42_000, currency: 'EUR' }],
    };
    const tell = async (body: object, id: string) => {
      const url = `${connected.server.url}/api/attributions/norde`;
      const response = await connected.house.post(url, JSON.stringify(body), { 'vitrine-id': id });
      expect(response.status).toBe(200);
      return z.parse(ClosingReply, await response.json()).record;
    };
    const id = randomUUID();
    // Two at once, which both find no record before they write theirs.
    const [first, second] = await Promise.all([tell(closing, id), tell(closing, id)]);
    expect(second).toBe(first);
    const [line] = closing.lines;
    expect(await tell({ ...closing, lines: [{ ...line, amountMinor: 1 }] }, randomUUID())).toBe(first);
    connected.server.clock.advance(90 * 86_400_000);
    expect(await tell(closing, id)).toBe(first);
    const kept = await connected.server.inDatabase((db) =>
      db.selectFrom('attributions').selectAll().where('order_id', '=', closing.orderId).execute(),
    );
    expect(kept.map(({ record }) => record)).toEqual([first]);
  });
});
