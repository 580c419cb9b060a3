import { randomBytes } from 'node:crypto';

/** A Vendure with one frame in two boutiques, made ready for the conformance suite; what its test reads from the environment. */
export interface SeededVendure {
  /** The Admin API's address. */
  readonly url: string;
  /** A key of the default channel with the rights that `docs/connectors.md` asks for. */
  readonly apiKey: string;
  /** A session of the house's own staff, by which the test counts and changes things past the connector. */
  readonly staffToken: string;
  readonly boutiques: readonly [SeededBoutique, SeededBoutique];
  readonly sku: string;
  readonly variantId: string;
  readonly gtin: string;
  readonly customerId: string;
  readonly card: string;
  readonly walkInCustomerId: string;
  readonly shippingMethodId: string;
}

export interface SeededBoutique {
  readonly locationId: string;
  readonly channelToken: string;
  readonly apiKey: string;
}

/** The superadministrator of the scratch installation. */
export const vendureUser = { username: 'kit', password: 'only-for-this-scratch-database' };

const permissions = [
  'ReadCatalog',
  'ReadCustomer',
  'UpdateCustomer',
  'ReadOrder',
  'CreateOrder',
  'UpdateOrder',
];

/** Plants what the suite needs through Vendure's own Admin API. */
export async function seedVendure(baseUrl: string): Promise<SeededVendure> {
  const url = `${baseUrl}/admin-api`;
  const staff = new Staff(url);
  await staff.signIn();
  const code = randomBytes(3).toString('hex');
  const zone = await staff.make('createZone', 'CreateZoneInput!', { name: `Zone ${code}` });
  const category = await staff.make('createTaxCategory', 'CreateTaxCategoryInput!', {
    name: 'Standard',
    isDefault: true,
  });
  const rate = { name: 'None', enabled: true, value: 0, categoryId: category, zoneId: zone };
  await staff.make('createTaxRate', 'CreateTaxRateInput!', rate);
  const defaultChannel = await staff.ask('{ activeChannel { id } }', {});
  const zones = { defaultTaxZoneId: zone, defaultShippingZoneId: zone };
  await staff.make('updateChannel', 'UpdateChannelInput!', { id: idIn(defaultChannel), ...zones });

  const shippingMethodId = await staff.make('createShippingMethod', 'CreateShippingMethodInput!', {
    code: `boutique-${code}`,
    fulfillmentHandler: 'manual-fulfillment',
    checker: {
      code: 'default-shipping-eligibility-checker',
      arguments: [{ name: 'orderMinimum', value: '0' }],
    },
    calculator: {
      code: 'default-shipping-calculator',
      arguments: [
        { name: 'rate', value: '0' },
        { name: 'taxRate', value: '0' },
        { name: 'includesTax', value: 'auto' },
      ],
    },
    translations: [{ languageCode: 'en', name: 'Taken along', description: '' }],
  });
  const productId = await staff.make('createProduct', 'CreateProductInput!', {
    translations: [{ languageCode: 'en', name: 'Fjord 51', slug: `fjord-51-${code}`, description: '' }],
  });

  const channels: { id: string; token: string; locationId: string }[] = [];
  for (const name of ['marais', 'mayfair']) {
    const locationId = await staff.make('createStockLocation', 'CreateStockLocationInput!', {
      name: `${name} ${code}`,
      description: '',
    });
    const token = `${name}-${randomBytes(12).toString('hex')}`;
    const id = await staff.make('createChannel', 'CreateChannelInput!', {
      code: `${name}-${code}`,
      token,
      defaultLanguageCode: 'en',
      pricesIncludeTax: true,
      defaultCurrencyCode: 'EUR',
      availableCurrencyCodes: ['EUR'],
      ...zones,
    });
    channels.push({ id, token, locationId });
  }

  const sku = `NRD/FJ51/${code}`;
  const gtin = '2901051000118';
  const variantId = await staff.make('createProductVariants', '[CreateProductVariantInput!]!', [
    {
      productId,
      sku,
      price: 42_000,
      trackInventory: 'TRUE',
      customFields: { gtin },
      translations: [{ languageCode: 'en', name: 'Fjord 51 Tortoise' }],
      stockLevels: channels.map(({ locationId }) => ({ stockLocationId: locationId, stockOnHand: 2 })),
    },
  ]);
  const roleId = await staff.make('createRole', 'CreateRoleInput!', {
    code: `vitrine-${code}`,
    description: 'Vitrine',
    permissions,
    channelIds: [idIn(defaultChannel), ...channels.map(({ id }) => id)],
  });
  for (const { id: channelId, locationId } of channels) {
    await staff.make('assignStockLocationsToChannel', 'AssignStockLocationsToChannelInput!', {
      channelId,
      stockLocationIds: [locationId],
    });
    const shipping = { channelId, shippingMethodIds: [shippingMethodId] };
    await staff.make('assignShippingMethodsToChannel', 'AssignShippingMethodsToChannelInput!', shipping);
    await staff.make('assignProductsToChannel', 'AssignProductsToChannelInput!', {
      channelId,
      productIds: [productId],
      priceFactor: 1,
    });
  }
  const keyIn = (channelToken?: string) => staff.makeKey(roleId, channelToken);
  const boutiques: SeededBoutique[] = [];
  for (const { token: channelToken, locationId } of channels) {
    boutiques.push({ locationId, channelToken, apiKey: await keyIn(channelToken) });
  }
  const [first, second] = boutiques;
  if (!first || !second) throw new Error('Vendure has no two boutiques.');

  const card = `NRD-${code}`;
  const customer = (firstName: string, lastName: string, customFields: object) =>
    staff.make('createCustomer', 'CreateCustomerInput!', {
      firstName,
      lastName,
      emailAddress: `${firstName.toLowerCase()}-${code}@vitrine.example`,
      customFields,
    });
  return {
    url,
    apiKey: await keyIn(),
    staffToken: staff.token,
    boutiques: [first, second],
    sku,
    variantId,
    gtin,
    customerId: await customer('Ada', 'Lund', { loyaltyCard: card }),
    card,
    walkInCustomerId: await customer('Walk', 'In', {}),
    shippingMethodId,
  };
}

