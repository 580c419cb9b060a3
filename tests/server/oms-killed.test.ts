import { afterEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { HoldAsk } from '../../protocol/connector/index.ts';
import { IdMapping } from '../../server/oms/id-mapping.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { houseNames, type Mischief } from './support/fake-house.ts';
import { codeOf, handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';

let connected: ConnectedServer;
afterEach(async () => {
  await connected.stop();
});

async function visit() {
  const kiosk = await connected.server.connect('kiosk', storeId);
  const tablet = await connected.server.advisor(storeId, 'noemie-caron');
  return { kiosk, tablet, sessionId: await handOff(kiosk, tablet) };
}

/** The house's system is killed when it has reserved the piece and has not said so; it is away until it is started again. */
function killAfterReserving(): void {
  const reserveAndDie: Mischief = (_request, response) => {
    const body: unknown = JSON.parse(connected.house.heard.at(-1)?.body ?? 'null');
    const ask = z.parse(HoldAsk, new IdMapping(houseNames).inward(body));
    connected.house.isDown = true;
    void connected.system.connector.hold(ask).then(() => response.destroy());
  };
  connected.house.mischief.push(reserveAndDie);
}

const promised = async () => {
  const there = await connected.system.connector.level(storeId, sku);
  return there.kind === 'read' ? there.level.promised : null;
};

/** The house is started again, and whoever owes it a letter tries when their time comes. */
async function untilPromised(count: number): Promise<void> {
  connected.house.isDown = false;
  await expect
    .poll(
      async () => {
        connected.server.clock.advance(61_000);
        return await promised();
      },
      { timeout: 20_000 },
    )
    .toBe(count);
}

it('a house killed in the middle of a hold: the advisor is told no, and what it had reserved is free again', async () => {
  connected = await ConnectedServer.start();
  const { kiosk, tablet, sessionId } = await visit();
  killAfterReserving();
  const id = crypto.randomUUID();
  expect(codeOf(await tablet.command('hold.place', { sessionId, sku }, id))).toBe('oms-unavailable');
  expect(await promised()).toBe(1);
  const { events } = valueOf(await kiosk.command('session.read', { sessionId, seq: 0 }));
  expect(events.map(({ fact }) => fact.type)).toEqual(['started']);
  await untilPromised(0);
  // The same tap, sent again, is a hold now: a no of the moment is not kept.
  const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }, id));
  expect(await promised()).toBe(1);
  valueOf(await tablet.command('hold.release', { holdId: hold.id }));
  await untilPromised(0);
});

it('a house killed in the middle of a hold, where holds are queued: it is held once, there as here', async () => {
  connected = await ConnectedServer.start({ whenDown: 'queue' });
  const { tablet, sessionId } = await visit();
  killAfterReserving();
  const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
  expect(hold).toMatchObject({ state: 'active' });
  connected.house.isDown = false;
  const asked = () => connected.house.heard.filter(({ call }) => call === 'hold').length;
  await expect
    .poll(
      () => {
        connected.server.clock.advance(61_000);
        return asked();
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(1);
  // Asked again with the same key, it answers with the hold that it had made.
  await expect.poll(promised).toBe(1);
  valueOf(await tablet.command('hold.release', { holdId: hold.id }));
  await untilPromised(0);
});
