import '../../sdk/fonts/bodoni-moda.css';
import '@fontsource-variable/hanken-grotesk';
import '@fontsource-variable/schibsted-grotesk';
import '../oms/oms.css';
import './calibrate.css';
import { createRoot } from 'react-dom/client';
import { systemClock } from '../../sdk/core/clock.ts';
import { loadCollection, loadConfig } from '../../sdk/session/collection.ts';
import { pickHouse } from '../../sdk/session/pick-house.ts';
import { applyTheme } from '../../sdk/session/theme-variables.ts';
import { CalibrateDesk } from './calibrate-desk.ts';
import { CalibratePage } from './calibrate-page.tsx';
import { openPageCamera } from './camera.ts';
import { speakerOf } from './words.ts';

const fetchHere: typeof globalThis.fetch = (input, init) => fetch(input, init);

/** Where the browser remembers whose console it is. */
const rememberedHouse = 'vitrine-console-house';

const firstLocale = navigator.language.startsWith('fr') ? 'fr' : 'en';

async function open(root: HTMLElement): Promise<void> {
  const config = await loadConfig(fetchHere);
  const house = pickHouse(config, location.search, localStorage.getItem(rememberedHouse));
  if (!house) throw new Error('the server has no house');
  const collection = await loadCollection(fetchHere, house.id);
  applyTheme(document.documentElement, collection.theme);
  document.title = `${collection.catalogue.maisonName} · ${speakerOf(firstLocale)('title')}`;
  const desk = new CalibrateDesk({ open: openPageCamera, storage: localStorage, clock: systemClock });
  createRoot(root).render(
    <CalibratePage desk={desk} maisonName={collection.catalogue.maisonName} firstLocale={firstLocale} />,
  );
  // A page that is hidden for good must not leave the camera's light on.
  addEventListener('pagehide', () => desk.close());
}

const root = document.getElementById('calibrate');
if (root)
  open(root).catch((fault: unknown) => {
    root.textContent = speakerOf(firstLocale)('failed');
    reportError(fault);
  });
