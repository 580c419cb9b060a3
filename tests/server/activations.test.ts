import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ActivationReply, ActivationsReply, type Activation } from '../../protocol/index.ts';
import { defaultTimings } from '../../server/server-config.ts';
import { testPostgresUrl } from './support/databases.ts';
import { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, valueOf, visitSummary } from './support/visit.ts';

const databases = [
  { name: 'SQLite', start: () => TestServer.start() },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', start: () => TestServer.startOnPostgres(testPostgresUrl ?? '') }]),
];
const page = 'https://popup.agency.example';
const elsewhere = 'https://thief.example';
const dayMs = 24 * 3_600_000;
const patiently = { timeout: 10_000 };

describe.each(databases)('an agency’s activation on $name', ({ start }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => {
    await server.stop();
  });

  const make = async (changes: Record<string, unknown> = {}): Promise<Activation> => {
    const response = await server.asOperator('/api/activations', {
      storeId: 'norde-marais',
      agency: 'Atelier Neuf',
      origins: [page],
      scope: ['stock', 'hand-off'],
      startsAtMs: server.clock.nowMs(),
      endsAtMs: server.clock.nowMs() + 7 * dayMs,
      mostDevices: 10,
      ...changes,
    });
    return z.parse(ActivationReply, await response.json()).activation;
  };
  const embed = async (activation: Activation): Promise<TestDevice> =>
    server.owns(await TestDevice.activate(server.url, activation.key, page));
  const refusedAt = async (device: TestDevice): Promise<unknown> =>
    await device.open().then(
      () => null,
      (fault: unknown) => (fault instanceof Error && 'data' in fault ? fault.data : String(fault)),
    );

  it('shows its page the boutique’s stock as it moves, and nothing of the other boutiques', async () => {
    const device = await embed(await make());
    const welcome = await device.connect();
    expect(welcome.identity).toMatchObject({
      role: 'embed',
      nearby: [],
      activation: { agency: 'Atelier Neuf' },
    });
    expect(welcome.stock).toMatchObject([{ kind: 'snapshot', snapshot: { storeId: 'norde-marais' } }]);
    await server.setStock('norde-mayfair', 'fjord-51.smoke', 4);
    await server.setStock('norde-marais', 'fjord-51.smoke', 6);
    const frame = await device.next('stock.changed');
    expect(frame).toMatchObject({ storeId: 'norde-marais', levels: [{ onHand: 6 }] });
    expect(device.untaken('stock.changed')).toEqual([]);
    const other = await device.command('stock.read', { storeId: 'norde-mayfair', cursor: 0 });
    expect(codeOf(other)).toBe('not-found');
  });

  it('opens nothing from another origin, nor where no origin is named, nor by an unknown key', async () => {
    const activation = await make();
    const keys = await TestDevice.newKeys();
    const attempt = async (key: string, origin: string | null) =>
      (await TestDevice.tryActivate(server.url, key, origin, keys)).body;
    expect(await attempt(activation.key, elsewhere)).toMatchObject({ code: 'forbidden' });
    expect(await attempt(activation.key, null)).toMatchObject({ code: 'forbidden' });
    expect(await attempt(`vpk_${'x'.repeat(32)}`, page)).toMatchObject({ code: 'code-unknown' });
    const device = await embed(activation);
    const token = (await device.token()).token;
    device.comeFrom(elsewhere);
    await expect(device.open(token)).rejects.toThrow();
    device.comeFrom(null);
    await expect(device.open(token)).rejects.toMatchObject({ data: { code: 'forbidden' } });
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    const kioskToken = (await kiosk.token()).token;
    kiosk.comeFrom(page);
    await expect(kiosk.open(kioskToken)).rejects.toMatchObject({ data: { code: 'forbidden' } });
  });

  it('lets exactly its origins read the answers, preflight included', async () => {
    const activation = await make({ origins: ['https://only.agency.example'] });
    expect(activation.origins).toEqual(['https://only.agency.example']);
    const preflight = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const response = await fetch(`${server.url}/api/devices/token`, { method: 'OPTIONS', headers });
      return [response.status, response.headers.get('access-control-allow-origin')];
    };
    expect(await preflight('https://only.agency.example')).toEqual([204, 'https://only.agency.example']);
    expect(await preflight(elsewhere)).toEqual([403, null]);
    const read = await fetch(`${server.url}/api/devices/challenge`, {
      method: 'POST',
      headers: { origin: 'https://only.agency.example', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(read.headers.get('access-control-allow-origin')).toBe('https://only.agency.example');
    expect(read.headers.get('access-control-allow-credentials')).toBeNull();
    // Why it is not let in, every page may read; being let in is another matter.
    const door = await TestDevice.tryActivate(
      server.url,
      activation.key,
      elsewhere,
      await TestDevice.newKeys(),
    );
    expect(door).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const asks = { origin: elsewhere, 'access-control-request-method': 'POST' };
    const ask = await fetch(`${server.url}/api/devices/activate`, { method: 'OPTIONS', headers: asks });
    expect([ask.status, ask.headers.get('access-control-allow-origin')]).toEqual([204, elsewhere]);
  });

  it('calls an advisor under the agency’s name; nothing said in the session comes back to the page', async () => {
    const activation = await make();
    const device = await embed(activation);
    await device.connect();
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const offer = valueOf(await device.command('offer.open', {}));
    const { calls } = await tablet.next('calls.changed', (event) => event.calls.length > 0);
    expect(calls).toMatchObject([{ activation: { id: activation.id, agency: 'Atelier Neuf' } }]);
    valueOf(await tablet.command('offer.claim', { secret: offer.secret }));
    await device.next('offer.claimed');
    const { offerId } = offer;
    const { sessionId } = valueOf(await device.command('offer.confirm', { offerId, summary: visitSummary }));
    await tablet.next('session.events');
    valueOf(await tablet.command('session.keep', { sessionId, sku: 'fjord-51.smoke', kept: true }));
    await tablet.next('session.events');
    expect(device.untaken('session.events')).toEqual([]);
    expect(codeOf(await device.command('session.read', { sessionId, seq: 0 }))).toBe('forbidden');
    expect((await device.connect({ session: { sessionId, seq: 0 } })).session).toBeNull();
    valueOf(await device.command('session.close', { sessionId, reason: 'farewell' }));
    const closed = await tablet.next('session.events');
    expect(closed.events).toMatchObject([{ actor: 'client', fact: { type: 'closed' } }]);
  });

  it('does no more than its scope says, whatever the page sends', async () => {
    const shows = await embed(await make({ scope: ['stock'] }));
    await shows.connect();
    expect(codeOf(await shows.command('offer.open', {}))).toBe('forbidden');
    expect(codeOf(await shows.command('advisor.list', {}))).toBe('forbidden');
    expect(codeOf(await shows.command('stock.elsewhere', { sku: 'fjord-51.smoke' }))).toBe('forbidden');
    const callsOnly = await embed(await make({ scope: ['hand-off'] }));
    expect((await callsOnly.connect()).stock).toEqual([]);
    const wide = await embed(await make({ scope: ['stock', 'nearby-stock'] }));
    expect((await wide.connect()).stock.length).toBeGreaterThan(1);
    const inbox = await fetch(`${server.url}/api/oms/levels`, {
      headers: { authorization: `Bearer ${(await wide.token()).token}` },
    });
    expect(inbox.status).toBe(403);
  });

  it('has as many places as were agreed, and a stolen key cannot ring without end', async () => {
    const activation = await make({ mostDevices: 2 });
    const [first] = [await embed(activation), await embed(activation)];
    const third = await TestDevice.newKeys();
    const full = await TestDevice.tryActivate(server.url, activation.key, page, third);
    expect(full).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    await first.connect();
    const answers = [];
    for (let call = 0; call < 8; call += 1) answers.push(await first.command('offer.open', {}));
    expect(answers.filter(({ ok }) => !ok).map((answer) => codeOf(answer as never))).toEqual([
      'rate-limited',
      'rate-limited',
    ]);
    server.clock.advance(16 * 60_000);
    expect((await TestDevice.tryActivate(server.url, activation.key, page, third)).status).toBe(200);
  });

  it('ends its pages’ lines when it is revoked, when a hand in the database ends it, and at its end', async () => {
    const [revoked, byHand, over] = [
      await make(),
      await make(),
      await make({ endsAtMs: server.clock.nowMs() + 60_000 }),
    ];
    const devices = [await embed(revoked), await embed(byHand), await embed(over)] as const;
    for (const device of devices) await device.connect();
    const ended = devices.map((device) => device.closed());
    expect((await server.asOperator(`/api/activations/${revoked.id}/revoke`, {})).status).toBe(200);
    expect(await devices[0].next('server.closing')).toMatchObject({ reason: 'revoked' });
    await server.inDatabase((db) =>
      db.updateTable('activations').set({ revoked_at_ms: 1 }).where('id', '=', byHand.id).execute(),
    );
    server.clock.advance(5_000);
    expect(await devices[1].next('server.closing')).toMatchObject({ reason: 'revoked' });
    server.clock.advance(55_000);
    await devices[2].next('server.closing');
    await Promise.all(ended);
    expect(await refusedAt(devices[2]).catch(String)).toBeTruthy();
    const keys = await TestDevice.newKeys();
    expect((await TestDevice.tryActivate(server.url, over.key, page, keys)).body).toMatchObject({
      code: 'code-expired',
    });
    const { activations } = z.parse(
      ActivationsReply,
      await (await server.asOperator('/api/activations')).json(),
    );
    expect(activations.find(({ id }) => id === revoked.id)).toMatchObject({ enrolled: 1 });
    const early = await make({ startsAtMs: server.clock.nowMs() + dayMs });
    const refused = await TestDevice.tryActivate(server.url, early.key, page, keys);
    expect(refused.body).toMatchObject({ code: 'forbidden', retryAfterMs: dayMs });
  });

  it('is rid of browsers that were not seen for a day and left nothing behind', async () => {
    const gone = await embed(await make());
    await gone.connect();
    const hungUp = gone.closed();
    gone.disconnect();
    await hungUp;
    const reports = () =>
      server.inDatabase((db) =>
        db.selectFrom('device_reports').selectAll().where('device_id', '=', gone.id).execute(),
      );
    const devices = () =>
      server.inDatabase((db) => db.selectFrom('devices').selectAll().where('id', '=', gone.id).execute());
    // What the server saw of it is written down once a minute, and must not keep it.
    await expect
      .poll(async () => {
        server.clock.advance(60_000);
        return (await reports()).length;
      }, patiently)
      .toBe(1);
    server.clock.advance(dayMs);
    await expect
      .poll(async () => {
        server.clock.advance(defaultTimings.tidyEveryMs);
        return (await devices()).length;
      }, patiently)
      .toBe(0);
    expect(await reports()).toEqual([]);
  });

  it('says what is wrong with a request, and is made by a console for its own Maison only', async () => {
    for (const wrong of [
      { origins: ['http://agency.example'] },
      { origins: ['https://agency.example/'] },
      { origins: ['*'] },
      { origins: [] },
      { scope: ['clients'] },
      { mostDevices: 0 },
      { endsAtMs: 1, startsAtMs: 2 },
    ]) {
      await expect(make(wrong)).rejects.toThrow();
    }
    const console = await server.enrol('console', 'aurelle-vendome');
    const authorization = `Bearer ${(await console.token()).token}`;
    const body = JSON.stringify({
      storeId: 'norde-marais',
      agency: 'Other',
      origins: ['http://localhost:5173'],
      scope: ['stock'],
      startsAtMs: server.clock.nowMs(),
      endsAtMs: server.clock.nowMs() + dayMs,
      mostDevices: 1,
    });
    const headers = { authorization, 'content-type': 'application/json' };
    const foreign = await fetch(`${server.url}/api/activations`, { method: 'POST', headers, body });
    expect(foreign.status).toBe(404);
    const own = await fetch(`${server.url}/api/activations`, {
      method: 'POST',
      headers,
      body: body.replace('norde-marais', 'aurelle-vendome'),
    });
    expect(own.status).toBe(200);
    const trail = await server.inDatabase((db) =>
      db.selectFrom('audit_entries').selectAll().where('maison_id', '=', 'aurelle').execute(),
    );
    expect(trail.at(-1)).toMatchObject({
      action: 'activation.made',
      actor_kind: 'device',
      actor_id: console.id,
    });
  });
});
