import '../../sdk/fonts/bodoni-moda.css';
import '@fontsource-variable/hanken-grotesk';
import '@fontsource-variable/schibsted-grotesk';
import './oms.css';
import { createRoot } from 'react-dom/client';
import { systemClock } from '../../sdk/core/clock.ts';
import { readFragment, withoutFragment } from '../../sdk/session/address-fragment.ts';
import { loadCollection, loadConfig } from '../../sdk/session/collection.ts';
import { pickHouse } from '../../sdk/session/pick-house.ts';
import { applyTheme } from '../../sdk/session/theme-variables.ts';
import { createBrowserLink } from '../../sdk/sync/browser-link.ts';
import { createOmsClient } from './oms-client.ts';
import { OmsDesk } from './oms-desk.ts';
import { OmsPage } from './oms-page.tsx';

const fetchHere: typeof globalThis.fetch = (input, init) => fetch(input, init);

/** Where the browser remembers whose console it is. */
const rememberedHouse = 'vitrine-console-house';

async function open(root: HTMLElement): Promise<void> {
  const { enrolCode } = readFragment(location.hash);
  if (location.hash) history.replaceState(null, '', withoutFragment(location.href));
  const config = await loadConfig(fetchHere);
  const house = pickHouse(config, location.search, localStorage.getItem(rememberedHouse));
  if (!house) throw new Error('the server has no house');
  const [collection, link] = await Promise.all([
    loadCollection(fetchHere, house.id),
    createBrowserLink({ role: 'console', maisonKey: house.id, clientVersion: config.version }),
  ]);
  localStorage.setItem(rememberedHouse, house.id);
  applyTheme(document.documentElement, collection.theme);
  document.title = `${collection.catalogue.maisonName} · Stock`;
  const client = createOmsClient({
    serverUrl: location.origin,
    fetch: fetchHere,
    token: () => link.token(),
  });
  const desk = new OmsDesk(link, client);
  desk.start();
  const firstLocale = navigator.language.startsWith('fr') ? 'fr' : 'en';
  createRoot(root).render(
    <OmsPage desk={desk} collection={collection} clock={systemClock} firstLocale={firstLocale} />,
  );
  await link.start();
  if (enrolCode) await desk.enrol(enrolCode);
}

const root = document.getElementById('oms');
if (root)
  open(root).catch((fault: unknown) => {
    root.textContent = 'The server cannot be reached. Load this page again in a moment.';
    reportError(fault);
  });
