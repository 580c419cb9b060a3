import { pino, type LogFn, type Logger } from 'pino';
import type { ServerConfig } from '../server-config.ts';
import { redactFields, redactText } from './redact.ts';

/**
 * The server's log: JSON lines, each with its `time` in UTC and its level by name. What has a secret's or a client's name is
 * taken out of the fields, and what looks like a secret out of every text: a library may have put it into a sentence.
 */
export function createLogger({ level, stream }: ServerConfig['log']): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      bindings: redactFields,
      log: redactFields,
    },
    // Faults are made fit to be read with the other fields; pino's own way with them would not know ours any more.
    serializers: { err: (told: unknown) => told },
    hooks: {
      logMethod(this: Logger, given: Parameters<LogFn>, method: LogFn) {
        const safe = given.map((one: unknown) => (typeof one === 'string' ? redactText(one) : one));
        method.apply(this, safe as Parameters<LogFn>);
      },
    },
  };
  return stream ? pino(options, stream) : pino(options);
}
