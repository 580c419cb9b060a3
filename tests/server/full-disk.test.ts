import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.smoke';

/** The connections that were opened since the spy was set; the server's own is among them. */
const opened = new Set<Sqlite.Database>();

describe('a disk that is full under a server', () => {
  let server: TestServer;
  let kiosk: TestDevice;
  let tablet: TestDevice;
  let sessionId: string;

  beforeAll(async () => {
    // Called with the connection that was asked, as it would be.
    // oxlint-disable-next-line typescript/unbound-method
    const { pragma } = Sqlite.prototype;
    const spy = vi.spyOn(Sqlite.prototype, 'pragma').mockImplementation(function (
      this: Sqlite.Database,
      ...given
    ) {
      opened.add(this);
      return pragma.apply(this, given);
    });
    server = await TestServer.start();
    spy.mockRestore();
    kiosk = await server.connect('kiosk', storeId);
    tablet = await server.advisor(storeId, 'noemie-caron');
    sessionId = await handOff(kiosk, tablet);
    await server.setStock(storeId, sku, 5);
    await kiosk.next('stock.changed', ({ levels }) => levels[0]?.onHand === 5);
  });
  afterEach(() => {
    for (const database of opened) makeRoom(database);
  });
  afterAll(async () => {
    await server.stop();
  });

  /** The file may not grow by one page more: SQLite says of it what it says of a disk without room. */
  function fill(): void {
    for (const database of opened) {
      const pages = database.pragma('page_count', { simple: true });
      database.pragma(`max_page_count = ${Number(pages)}`);
    }
  }
  function makeRoom(database: Sqlite.Database): void {
    database.pragma('max_page_count = 1073741823');
  }

  /** Keeps and sets aside until there is no room in the pages that were begun. */
  async function keepUntilFull() {
    for (let turn = 0; turn < 2_000; turn += 1) {
      server.clock.advance(100);
      const answer = await kiosk.command('session.keep', { sessionId, sku, kept: turn % 2 === 0 });
      if (!answer.ok) return { answer, turn };
    }
    throw new Error('There is room without end.');
  }

  const ready = async () => {
    server.clock.advance(1_500);
    const response = await fetch(`${server.url}/readyz`);
    return { status: response.status, body: (await response.json()) as unknown };
  };

  it('refuses what is to be written, says when to ask again, and goes on reading; with room, all is as it was', async () => {
    fill();
    const { answer, turn } = await keepUntilFull();
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'rate-limited',
        retryAfterMs: 5_000,
        message: expect.stringContaining('disk') as string,
      },
    });
    // What was said yes to before stands, and what was refused is in no part there.
    const { events } = valueOf(await tablet.command('session.read', { sessionId, seq: 0 }));
    const keeps = events.filter(({ fact }) => fact.type === 'kept' || fact.type === 'set-aside');
    expect(keeps).toHaveLength(turn);
    expect(valueOf(await kiosk.command('stock.read', { storeId, cursor: 0 }))).toMatchObject({
      kind: 'snapshot',
    });
    expect(await (await server.asOperator('/api/oms/levels')).json()).toMatchObject({
      levels: expect.arrayContaining([expect.objectContaining({ sku, onHand: 5 })]) as unknown,
    });
    expect(server.logLines.filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(server.logLines.some((line) => line.includes('SQLITE_FULL'))).toBe(true);

    for (const database of opened) makeRoom(database);
    expect(await ready()).toEqual({ status: 200, body: { status: 'ok' } });
    valueOf(await kiosk.command('session.keep', { sessionId, sku, kept: turn % 2 === 0 }));
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    expect(
      new Sqlite(join(server.dataDir, 'vitrine.sqlite')).pragma('integrity_check', { simple: true }),
    ).toBe('ok');
  });
});
