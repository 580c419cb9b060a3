import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFrame, applySnapshot, type StockState, type Welcome } from '../../protocol/index.ts';
import { TestServer } from './support/test-server.ts';

const seed = JSON.parse(readFileSync('assets/collections/norde/oms-seed.json', 'utf8')) as {
  readonly levels: readonly { readonly storeId: string }[];
};

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(async () => {
  await server.stop();
});

function stockOf(welcome: Welcome): StockState {
  let state: StockState = new Map();
  for (const catchUp of welcome.stock) {
    if (catchUp.kind === 'snapshot') state = applySnapshot(state, catchUp.snapshot);
  }
  return state;
}

describe('a kiosk that connects', () => {
  it('learns who it is, its own stock and that of the other boutiques of its Maison only', async () => {
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    const welcome = await kiosk.connect();
    expect(welcome.identity).toMatchObject({ role: 'kiosk', maisonId: 'norde', name: 'Mirror 1' });
    const stock = stockOf(welcome);
    expect([...stock.keys()]).toEqual(['norde-marais', 'norde-mayfair', 'norde-stockholm']);
    expect(stock.get('norde-marais')?.levels.get('fjord-51.tortoise')).toMatchObject({
      onHand: 3,
      available: 3,
      source: 'embedded',
    });
  });

  it('hears a change of the OMS as one contiguous frame, also of a boutique nearby', async () => {
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    const stock = stockOf(await kiosk.connect());
    const response = await server.setStock('norde-mayfair', 'meridian-58.gold-green', 7);
    expect(response.status).toBe(200);
    const frame = await kiosk.next('stock.changed');
    const { state, outcome } = applyFrame(stock, frame);
    expect(outcome).toBe('applied');
    expect(state.get('norde-mayfair')?.levels.get('meridian-58.gold-green')?.available).toBe(7);
  });

  it('that was away gets the tail it missed, or everything where it knows nothing', async () => {
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    const stock = stockOf(await kiosk.connect());
    kiosk.disconnect();
    await server.setStock('norde-marais', 'fjord-51.smoke', 6);
    await server.setStock('norde-marais', 'fjord-51.smoke', 5);
    const other = await server.connect('kiosk', 'norde-marais', 'Mirror 2');
    await other.hello();
    const stockCursors = Object.fromEntries([...stock].map(([id, { cursor }]) => [id, cursor]));
    await expect
      .poll(async () =>
        (await kiosk.connect({ stockCursors })).stock.find(
          (each) => each.kind === 'tail' && each.frames.length > 0,
        ),
      )
      .toMatchObject({
        storeId: 'norde-marais',
        frames: [{ levels: [{ sku: 'fjord-51.smoke', onHand: 5 }] }],
      });
  });

  it('sees the age of every level renewed when the OMS confirms it', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    server.clock.advance(5 * 60_000);
    const frame = await kiosk.next('stock.changed', ({ storeId }) => storeId === 'norde-marais');
    const seeded = seed.levels.filter(({ storeId }) => storeId === 'norde-marais');
    expect(frame.levels).toHaveLength(seeded.length);
    expect(seeded.length).toBeGreaterThan(1);
    expect(new Set(frame.levels.map(({ asOfMs }) => asOfMs))).toEqual(new Set([server.clock.nowMs()]));
  });
});