/** The house's own staff at Vendure's Admin API. */
class Staff {
  readonly #url: string;
  token = '';

  constructor(url: string) {
    this.#url = url;
  }

  async signIn(): Promise<void> {
    const text = `mutation ($username: String!, $password: String!) {
  login(username: $username, password: $password) { __typename }
}`;
    const { headers } = await this.#post(text, vendureUser);
    this.token = headers.get('vendure-auth-token') ?? '';
  }

  async ask(text: string, variables: object, channelToken?: string): Promise<unknown> {
    return (await this.#post(text, variables, channelToken)).data;
  }

  /** Runs a mutation with one input; gives the id of what it made. */
  async make(mutation: string, type: string, input: object): Promise<string> {
    const selection = mutation === 'createProductVariants' ? '{ id }' : '{ ... on Node { id } }';
    const text = `mutation ($input: ${type}) { ${mutation}(input: $input) ${selection} }`;
    return idIn(await this.ask(text, { input }));
  }

  async makeKey(roleId: string, channelToken?: string): Promise<string> {
    const text = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey } }';
    const input = { roleIds: [roleId], translations: [{ languageCode: 'en', name: 'Vitrine' }] };
    const data = (await this.ask(text, { input }, channelToken)) as { createApiKey: { apiKey: string } };
    return data.createApiKey.apiKey;
  }

  async #post(query: string, variables: object, channelToken?: string) {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(channelToken !== undefined && { 'vendure-token': channelToken }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: { message: string }[] };
    if (errors?.[0]) throw new Error(`Vendure answered ${errors[0].message} to ${query}`);
    return { data, headers: response.headers };
  }
}

/** The id in the one thing that an answer holds, or in the first of several. */
function idIn(data: unknown): string {
  const [made] = Object.values(data as object) as unknown[];
  const [one] = Array.isArray(made) ? (made as unknown[]) : [made];
  const { id } = (one ?? {}) as { id?: string };
  if (id === undefined) throw new Error(`Vendure made nothing: ${JSON.stringify(data)}`);
  return id;
}
