import { join } from 'node:path';
import process from 'node:process';
import { TestDevice } from '../../tests/server/support/test-device.ts';
import { describeMachine, tableOf, type BenchResult, type BenchRow } from '../bench-result.ts';
import { ServerChild } from './child-link.ts';
import { Listeners } from './listeners.ts';
import { quantileOf } from './quantile.ts';

interface Plan {
  readonly sockets: number;
  readonly rounds: number;
  /** Interrupted as well: lines cut, then the server killed. */
  readonly interruptions: readonly ('blip' | 'crash')[];
}

/** One boutique, a house of a thousand screens, and the largest that a node is meant for. */
const plans: readonly Plan[] = [
  { sockets: 20, rounds: 60, interruptions: [] },
  { sockets: 1_000, rounds: 60, interruptions: ['blip', 'crash'] },
  { sockets: 5_000, rounds: 40, interruptions: ['blip'] },
];

/** The whole bench, in milliseconds. */
const budgetMs = 170_000;

/** Of one stage's rounds, in milliseconds. */
const roundsMs = 40_000;

/** Rounds before the measured ones, so that both servers run compiled. */
const warmUps = 10;

/** Fewer rounds than this say nothing. */
const enough = 10;

const burstChanges = 40;

/**
 * How a change of stock reaches a crowd: our whole server (HTTP, OMS, SQLite, log, coalescing, Socket.IO) beside bare `ws`
 * sending the very same text to as many sockets, by turns, in one run. Both servers and both crowds are processes of
 * their own; the crowds are the same raw `ws` clients. Ours is timed from the end of its coalescing window, so that the
 * reading of the log is in it; `ws` from its first `send`.
 */
export async function runRealtime(): Promise<BenchResult> {
  const startedMs = hostMs();
  const rows: BenchRow[] = [];
  for (const size of sizes) {
    if (performance.now() - startedMs > budgetMs / 2) {
      rows.push(notMeasured(size, 'left out: the run would have taken longer than its bound'));
      continue;
    }
    const vitrine = await measureVitrine(size);
    const bare = await measureBareWs(size, vitrine.text);
    rows.push(...compared(size, vitrine, bare));
  }
  return {
    name: 'realtime',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference: 'bare ws in a process of its own, the same bytes to as many sockets, in the same run',
    rows,
  };
}

async function measureVitrine(size: number): Promise<Measured> {
  const child = await ServerChild.start(join(import.meta.dirname, 'vitrine-child.ts'));
  try {
    let stageMs = 0;
    let stageSockets = 1;
    for (const plan of plans) {
      const leftMs = budgetMs - (hostMs() - startedMs);
      const expectedMs = (stageMs * plan.sockets) / stageSockets;
      if (stageSockets >= 1_000 && expectedMs > leftMs) {
        const took = `${Math.round(stageMs / 1_000)} s for ${crowdOf(stageSockets)}`;
        rows.push(notMeasuredRow(`fan-out, ${crowdOf(plan.sockets)}`, `this host needed ${took}`));
        continue;
      }
      const stageStartMs = hostMs();
      rows.push(...(await runStage(house, plan)));
      stageMs = hostMs() - stageStartMs;
      stageSockets = plan.sockets;
    }
  } finally {
    await house.end();
  }
  return {
    name: 'realtime',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference:
      'bare ws in a process of its own, sending the very same bytes to as many of the same clients, by turns with ours',
    rows,
  };
}

function compared(size: number, ours: Measured, bare: Measured): BenchRow[] {
  const samples = size * changes;
  const bytes = `${Buffer.byteLength(ours.text)} bytes a message; from the first socket that hears`;
  const whole = 'HTTP, OMS, durable write, 40 ms window, fan-out; the reference only fans out';
  const row = (what: string, unit: string, of: (measured: Measured) => number, note: string, goal = '') => ({
    what: `${size} sockets: ${what}`,
    unit,
    ours: of(ours),
    reference: of(bare),
    goal,
    samples,
    note,
  });
  const spread = (quantile: number) => (measured: Measured) => quantileOf(measured.spreadMs, quantile);
  const entire = (quantile: number) => (measured: Measured) => quantileOf(measured.wholeMs, quantile);
  return [
    row('fan-out p50', 'ms', spread(0.5), bytes),
    row('fan-out p99', 'ms', spread(0.99), bytes, size === 5_000 ? '≤ 1.5 ×' : ''),
    row('CPU per message', 'µs', (measured) => measured.cpuUsPerMessage, 'server process', '≤ 1.5 ×'),
    row('OMS change to kiosk p50', 'ms', entire(0.5), whole),
    row('OMS change to kiosk p99', 'ms', entire(0.99), whole),
  ];
}

function notMeasured(size: number, note: string): BenchRow {
  return { what: `${size} sockets`, unit: '', ours: null, reference: null, note };
}

if (import.meta.main) {
  const result = await runRealtime();
  console.log(`${tableOf(result)}\n${result.machine}`);
  process.exit(0);
}
