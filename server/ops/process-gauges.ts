import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { Counter, Gauge, type Registry } from 'prom-client';

const nanosecondsPerSecond = 1e9;

/** Of this process: how late its event loop turns, memory, processor time. `stop` ends the watch over the loop. */
export function processGauges(registry: Registry): { take: () => void; stop: () => void } {
  const registers = [registry];
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const lag = new Gauge({
    name: 'vitrine_event_loop_lag_seconds',
    help: 'How late the event loop turned since the last scrape; quantile 1 is the latest.',
    labelNames: ['quantile'],
    registers,
  });
  const memory = new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory.',
    registers,
  });
  const heap = new Gauge({ name: 'nodejs_heap_used_bytes', help: 'Heap in use.', registers });
  const started = new Gauge({
    name: 'process_start_time_seconds',
    help: 'When the process started.',
    registers,
  });
  const processor = new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time of user and system.',
    registers,
  });
  started.set(Math.round(performance.timeOrigin / 1_000));
  let toldS = 0;
  return {
    take: () => {
      for (const quantile of [0.5, 0.99, 1]) {
        const lateNs = delay.count === 0 ? 0 : delay.percentile(quantile * 100);
        lag.set({ quantile: String(quantile) }, lateNs / nanosecondsPerSecond);
      }
      delay.reset();
      const { rss, heapUsed } = process.memoryUsage();
      memory.set(rss);
      heap.set(heapUsed);
      const { user, system } = process.cpuUsage();
      const usedS = (user + system) / 1e6;
      processor.inc(Math.max(0, usedS - toldS));
      toldS = usedS;
    },
    stop: () => void delay.disable(),
  };
}
