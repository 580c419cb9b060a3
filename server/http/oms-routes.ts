import type {
  Answer,
  MaisonId,
  OmsLevelRow,
  OmsLevelsReply,
  OmsSetLevelReply,
  OmsSetLevelRequest,
} from '../../protocol/index.ts';
import type { OmsLevel } from '../../protocol/connector/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Houses } from '../houses/houses.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { EmbeddedOms } from '../oms/embedded/embedded-oms.ts';
import type { StockBook } from '../stock/stock-book.ts';
import type { Scope } from './operator-scope.ts';
import type { Routes } from './serve-routes.ts';

interface OmsDeps {
  readonly oms: EmbeddedOms;
  readonly connectors: Connectors;
  readonly houses: Houses;
  readonly book: StockBook;
}

/**
 * What each Maison's OMS counts, for people: `npm run oms` and the OMS page; a house's own system as it was read last. Only the embedded one can be set from here.
 */
export function omsRoutes(routes: Routes, deps: OmsDeps): void {
  routes.serve('oms.levels', ({ scope }) => readAll(deps, scope));
  routes.serve('oms.set-level', ({ scope, body }) => setOne(deps, scope, body));
}

async function readAll(deps: OmsDeps, { maisonId }: Scope): Promise<Answer<OmsLevelsReply>> {
  const levels: OmsLevelRow[] = [];
  for (const maison of await deps.houses.maisons()) {
    if (maisonId !== null && maison.id !== maisonId) continue;
    for (const level of await levelsOf(deps, maison.id)) levels.push(await asRow(deps, maison.id, level));
  }
  return done({ levels });
}

/** A foreign system that is away must not keep the others' levels from the operator, so it is not asked here. */
async function levelsOf({ connectors, houses, book }: OmsDeps, maisonId: MaisonId): Promise<OmsLevel[]> {
  const { connector } = connectors.of(maisonId);
  if (connector.name === 'embedded') return (await connector.levels()).levels;
  const stores = await houses.stores(maisonId);
  return (await Promise.all(stores.map(({ id }) => book.told(id)))).flat();
}

async function setOne(
  deps: OmsDeps,
  scope: Scope,
  { storeId, sku, onHand }: OmsSetLevelRequest,
): Promise<Answer<OmsSetLevelReply>> {
  for (const maison of await deps.houses.maisons()) {
    if (scope.maisonId !== null && maison.id !== scope.maisonId) continue;
    if (!(await deps.houses.store(maison.id, storeId))) continue;
    const { name } = deps.connectors.of(maison.id).connector;
    if (name !== 'embedded') return refuse('forbidden', `${storeId} is counted in the house’s own ${name}.`);
    const set = await deps.oms.setStock(storeId, sku, onHand);
    return set.ok ? done({ level: await asRow(deps, maison.id, set.value) }) : set;
  }
  return refuse('not-found', `There is no boutique ${storeId}.`);
}

async function asRow(deps: OmsDeps, maisonId: MaisonId, level: OmsLevel): Promise<OmsLevelRow> {
  const store = await deps.houses.store(maisonId, level.storeId);
  return { maisonId, storeName: store?.name ?? level.storeId, city: store?.city ?? '', ...level };
}
