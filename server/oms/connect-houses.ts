import type { MaisonId } from '../../protocol/index.ts';
import type { OmsConnector } from '../../protocol/connector/index.ts';
import { ServerFault } from '../core/server-fault.ts';
import type { ConnectorConfig } from './connector-config.ts';
import type { ConnectedHouse } from './connectors.ts';
import { HintFeed } from './hint-feed.ts';
import type { CallerDeps } from './http-caller.ts';
import { IdMapping } from './id-mapping.ts';
import type { InboxHouse } from './inbox.ts';
import { MedusaConnector } from './medusa/medusa-connector.ts';
import { RestConnector } from './rest/rest-connector.ts';
import { VendureConnector } from './vendure/vendure-connector.ts';

/** What a configuration gives: connectors for houses with a system of their own, and who may send us what. */
export interface HouseConnections {
  readonly connected: readonly ConnectedHouse[];
  readonly senders: readonly InboxHouse[];
  readonly placesOf: (maisonId: MaisonId) => Readonly<Record<string, string>>;
}

/**
 * Makes the connectors that a configuration names.
 *
 * @throws {ServerFault} `connectors-invalid`
 */
export function connectHouses(
  configs: ReadonlyMap<MaisonId, ConnectorConfig>,
  deps: CallerDeps,
): HouseConnections {
  const connected: ConnectedHouse[] = [];
  const senders: InboxHouse[] = [];
  for (const [maisonId, config] of configs) {
    const names = namesOf(maisonId, config);
    const feed = new HintFeed();
    const connector = connectorOf(config, names, feed, deps);
    if (connector) connected.push({ maisonId, connector, whenDown: config.whenDown });
    // Vendure is polled: what is sent for it could be heard by nobody.
    const follows = config.kind !== 'vendure' && (connector?.capabilities.has('subscribe') ?? false);
    if (config.secrets.length > 0) {
      senders.push({ maisonId, secrets: config.secrets, names, feed: follows ? feed : null });
    }
  }
  return { connected, senders, placesOf: (maisonId) => configs.get(maisonId)?.places ?? {} };
}

function connectorOf(
  config: ConnectorConfig,
  names: IdMapping,
  feed: HintFeed,
  deps: CallerDeps,
): OmsConnector | null {
  switch (config.kind) {
    case 'embedded':
      return null;
    case 'rest': {
      const { baseUrl, capabilities, secrets } = config;
      return new RestConnector(
        { name: 'rest', baseUrl, capabilities, secret: secrets[0] ?? '', names, feed },
        deps,
      );
    }
    case 'medusa':
      return new MedusaConnector(
        {
          ...config,
          names,
          feed: config.secrets.length > 0 ? feed : null,
          orders: config.orders ?? null,
        },
        deps,
      );
    case 'vendure':
      return new VendureConnector(
        {
          ...config,
          names,
          pollMs: config.pollSeconds * 1_000,
          cardField: config.cardField ?? null,
          gtinField: config.gtinField ?? null,
          orders: config.orders ?? null,
        },
        deps,
      );
  }
}

function namesOf(maisonId: MaisonId, { stores, skus }: ConnectorConfig): IdMapping {
  try {
    return new IdMapping({ stores, skus });
  } catch (fault) {
    throw new ServerFault(
      'connectors-invalid',
      `The connector of ${maisonId} gives two of our names one name in the house.`,
      'Give each boutique and each SKU a name of its own.',
      { cause: fault },
    );
  }
}
