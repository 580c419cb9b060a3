import path from 'node:path';
import { CommandError } from '../support/command-error.ts';

const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
type LogLevel = (typeof logLevels)[number];

/** How `npm start` was called. */
export interface StartOptions {
  readonly help: boolean;
  readonly reset: boolean;
  readonly lan: boolean;
  readonly port: number;
  readonly dataDir: string;
  readonly publicUrl: string | undefined;
  readonly logLevel: LogLevel;
}

export const startUsage = `npm start [-- options]
  --reset   begin anew: forget every device, session and level
  --lan     serve HTTPS for a kiosk and a tablet on one network
  --help    this text
Environment: PORT (8080), VITRINE_MODELS_DIR, VITRINE_DATA_DIR (data), PUBLIC_URL (the address in QR codes),
  DATABASE_URL (postgres://… instead of SQLite), VITRINE_LOG (silent, error, warn, info, debug; warn)`;

/** Reads the command line and the environment; names the option or variable that makes no sense. */
export function readStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  rootDir: string,
): StartOptions {
  const known = new Set(['--help', '--reset', '--lan']);
  const unknown = args.find((arg) => !known.has(arg));
  if (unknown !== undefined) {
    throw new CommandError('unknown-option', `npm start does not know "${unknown}".`, startUsage);
  }
  return {
    help: args.includes('--help'),
    reset: args.includes('--reset'),
    lan: args.includes('--lan'),
    port: readPort(env['PORT']),
    dataDir: path.resolve(rootDir, env['VITRINE_DATA_DIR'] || 'data'),
    publicUrl: readPublicUrl(env['PUBLIC_URL']),
    logLevel: readLogLevel(env['VITRINE_LOG']),
  };
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 8080;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new CommandError(
    'bad-port',
    `PORT is "${text}".`,
    'Give a number from 1 to 65535, for example PORT=8080.',
  );
}

function readPublicUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash)
    return url.origin;
  throw new CommandError(
    'bad-public-url',
    `PUBLIC_URL is "${text}".`,
    'Give the address under which other devices reach this server, for example https://vitrine.example.com.',
  );
}

function readLogLevel(text: string | undefined): LogLevel {
  if (text === undefined || text === '') return 'warn';
  const level = logLevels.find((known) => known === text);
  if (level) return level;
  throw new CommandError(
    'bad-log-level',
    `VITRINE_LOG is "${text}".`,
    `Give one of: ${logLevels.join(', ')}.`,
  );
}
