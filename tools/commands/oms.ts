import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { WireError } from '../../protocol/errors.ts';
import { Sku, StoreId } from '../../protocol/ids.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir, shortPath } from '../support/paths.ts';
import { readStartOptions } from '../start/start-options.ts';

const usage = `npm run oms -- levels [store]
npm run oms -- set-stock <store> <sku> <count>
It speaks to the running server (PORT, or VITRINE_URL) as this machine's operator (VITRINE_DATA_DIR).`;

interface Level {
  readonly storeId: string;
  readonly sku: string;
  readonly onHand: number;
  readonly available: number;
}

type Order =
  | { readonly kind: 'levels'; readonly storeId: string | undefined }
  | { readonly kind: 'set-stock'; readonly storeId: string; readonly sku: string; readonly onHand: number };

/** `npm run oms`: reads and changes the embedded order-management system of a running server, over HTTP. */
export async function run(args: readonly string[]): Promise<number> {
  const order = readOrder(args);
  const { dataDir, port } = readStartOptions([], process.env, rootDir);
  const url = process.env['VITRINE_URL'] ?? `http://localhost:${port}`;
  const token = await readFile(path.join(dataDir, 'operator-token'), 'utf8').catch(() => {
    throw new CommandError(
      'no-operator-token',
      `There is no operator's token in ${shortPath(dataDir)}.`,
      'Start the server once (npm start), or name its data folder in VITRINE_DATA_DIR.',
    );
  });
  const ask = (init: RequestInit) => request(`${url}/api/oms/levels`, token.trim(), init);
  const levels = await (order.kind === 'levels'
    ? ask({})
    : ask({
        method: 'POST',
        body: JSON.stringify({ storeId: order.storeId, sku: order.sku, onHand: order.onHand }),
      }));
  for (const level of levels) {
    if (order.storeId !== undefined && level.storeId !== order.storeId) continue;
    console.log(`${level.storeId}  ${level.sku}  on hand ${level.onHand}, free ${level.available}`);
  }
  return 0;
}

function readOrder(args: readonly string[]): Order {
  const [kind, storeId, sku, count, ...rest] = args;
  if (kind === 'levels' && sku === undefined) return { kind, storeId };
  if (kind !== 'set-stock' || count === undefined || rest.length > 0) {
    throw new CommandError('bad-usage', 'That is not an order the OMS knows.', usage);
  }
  if (!StoreId.safeParse(storeId).success) {
    throw new CommandError(
      'bad-store',
      `"${storeId}" is no name of a boutique.`,
      'See: npm run oms -- levels',
    );
  }
  if (!Sku.safeParse(sku).success) {
    throw new CommandError('bad-sku', `"${sku}" is no SKU.`, 'See: npm run oms -- levels');
  }
  if (!/^\d{1,6}$/.test(count)) {
    throw new CommandError('bad-count', `"${count}" is no count.`, 'Give a whole number from 0 to 999999.');
  }
  return { kind, storeId: storeId ?? '', sku: sku ?? '', onHand: Number(count) };
}

async function request(url: string, token: string, init: RequestInit): Promise<readonly Level[]> {
  const response = await fetch(url, {
    ...init,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  }).catch((fault: unknown) => {
    throw new CommandError(
      'server-not-running',
      `No server answers at ${new URL(url).origin}.`,
      'Start it (npm start), or give its address in VITRINE_URL.',
      { cause: fault },
    );
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const refusal = WireError.safeParse(body);
    throw new CommandError(
      refusal.data?.code ?? 'refused',
      refusal.data?.message ?? `The server answered ${response.status}.`,
      'See: npm run oms -- levels',
    );
  }
  return (body as { levels: readonly Level[] }).levels;
}
