import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemRandom } from '../../../server/core/random.ts';
import type { RunningServer, ServerConfig } from '../../../server/server-config.ts';
import { houseWide } from '../../../server/core/scope.ts';
import { openDatabase, type Database, type Queries } from '../../../server/persistence/database.ts';
import { openPostgres } from '../../../server/persistence/postgres.ts';
import { openSqlite } from '../../../server/persistence/sqlite.ts';
import { startServer } from '../../../server/start-server.ts';
import type { DeviceRole } from '../../../protocol/index.ts';
import { freshSchema } from './databases.ts';
import { TestClock } from './test-clock.ts';
import { TestDevice } from './test-device.ts';

const root = resolve(import.meta.dirname, '../../..');

/** scrypt at a cost that lets a suite start many servers. */
const testPinCost = 2 ** 4;

/** What a test starts a server with instead of the usual. */
type Overrides = Partial<Omit<ServerConfig, 'clock'>> & { readonly clock?: TestClock };

/** A whole server on a free port, with a clock that stands still and a data folder of its own. */
export class TestServer {
  readonly clock: TestClock;
  readonly dataDir: string;
  readonly logLines: string[] = [];
  readonly #config: ServerConfig;
  readonly #dropDatabase: () => Promise<void>;
  readonly #devices: TestDevice[] = [];
  #running: RunningServer;

  private constructor(
    config: ServerConfig,
    clock: TestClock,
    running: RunningServer,
    dropDatabase: () => Promise<void>,
  ) {
    this.#dropDatabase = dropDatabase;
    this.#config = config;
    this.clock = clock;
    this.dataDir = config.dataDir;
    this.#running = running;
  }

  /** A server whose database is on PostgreSQL, in a schema of its own. */
  static async startOnPostgres(serverUrl: string, overrides: Overrides = {}): Promise<TestServer> {
    const { url, drop } = await freshSchema(serverUrl);
    return await TestServer.start({ ...overrides, databaseUrl: url }, drop);
  }

  /** A second node over the same database: another process in all but name. Only its data folder is its own. */
  async anotherNode(overrides: Overrides = {}): Promise<TestServer> {
    const { databaseUrl, redisUrl } = this.#config;
    return await TestServer.start({ databaseUrl, redisUrl, clock: this.clock, ...overrides });
  }

  static async start(
    { clock = new TestClock(), ...overrides }: Overrides = {},
    dropDatabase: () => Promise<void> = async () => undefined,
  ): Promise<TestServer> {
    const dataDir = overrides.dataDir ?? (await mkdtemp(join(tmpdir(), 'vitrine-server-')));
    const lines: string[] = [];
    const config: ServerConfig = {
      port: 0,
      host: '127.0.0.1',
      dataDir,
      webDir: join(dataDir, 'web'),
      collectionsDir: join(root, 'assets/collections'),
      models: {},
      publicUrl: null,
      version: '0.0.0-test',
      log: { level: 'debug', stream: { write: (line) => void lines.push(line) } },
      clock,
      random: systemRandom,
      pinCost: testPinCost,
      ...overrides,
    };
    const server = new TestServer(config, clock, await startServer(config), dropDatabase);
    server.logLines.push(...lines);
    lines.push = (...more) => server.logLines.push(...more);
    return server;
  }

  get running(): RunningServer {
    return this.#running;
  }

  get url(): string {
    return this.#running.url;
  }

  /** The demo PIN of a Maison. */
  pin(maisonId: string): string {
    const house = this.#running.houses.find((candidate) => candidate.maisonId === maisonId);
    if (!house) throw new Error(`no Maison ${maisonId}`);
    return house.demoPin;
  }

  /** Enrols a new device, by the same HTTP calls that a browser makes. */
  async enrol(role: DeviceRole, storeId: string, name = 'Mirror 1'): Promise<TestDevice> {
    const maisonId = storeId.split('-')[0] ?? '';
    const link = await this.#running.createEnrolmentLink({ maisonId, storeId, role, name });
    const device = await TestDevice.enrol(this.url, role, link.code);
    this.#devices.push(device);
    return device;
  }

  /** Enrols a device and opens its line. */
  async connect(role: DeviceRole, storeId: string, name?: string): Promise<TestDevice> {
    const device = await this.enrol(role, storeId, name);
    await device.connect();
    return device;
  }

  /** A tablet with an advisor of the boutique signed in. */
  async advisor(storeId: string, advisorId: string): Promise<TestDevice> {
    const tablet = await this.connect('tablet', storeId, 'Tablet 1');
    const pin = this.pin(storeId.split('-')[0] ?? '');
    const answer = await tablet.command('advisor.sign-in', { advisorId, pin });
    if (!answer.ok) throw new Error(answer.error.message);
    return tablet;
  }

  /** Sets the OMS's stock over HTTP, as the operator. */
  async setStock(storeId: string, sku: string, onHand: number): Promise<Response> {
    return await this.asOperator('/api/oms/levels', { storeId, sku, onHand });
  }

  /** Asks as the operator: POST with a body, GET without. */
  async asOperator(path: string, body?: unknown): Promise<Response> {
    const token = (await readFile(this.#running.operatorTokenPath, 'utf8')).trim();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return await fetch(
      `${this.url}${path}`,
      body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
    );
  }

  /** Reads or changes the server's database behind its back, as another node or a hand would. */
  async inDatabase<Value>(work: (db: Queries, database: Database) => Promise<Value>): Promise<Value> {
    const { databaseUrl, dataDir, clock } = this.#config;
    const database = databaseUrl
      ? await openDatabase(await openPostgres(databaseUrl), 'postgres', clock.nowMs())
      : await openDatabase(await openSqlite(join(dataDir, 'vitrine.sqlite')), 'sqlite', clock.nowMs());
    try {
      return await houseWide('a hand in the database', () => work(database.db, database));
    } finally {
      await database.close();
    }
  }

  /** A device that closes with the server. */
  owns(device: TestDevice): TestDevice {
    this.#devices.push(device);
    return device;
  }

  /** Stops the server and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.#running.close();
    this.#running = await startServer(this.#config);
    for (const device of this.#devices) device.moveTo(this.url);
  }

  async stop(): Promise<void> {
    for (const device of this.#devices) device.disconnect();
    await this.#running.close();
    await this.#dropDatabase();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
