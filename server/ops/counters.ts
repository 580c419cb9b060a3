import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Meter } from './meter.ts';

/** From a reading in memory to a house that is about to be given up. */
const durationBucketsS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** A meter that counts into a registry. Every label has few values: roles, commands, Maisons, boutiques, patterns. */
export function countingMeter(registry: Registry): Meter {
  const registers = [registry];
  const commands = new Counter({
    name: 'vitrine_commands_total',
    help: 'Commands answered to devices.',
    labelNames: ['command', 'role', 'result'],
    registers,
  });
  const commandTimes = new Histogram({
    name: 'vitrine_command_duration_seconds',
    help: 'From a command to its answer.',
    labelNames: ['command'],
    buckets: durationBucketsS,
    registers,
  });
  const events = new Counter({
    name: 'vitrine_events_total',
    help: 'Events told to rooms of devices.',
    labelNames: ['event'],
    registers,
  });
  const deliveries = new Counter({
    name: 'vitrine_event_deliveries_total',
    help: 'Events sent to single sockets of this process.',
    labelNames: ['event'],
    registers,
  });
  const omsCalls = new Counter({
    name: 'vitrine_oms_calls_total',
    help: 'Calls to the systems that count for the houses.',
    labelNames: ['maison', 'source', 'call', 'result'],
    registers,
  });
  const omsTimes = new Histogram({
    name: 'vitrine_oms_call_duration_seconds',
    help: 'From a call to a house to its answer, with every try.',
    labelNames: ['maison', 'source', 'call'],
    buckets: durationBucketsS,
    registers,
  });
  const holds = new Counter({
    name: 'vitrine_holds_total',
    help: 'What became of holds.',
    labelNames: ['store', 'outcome'],
    registers,
  });
  const failures = new Counter({
    name: 'vitrine_background_failures_total',
    help: 'Background work that failed.',
    labelNames: ['work'],
    registers,
  });
  const requests = new Counter({
    name: 'vitrine_http_requests_total',
    help: 'HTTP requests answered, by the pattern of their address.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const requestTimes = new Histogram({
    name: 'vitrine_http_request_duration_seconds',
    help: 'From a request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: durationBucketsS,
    registers,
  });
  const queries = new Histogram({
    name: 'vitrine_database_query_duration_seconds',
    help: 'Statements of the database.',
    labelNames: ['result'],
    buckets: [0.0005, ...durationBucketsS],
    registers,
  });
  const backups = new Counter({
    name: 'vitrine_backups_total',
    help: 'Scheduled backups.',
    labelNames: ['result'],
    registers,
  });
  const lastBackup = new Gauge({
    name: 'vitrine_backup_last_success_timestamp_seconds',
    help: 'When this process last made a scheduled backup; 0 before it did.',
    registers,
  });
  return {
    commandRan: ({ role, name, result, durationMs }) => {
      const command = name ?? 'none';
      commands.inc({ command, role, result });
      commandTimes.observe({ command }, durationMs / 1_000);
    },
    eventSent: (event, receivers) => {
      events.inc({ event });
      deliveries.inc({ event }, receivers);
    },
    omsCalled: ({ maisonId: maison, source, call, result, durationMs }) => {
      omsCalls.inc({ maison, source, call, result });
      omsTimes.observe({ maison, source, call }, durationMs / 1_000);
    },
    hold: (store, outcome) => holds.inc({ store, outcome }),
    workFailed: (work) => failures.inc({ work }),
    requestAnswered: ({ method, route, status, durationMs }) => {
      requests.inc({ method, route, status });
      requestTimes.observe({ method, route }, durationMs / 1_000);
    },
    queryRan: (durationMs, failed) =>
      queries.observe({ result: failed ? 'error' : 'ok' }, durationMs / 1_000),
    backupEnded: ({ ok, atMs }) => {
      backups.inc({ result: ok ? 'ok' : 'error' });
      if (ok) lastBackup.set(atMs / 1_000);
    },
  };
}
