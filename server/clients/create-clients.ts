import type { AuditLog } from '../audit/audit-log.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import type { Random } from '../core/random.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { Houses } from '../houses/houses.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { Database } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { ClientAsks } from './client-asks.ts';
import { ClientDesk } from './client-desk.ts';
import { ClientLetters } from './client-letters.ts';
import { ClientReader } from './client-reader.ts';
import { ClientSweeper } from './client-sweeper.ts';
import { ErasureMarks } from './erasure-marks.ts';
import { KnownClients } from './known-clients.ts';
import { NoteLetters } from './note-letters.ts';
import { PhoneDesk } from './phone-desk.ts';

/** Everything about clients who asked to be known. */
export interface ClientServices {
  readonly desk: ClientDesk;
  readonly phones: PhoneDesk;
  readonly sweeper: ClientSweeper;
  readonly marks: ErasureMarks;
  readonly asks: ClientAsks;
  readonly notes: NoteLetters;
}

export function createClients(deps: {
  database: Database;
  connectors: Connectors;
  letters: LetterBox;
  audit: AuditLog;
  sessions: Sessions;
  desk: AdvisorDesk;
  houses: Houses;
  secrets: ServerSecrets;
  clock: Clock;
  random: Random;
  hints: Hints;
  background: Background;
  /** Where marks of erasures lie, for a restore; null where they are not kept. */
  erasuresDir: string | null;
}): ClientServices {
  const marks = new ErasureMarks({ ...deps, folder: deps.erasuresDir });
  const sweeper = new ClientSweeper({ ...deps, marks });
  const letters = new ClientLetters(deps);
  const notes = new NoteLetters(deps);
  const clients = new KnownClients({
    ...deps,
    letters,
    notes,
    marks,
    endsAt: (atMs) => sweeper.endsAt(atMs),
  });
  const asks = new ClientAsks({ ...deps, endsAt: (atMs) => sweeper.endsAt(atMs) });
  const reader = new ClientReader(deps);
  const desk = new ClientDesk({ ...deps, clients, reader, asks });
  return { desk, sweeper, marks, asks, notes, phones: new PhoneDesk({ ...deps, clients, reader, desk }) };
}
