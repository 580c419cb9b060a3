import type { BenchRow } from '../bench-result.ts';
import { defaultTimings } from '../../server/server-config.ts';
import type { Burst, Recovery } from './recovery.ts';
import type { Rounds, Side } from './rounds.ts';
import { quantile } from './statistics.ts';

/** A crowd in words. */
export function crowdOf(sockets: number): string {
  return `${sockets.toLocaleString('en')} sockets`;
}

function pooled(rounds: readonly Float64Array[], share: number): number {
  return quantile(
    rounds.flatMap((round) => Array.from(round)),
    share,
  );
}

/** The median over the rounds of each round's own p99: a round that the host disturbed does not move it. */
function typicalP99(rounds: readonly Float64Array[]): number {
  return quantile(
    rounds.map((round) => quantile(round, 0.99)),
    0.5,
  );
}

function perMessage(us: number, { delivered }: Side): number {
  return us / delivered;
}

/** Fan-out, CPU, and the way from the OMS. */
export function roundRows(sockets: number, { ours, bare, fromOmsMs }: Rounds): BenchRow[] {
  const crowd = crowdOf(sockets);
  const samples = ours.delivered;
  const goal = sockets >= 5_000 ? '≤ 1.5 × ws' : undefined;
  const row = (
    what: string,
    unit: string,
    of: (side: Side) => number,
    more: Partial<BenchRow> = {},
  ): BenchRow => ({
    what: `${what}, ${crowd}`,
    unit,
    ours: of(ours),
    reference: of(bare),
    samples,
    ...more,
  });
  const receiving = `receiving process: ${perMessage(ours.crowdUs, ours).toFixed(1)} µs a message (ws: ${perMessage(bare.crowdUs, bare).toFixed(1)})`;
  const fromOms = (share: number): BenchRow => ({
    what: `OMS change → kiosk p${share * 100}, ${crowd}`,
    unit: 'ms',
    ours: pooled(fromOmsMs, share),
    reference: defaultTimings.coalesceMs,
    samples,
    ...(share > 0.5 ? { goal: '≤ 1.5 × the coalescing window' } : {}),
    note: 'from the HTTP request; reference: the window alone, for the embedded OMS tells at once',
  });
  return [
    row('fan-out p50', 'ms', ({ fanOutMs }) => pooled(fanOutMs, 0.5), { note: receiving }),
    row('fan-out p99', 'ms', ({ fanOutMs }) => pooled(fanOutMs, 0.99), goal ? { goal } : {}),
    row('fan-out p99 of the median round', 'ms', ({ fanOutMs }) => typicalP99(fanOutMs), {
      samples: ours.fanOutMs.length,
    }),
    row('fan-out: server CPU per message', 'µs', (side) => perMessage(side.fanOutUs, side), {
      ...(goal ? { goal } : {}),
      note: 'ours with the reading of the log and the heartbeat',
    }),
    {
      what: `server CPU per change before the fan-out, ${crowd}`,
      unit: 'ms',
      ours: ours.beforeUs / 1_000 / ours.fanOutMs.length,
      reference: null,
      samples: ours.fanOutMs.length,
      note: 'request, OMS, stock book, log',
    },
    fromOms(0.5),
    fromOms(0.99),
  ];
}

/** Many changes at once. */
export function burstRow(sockets: number, { changes, framesPerSocket, missed }: Burst): BenchRow {
  return {
    what: `messages per socket for ${changes} changes at once, ${crowdOf(sockets)}`,
    unit: 'messages',
    ours: framesPerSocket,
    reference: changes,
    samples: sockets,
    note: `reference: one message for each change; ${missed} missed`,
  };
}

/** A cut line, beside what a server without cursors loses. */
export function blipRows(sockets: number, ours: Recovery, bare: Recovery): BenchRow[] {
  return [
    {
      what: `changes missed after a blip, ${crowdOf(sockets)}`,
      unit: 'changes',
      ours: ours.missed,
      reference: bare.missed,
      goal: '0',
      samples: ours.changes * sockets,
      note: `ours goes on changing while all come back; ws: ${bare.changes} changes while away`,
    },
    {
      what: `all back after a blip, ${crowdOf(sockets)}`,
      unit: 's',
      ours: ours.backMs / 1_000,
      reference: bare.backMs / 1_000,
      samples: sockets,
      note: 'without any jitter; ours proves its token and catches up, ws only opens',
    },
  ];
}

/** A server killed outright. */
export function crashRow(sockets: number, { changes, missed, backMs }: Recovery): BenchRow {
  return {
    what: `changes missed after the server was killed, ${crowdOf(sockets)}`,
    unit: 'changes',
    ours: missed,
    reference: null,
    goal: '0',
    samples: changes * sockets,
    note: `killed as the last change was acknowledged; all back after ${(backMs / 1_000).toFixed(1)} s, start included`,
  };
}

/** What could not be measured here, and why. */
export function notMeasuredRow(what: string, why: string): BenchRow {
  return { what, unit: '—', ours: null, reference: null, note: `not measured: ${why}` };
}
