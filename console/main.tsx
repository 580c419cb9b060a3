import '../sdk/fonts/bodoni-moda.css';
import '@fontsource-variable/hanken-grotesk';
import './shell/console.css';
import './shell/tables.css';
import { createRoot } from 'react-dom/client';
import { systemClock } from '../sdk/core/clock.ts';
import { readFragment, withoutFragment } from '../sdk/session/address-fragment.ts';
import { loadConfig } from '../sdk/session/collection.ts';
import { browserCeremony, hasPasskeys } from '../sdk/session/passkey-ceremony.ts';
import { pickHouse } from '../sdk/session/pick-house.ts';
import { createBrowserLink } from '../sdk/sync/browser-link.ts';
import { createConsoleClient } from './shell/console-client.ts';
import { ConsoleDesk } from './shell/console-desk.ts';
import { Shell } from './shell/shell.tsx';
import { speakerOf } from './shell/words.ts';

const fetchHere: typeof globalThis.fetch = (input, init) => fetch(input, init);

/** Where the browser remembers whose console it is; the stock page and the calibration read it too. */
const rememberedHouse = 'vitrine-console-house';

/** What somebody does keeps the session; more often than this the server need not hear of it. */
const touchEveryMs = 60_000;

const firstLocale = navigator.language.startsWith('fr') ? 'fr' : 'en';

async function open(root: HTMLElement): Promise<void> {
  const { enrolCode } = readFragment(location.hash);
  // A code stays neither in the address bar nor in the history.
  if (location.hash) history.replaceState(null, '', withoutFragment(location.href));
  const config = await loadConfig(fetchHere);
  const house = pickHouse(config, location.search, localStorage.getItem(rememberedHouse));
  const link = house
    ? await createBrowserLink({ role: 'console', maisonKey: house.id, clientVersion: config.version })
    : null;
  if (enrolCode && house) localStorage.setItem(rememberedHouse, house.id);
  const client = createConsoleClient({ serverUrl: location.origin, fetch: fetchHere });
  const { hostname } = location;
  const page = { hostname, isSecure: isSecureContext, isKnown: 'PublicKeyCredential' in globalThis };
  const ceremony = hasPasskeys(config.publicUrl, page) ? browserCeremony : null;
  const desk = new ConsoleDesk({ client, clock: systemClock, link, ceremony });
  let touchedAtMs = systemClock.monotonicMs();
  const touch = () => {
    if (systemClock.monotonicMs() - touchedAtMs < touchEveryMs) return;
    touchedAtMs = systemClock.monotonicMs();
    void desk.touch();
  };
  addEventListener('pointerdown', touch);
  addEventListener('keydown', touch);
  createRoot(root).render(<Shell desk={desk} clock={systemClock} firstLocale={firstLocale} />);
  await link?.start();
  await desk.open(enrolCode);
}

const root = document.getElementById('console');
if (root)
  open(root).catch((fault: unknown) => {
    root.textContent = speakerOf(firstLocale)('fault');
    reportError(fault);
  });
