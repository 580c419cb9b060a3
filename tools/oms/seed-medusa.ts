import { randomBytes } from 'node:crypto';

/** A Medusa with one frame in two boutiques, made ready for the conformance suite; what its test reads from the environment. */
export interface SeededMedusa {
  readonly url: string;
  readonly apiKey: string;
  /** Stock locations: ours by theirs is made in the test. */
  readonly locations: readonly [string, string];
  readonly sku: string;
  readonly itemId: string;
  readonly customerId: string;
  /** What orders are drafted in: a region, and a sales channel for each location. */
  readonly regionId: string;
  readonly channels: readonly [string, string];
}

/** The operator made by `medusa user`. */
export const medusaUser = { email: 'kit@vitrine.example', password: 'only-for-this-scratch-database' };

/** Plants what the suite needs, each time under names of its own, through Medusa's own admin API. */
export async function seedMedusa(url: string): Promise<SeededMedusa> {
  const call = async (path: string, body: object, authorization?: string) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Medusa answered ${response.status} to ${path}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as Record<string, { id: string; token?: string } & Record<string, unknown>>;
  };
  const signedIn = (await call('/auth/user/emailpass', medusaUser)) as unknown as { token: string };
  const bearer = `Bearer ${signedIn.token}`;
  const made = await call('/admin/api-keys', { title: 'Vitrine', type: 'secret' }, bearer);
  const apiKey = made['api_key']?.token ?? '';
  const post = async (path: string, body: object, part: string) => {
    const answer = (await call(path, body, bearer))[part];
    if (!answer) throw new Error(`Medusa's answer to ${path} has no ${part}.`);
    return answer;
  };
  const tag = randomBytes(3).toString('hex');
  const sku = `NRD-FJ51-${tag}`;
  const channel = await post('/admin/sales-channels', { name: `Boutiques ${tag}` }, 'sales_channel');
  const locations: string[] = [];
  const channels: string[] = [];
  for (const name of ['Le Marais', 'Mayfair']) {
    const location = await post('/admin/stock-locations', { name: `${name} ${tag}` }, 'stock_location');
    const own = await post('/admin/sales-channels', { name: `${name} ${tag}` }, 'sales_channel');
    const add = [channel.id, own.id];
    await call(`/admin/stock-locations/${location.id}/sales-channels`, { add }, bearer);
    locations.push(location.id);
    channels.push(own.id);
  }
  await post(
    '/admin/products',
    {
      title: `Fjord 51 ${tag}`,
      status: 'published',
      options: [{ title: 'Finish', values: ['Tortoise'] }],
      sales_channels: [{ id: channel.id }],
      variants: [
        {
          title: 'Tortoise',
          sku,
          manage_inventory: true,
          options: { Finish: 'Tortoise' },
          prices: [{ amount: 420, currency_code: 'eur' }],
        },
      ],
    },
    'product',
  );
  const found = await fetch(`${url}/admin/inventory-items?sku=${sku}`, {
    headers: { authorization: bearer },
  });
  const { inventory_items: items } = (await found.json()) as { inventory_items: { id: string }[] };
  const itemId = items[0]?.id ?? '';
  for (const location of locations) {
    const level = { location_id: location, stocked_quantity: 2 };
    await call(`/admin/inventory-items/${itemId}/location-levels`, level, bearer);
  }
  const person = { email: `ada-${tag}@vitrine.example`, first_name: 'Ada', last_name: 'Lund' };
  const customer = await post('/admin/customers', person, 'customer');
  const region = await post('/admin/regions', { name: `Europe ${tag}`, currency_code: 'eur' }, 'region');
  const both = ([first = '', second = '']: readonly string[]) => [first, second] as const;
  return {
    url,
    apiKey,
    locations: both(locations),
    sku,
    itemId,
    customerId: customer.id,
    regionId: region.id,
    channels: both(channels),
  };
}
