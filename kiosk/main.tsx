import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/kiosk.css';
import type { WireError } from '../protocol/errors.ts';
import type { RuntimeConfig } from '../protocol/runtime-config.ts';
import { systemClock } from '../sdk/core/clock.ts';
import { messageOf } from '../sdk/core/vitrine-error.ts';
import { readFragment, withoutFragment } from '../sdk/session/address-fragment.ts';
import { CollectionError, loadCollection, loadConfig } from '../sdk/session/collection.ts';
import { pickHouse } from '../sdk/session/pick-house.ts';
import { standardVisitTimes } from '../sdk/session/visit-times.ts';
import { createBrowserLink } from '../sdk/sync/browser-link.ts';
import type { Link } from '../sdk/sync/link.ts';
import { createCameraTracker } from '../sdk/tracking/camera-tracker.ts';
import { pageIntrinsicsFor } from '../sdk/tracking/page-intrinsics.ts';
import type { Tracker } from '../sdk/tracking/tracker.ts';
import { trackerAssetsOf } from '../sdk/tracking/tracker-assets.ts';
import { visitorModelPath, visitorRequestOf } from '../scenes/visitor/visitor-request.ts';
import { App } from './app/app.tsx';
import { createKiosk } from './app/create-kiosk.ts';
import { FaultBoundary, FaultView } from './app/fault-view.tsx';
import { KioskProvider } from './app/kiosk-context.tsx';
import { screenOf } from './app/screen.ts';
import { applyLook, choosePanel } from './boot/apply-look.ts';
import { startServiceWorker } from './boot/start-service-worker.ts';
import { watchActivity } from './wiring/activity.ts';

const clock = systemClock;

/** Where the browser remembers whose mirror it is. */
const rememberedHouse = 'vitrine.maison';

/** The kiosk has no console reader of its own; a fault that cost nothing is there for whoever attaches one. */
function reportFault(fault: unknown): void {
  // oxlint-disable-next-line no-console
  console.warn(`vitrine: ${messageOf(fault)}`);
}

async function makeTracker(config: RuntimeConfig): Promise<Tracker | null> {
  const assets = trackerAssetsOf(config, location.origin);
  if (!assets) return null;
  const visitor = visitorRequestOf(location.search);
  if (!visitor) return createCameraTracker({ assets, clock, intrinsicsFor: pageIntrinsicsFor(reportFault) });
  const { createVisitorCamera } = await import('../scenes/visitor/visitor-camera.ts');
  const modelUrl = new URL(visitorModelPath, location.origin).href;
  return createCameraTracker({ assets, clock, ...createVisitorCamera({ ...visitor, modelUrl, clock }) });
}

/** Uses a code from the address once, and takes it out of the address and the history at once. */
async function enrolByAddress(link: Link): Promise<WireError['code'] | null> {
  const { enrolCode } = readFragment(location.hash);
  if (!enrolCode) return null;
  history.replaceState(null, '', withoutFragment(location.href));
  if (link.state.get().identity) return null;
  const answer = await link.enrol(enrolCode);
  return answer.ok ? null : answer.error.code;
}

async function boot(root: HTMLElement): Promise<void> {
  const fetchOwn = (url: string): Promise<Response> => fetch(url);
  const config = await loadConfig(fetchOwn);
  const house = pickHouse(config, location.search, localStorage.getItem(rememberedHouse));
  if (!house)
    throw new CollectionError('collection-unreadable', 'The server has no house.', 'Seed its database.');
  const collection = await loadCollection(fetchOwn, house.id);
  localStorage.setItem(rememberedHouse, house.id);
  const panel = choosePanel(location.search, localStorage, window);
  const look = (): void => applyLook(window, collection.theme, panel);
  look();
  addEventListener('resize', look);

  const link = await createBrowserLink({
    role: 'kiosk',
    maisonKey: house.id,
    clientVersion: config.version,
  });
  await link.start();
  const enrolRefusal = await enrolByAddress(link);
  const tracker = await makeTracker(config);
  // While the mirror rests the model is read and tried on a generated picture, so that the first client does not wait.
  tracker?.warmUp().catch(reportFault);
  const { kiosk } = createKiosk({
    link,
    collection,
    tracker,
    clock,
    times: standardVisitTimes,
    publicUrl: config.publicUrl,
    onFault: reportFault,
  });
  watchActivity(document, clock, () => kiosk.visit.send({ type: 'activity' }));
  document.title = collection.catalogue.maisonName;

  createRoot(root).render(
    <StrictMode>
      <FaultBoundary
        locale={kiosk.visit.getSnapshot().context.houseLocale}
        onFault={reportFault}
        onAgain={() => location.reload()}
      >
        <KioskProvider value={kiosk}>
          <App enrolRefusal={enrolRefusal} />
        </KioskProvider>
      </FaultBoundary>
    </StrictMode>,
  );

  // A link that is opened where this page is already shown changes its fragment alone.
  addEventListener('hashchange', () => {
    if (readFragment(location.hash).enrolCode && !link.state.get().identity) location.reload();
  });
  startServiceWorker({
    isResting: () => screenOf(kiosk.visit.getSnapshot()) === 'attract',
    onRest: (listener) => {
      const watch = kiosk.visit.subscribe((snapshot) => {
        if (screenOf(snapshot) === 'attract') listener();
      });
      return () => watch.unsubscribe();
    },
    onFault: reportFault,
  });
}

const root = document.getElementById('kiosk');
if (!root) throw new Error('The page has no place for the kiosk.');
boot(root).catch((fault: unknown) => {
  reportFault(fault);
  const again = (): void => location.reload();
  createRoot(root).render(<FaultView locale="en" onAgain={again} />);
  // Nobody may be there to touch a mirror that started before its server.
  clock.after(10_000, again);
});
