import type { Advisor, DeviceIdentity } from '../../protocol/device.ts';
import { findWorn, type Catalogue } from '../../protocol/product.ts';
import type { SessionState, Worn } from '../../protocol/session.ts';
import { isWornStep, lingerMs } from '../../protocol/visit-path.ts';
import type { VisitNote } from '../../protocol/visit-note.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import { ClientBoard } from '../../sdk/sync/client-board.ts';
import { FollowUpDesk } from '../../sdk/sync/follow-up-desk.ts';
import { SaleDesk } from '../../sdk/sync/sale-desk.ts';
import { Desk } from '../app/desk.ts';
import { PracticeLink } from './practice-link.ts';
import { scenarioOf, type ScenarioId } from './scenarios.ts';

/** One rehearsal: the tablet's own parts over a line that leads nowhere. */
export interface Practice {
  readonly scenarioId: ScenarioId;
  readonly advisor: Advisor;
  readonly desk: Desk;
  readonly clients: ClientBoard;
  readonly sales: SaleDesk;
  readonly followUps: FollowUpDesk;
  /** Calls its mirror by its name in another language. */
  readonly rename: (kioskName: string) => void;
  /** Whether the advisor took the lead in it, in whatever way. */
  readonly hasLed: () => boolean;
  /** What the advisor noted at the end; null where it was nothing. It is kept nowhere else. */
  readonly noted: () => VisitNote | null;
  stop(): void;
}

/** Begins a rehearsal for whoever is signed in. `kioskName` says what it is, wherever a mirror's name is shown. */
export function startPractice(
  scenarioId: ScenarioId,
  house: {
    readonly identity: DeviceIdentity;
    readonly advisor: Advisor;
    readonly catalogue: Catalogue;
    readonly kioskName: string;
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
    rename: (kioskName) => link.rename(kioskName),
    hasLed: () => link.hasLed,
    noted: () => link.noted,
    stop: () => {
      link.stop();
      for (const stop of stops) stop();
    },
  };
}

/** What the path of a rehearsed visit told, and what the advisor made of it. */
export interface Debrief {
  /** SKUs, in the order in which they were put on, without those that only passed by. */
  readonly lingered: readonly string[];
  readonly cameBack: readonly string[];
  readonly kept: readonly string[];
  readonly held: readonly string[];
  /** What became of what the advisor proposed last. */
  readonly proposal: 'none' | 'waiting' | 'accepted' | 'declined';
}

/** Reads a visit as an experienced colleague would. */
export function debriefOf(session: SessionState, catalogue: Catalogue): Debrief {
  const worn = session.path.filter(isWornStep);
  const skus = (those: readonly Pick<Worn, 'pieceId' | 'variantId'>[]): readonly string[] => [
    ...new Set(those.flatMap((one) => findWorn(catalogue, one)?.variant.sku ?? [])),
  ];
  const endMs = session.closed?.atMs ?? Number.POSITIVE_INFINITY;
  const before = session.tried.filter(({ seconds }) => seconds * 1_000 >= lingerMs);
  const during = worn.filter(({ atMs, untilMs }) => (untilMs ?? endMs) - atMs >= lingerMs);
  return {
    lingered: skus([...before, ...during]),
    cameBack: skus(worn.filter(({ kind, by }) => kind === 'came-back' && by === 'client')),
    kept: session.kept,
    held: session.holds.map(({ sku }) => sku),
    proposal: session.proposal ? 'waiting' : (session.answered ?? 'none'),
  };
}
