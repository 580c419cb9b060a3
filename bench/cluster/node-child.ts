import { readFile } from 'node:fs/promises';
import { systemClock, type Clock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import type { RunningServer } from '../../server/server-config.ts';
import { startServer } from '../../server/start-server.ts';
import { collectionsDir, webDir } from '../../tools/support/paths.ts';
import { answerAsks } from '../realtime/child.ts';
import { cpuUs } from '../realtime/host-time.ts';
import type { NodeAsks } from './node-asks.ts';

/** scrypt at a cost that lets many nodes start; no PIN is guessed here. */
const pinCost = 2 ** 4;

let skewMs = 0;
let skippedMs = 0;
let running: RunningServer | null = null;

/** The host's clock with a skew on its wall hand, and a monotonic hand that can be put forward, which only limits read. */
const clock: Clock = {
  nowMs: () => systemClock.nowMs() + skewMs,
  monotonicMs: () => systemClock.monotonicMs() + skippedMs,
  after: (delayMs, run) => systemClock.after(delayMs, run),
};

function server(): RunningServer {
  if (!running) throw new Error('The node is not running.');
  return running;
}

answerAsks<NodeAsks>({
  start: async ({ timings, admission, ...config }) => {
    running = await startServer({
      port: 0,
      ...config,
      host: '127.0.0.1',
      webDir,
      collectionsDir,
      models: {},
      publicUrl: null,
      version: 'bench',
      log: { level: 'silent' },
      clock,
      random: systemRandom,
      pinCost,
      ...(timings && { timings }),
      ...(admission && { admission }),
    });
    return {
      url: running.url.replace('//localhost', '//127.0.0.1'),
      operatorToken: (await readFile(running.operatorTokenPath, 'utf8')).trim(),
      pin: running.houses.find(({ maisonId }) => maisonId === 'norde')?.demoPin ?? '',
    };
  },
  enrolmentCode: async (target) => {
    const { code } = await server().createEnrolmentLink(target);
    return { code };
  },
  refillLimits: () => {
    skippedMs += 60_000;
    return null;
  },
  skew: ({ byMs }) => {
    skewMs += byMs;
    return null;
  },
  cpuUs,
  memoryBytes: () => process.memoryUsage().rss,
  stop: async () => {
    await server().close();
    return null;
  },
});
