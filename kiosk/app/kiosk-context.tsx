import { useSelector } from '@xstate/react';
import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { ActorRefFrom } from 'xstate';
import type { Locale, Words } from '../../protocol/ids.ts';
import type { Worn } from '../../protocol/session.ts';
import type { Story } from '../../protocol/story.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import { momentOf, toldStories } from '../../sdk/session/told-stories.ts';
import type { VisitEvent } from '../../sdk/session/visit-events.ts';
import type { VisitContext } from '../../sdk/session/visit-context.ts';
import type { VisitMachine } from '../../sdk/session/visit-machine.ts';
import type { VisitTimes } from '../../sdk/session/visit-times.ts';
import type { ClientBoard, ClientView } from '../../sdk/sync/client-board.ts';
import type { SaleDesk, SaleView } from '../../sdk/sync/sale-desk.ts';
import type { Link, LinkState } from '../../sdk/sync/link.ts';
import type { Tracker } from '../../sdk/tracking/tracker.ts';
import type { Collection } from '../../sdk/session/collection.ts';
import { speakerOf, type Say } from '../language/words.ts';
import type { CardStep, MeasureBoard, MirrorMeasure } from '../wiring/measure-board.ts';
import type { BytesAhead } from '../wiring/bytes-ahead.ts';
import type { LookBoard } from '../wiring/look-board.ts';
import type { Dressed, PeopleBoard } from '../wiring/people-board.ts';
import type { StageGauge } from '../wiring/stage-gauge.ts';
import type { MirrorStatus, MirrorSwitch } from '../wiring/mirror-status.ts';
import type { VisitSnapshot } from './screen.ts';

/** Everything the screens are views of. Made once by `main.tsx`; tests may make their own. */
export interface Kiosk {
  readonly visit: ActorRefFrom<VisitMachine>;
  readonly times: VisitTimes;
  readonly link: Link;
  readonly collection: Collection;
  readonly mirror: MirrorSwitch;
  /** The camera's tracker; null where no model was to be had. */
  readonly tracker: Tracker | null;
  /** What the mirror measured on the client, for them to see; empty without a camera. */
  readonly measures: MeasureBoard;
  /** What the client let the boutique know, and by which they take it back. */
  readonly clients: ClientBoard;
  /** What the boutique does for the client on the way to a sale. */
  readonly sales: SaleDesk;
  /** Whether what is looked at has a place. */
  readonly look: LookBoard;
  /** How the stage draws. */
  readonly gauge: StageGauge;
  /** What is fetched before it is asked for, while the story is read. */
  readonly ahead: BytesAhead;
  /** Who in the mirror wears what of it. */
  readonly people: PeopleBoard;
  readonly clock: Clock;
  /** Origin under which tablets reach the server. */
  readonly publicUrl: string;
  /** Faults that cost the client nothing but that an operator should see. */
  readonly onFault: (fault: unknown) => void;
}

/** A resting mirror notices within so long that another season has come. */
const toldAnewEveryMs = 60_000;

const KioskContext = createContext<Kiosk | null>(null);

/** Gives the screens their kiosk. */
export const KioskProvider = KioskContext.Provider;

/** The kiosk that a screen is part of. @throws Error outside of a `KioskProvider`, which is a fault of the programmer */
export function useKiosk(): Kiosk {
  const kiosk = use(KioskContext);
  if (!kiosk) throw new Error('A screen was drawn outside of its kiosk.');
  return kiosk;
}

/** The visit's snapshot; draws again at each change. */
export function useVisitSnapshot(): VisitSnapshot {
  return useSelector(useKiosk().visit, (snapshot) => snapshot);
}

/** What the visit knows. */
export function useVisit(): VisitContext {
  return useVisitSnapshot().context.visit;
}

/** Tells the visit what the client did. */
export function useSend(): (event: VisitEvent) => void {
  const { visit } = useKiosk();
  return useCallback((event: VisitEvent) => visit.send(event), [visit]);
}

function useStore<Value>(store: ReadableStore<Value>): Value {
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  return useSyncExternalStore(subscribe, () => store.get());
}

/** What the line to the boutique knows. */
export function useLink(): LinkState {
  return useStore(useKiosk().link.state);
}

/** How the mirror stands. */
export function useMirrorStatus(): MirrorStatus {
  return useStore(useKiosk().mirror.status);
}

/** What the mirror measured on the client. */
export function useMeasures(): readonly MirrorMeasure[] {
  return useStore(useKiosk().measures.shown);
}

/** The measurement by a card that goes on; null otherwise. */
export function useCardStep(): CardStep | null {
  return useStore(useKiosk().measures.card);
}

/** What the boutique knows of the client, because they said so. */
export function useClient(): ClientView {
  return useStore(useKiosk().clients.state);
}

/** What the boutique does for the client on the way to a sale. */
export function useSale(): SaleView {
  return useStore(useKiosk().sales.state);
}

/** What is worn together, in the order in which it was put on. */
export function useLook(): readonly Worn[] {
  return useVisit().look;
}

/** Who in the mirror wears what. */
export function useDressed(): readonly Dressed[] {
  return useStore(useKiosk().people.dressed);
}

/** Whether the piece that is looked at has a place on the client; null until the mirror has said so. */
export function usePlaced(): boolean | null {
  return useStore(useKiosk().look.placed);
}

/** Whether the client's own hair lies over the piece that is looked at. */
export function useHidden(): boolean {
  return useStore(useKiosk().look.hidden);
}

/** Whether the mirror shows the client: an open camera may take long to its first picture. */
export function useMirrored(): boolean {
  return useStore(useKiosk().look.mirrored);
}

/** The stories of this visit, in the order in which they are offered; before a visit those that are told now. */
export function useStories(): readonly Story[] {
  const { stories } = useKiosk().collection.catalogue;
  const { stories: offered } = useVisit();
  const { identity } = useLink();
  const nowMs = useNow(toldAnewEveryMs);
  if (offered.length === 0) return toldStories(stories, momentOf(identity, nowMs));
  return offered.flatMap(({ id }) => stories.find((story) => story.id === id) ?? []);
}

/** The language of the visit. */
export function useLocale(): Locale {
  return useVisit().locale;
}

/** The kiosk's voice in the language of the visit. */
export function useSay(): Say {
  return speakerOf(useLocale());
}

/** Picks the visit's language out of a Maison's words. */
export function useWords(): (words: Words) => string {
  const locale = useLocale();
  return (words) => words[locale];
}

/** Server time, in milliseconds since the epoch; draws again every `everyMs`. */
export function useNow(everyMs: number): number {
  const { clock, link } = useKiosk();
  const [, setTick] = useState(0);
  useEffect(() => {
    let cancel = (): void => {};
    const tick = (): void => {
      setTick((count) => count + 1);
      cancel = clock.after(everyMs, tick);
    };
    cancel = clock.after(everyMs, tick);
    return () => cancel();
  }, [clock, everyMs]);
  return clock.nowMs() + link.state.get().clockOffsetMs;
}
