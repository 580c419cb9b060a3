import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../server/http/route-table.ts';
import { plainRoutes } from '../../server/http/routes/plain.ts';
import type { Route } from '../../server/http/routes/route.ts';
import { TestServer } from './support/test-server.ts';
import { watchRoutes } from './support/watch-routes.ts';

let server: TestServer;
let registered: readonly string[];
beforeAll(async () => {
  const watched = await watchRoutes(() => TestServer.start());
  server = watched.started;
  registered = watched.registered;
});
afterAll(async () => {
  await server.stop();
});

const inTable = Object.values<Route>(routes).map(({ method, path }) => `${method} ${path}`);
const isPlain = (route: string) => Object.hasOwn(plainRoutes, route.replace(/^GET /, ''));

describe('the server', () => {
  it('answers no address that is not in the route table', () => {
    const missing = registered.filter((route) => !inTable.includes(route) && !isPlain(route));
    const told =
      'Give each of these a row in its group’s file of server/http/routes/ and serve it by `routes.serve(name, work)`; a page or a file goes into `plainRoutes` of routes/plain.ts with why it is no part of the contract';
    expect(missing, told).toEqual([]);
    expect(registered.length).toBeGreaterThan(20);
  });

  it('answers every row of the route table, once', () => {
    const times = (route: string) => registered.filter((one) => one === route).length;
    expect(inTable.filter((route) => times(route) !== 1)).toEqual([]);
    expect(new Set(inTable).size).toBe(inTable.length);
  });

  it('has a parameter for every part of an address that varies, and no other', () => {
    for (const { path, params } of Object.values<Route>(routes)) {
      const inPath = Array.from(path.matchAll(/:(\w+)/g), ([, name]) => name);
      expect([path, Object.keys(params?.shape ?? {})]).toEqual([path, inPath]);
    }
  });
});
