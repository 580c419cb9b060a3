import type { Answer } from '../../protocol/index.ts';
import type { PhoneDesk } from '../clients/phone-desk.ts';
import { houseWide, inMaison } from '../core/scope.ts';
import type { Routes } from './serve-routes.ts';

/** What a client's own phone asks. Every secret travels in a body: addresses are written down by others. */
export function clientRoutes(routes: Routes, { phones }: { readonly phones: PhoneDesk }): void {
  /** Which Maison's page it is, its secret says; one that nobody gave is refused by the work itself. */
  const within = async <Value>(
    secret: string,
    work: () => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> => {
    const maisonId = await houseWide('whose page a phone has', () => phones.maisonOf(secret));
    return maisonId === null
      ? await houseWide('a page that is nobody’s', work)
      : await inMaison(maisonId, work);
  };
  routes.serve('phone.open', ({ body: { secret } }) => within(secret, () => phones.open(secret)));
  routes.serve('phone.read', ({ body: { key } }) => within(key, () => phones.read(key)));
  routes.serve('phone.consent', ({ body: { key, consent } }) =>
    within(key, () => phones.consent(key, consent)),
  );
  routes.serve('phone.withdraw', ({ body: { key, purpose } }) =>
    within(key, () => phones.withdraw(key, purpose)),
  );
  routes.serve('phone.erase', ({ body: { key } }) => within(key, () => phones.erase(key)));
}
