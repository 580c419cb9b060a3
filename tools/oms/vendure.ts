import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { anyFreePort } from '../start/free-port.ts';
import { installScratch, startScratch, withDatabase, type RunningOms } from './scratch.ts';
import { vendureUser } from './seed-vendure.ts';

/** Under the GPL: spoken to over its API only, and installed beside the checkout's own dependencies, never among them. */
const manifest = {
  name: 'vitrine-vendure',
  private: true,
  dependencies: { '@vendure/core': '3.7.3', pg: '8.23.1' },
  overrides: { '@graphql-tools/batch-execute': '10.2.0' },
};

/** A house's Vendure as `docs/connectors.md` asks for it: API keys, and the kit's custom fields. */
const program = `const { bootstrap, DefaultLogger, LogLevel } = require('@vendure/core');
const mine = { nullable: true, public: false };
bootstrap({
  apiOptions: { hostname: '127.0.0.1', port: Number(process.env.PORT), adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: {
    tokenMethod: ['bearer', 'api-key'],
    superadminCredentials: { identifier: process.env.KIT_USER, password: process.env.KIT_PASSWORD },
  },
  dbConnectionOptions: { type: 'postgres', url: process.env.DATABASE_URL, synchronize: true },
  customFields: {
    Customer: [{ name: 'loyaltyCard', type: 'string', unique: true, ...mine }],
    ProductVariant: [{ name: 'gtin', type: 'string', ...mine }],
    Order: [
      { name: 'vitrineKey', type: 'string', unique: true, ...mine },
      { name: 'vitrineMarks', type: 'text', ...mine },
    ],
  },
  paymentOptions: { paymentMethodHandlers: [] },
  logger: new DefaultLogger({ level: LogLevel.Error }),
}).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
`;

/**
 * Installs Vendure into a scratch folder where it is not there yet (some 140 MB), and starts it on a new database of a PostgreSQL
 * server; `stop` ends it and drops the database.
 *
 * @throws {CommandError} `oms-unavailable`
 */
export async function startVendure(
  dir: string,
  postgresUrl: string,
  log: (line: string) => void,
): Promise<RunningOms> {
  await installScratch('Vendure', dir, manifest, log);
  await writeFile(path.join(dir, 'start.cjs'), program);
  return await withDatabase('vendure', postgresUrl, async (databaseUrl) => {
    const port = await anyFreePort('127.0.0.1');
    log(`Vendure: starting on port ${port}`);
    const env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      NODE_ENV: 'production',
      PORT: String(port),
      KIT_USER: vendureUser.username,
      KIT_PASSWORD: vendureUser.password,
      VENDURE_DISABLE_TELEMETRY: 'true',
    };
    return await startScratch('Vendure', { dir, args: ['start.cjs'], env, url: `http://127.0.0.1:${port}` });
  });
}
