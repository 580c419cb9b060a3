import { createRoot } from 'react-dom/client';
import '../../../kiosk/styles/kiosk.css';
import { App } from '../../../kiosk/app/app.tsx';
import { createKiosk } from '../../../kiosk/app/create-kiosk.ts';
import { KioskProvider } from '../../../kiosk/app/kiosk-context.tsx';
import { applyLook, choosePanel } from '../../../kiosk/boot/apply-look.ts';
import { watchActivity } from '../../../kiosk/wiring/activity.ts';
import { ManualClock } from '../../../sdk/core/clock.ts';
import { defaultIntrinsics } from '../../../sdk/geometry/intrinsics.ts';
import { createStillTracker } from '../../../sdk/tracking/still-tracker.ts';
import type { TrackerEvents } from '../../../sdk/tracking/tracker.ts';
import type { FaceMeasure } from '../../../sdk/anchors/face-measure.ts';
import { loadCollection } from '../../../sdk/session/collection.ts';
import type { VisitContext } from '../../../sdk/session/visit-context.ts';
import { standardVisitTimes } from '../../../sdk/session/visit-times.ts';
import { ScriptedLink, type House } from './scripted-link.ts';

/** What a test or a picture may do with the gallery. */
export interface Gallery {
  readonly link: ScriptedLink;
  readonly send: ReturnType<typeof createKiosk>['kiosk']['visit']['send'];
  /** The tracker tells the sizes of the client's face. */
  measured(measure: FaceMeasure): void;
  /** What the tracker says of a card. */
  card(step: TrackerEvents['card']): void;
  advance(byMs: number): void;
  visit(): VisitContext;
}

/** The gallery's page as a test sees it. */
export type GalleryWindow = Window & { gallery?: Gallery };

const query = new URLSearchParams(location.search);
const house: House = query.get('maison') === 'aurelle' ? 'aurelle' : 'norde';
const clock = new ManualClock(Date.UTC(2026, 10, 22, 13, 2));
const collection = await loadCollection((url) => fetch(url), house);
const skus = collection.catalogue.pieces.flatMap((piece) => piece.variants.map((variant) => variant.sku));
const link = new ScriptedLink(house, clock, skus, query.get('enrolled') !== 'no');
applyLook(window, collection.theme, choosePanel(location.search, localStorage, window));
const tracker =
  query.get('tracker') === 'still'
    ? createStillTracker({ intrinsics: defaultIntrinsics(1280, 720), clock })
    : null;
const { kiosk } = createKiosk({
  link,
  collection,
  tracker,
  clock,
  times: standardVisitTimes,
  publicUrl: 'https://192.168.1.20:8443',
  onFault: () => {},
});
watchActivity(document, clock, () => kiosk.visit.send({ type: 'activity' }));
setInterval(() => clock.advance(40), 40);
(window as GalleryWindow).gallery = {
  link,
  send: (event) => kiosk.visit.send(event),
  card: (step) => tracker?.events.emit('card', step),
  measured: (measure) => tracker?.events.emit('measured', { identity: 1, measure }),
  advance: (byMs) => clock.advance(byMs),
  visit: () => kiosk.visit.getSnapshot().context.visit,
};

const root = document.getElementById('kiosk');
if (root)
  createRoot(root).render(
    <KioskProvider value={kiosk}>
      <App enrolRefusal={null} />
    </KioskProvider>,
  );
