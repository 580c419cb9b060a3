import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../sdk/core/clock.ts';
import { createLink } from '../../sdk/sync/create-link.ts';
import { createDeviceKeys, memoryKeySlot } from '../../sdk/sync/device-keys.ts';
import type { Link, LinkState } from '../../sdk/sync/link.ts';
import { MemoryStorage } from '../../sdk/sync/memory-storage.ts';
import { openSocketIo } from '../../sdk/sync/socket-io-line.ts';
import { freeTcpPort } from './support/free-tcp-port.ts';
import { TestServer } from './support/test-server.ts';

const storeId = 'norde-mayfair';
const sku = 'fjord-51.smoke';

/** The state that a link comes to, as soon as it does. */
async function until(link: Link, wanted: (state: LinkState) => boolean): Promise<LinkState> {
  if (wanted(link.state.get())) return link.state.get();
  return await new Promise((resolve) => {
    const stop = link.state.subscribe(() => {
      if (!wanted(link.state.get())) return;
      stop();
      resolve(link.state.get());
    });
  });
}

const isLive = ({ status }: LinkState) => status.kind === 'live';
const onHand = ({ stock }: LinkState) => stock.get(storeId)?.levels.get(sku)?.onHand;

describe("a device's line over a real socket", () => {
  let server: TestServer;
  let link: Link;

  beforeEach(async () => {
    server = await TestServer.start({ port: await freeTcpPort() });
    link = createLink({
      role: 'tablet',
      serverUrl: server.url,
      clientVersion: 'test',
      clock: systemClock,
      random: { unit: () => 0, id: () => crypto.randomUUID() },
      fetch: (input, init) => fetch(input, init),
      storage: new MemoryStorage(),
      keys: createDeviceKeys(memoryKeySlot(), crypto.subtle),
      openSocket: openSocketIo,
    });
    await link.start();
    const enrolment = { maisonId: 'norde', storeId, role: 'tablet', name: 'Tablet 1' } as const;
    const { code } = await server.running.createEnrolmentLink(enrolment);
    expect(await link.enrol(code)).toMatchObject({ ok: true, value: { store: { id: storeId } } });
    await until(link, isLive);
  });

  afterEach(async () => {
    link.stop();
    await server.stop();
  });

  it('brings a count from the house to the device, and knows the clock of the server', async () => {
    expect(onHand(link.state.get())).toBeTypeOf('number');
    await server.setStock(storeId, sku, 9);
    await until(link, (state) => onHand(state) === 9);
    const serverNowMs = systemClock.nowMs() + link.state.get().clockOffsetMs;
    expect(Math.abs(serverNowMs - server.clock.nowMs())).toBeLessThan(5_000);
  });

  it('misses nothing while the server is away, and sends what waited when it is back', async () => {
    const pin = server.pin('norde');
    await server.restart();
    // The line comes back after the time that the server asked for; until then this waits.
    const signIn = link.command('advisor.sign-in', { advisorId: 'imogen-clarke', pin });
    await server.setStock(storeId, sku, 11);
    expect(onHand(link.state.get())).not.toBe(11);
    expect(await signIn).toMatchObject({ ok: true, value: { advisor: { id: 'imogen-clarke' } } });
    await until(link, (state) => onHand(state) === 11 && state.advisor?.id === 'imogen-clarke');
  });

  it('is told when it is taken out of service', async () => {
    const deviceId = link.state.get().identity?.deviceId ?? '';
    await server.running.revokeDevice(deviceId);
    const state = await until(link, ({ status }) => status.kind === 'refused');
    expect(state.identity).toBeNull();
    expect(await link.command('advisor.list', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });
});
