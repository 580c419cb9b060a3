import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { challengeLifetimeMs } from '../../server/devices/device-tokens.ts';
import { defaultTimings } from '../../server/server-config.ts';
import { testPostgresUrl } from './support/databases.ts';
import { post, type TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.smoke';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const servers = [
  { name: 'SQLite', start: () => TestServer.start() },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', start: () => TestServer.startOnPostgres(testPostgresUrl ?? '') }]),
];

describe.each(servers)('the clock of a server on $name that is set', ({ start }) => {
  let server: TestServer;
  let kiosk: TestDevice;
  let tablet: TestDevice;
  let sessionId: string;
  beforeAll(async () => {
    server = await start();
    kiosk = await server.connect('kiosk', storeId);
    tablet = await server.advisor(storeId, 'noemie-caron');
    sessionId = await handOff(kiosk, tablet);
    await server.setStock(storeId, sku, 1);
    await kiosk.next('stock.changed', ({ levels }) => levels[0]?.onHand === 1);
  });
  afterAll(async () => {
    await server.stop();
  });

  /** The minute-hand is where it was put; now the server looks again, as it does every two seconds. */
  const look = () => server.clock.advance(defaultTimings.catchUpEveryMs);
  const hold = () => tablet.command('hold.place', { sessionId, sku });
  const freed = () =>
    kiosk.next('stock.changed', ({ levels }) =>
      levels.some((level) => level.sku === sku && level.available === 1),
    );
  const ended = () =>
    kiosk.next('session.events', ({ events }) => events.some(({ fact }) => fact.type === 'hold-ended'));
  /** Both have new tokens of the time that it is now, and the advisor her PIN. */
  const comeBack = async () => {
    for (const device of [kiosk, tablet]) {
      device.disconnect();
      await device.connect();
    }
    valueOf(await tablet.command('advisor.sign-in', { advisorId: 'noemie-caron', pin: server.pin('norde') }));
  };
  const answerTo = async (nonce: string) =>
    await post(`${server.url}/api/devices/token`, {
      deviceId: kiosk.id,
      nonce,
      signature: await kiosk.sign(nonce),
    });

  it('forward ends holds early and holds nothing twice', async () => {
    valueOf(await hold());
    expect(codeOf(await hold())).toBe('out-of-stock');
    server.clock.set(defaultTimings.holdMs);
    look();
    await ended();
    await freed();
    valueOf(await hold());
    expect(codeOf(await hold())).toBe('out-of-stock');
  });

  it('back a little lets a hold last that much longer', async () => {
    server.clock.set(-10 * minuteMs);
    look();
    server.clock.advance(defaultTimings.holdMs - minuteMs);
    expect(codeOf(await hold())).toBe('out-of-stock');
    server.clock.advance(12 * minuteMs);
    await ended();
    await freed();
  });

  it('back by more than a piece waits for its client ends that too', async () => {
    const reserve = { sessionId, storeId: 'norde-mayfair', sku };
    await server.setStock('norde-mayfair', sku, 1);
    const { collection } = valueOf(await tablet.command('collection.reserve', reserve));
    const stateOf = async () =>
      valueOf(await tablet.command('sale.read', { sessionId })).collections.find(
        ({ id }) => id === collection.id,
      )?.state;
    // As long as it waits, and not by much: it stays.
    server.clock.set(-(collection.untilMs - server.clock.nowMs()) + minuteMs);
    await comeBack();
    look();
    expect(await stateOf()).toBe('waiting');
    server.clock.set(-2 * minuteMs);
    await comeBack();
    look();
    await expect.poll(stateOf).toBe('ended');
    server.clock.set(48 * hourMs);
    await comeBack();
  });

  it('back by more than a hold lasts ends it: no piece is kept for as long as the clock was wrong', async () => {
    valueOf(await hold());
    // As a host does that came up with the wrong year, and was told the right one.
    server.clock.set(-365 * 24 * hourMs);
    look();
    await ended();
    await freed();
    await comeBack();
    const { hold: next } = valueOf(await hold());
    expect(next.expiresAtMs).toBe(server.clock.nowMs() + defaultTimings.holdMs);
    valueOf(await tablet.command('hold.release', { holdId: next.id }));
  });

  it('forward ends tokens and challenges, and each device has new ones at once', async () => {
    const nonce = await kiosk.challenge();
    server.clock.set(defaultTimings.tokenMs);
    // The line ends before the refusal is through.
    await expect(tablet.command('advisor.visits', {})).rejects.toThrow('disconnected');
    await tablet.next('server.closing', ({ reason }) => reason === 'token-expired');
    expect(await answerTo(nonce)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    await comeBack();
    expect(valueOf(await tablet.command('advisor.visits', {}))).toBeDefined();
  });

  it('back makes neither a token nor a challenge good for longer', async () => {
    const [used, unused] = [await kiosk.challenge(), await kiosk.challenge()];
    expect((await answerTo(used)).status).toBe(200);
    const { token } = await kiosk.token();
    server.clock.set(-hourMs);
    const late = await server.enrol('kiosk', storeId, 'Mirror 2');
    await expect(late.open(token)).rejects.toThrow('unauthenticated');
    expect((await answerTo(unused)).status).toBe(401);
    await comeBack();
    // Within the seconds by which two nodes may differ nothing of the kind happens.
    const near = await kiosk.challenge();
    server.clock.set(-challengeLifetimeMs / 2);
    expect((await answerTo(near)).status).toBe(200);
  });
});
