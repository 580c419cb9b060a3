import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import * as z from 'zod/mini';
import { OmsDeadLettersReply, StockFeedsReply, type StockFeed } from '../../../protocol/index.ts';
import { omsCapabilities } from '../../../protocol/connector/index.ts';
import type { ServerConfig } from '../../../server/server-config.ts';
import { freshDatabases } from './databases.ts';
import { EmbeddedHouse } from './embedded-house.ts';
import { FakeHouse, houseNames, houseSecret } from './fake-house.ts';
import { TestClock } from './test-clock.ts';
import { TestServer } from './test-server.ts';

/** A place of RFID readers in the demo house. */
export const maraisGln = '0614141123452';

/** A whole server whose Maison Norde is counted by a house of its own, over HTTP. */
export class ConnectedServer {
  readonly system: EmbeddedHouse;
  readonly house: FakeHouse;
  readonly server: TestServer;

  private constructor(system: EmbeddedHouse, house: FakeHouse, server: TestServer) {
    this.system = system;
    this.house = house;
    this.server = server;
  }

  /** `changes` are to the house's configuration, `overrides` to the server's; `others` are connectors of other Maisons. */
  static async start(
    changes: object = {},
    overrides: Omit<Partial<ServerConfig>, 'clock'> = {},
    others: Readonly<Record<string, object>> = {},
  ): Promise<ConnectedServer> {
    const clock = new TestClock();
    const system = await EmbeddedHouse.open(freshDatabases[0].fresh, clock);
    const house = await FakeHouse.start(system.connector, clock);
    const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-connected-'));
    const norde = {
      kind: 'rest',
      baseUrl: house.url,
      capabilities: omsCapabilities,
      secrets: [houseSecret],
      places: { [maraisGln]: 'norde-marais' },
      ...houseNames,
      ...changes,
    };
    await writeFile(
      join(dataDir, 'connectors.json'),
      JSON.stringify({ schemaVersion: 1, maisons: { norde, ...others } }),
    );
    const server = await TestServer.start({ dataDir, clock, ...overrides });
    const connected = new ConnectedServer(system, house, server);
    // The server listens before the house was read.
    await vi.waitFor(
      async () => {
        if ((await connected.feed())?.state !== 'up') throw new Error('not read yet');
      },
      { timeout: 20_000 },
    );
    return connected;
  }

  /** Calls the desk's API as the operator, or with another token. */
  async desk(path: string, init: { method?: string; body?: unknown; token?: string } = {}) {
    const token = init.token ?? (await readFile(this.server.running.operatorTokenPath, 'utf8')).trim();
    const response = await fetch(`${this.server.url}/api/oms/${path}`, {
      method: init.method ?? 'GET',
      headers: {
        authorization: `Bearer ${token}`,
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  async feed(): Promise<StockFeed | undefined> {
    const { body } = await this.desk('feeds');
    return z.parse(StockFeedsReply, body).feeds.find(({ maisonId }) => maisonId === 'norde');
  }

  async deadLetters() {
    const { body } = await this.desk('dead-letters');
    return z.parse(OmsDeadLettersReply, body).letters;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.house.stop();
    await this.system.close();
  }
}
