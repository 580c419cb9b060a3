import { WishListRequest, type MaisonId } from '../../protocol/index.ts';
import { inMaison, houseWide } from '../core/scope.ts';
import { refuse } from '../core/answers.ts';
import { parseWith } from '../core/parse.ts';
import type { Houses } from '../houses/houses.ts';
import { ClosingBody } from '../sale/attribution-desk.ts';
import type { SaleServices } from '../sale/create-sale.ts';
import type { Routes } from './serve-routes.ts';

/** What a client's phone takes with it, and what a house's own systems ask about attributions. */
export function saleRoutes(
  routes: Routes,
  { sale, houses }: { readonly sale: SaleServices; readonly houses: Houses },
): void {
  const isHouse = async (maisonId: MaisonId): Promise<boolean> => {
    const maisons = await houseWide('which houses there are', () => houses.maisons());
    return maisons.some(({ id }) => id === maisonId);
  };
  routes.serve('appointment.take', async ({ body: { secret, locale } }) => {
    const maisonId = await houseWide('whose appointment a phone takes', () =>
      sale.takeaways.maisonOf(secret),
    );
    if (maisonId === null) return refuse('code-unknown', 'This mark has run out. Ask for a new one.');
    return await inMaison(maisonId, () => sale.takeaways.take(secret, locale));
  });
  routes.serve('attribution.keys', async ({ params: { maisonId } }) => {
    if (!(await isHouse(maisonId))) return refuse('not-found', 'There is no such house.');
    return await inMaison(maisonId, async () => ({
      ok: true,
      value: await sale.signer.publicKeys(maisonId),
    }));
  });
  routes.serve('wish-list.make', async ({ signed, text }) => {
    const { maisonId } = signed.house;
    const body = parseWith(WishListRequest, parsedJson(text), 'The list');
    return body.ok
      ? await inMaison(maisonId, () => sale.wishLists.make(maisonId, signed.id, body.value))
      : body;
  });
  routes.serve('wish-list.phone', async ({ params: { maisonId }, body }) => {
    if (!(await isHouse(maisonId))) return refuse('not-found', 'There is no such house.');
    return await inMaison(maisonId, () => sale.wishLists.makeOnPhone(maisonId, body));
  });
  routes.serve('attribution.close', async ({ signed, text }) => {
    const { maisonId } = signed.house;
    const body = parseWith(ClosingBody, parsedJson(text), 'The closing');
    return body.ok
      ? await inMaison(maisonId, () => sale.attribution.closeElsewhere(maisonId, body.value))
      : body;
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
