import { createContext, useContext } from 'react';
import type { Locale } from '../../protocol/ids.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { Knowledge } from '../../protocol/knowledge.ts';
import type { Collection } from '../../sdk/session/collection.ts';
import type { ClientBoard, ClientView } from '../../sdk/sync/client-board.ts';
import type { FollowUpDesk, FollowUpView } from '../../sdk/sync/follow-up-desk.ts';
import type { SaleDesk, SaleView } from '../../sdk/sync/sale-desk.ts';
import type { LinkState } from '../../sdk/sync/link.ts';
import type { Voice } from '../language/refusal-words.ts';
import type { CallBell } from './call-bell.ts';
import type { Desk, DeskState } from './desk.ts';
import type { Passkeys } from './passkeys.ts';
import type { LastBoard } from './last-board.ts';
import type { RoomLights } from './room-light.ts';
import type { MountViewer } from './mount-viewer.ts';

/** Everything that a screen of the tablet reads. */
export interface Tablet {
  readonly desk: Desk;
  readonly known: DeskState;
  /** Null where this page's address or browser has no passkeys. */
  readonly passkeys: Passkeys | null;
  readonly lights: RoomLights;
  /** What the board showed before this page was opened. */
  readonly lastBoard: LastBoard | null;
  readonly clients: ClientBoard;
  readonly client: ClientView;
  readonly sales: SaleDesk;
  readonly sale: SaleView;
  readonly followUps: FollowUpDesk;
  readonly followUp: FollowUpView;
  readonly clock: Clock;
  readonly bell: CallBell;
  readonly line: LinkState;
  readonly live: boolean;
  /** Whether this is a rehearsal, which has a way out of its own. */
  readonly rehearses: boolean;
  readonly collection: Collection;
  /** Null where the house has none, or it cannot be read: what the catalogue tells is left. */
  readonly knowledge: Knowledge | null;
  /** The voice of the chosen language on the boutique's clock, at the server's time. */
  readonly voice: Voice;
  readonly setLocale: (locale: Locale) => void;
  readonly mountViewer: MountViewer;
}

/** Set by the app; read by `useTablet`. */
export const TabletContext = createContext<Tablet | null>(null);

/** What the present screen reads. Only inside the app. */
export function useTablet(): Tablet {
  const tablet = useContext(TabletContext);
  if (!tablet) throw new Error('useTablet is for the screens of the tablet');
  return tablet;
}
