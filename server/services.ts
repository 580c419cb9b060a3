import type { Catalogue, MaisonId } from '../protocol/index.ts';
import type { Background } from './core/background.ts';
import type { Hints } from './core/hints.ts';
import { DeviceRegistry } from './devices/device-registry.ts';
import { DeviceTokens } from './devices/device-tokens.ts';
import { readSecrets } from './devices/secrets.ts';
import { ClaimDesk } from './handoff/claim-desk.ts';
import { OfferBook } from './handoff/offer-book.ts';
import { HoldBook } from './holds/hold-book.ts';
import { AdvisorDesk } from './houses/advisor-desk.ts';
import { Houses } from './houses/houses.ts';
import { Pieces } from './houses/pieces.ts';
import { EmbeddedOms } from './oms/embedded/embedded-oms.ts';
import type { Database } from './persistence/database.ts';
import type { ServerConfig, ServerTimings } from './server-config.ts';
import { Sessions } from './sessions/sessions.ts';
import { StockBook } from './stock/stock-book.ts';
import { StockLog } from './stock/stock-log.ts';

/** What the server knows and does, without a single socket. */
export interface Services {
  readonly houses: Houses;
  readonly registry: DeviceRegistry;
  readonly tokens: DeviceTokens;
  readonly desk: AdvisorDesk;
  readonly stock: StockLog;
  readonly book: StockBook;
  readonly sessions: Sessions;
  readonly holds: HoldBook;
  readonly offers: OfferBook;
  readonly claims: ClaimDesk;
  readonly oms: EmbeddedOms;
}

/** Ties the services to one another and to their ports. */
export async function createServices(deps: {
  config: ServerConfig;
  timings: ServerTimings;
  database: Database;
  catalogues: ReadonlyMap<MaisonId, Catalogue>;
  background: Background;
  hints: Hints;
}): Promise<Services> {
  const { timings, database, catalogues, background, hints } = deps;
  const { clock, random } = deps.config;
  const { enrolmentMs, tokenMs, holdMs } = timings;
  const secrets = await readSecrets(database, random);
  const houses = new Houses(database.db);
  const pieces = new Pieces(database.db, catalogues);
  const registry = new DeviceRegistry({ database, houses, secrets, clock, random, hints, enrolmentMs });
  const tokens = new DeviceTokens({ database, registry, secrets, clock, random, tokenMs });
  const desk = new AdvisorDesk(database, clock, timings.signInMs);
  const sessions = new Sessions({ database, desk, pieces, clock, hints });
  const holds = new HoldBook({ database, sessions, clock, random, hints, background, holdMs });
  const offerDeps = { database, registry, houses, pieces, secrets, clock, random, hints, background };
  const offers = new OfferBook(offerDeps);
  const claims = new ClaimDesk({ database, offers, desk, secrets, clock, random });
  return {
    houses,
    registry,
    tokens,
    desk,
    sessions,
    holds,
    offers,
    claims,
    stock: new StockLog(database),
    book: new StockBook(database, hints),
    oms: new EmbeddedOms(database, clock),
  };
}
