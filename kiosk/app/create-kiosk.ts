import { createActor } from 'xstate';
import type { Clock } from '../../sdk/core/clock.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import { actorClock } from '../../sdk/session/actor-clock.ts';
import { peopleOf } from '../../sdk/session/visit-context.ts';
import { createVisitMachine } from '../../sdk/session/visit-machine.ts';
import type { VisitTimes } from '../../sdk/session/visit-times.ts';
import type { Link } from '../../sdk/sync/link.ts';
import type { Tracker } from '../../sdk/tracking/tracker.ts';
import type { Collection } from '../../sdk/session/collection.ts';
import { bindLink } from '../wiring/bind-link.ts';
import { LookBoard } from '../wiring/look-board.ts';
import { PeopleBoard } from '../wiring/people-board.ts';
import { MeasureBoard } from '../wiring/measure-board.ts';
import { MirrorSwitch, wantsCamera } from '../wiring/mirror-status.ts';
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
  const { link, clock, tracker, times, onFault, collection, publicUrl } = parts;
  const visit = createActor(createVisitMachine(visitPortsOf(link, clock, onFault), times), {
    input: { locale: link.state.get().identity?.store.locale ?? 'en' },
    clock: actorClock(clock),
  });
  const mirror = new MirrorSwitch(tracker, onFault);
  const measures = new MeasureBoard(tracker);
  const look = new LookBoard(collection.catalogue);
  const company = new PeopleBoard(collection.catalogue);
  let peopleBefore = 0;
  const dress = (): void => company.follow(look.look.get(), Math.max(1, peopleBefore));
  const unwatchLook = look.look.subscribe(dress);
  const watch = visit.subscribe((snapshot) => {
    const people = peopleOf(snapshot.context.visit);
    const consented = people > 0;
    tracker?.allowPeople(Math.max(1, people));
    // With two before the mirror, or one again, nobody can say whose the numbers are.
    if (snapshot.context.visit.startedAtMs === null || people !== peopleBefore) measures.clear();
    peopleBefore = people;
    look.wear(snapshot.context.visit.worn);
    dress();
    const screen = screenOf(snapshot);
    mirror.set(wantsCamera(screen, consented, mirror.open));
    if (!mirror.open || (screen !== 'wear' && screen !== 'together')) measures.endCard();
  });
  visit.start();
  const unbind = bindLink(link, (event) => visit.send(event));

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
      look,
      people: company,
      clock,
      publicUrl,
      onFault,
    },
    stop: () => {
      cancelPresence();
      unbind();
      watch.unsubscribe();
      unwatchLook();
      mirror.set(false);
      measures.stop();
      visit.stop();
    },
  };
}
