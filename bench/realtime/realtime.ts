import os from 'node:os';
import { describeMachine, type BenchResult, type BenchRow } from '../bench-result.ts';
import { House } from './house.ts';
import { hostMs } from './host-time.ts';
import { bareBlip, blip, burst, crash } from './recovery.ts';
import { runRounds } from './rounds.ts';
import { blipRows, burstRow, crashRow, crowdOf, notMeasuredRow, roundRows } from './rows.ts';
import { NotMeasured, Stage } from './stage.ts';

interface Plan {
  readonly sockets: number;
  readonly rounds: number;
  /** Interrupted as well: lines cut, then the server killed. */
  readonly interruptions: readonly ('blip' | 'crash')[];
}

/** One boutique, a house of a thousand screens, and the largest that a node is meant for. */
const plans: readonly Plan[] = [
  { sockets: 20, rounds: 60, interruptions: [] },
  { sockets: 1_000, rounds: 50, interruptions: ['blip', 'crash'] },
  { sockets: 5_000, rounds: 40, interruptions: ['blip'] },
];

/** Nobody is let in and no round begins after this: the whole bench stays within three minutes. */
const budgetMs = 160_000;

/** Of one stage's rounds, in milliseconds. */
const roundsMs = 20_000;

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
  const [load = 0] = os.loadavg();
  const deadlineMs = hostMs() + budgetMs;
  const rows: BenchRow[] = [];
  const house = await House.start();
  try {
    for (const plan of plans) rows.push(...(await runStage(house, plan, deadlineMs)));
  } finally {
    await house.end();
  }
  return {
    name: 'realtime',
    at: new Date().toISOString(),
    machine: `${describeMachine()}, load average ${load.toFixed(1)} at the start`,
    reference:
      'bare ws in a process of its own, sending the very same bytes to as many of the same clients, by turns with ours',
    rows,
  };
}

async function runStage(
  house: House,
  { sockets, rounds, interruptions }: Plan,
  deadlineMs: number,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const stage = new Stage(house, sockets, deadlineMs);
  let doing = '';
  const tell = (what: string) => {
    doing = what;
    console.log(`  ${crowdOf(sockets)}: ${what}`);
  };
  try {
    tell('coming in');
    await stage.open();
    tell(`up to ${rounds} changes, ours and ws by turns`);
    const untilMs = Math.min(hostMs() + roundsMs, deadlineMs);
    rows.push(...roundRows(sockets, await runRounds(stage, { warmUps, rounds, enough, untilMs })));
    tell(`${burstChanges} changes at once`);
    rows.push(burstRow(sockets, await burst(stage, burstChanges)));
    for (const interruption of interruptions) {
      switch (interruption) {
        case 'blip':
          tell('all lines cut');
          rows.push(...blipRows(sockets, await blip(stage), await bareBlip(stage)));
          break;
        case 'crash':
          tell('server killed');
          rows.push(crashRow(sockets, await crash(stage)));
          break;
      }
    }
  } catch (fault) {
    if (!(fault instanceof NotMeasured)) throw fault;
    rows.push(notMeasuredRow(`${doing}, ${crowdOf(sockets)}`, fault.message));
  } finally {
    await stage.end();
  }
  return rows;
}
