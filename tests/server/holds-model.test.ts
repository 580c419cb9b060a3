import * as fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import { Background } from '../../server/core/background.ts';
import { LocalHints } from '../../server/core/hints.ts';
import { systemRandom } from '../../server/core/random.ts';
import type { Device } from '../../server/devices/device-registry.ts';
import type { OmsSeed } from '../../server/oms/embedded/oms-seed.ts';
import { plantSeed } from '../../server/oms/embedded/plant-seed.ts';
import { defaultTimings, type ServerConfig } from '../../server/server-config.ts';
import { createServices, type Services } from '../../server/services.ts';
import { freshDatabases, type FreshDatabase } from './support/databases.ts';
import { openSession } from './support/open-session.ts';
import { valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';
const kiosk: Device = {
  id: 'device-kiosk',
  role: 'kiosk',
  name: 'Mirror 1',
  maisonId: 'norde',
  storeId,
  keyNumber: 1,
  activation: null,
};
const words = { en: 'Optician', fr: 'Opticienne' };
const seed: OmsSeed = {
  schemaVersion: 1,
  maison: { id: 'norde', name: 'Norde' },
  demoPin: '1357',
  stores: [{ id: storeId, name: 'Le Marais', city: 'Paris', locale: 'fr', timeZone: 'Europe/Paris' }],
  advisors: [{ id: 'noemie-caron', storeId, name: 'Noémie Caron', title: words, languages: ['fr'] }],
  clients: [],
  levels: [{ storeId, sku, onHand: 2 }],
  transferHours: [],
};

/** One node's services over the database that both share. */
class Node {
  readonly services: Services;
  readonly #background: Background;

  private constructor(services: Services, background: Background) {
    this.services = services;
    this.#background = background;
  }

  static async start(database: FreshDatabase['database'], clock: ManualClock): Promise<Node> {
    const background = new Background(clock, pino({ level: 'silent' }));
    const config = { clock, random: systemRandom } as unknown as ServerConfig;
    const services = await createServices({
      config,
      timings: defaultTimings,
      database,
      catalogues: new Map(),
      background,
      hints: new LocalHints(),
    });
    await services.watch('norde').start();
    await services.holds.start();
    await services.letters.start();
    return new Node(services, background);
  }

  /** Resolves when what was begun is done: a hold that ended is told to the OMS, and its level read again. */
  async idle(): Promise<void> {
    await this.#background.idle();
  }

  async stop(): Promise<void> {
    this.services.watch('norde').stop();
    await this.#background.close();
  }
}

const node = fc.nat(1);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('place' as const), node, many: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), node, which: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), node, which: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      node,
      share: fc.double({ min: 0.1, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), node }) },
);

describe.each(freshDatabases)('holds of two nodes on $name', ({ fresh }) => {
  let clock: ManualClock;
  let store: FreshDatabase;
  let nodes: [Node, Node];

  beforeEach(async () => {
    clock = new ManualClock();
    store = await fresh();
    await plantSeed(store.database, seed, systemRandom, 2 ** 4);
    nodes = [await Node.start(store.database, clock), await Node.start(store.database, clock)];
    await openSession(store.database, 'session-0', storeId, clock.nowMs());
  });
  afterEach(async () => {
    for (const one of nodes) await one.stop();
    await store.drop();
  });

  it('are those of a plain shelf, whoever is asked, gives back, waits or is restarted', async () => {
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        clock.advance(defaultTimings.holdMs);
        await nodes[0].services.holds.start();
        for (const each of nodes) await each.idle();
        let active: { id: string; commandId: string; dueMs: number }[] = [];
        const take = (index: number, commandId: string) =>
          nodes[index === 0 ? 0 : 1].services.holds.take({
            storeId,
            sku,
            sessionId: 'session-0',
            deviceId: 'device-tablet',
            commandId,
          });
        for (const one of steps) {
          switch (one.kind) {
            case 'place': {
              // At the same instant, at both nodes.
              const ids = Array.from({ length: one.many }, () => `command-${(commands += 1)}`);
              const answers = await Promise.all(ids.map((id, index) => take((one.node + index) % 2, id)));
              const free = 2 - active.length;
              expect(answers.filter(({ ok }) => ok)).toHaveLength(Math.min(free, one.many));
              for (const [index, answer] of answers.entries()) {
                if (answer.ok) {
                  active.push({
                    id: answer.value.hold.id,
                    commandId: ids[index] ?? '',
                    dueMs: answer.value.hold.expiresAtMs,
                  });
                }
              }
              const nextFreeAtMs = Math.min(...active.map(({ dueMs }) => dueMs));
              for (const answer of answers) {
                if (!answer.ok) expect(answer.error).toMatchObject({ code: 'out-of-stock', nextFreeAtMs });
              }
              break;
            }
            case 'release': {
              const chosen = active[one.which];
              if (!chosen) break;
              valueOf(await nodes[one.node === 0 ? 0 : 1].services.holds.release(kiosk, chosen.id));
              active = active.filter(({ id }) => id !== chosen.id);
              break;
            }
            case 'again': {
              const chosen = active[one.which];
              if (!chosen) break;
              expect(valueOf(await take(one.node, chosen.commandId)).hold.id).toBe(chosen.id);
              break;
            }
            case 'wait':
              clock.advance(Math.ceil(one.share * defaultTimings.holdMs));
              await nodes[one.node === 0 ? 0 : 1].services.holds.start();
              active = active.filter(({ dueMs }) => dueMs > clock.nowMs());
              break;
            case 'restart': {
              const index = one.node === 0 ? 0 : 1;
              await nodes[index].stop();
              nodes[index] = await Node.start(store.database, clock);
              break;
            }
          }
          for (const each of nodes) await each.idle();
          const caught = await nodes[0].services.stock.catchUp(storeId, undefined);
          expect(caught).toMatchObject({
            snapshot: { levels: [{ onHand: 2, available: 2 - active.length }] },
          });
        }
      }),
      { numRuns: 12 },
    );
  });
});
