import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import {
  OmsLevelsReply,
  OmsSetLevelReply,
  OmsSetLevelRequest,
  WireError,
  type OmsLevelRow,
} from '../protocol/index.ts';

const usage = `Usage:
  npm run oms -- levels [boutique]
  npm run oms -- set-stock <boutique> <sku> <number>

  --url <address>   the running server (default: VITRINE_URL, else http://localhost:$PORT, else port 8080)
  --data <folder>   its data folder, which holds the operator's token (default: DATA_DIR, else data/)
`;

/** What the command can refuse, each with its own exit code. */
type Refusal = 'usage' | 'server-not-running' | 'no-token' | 'refused';

const exitCodes: Readonly<Record<Refusal, number>> = {
  usage: 2,
  'server-not-running': 3,
  'no-token': 4,
  refused: 1,
};

/** A refusal with the sentence that the person reads. */
export class OmsCommandError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OmsCommandError';
    this.refusal = refusal;
  }
}

interface Connection {
  readonly url: string;
  readonly token: string;
}

/**
 * Runs one command against a running server and returns what to print.
 *
 * @throws {OmsCommandError}
 */
export async function runOms(args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<string> {
  const { positionals, values } = parse(args);
  const [command, ...rest] = positionals;
  const connect = async (): Promise<Connection> => {
    const dataDir = resolve(cwd, values.data ?? env['DATA_DIR'] ?? 'data');
    const url = values.url ?? env['VITRINE_URL'] ?? `http://localhost:${env['PORT'] ?? '8080'}`;
    return { url: url.replace(/\/+$/, ''), token: await readToken(dataDir) };
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

async function call({ url, token }: Connection, body?: unknown): Promise<unknown> {
  const authorization = `Bearer ${token}`;
  let response: Response;
  try {
    response = await fetch(`${url}/api/oms/levels`, {
      ...(body === undefined
        ? { headers: { authorization } }
        : {
            method: 'POST',
            headers: { authorization, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
      signal: AbortSignal.timeout(10_000),
    });
  } catch (fault) {
    const sentence = `No server answers at ${url}. Start it with npm start, or name it with --url.`;
    throw new OmsCommandError('server-not-running', sentence, { cause: fault });
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const error = z.safeParse(WireError, answer);
  const sentence = error.success ? sentenceOf(error.data) : `${url} answered ${response.status}.`;
  throw new OmsCommandError('refused', sentence);
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

if (import.meta.main) {
  try {
    console.log(await runOms(process.argv.slice(2), process.env, process.cwd()));
  } catch (fault) {
    if (!(fault instanceof OmsCommandError)) throw fault;
    console.error(fault.message);
    process.exitCode = exitCodes[fault.refusal];
  }
}
