import type { CrowdAsks, Moment } from './asks.ts';
import type { Child } from './child.ts';
import { hostMs, pause } from './host-time.ts';
import type { Stage } from './stage.ts';

/** After the last receipt, a server still hears that its writes are done: that CPU is the round's too. */
const settleMs = 20;

/** A frame that has not come by then is lost. */
const lostAfterMs = 20_000;

/** What one server's rounds came to. */
export interface Side {
  /** From the server's emit to each receipt, by round, in milliseconds. */
  readonly fanOutMs: readonly Float64Array[];
  /** CPU of the server from the emit on, in microseconds, over all rounds. */
  readonly fanOutUs: number;
  /** CPU of the server before the emit: what it takes to have something to say. */
  readonly beforeUs: number;
  /** CPU of the receiving process over all rounds. */
  readonly crowdUs: number;
  readonly delivered: number;
}

/** What the rounds of one stage found. */
export interface Rounds {
  readonly ours: Side;
  readonly bare: Side;
  /** From the request that changed the OMS to each receipt, by round, in milliseconds. */
  readonly fromOmsMs: readonly Float64Array[];
}

interface Round {
  readonly sinceMs: (startMs: number) => Float64Array;
  readonly emit: Moment;
  readonly beforeUs: number;
  readonly fanOutUs: number;
  readonly crowdUs: number;
  readonly text: string;
}

interface Meter {
  ask(name: 'cpuUs', take: null): Promise<number>;
}

/**
 * Changes the OMS again and again. Each time the whole crowd hears of it, and then the reference sends the very same text
 * to as many sockets; so the two are measured by turns, under whatever else the host is doing. Ends after `rounds`, or
 * when `untilMs` (host time) has passed and enough is known.
 */
export async function runRounds(
  stage: Stage,
  { warmUps, rounds, enough, untilMs }: { warmUps: number; rounds: number; enough: number; untilMs: number },
): Promise<Rounds> {
  for (let count = 0; count < warmUps; count += 1) await bareRound(stage, (await ourRound(stage)).round.text);
  const ours: Round[] = [];
  const bare: Round[] = [];
  const fromOmsMs: Float64Array[] = [];
  while (ours.length < rounds && (ours.length < enough || hostMs() < untilMs)) {
    const { round, askedAtMs } = await ourRound(stage);
    ours.push(round);
    fromOmsMs.push(round.sinceMs(askedAtMs));
    bare.push(await bareRound(stage, round.text));
  }
  return { ours: sideOf(ours, stage.sockets), bare: sideOf(bare, stage.sockets), fromOmsMs };
}

async function ourRound(stage: Stage): Promise<{ round: Round; askedAtMs: number }> {
  const { house, ourCrowd } = stage;
  let askedAtMs = 0;
  await house.child.ask('windowEnds', null);
  const round = await measure(stage, house.child, ourCrowd, async () => {
    askedAtMs = hostMs();
    await house.changeNext();
    return async () => {
      const windowEnd = (await house.child.ask('windowEnds', null)).at(-1);
      if (!windowEnd) throw new Error('A frame came without a coalescing window.');
      return windowEnd;
    };
  });
  stage.newestText = round.text;
  return { round, askedAtMs };
}

async function bareRound(stage: Stage, text: string): Promise<Round> {
  return await measure(stage, stage.bare, stage.bareCrowd, async () => {
    const started = await stage.bare.ask('fanOut', { text });
    return async () => started;
  });
}

/** `begin` sets one fan-out off and gives what tells, once all is over, when the emit was. */
async function measure(
  { sockets }: Stage,
  server: Meter,
  crowd: Child<CrowdAsks>,
  begin: () => Promise<() => Promise<Moment>>,
): Promise<Round> {
  await crowd.ask('expect', null);
  const [serverBeforeUs, crowdBeforeUs] = [await server.ask('cpuUs', null), await crowd.ask('cpuUs', null)];
  const emitOf = await begin();
  const { atMs, text } = await crowd.ask('receipts', { count: sockets, withinMs: lostAfterMs });
  await pause(settleMs);
  const [serverAfterUs, crowdAfterUs] = [await server.ask('cpuUs', null), await crowd.ask('cpuUs', null)];
  if (atMs.length !== sockets) throw new Error(`${sockets} sockets received ${atMs.length} messages.`);
  const emit = await emitOf();
  return {
    sinceMs: (startMs) => atMs.map((at) => at - startMs),
    emit,
    beforeUs: emit.cpuUs - serverBeforeUs,
    fanOutUs: serverAfterUs - emit.cpuUs,
    crowdUs: crowdAfterUs - crowdBeforeUs,
    text,
  };
}

function sideOf(rounds: readonly Round[], sockets: number): Side {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    fanOutMs: rounds.map(({ sinceMs, emit }) => sinceMs(emit.atMs)),
    fanOutUs: sum(rounds.map(({ fanOutUs }) => fanOutUs)),
    beforeUs: sum(rounds.map(({ beforeUs }) => beforeUs)),
    crowdUs: sum(rounds.map(({ crowdUs }) => crowdUs)),
    delivered: rounds.length * sockets,
  };
}
