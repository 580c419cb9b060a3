import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOms } from '../../tools/oms.ts';
import { TestServer } from './support/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(async () => {
  await server.stop();
});

const oms = (...args: string[]) =>
  runOms([...args, '--url', server.url, '--data', server.dataDir], {}, process.cwd());

describe('npm run oms', () => {
  it('sets a level in the running server, and the kiosk sees it move', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    expect(await oms('set-stock', 'norde-marais', 'fjord-51.smoke', '8')).toContain('8  (revision 2)');
    expect((await kiosk.next('stock.changed')).levels).toMatchObject([
      { onHand: 8, available: 8, revision: 2 },
    ]);
    expect(await oms('levels', 'norde-marais')).toMatch(/fjord-51\.smoke +8 /);
  });

  it('says plainly what is wrong: boutique, SKU, number, words, folder', async () => {
    const refused = (refusal: string, message: RegExp) => ({
      refusal,
      message: expect.stringMatching(message) as string,
    });
    await expect(oms('set-stock', 'norde-oslo', 'fjord-51.smoke', '1')).rejects.toMatchObject(
      refused('refused', /no boutique norde-oslo/),
    );
    await expect(oms('set-stock', 'norde-marais', 'fjord-51.pink', '1')).rejects.toMatchObject(
      refused('refused', /does not count fjord-51\.pink/),
    );
    for (const count of ['-1', '1.5', 'two', '99999999']) {
      await expect(oms('set-stock', 'norde-marais', 'fjord-51.smoke', count)).rejects.toMatchObject(
        refused('usage', /whole number/),
      );
    }
    await expect(oms('levels', 'norde-oslo')).rejects.toMatchObject(refused('refused', /There are: /));
    await expect(oms('sell-everything')).rejects.toMatchObject(refused('usage', /^Usage/));
    await expect(oms('set-stock', 'norde-marais')).rejects.toMatchObject(refused('usage', /^Usage/));
    const nowhere = runOms(['levels', '--url', server.url, '--data', '/nowhere'], {}, process.cwd());
    await expect(nowhere).rejects.toMatchObject(refused('no-token', /Start the server once/));
  });

  it('says so when no server runs', async () => {
    const args = ['levels', '--url', 'http://127.0.0.1:9', '--data', server.dataDir];
    await expect(runOms(args, {}, process.cwd())).rejects.toMatchObject({ refusal: 'server-not-running' });
  });

  it('is for the operator and for a console of the same Maison, and for nobody else', async () => {
    const call = async (token: string, body?: unknown) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
      return await fetch(`${server.url}/api/oms/levels`, init);
    };
    const level = { storeId: 'norde-marais', sku: 'fjord-51.smoke', onHand: 3 };
    expect((await call('guess', level)).status).toBe(401);
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    expect((await call((await kiosk.token()).token, level)).status).toBe(403);
    const stranger = await server.enrol('console', 'aurelle-vendome');
    const { token } = await stranger.token();
    expect((await call(token, level)).status).toBe(404);
    const { levels } = (await (await call(token)).json()) as { levels: { maisonId: string }[] };
    expect(new Set(levels.map(({ maisonId }) => maisonId))).toEqual(new Set(['aurelle']));
    const own = await server.enrol('console', 'norde-marais');
    expect((await call((await own.token()).token, level)).status).toBe(200);
  });
});
