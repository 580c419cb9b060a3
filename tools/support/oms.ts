import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { getCACertificates } from 'node:tls';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import {
  OmsLevelsReply,
  OmsSetLevelReply,
  OmsSetLevelRequest,
  WireError,
  type OmsLevelRow,
} from '../../protocol/index.ts';
import { readSettings } from '../../server/settings/read-settings.ts';
import { askServer, type ServerReply } from './ask-server.ts';
import { CommandError } from './command-error.ts';

const usage = `Usage:
  npm run oms -- levels [boutique]
  npm run oms -- set-stock <boutique> <sku> <number>

  --url <address>   the running server (default: VITRINE_URL, else this machine's on PORT, else on 8080)
  --data <folder>   its data folder, which holds the operator's token (default: VITRINE_DATA_DIR, else data/)
`;

/** What the command can refuse; the sentence says what to do as well. */
class OmsCommandError extends CommandError {
  constructor(
    code: 'usage' | 'server-not-running' | 'no-token' | 'refused',
    message: string,
    options?: ErrorOptions,
  ) {
    super(code, message, '', options);
  }
}

/** Long enough for a busy boutique, short enough for a person who waits. */
const timeoutMs = 10_000;

interface Connection {
  /** Where to ask, in this order, until a server answers. */
  readonly urls: readonly string[];
  readonly token: string;
  /** The usual certificate authorities and, where `npm start -- --lan` made one, this machine's own. */
  readonly ca: readonly string[] | undefined;
}

/**
 * Runs one command against a running server and returns what to print.
 *
 * @throws {CommandError} `usage`, `server-not-running`, `no-token` or `refused`
 */
export async function runOms(args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<string> {
  const { positionals, values } = parse(args);
  const [command, ...rest] = positionals;
  const connect = async (): Promise<Connection> => {
    const { settings } = readSettings(
      values.data === undefined ? env : { ...env, VITRINE_DATA_DIR: resolve(cwd, values.data) },
      cwd,
    );
    const { dataDir, port } = settings;
    const named = values.url ?? (env['VITRINE_URL'] || undefined);
    const token = await readToken(dataDir);
    const root = await readRoot(dataDir);
    const own = `localhost:${port}`;
    const urls = named ? [readUrl(named)] : [`http://${own}`, ...(root ? [`https://${own}`] : [])];
    return { urls, token, ca: root ? [...getCACertificates('default'), root] : undefined };
  };
  switch (command) {
    case 'levels': {
      if (rest.length > 1) throw new OmsCommandError('usage', usage);
      return await printLevels(await connect(), rest[0]);
    }
    case 'set-stock': {
      const [storeId, sku, count] = rest;
      if (rest.length !== 3 || !storeId || !sku || !count) throw new OmsCommandError('usage', usage);
      if (!/^\d{1,7}$/.test(count)) {
        throw new OmsCommandError('usage', `“${count}” is not a level: give a whole number, zero or more.`);
      }
      const request = z.safeParse(OmsSetLevelRequest, { storeId, sku, onHand: Number(count) });
      if (!request.success) {
        throw new OmsCommandError(
          'usage',
          `“${storeId}” or “${sku}” is not written like a boutique or a SKU.`,
        );
      }
      return await setStock(await connect(), request.data);
    }
    case undefined:
    default:
      throw new OmsCommandError('usage', usage);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.map((arg) => arg),
      allowPositionals: true,
      options: { url: { type: 'string' }, data: { type: 'string' } },
    });
  } catch (fault) {
    // A negative number looks like an option; say what is wrong with it rather than with the option.
    const negative = args.find((arg) => /^-\d/.test(arg));
    const sentence = negative
      ? `“${negative}” is not a level: give a whole number, zero or more.`
      : `${fault instanceof Error ? fault.message : String(fault)}\n${usage}`;
    throw new OmsCommandError('usage', sentence, { cause: fault });
  }
}

async function readToken(dataDir: string): Promise<string> {
  const path = join(dataDir, 'operator-token');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (fault) {
    throw new OmsCommandError(
      'no-token',
      `There is no operator's token at ${path}. Start the server once (npm start), or name its data folder with --data.`,
      { cause: fault },
    );
  }
}

/** The root certificate of a server that ran with `--lan`, if one did. */
async function readRoot(dataDir: string): Promise<string | undefined> {
  try {
    return await readFile(join(dataDir, 'tls/root.crt'), 'utf8');
  } catch {
    return undefined;
  }
}

function readUrl(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, '');
  throw new OmsCommandError('usage', `“${text}” is not an address: give one like http://localhost:8080.`);
}

async function call({ urls, token, ca }: Connection, body?: unknown): Promise<unknown> {
  const { url, reply } = await firstReply(urls, (base) =>
    askServer({
      url: `${base}/api/oms/levels`,
      headers: { authorization: `Bearer ${token}` },
      body,
      ca,
      timeoutMs,
    }),
  );
  const answer = parseJson(reply.text);
  if (reply.status >= 200 && reply.status < 300) return answer;
  const error = z.safeParse(WireError, answer);
  const sentence = error.success ? sentenceOf(error.data) : `${url} answered ${reply.status}.`;
  throw new OmsCommandError('refused', sentence);
}

async function firstReply(
  urls: readonly string[],
  ask: (url: string) => Promise<ServerReply>,
): Promise<{ readonly url: string; readonly reply: ServerReply }> {
  let last: unknown;
  for (const url of urls) {
    try {
      return { url, reply: await ask(url) };
    } catch (fault) {
      last = fault;
    }
  }
  const code = last instanceof Error && 'code' in last ? String(last.code) : '';
  const sentence = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
    ? `The server at ${urls.join(' or ')} shows a certificate that is not trusted here (${code}). Name its data folder with --data.`
    : `No server answers at ${urls.join(' or ')}. Start it with npm start, or name it with --url.`;
  throw new OmsCommandError('server-not-running', sentence, { cause: last });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function sentenceOf({ code, message }: WireError): string {
  if (code === 'unauthenticated')
    return 'The server does not take this operator’s token: is --data its folder?';
  if (code === 'not-found' || code === 'unknown-sku') {
    return `${message} See: npm run oms -- levels`;
  }
  return message;
}

async function printLevels(connection: Connection, storeId: string | undefined): Promise<string> {
  const { levels } = read(OmsLevelsReply, await call(connection));
  const shown = storeId === undefined ? levels : levels.filter((level) => level.storeId === storeId);
  if (shown.length === 0) {
    const known = [...new Set(levels.map((level) => level.storeId))].join(', ');
    throw new OmsCommandError('refused', `There is no boutique ${storeId ?? ''}. There are: ${known}.`);
  }
  return shown.map(lineOf).join('\n');
}

async function setStock(connection: Connection, request: OmsSetLevelRequest): Promise<string> {
  return lineOf(read(OmsSetLevelReply, await call(connection, request)).level);
}

function read<Schema extends z.core.$ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, answer);
  if (parsed.success) return parsed.data;
  throw new OmsCommandError('refused', 'The server answered in a form that this program does not know.');
}

function lineOf({ storeId, sku, onHand, revision }: OmsLevelRow): string {
  return `${storeId.padEnd(22)} ${sku.padEnd(28)} ${String(onHand).padStart(4)}  (revision ${revision})`;
}
