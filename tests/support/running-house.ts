import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { systemClock, type Clock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import type { RunningServer, ServerConfig } from '../../server/server-config.ts';
import { startServer } from '../../server/start-server.ts';
import { findModels } from '../../tools/models/find-models.ts';
import { modelSpecs } from '../../tools/models/model-specs.ts';
import { servedModels } from '../../tools/start/model-file.ts';
import { collectionsDir, rootDir, webDir } from '../../tools/support/paths.ts';

/** A server with everything it serves, on a free port, over a database of its own. */
export interface RunningHouse {
  readonly server: RunningServer;
  /** Where its database lies. */
  readonly dataDir: string;
  /** A single-use link for one device of a boutique of that Maison. */
  link(role: 'kiosk' | 'tablet' | 'console', maisonId: string, storeIndex?: number): Promise<string>;
  demoPin(maisonId: string): string;
  storeId(maisonId: string, storeIndex?: number): string;
  stop(): Promise<void>;
}

/** How a test wants its house. */
export interface RunningHouseOptions {
  readonly clock?: Clock;
  /** False serves no model: the kiosk shows 3D instead of AR. */
  readonly withModels?: boolean;
  readonly timings?: ServerConfig['timings'];
  /** `connectors.json`: with which secrets a Maison's own system signs what it sends. */
  readonly connectors?: object;
}

/** Starts a house as `npm start` does, with what this host has. */
export async function startHouse({
  clock,
  withModels = true,
  timings,
  connectors,
}: RunningHouseOptions = {}): Promise<RunningHouse> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-house-'));
  if (connectors) await writeFile(path.join(dataDir, 'connectors.json'), JSON.stringify(connectors));
  const { found } = withModels
    ? await findModels({
        specs: modelSpecs.map((spec) => ({ ...spec, needed: false })),
        env: process.env,
        rootDir,
        fetch,
        onProgress: () => {},
      })
    : { found: [] };
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    webDir,
    collectionsDir,
    models: await servedModels(found),
    publicUrl: null,
    version: 'test',
    log: { level: 'silent' },
    clock: clock ?? systemClock,
    random: systemRandom,
    ...(timings ? { timings } : {}),
  });
  const houseOf = (maisonId: string) => {
    const house = server.houses.find((candidate) => candidate.maisonId === maisonId);
    if (!house) throw new Error(`There is no Maison ${maisonId}.`);
    return house;
  };
  const storeId = (maisonId: string, storeIndex = 0) => {
    const store = houseOf(maisonId).stores[storeIndex];
    if (!store) throw new Error(`${maisonId} has no boutique ${storeIndex}.`);
    return store.id;
  };
  return {
    server,
    dataDir,
    storeId,
    demoPin: (maisonId) => houseOf(maisonId).demoPin,
    link: async (role, maisonId, storeIndex) => {
      const link = await server.createEnrolmentLink({
        maisonId,
        storeId: storeId(maisonId, storeIndex),
        role,
        name: `Test ${role}`,
      });
      return link.url;
    },
    stop: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
