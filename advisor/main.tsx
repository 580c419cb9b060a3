import '../sdk/fonts/bodoni-moda.css';
import '@fontsource-variable/hanken-grotesk';
import '@fontsource-variable/schibsted-grotesk';
import './styles/base.css';
import './styles/parts.css';
import './styles/pieces.css';
import './styles/screens.css';
import './styles/board.css';
import './styles/passkeys.css';
import './styles/pin.css';
import './styles/resting.css';
import './styles/together.css';
import './styles/worn.css';
import './styles/lead.css';
import './styles/facts.css';
import './styles/scan.css';
import './styles/sale.css';
import './styles/knowledge.css';
import './styles/notes.css';
import './styles/practice.css';
import { createRoot } from 'react-dom/client';
import { systemClock } from '../sdk/core/clock.ts';
import { readFragment, withoutFragment } from '../sdk/session/address-fragment.ts';
import { CollectionError, loadCollection, loadConfig, loadKnowledge } from '../sdk/session/collection.ts';
import { browserCeremony, hasPasskeys } from '../sdk/session/passkey-ceremony.ts';
import { pickHouse } from '../sdk/session/pick-house.ts';
import { applyTheme } from '../sdk/session/theme-variables.ts';
import { ClientBoard } from '../sdk/sync/client-board.ts';
import { serverNowMs } from '../sdk/sync/stock-view.ts';
import { FollowUpDesk } from '../sdk/sync/follow-up-desk.ts';
import { SaleDesk } from '../sdk/sync/sale-desk.ts';
import { sendReports } from '../sdk/sync/report-sender.ts';
import { createBrowserLink } from '../sdk/sync/browser-link.ts';
import { LanguageChoices } from './app/language-choices.ts';
import { Root } from './app/root.tsx';
import { CallBell } from './app/call-bell.ts';
import { createCallTone } from './app/call-tone.ts';
import { Passkeys } from './app/passkeys.ts';
import { Desk } from './app/desk.ts';
import { backRoomTheme } from './app/back-room-theme.ts';
import { keepLastBoard, readLastBoard } from './app/last-board.ts';
import { RoomLights } from './app/room-light.ts';
import { startServiceWorker } from './app/start-service-worker.ts';
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
  const knowledge = await loadKnowledge(fetchHere, collection).catch((fault: unknown) => {
    // Without it the catalogue's own words are left; a house need not have written more.
    if (fault instanceof CollectionError && fault.code === 'collection-unreadable') reportError(fault);
    return null;
  });
  const wish = matchMedia('(prefers-color-scheme: dark)');
  const lights = new RoomLights(localStorage, {
    isDark: wish.matches,
    onChange: (listener) => wish.addEventListener('change', ({ matches }) => listener(matches)),
  });
  const dark = backRoomTheme(collection.theme);
  const dress = () => {
    const theme = lights.state.get() === 'back-room' ? dark : collection.theme;
    applyTheme(document.documentElement, theme);
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', theme.colours.ground);
  };
  lights.state.subscribe(dress);
  dress();
  document.documentElement.dataset['maison'] = house.id;
  document.title = `${collection.catalogue.maisonName} · Advisor`;

  const boardKey = `${rememberedHouse}-board-${house.id}`;
  const lastBoard = readLastBoard(localStorage, boardKey);
  keepLastBoard(localStorage, boardKey, link, () => systemClock.nowMs() + link.state.get().clockOffsetMs);

  const desk = new Desk(link, collection.catalogue);
  desk.start();
  const clients = new ClientBoard(link, systemClock);
  clients.start();
  const { hostname } = location;
  const page = { hostname, isSecure: isSecureContext, isKnown: 'PublicKeyCredential' in globalThis };
  const passkeys = hasPasskeys(config.publicUrl, page) ? new Passkeys(link, browserCeremony) : null;
  const bell = new CallBell({
    touched: () => navigator.userActivation.hasBeenActive,
    sound: createCallTone(),
    vibrate: () => void navigator.vibrate?.([60, 80, 60]),
    storage: localStorage,
  });
  const sales = new SaleDesk(link);
  sales.start();
  bell.start(link, sales, () => serverNowMs(link.state.get(), systemClock.nowMs()));
  const followUps = new FollowUpDesk(link);
  followUps.start();
  const firstLocale = navigator.language.startsWith('fr') ? 'fr' : 'en';
  createRoot(root).render(
    <Root
      languages={new LanguageChoices(localStorage, sessionStorage)}
      desk={desk}
      clients={clients}
      passkeys={passkeys}
      lights={lights}
      lastBoard={lastBoard}
      bell={bell}
      sales={sales}
      followUps={followUps}
      collection={collection}
      knowledge={knowledge}
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
  void startServiceWorker().catch(reportError);
  await link.start();
  if (fragment.enrolCode) await desk.enrol(fragment.enrolCode);
  if (fragment.claimSecret) await desk.claimSecret(fragment.claimSecret);
  // A tablet that lies on the counter is opened again by the next mark that its camera reads.
  addEventListener('hashchange', () => {
    const { claimSecret, enrolCode } = readFragment(location.hash);
    // A link that is opened where this page is already shown changes its fragment alone.
    if (enrolCode) return location.reload();
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
