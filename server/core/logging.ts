import { pino, type Logger } from 'pino';
import type { ServerConfig } from '../server-config.ts';

/** Names whose values never reach a log, wherever they stand. */
const secretNames = ['token', 'pin', 'secret', 'signature', 'nonce', 'authorization', 'cookie', 'publicKey'];

/** What came over the wire is never logged as a whole: a `code` in it is a secret, one on a fault (EADDRINUSE) is not. */
const wireNames = ['code', 'body', 'payload', 'auth', 'headers', 'envelope', 'command', 'answer'];

/** The server's log: JSON lines without codes, tokens and PINs. */
export function createLogger({ level, stream }: ServerConfig['log']): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]);
  const options = { level, base: null, redact: { paths: [...paths, ...wireNames], censor: '[secret]' } };
  return stream ? pino(options, stream) : pino(options);
}
