import os from 'node:os';
import { freshSchema, testPostgresUrl } from '../../tests/server/support/databases.ts';
import { hasRedis, PrivateRedis } from '../../tests/server/support/private-redis.ts';
import { describeMachine, type BenchResult, type BenchRow } from '../bench-result.ts';
import { NotMeasured } from '../realtime/stage.ts';
import { quantile } from '../realtime/statistics.ts';
import { wilson } from '../wilson.ts';
import { Group, type Change } from './group.ts';

const nodeCounts = [2, 4] as const;
const sockets = 2_000;
const rounds = 30;
const warmUps = 8;
const changesAtKill = 20;

/**
 * What several nodes cost: the same crowd and the same changes at one node and at several, by turns, in one run, over
 * PostgreSQL and Redis; then one of the several is killed. Whether more nodes carry more is only to be seen where they do
 * not share cores.
 */
export async function runCluster(): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  for (const nodes of nodeCounts) {
    console.log(`  ${nodes} nodes beside one, ${sockets} sockets each way`);
    rows.push(...(await runBeside(nodes)));
  }
  return {
    name: 'cluster',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference:
      'one node over its own PostgreSQL schema and Redis, with as many sockets and the same changes, by turns with the several',
    rows,
  };
}

async function runBeside(nodes: number): Promise<BenchRow[]> {
  const what = `server CPU per message, ${nodes} nodes`;
  if (testPostgresUrl === null || !hasRedis) {
    return [notMeasured(what, 'needs a PostgreSQL server (VITRINE_TEST_POSTGRES) and redis-server')];
  }
  const schemas = [await freshSchema(testPostgresUrl), await freshSchema(testPostgresUrl)] as const;
  const redises = [await PrivateRedis.start(), await PrivateRedis.start()] as const;
  const groups: Group[] = [];
  try {
    for (const [index, count] of [1, nodes].entries()) {
      const shared = { databaseUrl: schemas[index]?.url ?? '', redisUrl: redises[index]?.url ?? '' };
      groups.push(await Group.start(count, sockets, shared));
    }
    const [alone, several] = groups;
    if (!alone || !several) throw new Error('A group did not start.');
    const changes: Record<'alone' | 'several', Change[]> = { alone: [], several: [] };
    for (let round = -warmUps; round < rounds; round += 1) {
      const both = { alone: await alone.change(), several: await several.change() };
      if (round < 0) continue;
      changes.alone.push(both.alone);
      changes.several.push(both.several);
    }
    const memory = await alone.memory();
    const { missed, observed } = await several.killLast(changesAtKill);
    return [
      cpuRow(what, changes.several, changes.alone),
      delayRow(nodes, changes.several, changes.alone),
      {
        what: `changes lost to the sockets of a killed node, of ${nodes}`,
        unit: 'changes',
        ours: missed,
        reference: null,
        goal: '0',
        samples: observed,
        note: `95 % of the time below ${(100 * wilson(missed, observed).high).toFixed(2)} %; they came in at another node`,
      },
      {
        what: `memory per socket of the node beside ${nodes}`,
        unit: 'KiB',
        ours: memory.grownBytes / memory.sockets / 1_024,
        reference: null,
        samples: memory.sockets,
        note: `resident, grown since before the crowd; the node has ${Math.round(memory.bytes / 2 ** 20)} MiB in all`,
      },
      scalingRow(nodes),
    ];
  } catch (fault) {
    if (!(fault instanceof NotMeasured)) throw fault;
    return [notMeasured(what, fault.message)];
  } finally {
    await Promise.all(groups.map((group) => group.end()));
    await Promise.all(redises.map((redis) => redis.stop()));
    await Promise.all(schemas.map((schema) => schema.drop()));
  }
}

function cpuRow(what: string, several: readonly Change[], alone: readonly Change[]): BenchRow {
  const perMessage = (changes: readonly Change[]) =>
    quantile(
      changes.map(({ cpuUs, delivered }) => cpuUs / delivered),
      0.5,
    );
  const ratios = several.map(({ cpuUs }, index) => cpuUs / (alone[index]?.cpuUs ?? Number.NaN));
  const [low, high] = [0.1, 0.9].map((share) => quantile(ratios, share).toFixed(2));
  return {
    what,
    unit: 'µs',
    ours: perMessage(several),
    reference: perMessage(alone),
    goal: '≤ 1.25 ×',
    samples: several.length,
    note: `median change; 8 of 10 ratios between ${low} and ${high}; all nodes together, their idle work included`,
  };
}

function delayRow(nodes: number, several: readonly Change[], alone: readonly Change[]): BenchRow {
  const median = (changes: readonly Change[]) =>
    quantile(
      changes.map(({ tookMs }) => tookMs),
      0.5,
    );
  return {
    what: `OMS change → the last of ${sockets} sockets, ${nodes} nodes`,
    unit: 'ms',
    ours: median(several),
    reference: median(alone),
    samples: several.length,
    note: 'median; with the coalescing window',
  };
}

function scalingRow(nodes: number): BenchRow {
  const cores = os.availableParallelism();
  const needed = nodes + 3;
  const why =
    cores < needed
      ? `not measured: ${nodes} nodes, database, Redis and crowd need ${needed} cores to be told apart; here are ${cores}`
      : 'not measured: this bench compares cost, not throughput';
  return { what: `throughput of ${nodes} nodes`, unit: '×', ours: null, reference: null, note: why };
}

function notMeasured(what: string, why: string): BenchRow {
  return { what, unit: '—', ours: null, reference: null, note: `not measured: ${why}` };
}
