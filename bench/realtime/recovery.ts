import { hostMs, pause } from './host-time.ts';
import type { Stage } from './stage.ts';

/** Changes made while nobody hears. */
const changesAway = 20;

/** Changes made just before the server is killed. */
const changesBeforeCrash = 5;

/** Between two changes while the crowd comes back, in milliseconds. */
const changeEveryMs = 100;

/** How long the last changes may take to arrive, in milliseconds. */
const quietWithinMs = 10_000;

/** For a server to notice that lines were cut, in milliseconds. */
const noticeMs = 200;

/** What one interruption cost. */
export interface Recovery {
  readonly changes: number;
  /** Changes that a socket never learnt of, over all sockets. */
  readonly missed: number;
  /** Until the last socket was back and knew where it stood, in milliseconds. */
  readonly backMs: number;
}

/** Many changes at once. */
export interface Burst {
  readonly changes: number;
  readonly framesPerSocket: number;
  readonly missed: number;
}

/** Changes the OMS in one go and counts the frames in which the crowd hears of it. */
export async function burst(stage: Stage, changes: number): Promise<Burst> {
  await stage.ourCrowd.ask('expect', null);
  await stage.house.changeMany(changes);
  const missed = await missedAtLast(stage);
  const { atMs } = await stage.ourCrowd.ask('receipts', { count: 0, withinMs: 0 });
  return { changes, framesPerSocket: atMs.length / stage.sockets, missed };
}

/** Cuts every line of ours, changes the OMS, lets all come back with their cursors while it goes on changing. */
export async function blip(stage: Stage): Promise<Recovery> {
  const { house, ourCrowd } = stage;
  await ourCrowd.ask('cut', null);
  await pause(noticeMs);
  let changes = 0;
  const change = async () => {
    await house.changeNext();
    changes += 1;
  };
  for (let count = 0; count < changesAway; count += 1) await change();
  const returned = new AbortController();
  const changing = async () => {
    while (!returned.signal.aborted) {
      await change();
      await pause(changeEveryMs);
    }
  };
  const coming = stage.openOurs().finally(() => returned.abort());
  const [{ tookMs }] = await Promise.all([coming, changing()]);
  return { changes, missed: await missedAtLast(stage), backMs: tookMs };
}

/** The same for the reference, which sends what it has while nobody hears and knows of no cursor. */
export async function bareBlip(stage: Stage): Promise<Recovery> {
  const { bare, bareCrowd } = stage;
  await bareCrowd.ask('cut', null);
  await pause(noticeMs);
  await bareCrowd.ask('expect', null);
  for (let count = 0; count < changesAway; count += 1) await bare.ask('fanOut', { text: stage.newestText });
  const { tookMs } = await stage.openBare();
  const count = changesAway * stage.sockets;
  const { atMs } = await bareCrowd.ask('receipts', { count, withinMs: 1_000 });
  return { changes: changesAway, missed: count - atMs.length, backMs: tookMs };
}

/** Kills the server the moment the OMS has said yes to the last change, starts another, lets all come back. */
export async function crash(stage: Stage): Promise<Recovery> {
  const { house, ourCrowd } = stage;
  for (let count = 0; count < changesBeforeCrash; count += 1) await house.changeNext();
  const startedMs = hostMs();
  await house.crashAndRestart();
  await ourCrowd.ask('cut', null);
  await stage.openOurs();
  const backMs = hostMs() - startedMs;
  return { changes: changesBeforeCrash, missed: await missedAtLast(stage), backMs };
}

/** Waits until nothing is missing; gives what still is when the time is up, gaps included. */
async function missedAtLast({ house, ourCrowd }: Stage): Promise<number> {
  const truth = await house.truth();
  const untilMs = hostMs() + quietWithinMs;
  for (;;) {
    const { behind, gaps } = await ourCrowd.ask('behind', { truth });
    if (behind + gaps === 0 || hostMs() > untilMs) return behind + gaps;
    await pause(50);
  }
}
