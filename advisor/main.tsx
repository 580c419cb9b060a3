import '@fontsource-variable/bodoni-moda/opsz.css';
import '@fontsource-variable/hanken-grotesk';
import '@fontsource-variable/schibsted-grotesk';
import './styles/base.css';
import './styles/parts.css';
import './styles/pieces.css';
import './styles/screens.css';
import './styles/together.css';
import './styles/sale.css';
import { createRoot } from 'react-dom/client';
import { systemClock } from '../sdk/core/clock.ts';
import { readFragment, withoutFragment } from '../sdk/session/address-fragment.ts';
import { loadCollection, loadConfig } from '../sdk/session/collection.ts';
import { pickHouse } from '../sdk/session/pick-house.ts';
import { applyTheme } from '../sdk/session/theme-variables.ts';
import { ClientBoard } from '../sdk/sync/client-board.ts';
import { SaleDesk } from '../sdk/sync/sale-desk.ts';
import { sendReports } from '../sdk/sync/report-sender.ts';
import { createBrowserLink } from '../sdk/sync/browser-link.ts';
import { App } from './app/app.tsx';
import { Desk } from './app/desk.ts';
import { mountSceneViewer } from './app/scene-viewer.ts';
import { speakerOf } from './language/words.ts';

const fetchHere = (url: string) => fetch(url);

/** Where the browser remembers whose tablet it is, for an address that does not say. */
const rememberedHouse = 'vitrine-tablet-house';

/** Opens the tablet of the house that the address names. The line opens while the collection is being read. */
async function open(root: HTMLElement): Promise<void> {
  const fragment = readFragment(location.hash);
  // A code or a secret stays neither in the address bar nor in the history.
  if (location.hash) history.replaceState(null, '', withoutFragment(location.href));

  const config = await loadConfig(fetchHere);
  const house = pickHouse(config, location.search, localStorage.getItem(rememberedHouse));
  if (!house) throw new Error('the server has no house');
  const [collection, link] = await Promise.all([
    loadCollection(fetchHere, house.id),
    createBrowserLink({ role: 'tablet', maisonKey: house.id, clientVersion: config.version }),
  ]);
  localStorage.setItem(rememberedHouse, house.id);
  applyTheme(document.documentElement, collection.theme);
  document.documentElement.dataset['maison'] = house.id;
  document.title = `${collection.catalogue.maisonName} · Advisor`;

  const desk = new Desk(link, collection.catalogue);
  desk.start();
  const clients = new ClientBoard(link, systemClock);
  clients.start();
  const sales = new SaleDesk(link);
  sales.start();
  const firstLocale = navigator.language.startsWith('fr') ? 'fr' : 'en';
  createRoot(root).render(
    <App
      desk={desk}
      clients={clients}
      sales={sales}
      publicUrl={config.publicUrl}
      collection={collection}
      clock={systemClock}
      firstLocale={firstLocale}
      mountViewer={mountSceneViewer}
    />,
  );
  const openedAtMs = systemClock.monotonicMs();
  let faults = 0;
  for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, () => (faults += 1));
  sendReports(link, systemClock, () => {
    const upMs = Math.round(systemClock.monotonicMs() - openedAtMs);
    return { upMs, faults, mirror: null };
  });
  await link.start();
  if (fragment.enrolCode) await desk.enrol(fragment.enrolCode);
  if (fragment.claimSecret) await desk.claimSecret(fragment.claimSecret);
  // A tablet that lies on the counter is opened again by the next mark that its camera reads.
  addEventListener('hashchange', () => {
    const { claimSecret } = readFragment(location.hash);
    history.replaceState(null, '', withoutFragment(location.href));
    if (claimSecret) void desk.claimSecret(claimSecret);
  });
}

/** Says in words that the tablet could not start; the cause goes to whoever opens the browser's console. */
function rest(root: HTMLElement, fault: unknown): void {
  const say = speakerOf(navigator.language.startsWith('fr') ? 'fr' : 'en');
  createRoot(root).render(
    <main className="screen rest">
      <div className="column">
        <h1>{say('fault.title')}</h1>
        <p className="lead">{say('fault.words')}</p>
        <button className="primary" type="button" onClick={() => location.reload()}>
          {say('fault.again')}
        </button>
      </div>
    </main>,
  );
  reportError(fault);
}

const root = document.getElementById('tablet');
if (root) open(root).catch((fault: unknown) => rest(root, fault));
