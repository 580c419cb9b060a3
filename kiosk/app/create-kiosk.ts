import { createActor } from 'xstate';
import type { Clock } from '../../sdk/core/clock.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import { actorClock } from '../../sdk/session/actor-clock.ts';
import { peopleOf } from '../../sdk/session/visit-context.ts';
import { createVisitMachine } from '../../sdk/session/visit-machine.ts';
import type { VisitContext } from '../../sdk/session/visit-context.ts';
import type { VisitTimes } from '../../sdk/session/visit-times.ts';
import { sendReports } from '../../sdk/sync/report-sender.ts';
import type { Link } from '../../sdk/sync/link.ts';
import type { Tracker } from '../../sdk/tracking/tracker.ts';
import type { Collection } from '../../sdk/session/collection.ts';
import { findWorn } from '../../protocol/product.ts';
import { bindLink } from '../wiring/bind-link.ts';
import { ClientBoard } from '../../sdk/sync/client-board.ts';
import { SaleDesk } from '../../sdk/sync/sale-desk.ts';
import { BytesAhead } from '../wiring/bytes-ahead.ts';
import { likelyNext } from '../wiring/likely-next.ts';
import { LookBoard } from '../wiring/look-board.ts';
import { PeopleBoard } from '../wiring/people-board.ts';
import { MeasureBoard } from '../wiring/measure-board.ts';
import { MirrorSwitch, wantsCamera } from '../wiring/mirror-status.ts';
import { mirrorReportOf } from '../wiring/mirror-report.ts';
import { StageGauge } from '../wiring/stage-gauge.ts';
import { visitPortsOf } from '../wiring/visit-ports.ts';
import type { Kiosk } from './kiosk-context.tsx';
import { screenOf } from './screen.ts';

/** What a kiosk is made of. */
export interface KioskParts {
  readonly link: Link;
  readonly collection: Collection;
  readonly tracker: Tracker | null;
  readonly clock: Clock;
  readonly times: VisitTimes;
  readonly publicUrl: string;
  readonly onFault: (fault: unknown) => void;
}

/** How often a face in the mirror counts as someone being there. */
const presentEveryMs = 10_000;

/**
 * The one place where the visit, the line to the boutique and the camera meet. Of the camera the visit hears only that
 * someone is there; the line hears nothing.
 */
export function createKiosk(parts: KioskParts): { readonly kiosk: Kiosk; readonly stop: Unsubscribe } {
  const { link, clock, tracker, times, collection, publicUrl } = parts;
  let faults = 0;
  const onFault = (fault: unknown): void => {
    faults += 1;
    parts.onFault(fault);
  };
  const visit = createActor(
    createVisitMachine(visitPortsOf(link, collection.catalogue, clock, onFault), times),
    {
      input: { locale: link.state.get().identity?.store.locale ?? 'en' },
      clock: actorClock(clock),
    },
  );
  const mirror = new MirrorSwitch(tracker, onFault);
  const measures = new MeasureBoard(tracker);
  const clients = new ClientBoard(link, clock);
  const stopClients = clients.start();
  const sales = new SaleDesk(link, { tillForgotten: true });
  const stopSales = sales.start();
  const look = new LookBoard();
  const ahead = new BytesAhead({ fetch: (url, init) => fetch(url, init), onFault });
  const company = new PeopleBoard(collection.catalogue);
  let peopleBefore = 0;
  const watch = visit.subscribe((snapshot) => {
    const people = peopleOf(snapshot.context.visit);
    const consented = people > 0;
    tracker?.allowPeople(Math.max(1, people));
    // With two before the mirror, or one again, nobody can say whose the numbers are.
    if (people !== peopleBefore) measures.followPeople(people);
    if (snapshot.context.visit.startedAtMs === null) {
      measures.clear();
      sales.forget();
      ahead.renew();
    }
    peopleBefore = people;
    look.follow(snapshot.context.visit.worn);
    company.follow(snapshot.context.visit.look, Math.max(1, people));
    const screen = screenOf(snapshot);
    // Before the mirror there is nothing in which a piece could be made ready; it can be brought near.
    ahead.want(screen === 'discover' ? modelsAhead(collection, snapshot.context.visit) : []);
    mirror.set(wantsCamera(screen, consented, mirror.open));
    if (!mirror.open || (screen !== 'wear' && screen !== 'together')) measures.endCard();
  });
  visit.start();
  const unbind = bindLink(link, (event) => visit.send(event));

  const gauge = new StageGauge(clock);
  const openedAtMs = clock.monotonicMs();
  const stopReports = sendReports(link, clock, () => ({
    upMs: Math.max(0, Math.round(clock.monotonicMs() - openedAtMs)),
    faults,
    mirror: mirrorReportOf(mirror.status.get(), tracker?.metrics() ?? null, gauge.read()),
  }));

  let cancelPresence = (): void => {};
  const beat = (): void => {
    if (mirror.status.get() === 'tracking') visit.send({ type: 'present' });
    cancelPresence = clock.after(presentEveryMs, beat);
  };
  beat();

  return {
    kiosk: {
      visit,
      times,
      link,
      collection,
      mirror,
      tracker,
      measures,
      clients,
      sales,
      look,
      gauge,
      ahead,
      people: company,
      clock,
      publicUrl,
      onFault,
    },
    stop: () => {
      cancelPresence();
      stopReports();
      ahead.stop();
      stopClients();
      stopSales();
      unbind();
      watch.unsubscribe();
      mirror.set(false);
      measures.stop();
      visit.stop();
    },
  };
}

/**
 * The models that a client who reads this page of the story is likely to see next; of each, the level that the mirror shows first
 * before the other.
 */
function modelsAhead(
  { catalogue, baseUrl }: Collection,
  { storyId, chapter }: VisitContext,
): readonly string[] {
  return likelyNext(catalogue, { look: [], storyId, chapter }).flatMap((worn) => {
    const piece = findWorn(catalogue, worn)?.piece;
    const paths = piece === undefined ? [] : [piece.modelLodPath, piece.modelPath];
    return paths.flatMap((path) => (path === undefined ? [] : [`${baseUrl}${path}`]));
  });
}
