import { pino, type Logger } from 'pino';
import type { ServerConfig } from '../server-config.ts';

/** Names whose values never reach a log, wherever they stand. */
const secretNames = [
  'code',
  'token',
  'pin',
  'secret',
  'signature',
  'nonce',
  'authorization',
  'cookie',
  'publicKey',
];

/** The server's log: JSON lines without codes, tokens and PINs. */
export function createLogger({ level, stream }: ServerConfig['log']): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]);
  const options = {
    level,
    base: null,
    // A fault's own `code` (EADDRINUSE) is no secret, and without it the line says nothing.
    redact: { paths: paths.filter((path) => path !== '*.code'), censor: '[secret]' },
    serializers: { err: (fault: Error) => pino.stdSerializers.err(fault) },
  };
  return stream ? pino(options, stream) : pino(options);
}
