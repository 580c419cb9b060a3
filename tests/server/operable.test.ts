import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceRole } from '../../protocol/index.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { houseSecret } from './support/fake-house.ts';
import { TestDevice } from './support/test-device.ts';
import { codeOf, handOff, valueOf, visitSummary } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';

/** A day's work in a boutique, and every secret that it used. */
async function work(connected: ConnectedServer) {
  const { server } = connected;
  const secrets: string[] = [houseSecret, server.pin('norde')];
  const enrol = async (role: DeviceRole) => {
    const target = { maisonId: 'norde', storeId, role, name: 'One' };
    const { code } = await server.running.createEnrolmentLink(target);
    secrets.push(code);
    const device = await TestDevice.enrol(server.url, role, code);
    const nonce = await device.challenge();
    const { token } = await device.token();
    secrets.push(nonce, await device.sign(nonce), token);
    await device.open(token);
    await device.hello();
    return device;
  };
  const kiosk = await enrol('kiosk');
  const tablet = await enrol('tablet');
  const advisorId = 'noemie-caron';
  const wrong = await tablet.command('advisor.sign-in', { advisorId, pin: '90417263' });
  secrets.push('90417263');
  expect(codeOf(wrong)).toBe('pin-wrong');
  valueOf(await tablet.command('advisor.sign-in', { advisorId, pin: server.pin('norde') }));
  const offer = valueOf(await kiosk.command('offer.open', {}));
  secrets.push(offer.secret, offer.code);
  valueOf(await kiosk.command('offer.cancel', { offerId: offer.offerId }));
  const sessionId = await handOff(kiosk, tablet);
  const placed = valueOf(await tablet.command('hold.place', { sessionId, sku }));
  valueOf(await tablet.command('hold.place', { sessionId, sku }));
  expect(codeOf(await tablet.command('hold.place', { sessionId, sku }))).toBe('out-of-stock');
  valueOf(await tablet.command('hold.release', { holdId: placed.hold.id }));
  const operatorToken = (await readFile(server.running.operatorTokenPath, 'utf8')).trim();
  secrets.push(operatorToken);
  await server.setStock('aurelle-rive-gauche', 'nowhere', 1);
  await fetch(`${server.url}/api/oms/levels?token=${operatorToken}&card=n-2011`);
  await fetch(`${server.url}/api/oms/webhooks/norde?signature=whisper`, { method: 'POST', body: 'n-2011' });
  secrets.push('whisper', 'n-2011', 'Ada Lund');
  await connected.desk('feeds');
  await connected.desk('dead-letters', { token: 'a-made-up-token-of-some-length' });
  secrets.push('a-made-up-token-of-some-length');
  return { secrets, kiosk, tablet };
}

describe('a server at work', () => {
  let connected: ConnectedServer;
  let worked: Awaited<ReturnType<typeof work>>;
  const scrape = async () => await (await fetch(connected.server.running.metricsUrl ?? '')).text();
  /** The value of one sample, as the text tells it. */
  const sample = (text: string, name: string) => {
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.slice(name.length + 1));
  };

  beforeAll(async () => {
    connected = await ConnectedServer.start({}, { metrics: { host: '127.0.0.1', port: 0 } });
    worked = await work(connected);
  });
  afterAll(async () => {
    await connected.stop();
  });

  it('writes down at debug what it did, and none of the secrets that were used', () => {
    const { logLines } = connected.server;
    const text = logLines.join('');
    expect(logLines.length).toBeGreaterThan(25);
    for (const secret of worked.secrets) expect(text).not.toContain(secret);
    expect(text).not.toContain(visitSummary.kept[0]);
    expect(text).toContain('"name":"hold.place"');
    expect(text).toContain('"path":"/api/oms/levels"');
    const answered = logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const ids = answered.filter(({ msg }) => msg === 'answered').map(({ reqId }) => reqId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => typeof id === 'string' && id.length >= 16)).toBe(true);
  });

  it('names each answer as its log does', async () => {
    const response = await fetch(`${connected.server.url}/livez`);
    const id = response.headers.get('x-request-id') ?? 'none';
    await expect.poll(() => connected.server.logLines.join('')).toContain(`"reqId":"${id}"`);
  });

  it('counts it, by roles, commands, houses and boutiques, and never by whom', async () => {
    const text = await scrape();
    const counted = (name: string) => sample(text, name);
    expect(counted('vitrine_sockets{role="kiosk"}')).toBe(1);
    expect(counted('vitrine_sockets{role="console"}')).toBe(0);
    expect(counted('vitrine_commands_total{command="hold.place",role="tablet",result="ok"}')).toBe(2);
    const refused = 'vitrine_commands_total{command="hold.place",role="tablet",result="out-of-stock"}';
    expect(counted(refused)).toBe(1);
    expect(counted('vitrine_command_duration_seconds_count{command="hold.place"}')).toBe(3);
    expect(counted(`vitrine_holds_total{store="${storeId}",outcome="placed"}`)).toBe(2);
    expect(counted(`vitrine_holds_total{store="${storeId}",outcome="released"}`)).toBe(1);
    expect(counted(`vitrine_holds_active{store="${storeId}"}`)).toBe(1);
    const held = 'vitrine_oms_calls_total{maison="norde",source="rest",call="hold",result="ok"}';
    expect(counted(held)).toBeGreaterThanOrEqual(2);
    expect(counted('vitrine_oms_up{maison="norde",source="rest"}')).toBe(1);
    expect(counted('vitrine_oms_up{maison="aurelle",source="embedded"}')).toBe(1);
    expect(counted('vitrine_event_deliveries_total{event="session.events"}')).toBeGreaterThanOrEqual(2);
    expect(
      counted('vitrine_http_requests_total{method="POST",route="/api/devices/enrol",status="200"}'),
    ).toBe(2);
    expect(counted('vitrine_database_query_duration_seconds_count{result="ok"}')).toBeGreaterThan(50);
    expect(counted('vitrine_event_loop_lag_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0);
    expect(counted('vitrine_schema_version')).toBeGreaterThanOrEqual(3);
    expect(counted('vitrine_ready')).toBe(1);
    expect(text).toMatch(/^vitrine_build_info\{version="0\.0\.0-test",node="\d+/m);
    for (const secret of [...worked.secrets, worked.kiosk.id, worked.tablet.id]) {
      expect(text).not.toContain(secret);
    }
  });

  it('tells of metrics on their own port, and on no other', async () => {
    const other = await fetch(`${connected.server.url}/metrics`);
    expect(await other.text()).not.toContain('vitrine_');
    const elsewhere = await fetch(new URL('/', connected.server.running.metricsUrl ?? ''));
    expect(elsewhere.status).toBe(404);
  });

  it('grows older with every moment in which no house confirms it', async () => {
    const age = `vitrine_stock_age_seconds{maison="norde",store="${storeId}"}`;
    const before = sample(await scrape(), age) ?? Number.NaN;
    connected.server.clock.advance(60_000);
    expect(sample(await scrape(), age)).toBe(before + 60);
  });

  it('stays ready while a house is away, and says so in its metrics', async () => {
    await connected.house.stop();
    await expect
      .poll(
        async () => {
          connected.server.clock.advance(301_000);
          return sample(await scrape(), 'vitrine_oms_up{maison="norde",source="rest"}');
        },
        { timeout: 20_000 },
      )
      .toBe(0);
    const text = await scrape();
    expect(
      sample(
        text,
        'vitrine_oms_calls_total{maison="norde",source="rest",call="levels",result="unavailable"}',
      ),
    ).toBeGreaterThan(0);
    const ready = await fetch(`${connected.server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok' }]);
  });
});
