import type { Advisor, DeviceIdentity } from '../../protocol/device.ts';
import type { Locale } from '../../protocol/ids.ts';
import type { Catalogue } from '../../protocol/product.ts';
import type { SaleReading } from '../../protocol/sale.ts';
import type { VisitNote } from '../../protocol/visit-note.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import { ClientBoard } from '../../sdk/sync/client-board.ts';
import { FollowUpDesk } from '../../sdk/sync/follow-up-desk.ts';
import { SaleDesk } from '../../sdk/sync/sale-desk.ts';
import { Desk } from '../app/desk.ts';
import { speakerOf } from '../language/words.ts';
import { PracticeLink } from './practice-link.ts';
import type { PracticeOrder } from './practice-orders.ts';
import type { PracticeNames } from './practice-stage.ts';
import { scenarioOf, type ScenarioId } from './scenarios.ts';

/** One rehearsal: the tablet's own parts over a line that leads nowhere. */
export interface Practice {
  readonly scenarioId: ScenarioId;
  readonly advisor: Advisor;
  readonly desk: Desk;
  readonly clients: ClientBoard;
  readonly sales: SaleDesk;
  readonly followUps: FollowUpDesk;
  /** Calls everything in it by its name in another language. */
  readonly rename: (names: PracticeNames) => void;
  /** Whether the advisor took the lead in it, in whatever way. */
  readonly hasLed: () => boolean;
  /** What the advisor noted at the end; null where it was nothing. It is kept nowhere else. */
  readonly noted: () => VisitNote | null;
  /** What was arranged on the way to a sale. */
  readonly arranged: () => SaleReading;
  /** The order, if it was placed, with what falls to whom. */
  readonly ordered: () => PracticeOrder | null;
  stop(): void;
}

/** The names of a rehearsal in one language. */
export function practiceNames(locale: Locale): PracticeNames {
  const say = speakerOf(locale);
  return {
    kiosk: say('practice.mirror'),
    colleague: say('practice.colleague'),
    client: say('practice.client'),
    source: say('practice.source'),
  };
}

/** Begins a rehearsal for whoever is signed in. The names say what it is, wherever one is shown. */
export function startPractice(
  scenarioId: ScenarioId,
  house: {
    readonly identity: DeviceIdentity;
    readonly advisor: Advisor;
    readonly catalogue: Catalogue;
    readonly names: PracticeNames;
    readonly clock: Clock;
  },
): Practice {
  const { advisor, catalogue, clock } = house;
  const link = new PracticeLink({ ...house, scenario: scenarioOf(scenarioId, catalogue) });
  const desk = new Desk(link, catalogue);
  const clients = new ClientBoard(link, clock);
  const sales = new SaleDesk(link);
  const followUps = new FollowUpDesk(link);
  const stops = [desk.start(), clients.start(), sales.start(), followUps.start()];
  void link.start();
  return {
    scenarioId,
    advisor,
    desk,
    clients,
    sales,
    followUps,
    rename: (names) => {
      link.rename(names);
      void desk.readAdvisors();
    },
    hasLed: () => link.hasLed,
    noted: () => link.noted,
    arranged: () => link.arranged,
    ordered: () => link.ordered,
    stop: () => {
      link.stop();
      for (const stop of stops) stop();
    },
  };
}
