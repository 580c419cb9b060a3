import { consentTextVersion, type ClientChoice, type ClientConsent } from '../../../protocol/index.ts';
import type { TestDevice } from './test-device.ts';
import type { TestServer } from './test-server.ts';
import { handOff, valueOf } from './visit.ts';

/** The demo client of Norde as the house's own files have them. */
export const bastien = { id: 'n-2011', card: 'NRD-4401-7725-19', name: 'Bastien', surname: 'Roux' } as const;

export const all: ClientChoice[] = [
  { purpose: 'greet', term: 'visit' },
  { purpose: 'advise', term: 'visit' },
  { purpose: 'after-sale', term: 'visit' },
];

/** A yes to these purposes, by a card. */
export function consentTo(choices: ClientChoice[], card: string = bastien.card): ClientConsent {
  return {
    reference: { kind: 'loyalty-card', value: card },
    choices,
    textVersion: consentTextVersion,
    locale: 'fr',
  };
}

export interface Visit {
  readonly kiosk: TestDevice;
  readonly tablet: TestDevice;
  readonly sessionId: string;
}

let mirrors = 0;

/** An open session, at Le Marais where no other boutique is named, at a mirror of its own. */
export async function openVisit(
  server: TestServer,
  advisorId = 'noemie-caron',
  storeId = 'norde-marais',
): Promise<Visit> {
  mirrors += 1;
  const kiosk = await server.connect('kiosk', storeId, `Mirror ${mirrors}`);
  const tablet = await server.advisor(storeId, advisorId);
  return { kiosk, tablet, sessionId: await handOff(kiosk, tablet) };
}

/** What a screen reads now. */
export async function readingOf(device: TestDevice, sessionId: string) {
  return valueOf(await device.command('client.read', { sessionId }));
}
