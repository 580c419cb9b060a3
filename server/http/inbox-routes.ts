import type { Catalogue, MaisonId } from '../../protocol/index.ts';
import { inMaison } from '../core/scope.ts';
import type { CaptureDesk } from '../oms/epcis/capture-desk.ts';
import { storeAtIn, type EpcisNames } from '../oms/epcis/epcis-document.ts';
import { asGtin14 } from '../oms/epcis/gs1-names.ts';
import type { Inbox } from '../oms/inbox.ts';
import type { Routes } from './serve-routes.ts';

interface InboxDeps {
  readonly inbox: Inbox;
  readonly captures: CaptureDesk;
  readonly catalogues: ReadonlyMap<MaisonId, Catalogue>;
  /** A house's own boutiques by the names that its RFID readers give to places. */
  readonly placesOf: (maisonId: MaisonId) => Readonly<Record<string, string>>;
}

/** Where a house's own systems speak: signed webhooks, and RFID reads as EPCIS 2.0 captures. */
export function inboxRoutes(routes: Routes, deps: InboxDeps): void {
  const { inbox, captures } = deps;
  routes.serve('oms.webhook', ({ signed, text }) => inbox.take(signed, text));
  routes.serve('epcis.capture', async ({ signed: { id, house }, text, reply }) => {
    const { maisonId } = house;
    const job = await inMaison(maisonId, () => captures.capture(maisonId, id, text, namesOf(deps, maisonId)));
    if (!job.ok) return job;
    reply.header('location', `/api/epcis/${maisonId}/capture/${job.value.captureID}`);
    reply.header('gs1-epcis-version', '2.0.0');
    return job;
  });
  routes.serve('epcis.job', async ({ signed, params }) => {
    const { maisonId } = signed.house;
    return await inMaison(maisonId, () => captures.job(maisonId, params.captureId));
  });
}

/** A house's names for places and items, as its configuration and its catalogue tell them. */
function namesOf({ catalogues, placesOf }: InboxDeps, maisonId: MaisonId): EpcisNames {
  const skus = new Map<string, string>();
  for (const { variants } of catalogues.get(maisonId)?.pieces ?? []) {
    for (const { gtin, sku } of variants) {
      const gtin14 = asGtin14(gtin);
      if (gtin14 !== null) skus.set(gtin14, sku);
    }
  }
  return { storeAt: storeAtIn(placesOf(maisonId)), skuOf: (gtin) => skus.get(gtin) ?? null };
}
