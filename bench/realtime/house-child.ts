import { readFile } from 'node:fs/promises';
import { systemClock, type Clock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import { defaultTimings, type RunningServer } from '../../server/server-config.ts';
import { startServer } from '../../server/start-server.ts';
import { collectionsDir, webDir } from '../../tools/support/paths.ts';
import type { HouseAsks, Moment } from './asks.ts';
import { answerAsks } from './child.ts';
import { cpuUs, hostMs } from './host-time.ts';

/** Fills the slowest bucket of the server from empty. */
const refillMs = 60_000;

let skippedMs = 0;
let windowEnds: Moment[] = [];
let running: RunningServer | null = null;

/**
 * The host's clock, with two additions. It notes when a coalescing window ends, which is as near to the server's emit as
 * one can come from outside; and its monotonic hand, which only the rate limits read, can be put forward: a crowd on one
 * address would otherwise wait for minutes to be let in, which is right and is not what is measured.
 */
const clock: Clock = {
  nowMs: () => systemClock.nowMs(),
  monotonicMs: () => systemClock.monotonicMs() + skippedMs,
  after: (delayMs, run) =>
    systemClock.after(delayMs, () => {
      if (delayMs === defaultTimings.coalesceMs) windowEnds.push({ atMs: hostMs(), cpuUs: cpuUs() });
      run();
    }),
};

function server(): RunningServer {
  if (!running) throw new Error('The house is not running.');
  return running;
}

answerAsks<HouseAsks>({
  start: async ({ dataDir }) => {
    running = await startServer({
      port: 0,
      host: '127.0.0.1',
      dataDir,
      webDir,
      collectionsDir,
      models: {},
      publicUrl: null,
      version: 'bench',
      log: { level: 'warn' },
      clock,
      random: systemRandom,
      // A full reading of the OMS in the middle of a round would be counted as that round's.
      timings: { reconcileEveryMs: 3_600_000 },
    });
    const operatorToken = (await readFile(running.operatorTokenPath, 'utf8')).trim();
    // The address rather than the name: a crowd would look it up thousands of times.
    return { url: running.url.replace('//localhost', '//127.0.0.1'), operatorToken };
  },
  enrolmentCode: async ({ maisonId, storeId }) => {
    const { code } = await server().createEnrolmentLink({ maisonId, storeId, role: 'kiosk', name: 'Bench' });
    return { code };
  },
  refillLimits: () => {
    skippedMs += refillMs;
    return null;
  },
  windowEnds: () => {
    const ends = windowEnds;
    windowEnds = [];
    return ends;
  },
  cpuUs,
  stop: async () => {
    await server().close();
    return null;
  },
});
