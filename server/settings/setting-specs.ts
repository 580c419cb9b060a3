import { isIP } from 'node:net';
import * as z from 'zod/mini';

/** One setting: how it is called, what it may be, and what it is without anybody saying so. */
export interface SettingSpec<Value = unknown> {
  /** The variable of the environment that sets it. */
  readonly env: string;
  readonly kind: 'number' | 'text' | 'path';
  readonly schema: z.ZodMiniType<Value>;
  readonly fallback: Value;
  /** How the fallback is said where it is not a value by itself. */
  readonly fallbackText?: string;
  /** What is accepted, to end “Give …”. */
  readonly accepts: string;
  /** What it is, for people. */
  readonly what: string;
  /** Never shown; may be read from a file named by the variable with `_FILE`, or the key with `File`. */
  readonly isSecret?: true;
}

function spec<Value>(given: SettingSpec<Value>): SettingSpec<Value> {
  return given;
}

function whole(least: number, most: number) {
  return z.int().check(z.minimum(least), z.maximum(most));
}

const path = z.string().check(z.minLength(1), z.maxLength(4_096));
const mostProxies = 10;
const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
const host = z.string().check(z.regex(/^(?:[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?|[\da-f:.]*:[\da-f:.]*)$/i));

const publicUrl = z.pipe(
  z.string().check(
    z.refine((text) => {
      const url = URL.parse(text);
      return !!url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash;
    }),
  ),
  z.transform((text) => new URL(text).origin),
);

/** A number of proxies, or the addresses of all of them, also as blocks. */
const proxies = z
  .pipe(
    z.union([z.int(), z.string()]),
    z.transform((given): number | string[] =>
      typeof given === 'string' && !/^\d+$/.test(given)
        ? given.split(',').map((one) => one.trim())
        : Number(given),
    ),
  )
  .check(
    z.refine((given) =>
      typeof given === 'number' ? given >= 1 && given <= mostProxies : given.every(isAddressOrBlock),
    ),
  );

/** Whether a text is an IP address, or a block of them (`10.0.0.0/8`). */
function isAddressOrBlock(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return (
    bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

/** Every setting of a server, by its key in `vitrine.json`. The table in docs/operations.md is held against this. */
export const settingSpecs = {
  port: spec<number>({
    env: 'PORT',
    kind: 'number',
    schema: whole(1, 65_535),
    fallback: 8080,
    accepts: 'a number from 1 to 65535, for example 8080',
    what: 'the port',
  }),
  host: spec<string | null>({
    env: 'VITRINE_HOST',
    kind: 'text',
    schema: host,
    fallback: null,
    fallbackText: 'this machine only; with `--lan` every address',
    accepts: 'an address or a name of this host, for example 192.168.1.20',
    what: 'the address to listen on',
  }),
  dataDir: spec<string>({
    env: 'VITRINE_DATA_DIR',
    kind: 'path',
    schema: path,
    fallback: 'data',
    accepts: 'a folder',
    what: 'the data folder',
  }),
  modelsDir: spec<string | null>({
    env: 'VITRINE_MODELS_DIR',
    kind: 'path',
    schema: path,
    fallback: null,
    fallbackText: 'none',
    accepts: 'a folder',
    what: 'a folder with the tracking models, looked in first',
  }),
  publicUrl: spec<string | null>({
    env: 'PUBLIC_URL',
    kind: 'text',
    schema: publicUrl,
    fallback: null,
    fallbackText: 'this machine’s address',
    accepts:
      'the address under which other devices reach this server, for example https://vitrine.example.com',
    what: 'the address in links and QR codes, for a server behind a reverse proxy',
  }),
  trustProxy: spec<number | readonly string[] | null>({
    env: 'VITRINE_TRUST_PROXY',
    kind: 'text',
    schema: proxies,
    fallback: null,
    fallbackText: 'none',
    accepts: `the number of proxies in front of this server, from 1 to ${mostProxies}, or their addresses, for example 10.0.0.5, 10.1.0.0/16`,
    what: 'proxies that are believed about who asks ([Behind a reverse proxy](#behind-a-reverse-proxy))',
  }),
  databaseUrl: spec<string | null>({
    env: 'DATABASE_URL',
    kind: 'text',
    schema: z.string().check(z.regex(/^postgres(?:ql)?:\/\/\S+$/)),
    fallback: null,
    fallbackText: 'none: SQLite',
    accepts: 'an address that begins with postgres://',
    what: 'a PostgreSQL server; the data folder still holds the operator’s token and the certificate',
    isSecret: true,
  }),
  redisUrl: spec<string | null>({
    env: 'REDIS_URL',
    kind: 'text',
    schema: z.string().check(z.regex(/^rediss?:\/\/\S+$/)),
    fallback: null,
    fallbackText: 'none: one node',
    accepts: 'an address that begins with redis:// or rediss://',
    what: 'tells the other nodes at once what this one committed ([Several nodes](#several-nodes))',
    isSecret: true,
  }),
  logLevel: spec<(typeof logLevels)[number]>({
    env: 'VITRINE_LOG',
    kind: 'text',
    schema: z.enum(logLevels),
    fallback: 'warn',
    accepts: `one of: ${logLevels.join(', ')}`,
    what: 'how much is logged: `silent`, `error`, `warn`, `info`, `debug`',
  }),
  metricsPort: spec<number | null>({
    env: 'METRICS_PORT',
    kind: 'number',
    schema: whole(0, 65_535),
    fallback: null,
    fallbackText: '`9464`, or none where that is taken',
    accepts: 'a number from 1 to 65535, or 0 for no metrics',
    what: 'the port of the Prometheus metrics; `0` for none',
  }),
  metricsHost: spec<string>({
    env: 'METRICS_HOST',
    kind: 'text',
    schema: host,
    fallback: '127.0.0.1',
    accepts: 'an address or a name of this host, for example 127.0.0.1',
    what: 'the address of the metrics; keep it where only those who look after the house reach it',
  }),
  backupDir: spec<string | null>({
    env: 'VITRINE_BACKUP_DIR',
    kind: 'path',
    schema: path,
    fallback: null,
    fallbackText: 'none: no scheduled backups',
    accepts: 'a folder, best on another disk',
    what: 'where the server puts a backup of itself, again and again (SQLite only)',
  }),
  erasuresDir: spec<string | null>({
    env: 'VITRINE_ERASURES_DIR',
    kind: 'path',
    schema: path,
    fallback: null,
    fallbackText: '`erasures` in `backupDir`; else none',
    accepts: 'a folder on another disk, shared by all nodes',
    what: 'where a mark of everybody who was erased is left, so that a restore does not bring them back',
  }),
  backupEveryHours: spec<number>({
    env: 'VITRINE_BACKUP_EVERY_HOURS',
    kind: 'number',
    schema: whole(1, 8_760),
    fallback: 24,
    accepts: 'a whole number of hours from 1 to 8760',
    what: 'hours between two of them',
  }),
  backupsKept: spec<number>({
    env: 'VITRINE_BACKUPS_KEPT',
    kind: 'number',
    schema: whole(1, 1_000),
    fallback: 7,
    accepts: 'a whole number from 1 to 1000',
    what: 'how many of them are kept',
  }),
  holdMinutes: spec<number>({
    env: 'VITRINE_HOLD_MINUTES',
    kind: 'number',
    schema: whole(1, 1_440),
    fallback: 20,
    accepts: 'a whole number of minutes from 1 to 1440',
    what: 'how long a piece is held',
  }),
  signInHours: spec<number>({
    env: 'VITRINE_SIGN_IN_HOURS',
    kind: 'number',
    schema: whole(1, 72),
    fallback: 12,
    accepts: 'a whole number of hours from 1 to 72',
    what: 'how long an advisor stays signed in',
  }),
  reconcileEverySeconds: spec<number>({
    env: 'VITRINE_RECONCILE_EVERY_SECONDS',
    kind: 'number',
    schema: whole(10, 86_400),
    fallback: 300,
    accepts: 'a whole number of seconds from 10 to 86400',
    what: 'seconds between two full readings of the stock',
  }),
  drainNoticeSeconds: spec<number>({
    env: 'VITRINE_DRAIN_NOTICE_SECONDS',
    kind: 'number',
    schema: whole(0, 300),
    fallback: 0,
    accepts: 'a whole number of seconds from 0 to 300',
    what: 'behind a load balancer: seconds between `/readyz` saying no and the devices being told',
  }),
  drainSeconds: spec<number>({
    env: 'VITRINE_DRAIN_SECONDS',
    kind: 'number',
    schema: whole(1, 300),
    fallback: 10,
    accepts: 'a whole number of seconds from 1 to 300',
    what: 'a server that stops answers what it was asked within this time',
  }),
} as const;

/** The name of a setting in `vitrine.json`. */
export type SettingKey = keyof typeof settingSpecs;

/** Every setting's value. */
export type Settings = {
  readonly [Key in SettingKey]: (typeof settingSpecs)[Key] extends SettingSpec<infer Value> ? Value : never;
};

/** Variables with our name that set something else: they are no mistakes. */
export const otherVariables = [
  'VITRINE_CONFIG',
  'VITRINE_URL',
  'VITRINE_TEST_POSTGRES',
  'VITRINE_TEST_MEDUSA',
  'VITRINE_REQUIRE_ALL',
  'VITRINE_DEV_ORDER',
  'VITRINE_OMS_DIR',
] as const;
