import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { MaisonId, Sku, StoreId } from '../../protocol/index.ts';
import { omsCapabilities } from '../../protocol/connector/index.ts';
import { codeOf, ServerFault } from '../core/server-fault.ts';

const Url = z.string().check(
  z.regex(/^https?:\/\/[^\s?#]{1,300}[^\s?#/]$/),
  // Over a network anybody else's, only HTTPS keeps what is said.
  z.refine(
    (url) => url.startsWith('https:') || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|\/|$)/.test(url),
  ),
);
/** It becomes part of what Vendure is asked, so it can be nothing but a name. */
const fieldName = z.string().check(z.regex(/^[a-zA-Z]\w{0,63}$/));
const foreignName = z.string().check(z.minLength(1), z.maxLength(200));

const common = {
  /** What becomes of a hold while the OMS does not answer. */
  whenDown: z._default(z.enum(['refuse', 'queue']), 'refuse'),
  /** Keys that sign webhooks and captures: the newest first, the one before it while it is being changed. */
  secrets: z._default(
    z.array(z.string().check(z.minLength(32), z.maxLength(256))).check(z.maxLength(2)),
    () => [],
  ),
  /** The house's names for our boutiques and SKUs. */
  stores: z._default(z.record(StoreId, foreignName), () => ({})),
  skus: z._default(z.record(Sku, foreignName), () => ({})),
  /** Boutiques by the names that RFID readers give to places: a GLN, or the name in full. */
  places: z._default(z.record(foreignName, StoreId), () => ({})),
};

/** How one Maison's own system is reached. */
export const ConnectorConfig = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded'), ...common }),
  z.strictObject({
    kind: z.literal('rest'),
    ...common,
    baseUrl: Url,
    capabilities: z.array(z.enum(omsCapabilities)),
    /** The newest signs what is sent. */
    secrets: z
      .array(z.string().check(z.minLength(32), z.maxLength(256)))
      .check(z.minLength(1), z.maxLength(2)),
  }),
  z.strictObject({
    kind: z.literal('medusa'),
    ...common,
    baseUrl: Url,
    /** A secret API key of Medusa's admin. */
    apiKey: z.string().check(z.minLength(8)),
    /** What orders need; without it none are taken. */
    orders: z.optional(
      z.strictObject({ regionId: foreignName, salesChannels: z.record(StoreId, foreignName) }),
    ),
  }),
  z.strictObject({
    kind: z.literal('vendure'),
    ...common,
    /** The Admin API's address. */
    baseUrl: Url,
    /** An API key of the default channel. */
    apiKey: z.string().check(z.minLength(8)),
    /** How often everything is read to find what has changed. */
    pollSeconds: z._default(z.int().check(z.minimum(2), z.maximum(300)), 15),
    /** The house's own fields: on customers for the number on their card, on variants for their GTIN. */
    cardField: z.optional(fieldName),
    gtinField: z.optional(fieldName),
    /** What orders need; without it none are taken. */
    orders: z.optional(
      z.strictObject({
        walkInCustomerId: foreignName,
        shippingMethodId: foreignName,
        boutiques: z.record(
          StoreId,
          z.strictObject({ channelToken: foreignName, apiKey: z.string().check(z.minLength(8)) }),
        ),
      }),
    ),
  }),
]);
export type ConnectorConfig = z.infer<typeof ConnectorConfig>;

const ConnectorsFile = z.strictObject({
  schemaVersion: z.literal(1),
  maisons: z.record(MaisonId, ConnectorConfig),
});

/**
 * Reads `connectors.json`; nothing where there is none. Refusals name the key and never its value: it may be a secret.
 *
 * @throws {ServerFault} `connectors-invalid`
 */
export async function readConnectorConfigs(path: string): Promise<Map<MaisonId, ConnectorConfig>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return new Map();
    throw invalid(`${path} cannot be read.`, fault);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message would repeat what stands there.
    throw invalid(`${path} is not JSON.`);
  }
  const parsed = z.safeParse(ConnectorsFile, json);
  if (!parsed.success) {
    const keys = parsed.error.issues.slice(0, 5).map(({ path: at, code, ...issue }) => {
      const unknown = 'keys' in issue && Array.isArray(issue.keys) ? ` (${issue.keys.join(', ')})` : '';
      return `${at.map(String).join('.') || 'the whole'}: ${code.replaceAll('_', ' ')}${unknown}`;
    });
    throw invalid(`${path} has another form: ${keys.join('; ')}.`);
  }
  return new Map(Object.entries(parsed.data.maisons));
}

function invalid(message: string, cause?: unknown): ServerFault {
  return new ServerFault('connectors-invalid', message, 'See docs/connectors.md for what it holds.', {
    cause,
  });
}
