import { join } from 'node:path';
import process from 'node:process';
import { TestDevice } from '../../tests/server/support/test-device.ts';
import { describeMachine, tableOf, type BenchResult, type BenchRow } from '../bench-result.ts';
import { ServerChild } from './child-link.ts';
import { Listeners } from './listeners.ts';
import { quantileOf } from './quantile.ts';

const sizes = [1_000, 5_000] as const;
const warmUpChanges = 3;
const changes = 20;

/** Beyond this, the larger size is left out and the table says so. */
const budgetMs = 100_000;

interface Measured {
  /** From the first socket that hears to each socket, in milliseconds, sorted. */
  readonly spreadMs: number[];
  /** From the request that changes the stock to each socket, in milliseconds, sorted. */
  readonly wholeMs: number[];
  /** CPU of the server process per message delivered, in microseconds. */
  readonly cpuUsPerMessage: number;
  readonly text: string;
}

/**
 * Fan-out of stock changes from one server process to many sockets on loopback, and the same bytes from bare ws. The
 * whole way of a Vitrine change (HTTP, OMS, stock book on disk, log, coalescing window, fan-out) is stated beside it.
 */
export async function runRealtime(): Promise<BenchResult> {
  const startedMs = performance.now();
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
    const { url, enrolmentCode, operatorToken } = child.ready;
    const device = await TestDevice.enrol(url, 'kiosk', enrolmentCode);
    const listeners = await Listeners.onVitrine(url, (await device.token()).token, size);
    const measured = await measure(child, listeners, size, async (round) => {
      await post(`${url}/api/oms/levels`, operatorToken, {
        storeId: 'norde-marais',
        sku: 'fjord-51.tortoise',
        onHand: round % 9,
      });
    });
    listeners.close();
    return measured;
  } finally {
    await child.stop();
  }
}

async function measureBareWs(size: number, text: string): Promise<Measured> {
  const child = await ServerChild.start(join(import.meta.dirname, 'ws-child.ts'));
  try {
    const listeners = await Listeners.onBareWs(child.ready.url, size);
    const measured = await measure(child, listeners, size, async () => {
      await post(child.ready.url, '', text);
    });
    listeners.close();
    return measured;
  } finally {
    await child.stop();
  }
}

async function post(url: string, token: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  await response.arrayBuffer();
}

async function measure(
  child: ServerChild,
  listeners: Listeners,
  size: number,
  publish: (round: number) => Promise<void>,
): Promise<Measured> {
  for (let round = 0; round < warmUpChanges; round += 1) await listeners.heardAfter(() => publish(round));
  const spreadMs: number[] = [];
  const wholeMs: number[] = [];
  const before = await child.usage();
  for (let round = 0; round < changes; round += 1) {
    const publishedMs = performance.now();
    const heardMs = await listeners.heardAfter(() => publish(round));
    const firstMs = heardMs[0] ?? publishedMs;
    for (const atMs of heardMs) {
      spreadMs.push(atMs - firstMs);
      wholeMs.push(atMs - publishedMs);
    }
  }
  const after = await child.usage();
  const byValue = (a: number, b: number) => a - b;
  return {
    spreadMs: spreadMs.toSorted(byValue),
    wholeMs: wholeMs.toSorted(byValue),
    cpuUsPerMessage: ((after.cpuMs - before.cpuMs) * 1_000) / (size * changes),
    text: listeners.lastText,
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
