import type { MaisonId } from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { NoteLetters } from '../clients/note-letters.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import type { Random } from '../core/random.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { HoldBook } from '../holds/hold-book.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { HouseSettings } from '../houses/house-settings.ts';
import type { Houses } from '../houses/houses.ts';
import type { Pieces } from '../houses/pieces.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { Database } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { AppointmentChanges } from './appointment-changes.ts';
import { Appointments } from './appointments.ts';
import { AttributionDesk } from './attribution-desk.ts';
import { AttributionSigner } from './attribution-keys.ts';
import { Collections } from './collections.ts';
import { FollowUps } from './follow-ups.ts';
import { KeptWhileAsked } from './kept-while-asked.ts';
import { Orders } from './orders.ts';
import { Runs } from './runs.ts';
import { SaleReader } from './sale-reader.ts';
import { SaleSteps } from './sale-steps.ts';
import { Takeaways } from './takeaways.ts';
import { Transfers } from './transfers.ts';
import { VisitNotes } from './visit-notes.ts';
import { WishLists } from './wish-lists.ts';

/** Everything between a piece that is loved and the till. */
export interface SaleServices {
  readonly reader: SaleReader;
  readonly runs: Runs;
  readonly transfers: Transfers;
  readonly collections: Collections;
  readonly appointments: Appointments;
  readonly appointmentChanges: AppointmentChanges;
  readonly takeaways: Takeaways;
  readonly wishLists: WishLists;
  readonly orders: Orders;
  readonly visitNotes: VisitNotes;
  readonly followUps: FollowUps;
  readonly attribution: AttributionDesk;
  readonly signer: AttributionSigner;
}

/** Ties the parts of a sale to one another. */
export function createSale(deps: {
  database: Database;
  sessions: Sessions;
  desk: AdvisorDesk;
  houses: Houses;
  settings: HouseSettings;
  pieces: Pieces;
  connectors: Connectors;
  holds: HoldBook;
  letters: LetterBox;
  notes: NoteLetters;
  audit: AuditLog;
  secrets: ServerSecrets;
  clock: Clock;
  random: Random;
  hints: Hints;
  readAgain: (maisonId: MaisonId, storeId: string, sku: string) => Promise<boolean>;
}): SaleServices {
  const steps = new SaleSteps(deps);
  const reader = new SaleReader(deps);
  const signer = new AttributionSigner(deps);
  const attribution = new AttributionDesk({ ...deps, signer });
  const kept = new KeptWhileAsked(deps);
  const parts = { ...deps, steps, reader, attribution, kept };
  const appointments = new Appointments(parts);
  return {
    reader,
    runs: new Runs(parts),
    transfers: new Transfers(parts),
    collections: new Collections(parts),
    appointments,
    appointmentChanges: new AppointmentChanges({ ...parts, appointments }),
    takeaways: new Takeaways(parts),
    wishLists: new WishLists(parts),
    orders: new Orders(parts),
    visitNotes: new VisitNotes(parts),
    followUps: new FollowUps(parts),
    attribution,
    signer,
  };
}
