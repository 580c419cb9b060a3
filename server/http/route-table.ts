import { activationRoutes } from './routes/activations.ts';
import { advisorRoutes } from './routes/advisors.ts';
import { consoleRoutes } from './routes/console.ts';
import { deviceOwnRoutes } from './routes/device-own.ts';
import { houseRoutes } from './routes/house.ts';
import { omsDeskRoutes } from './routes/oms-desk.ts';
import { openRoutes } from './routes/open.ts';
import { operatorPasskeyRoutes } from './routes/operator-passkeys.ts';
import { operatorRoutes } from './routes/operator.ts';
import { phoneRoutes } from './routes/phone.ts';
import { saleRoutes } from './routes/sale.ts';
import type { Route, Routes } from './routes/route.ts';

/** Every route of the HTTP API, a file to a group. A change is a change of the contract: `npm run contract` publishes it. */
export const routes = {
  ...openRoutes,
  ...deviceOwnRoutes,
  ...activationRoutes,
  ...consoleRoutes,
  ...operatorRoutes,
  ...operatorPasskeyRoutes,
  ...advisorRoutes,
  ...phoneRoutes,
  ...omsDeskRoutes,
  ...houseRoutes,
  ...saleRoutes,
} as const satisfies Routes;

export type RouteName = keyof typeof routes;

/** A row of the table, with all that a row may have. */
export function routeOf(name: RouteName): Route {
  return routes[name];
}
