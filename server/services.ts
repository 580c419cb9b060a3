import type { Catalogue, MaisonId } from '../protocol/index.ts';
import type { OmsCatalogue, OmsConnector } from '../protocol/connector/index.ts';
import { AdvisorBoard } from './advisors/advisor-board.ts';
import { AdvisorBook } from './advisors/advisor-book.ts';
import { AdvisorEraser } from './advisors/advisor-eraser.ts';
import { AuditLog } from './audit/audit-log.ts';
import { AuditReader } from './audit/audit-reader.ts';
import { OperatorPasskeys } from './operators/operator-passkeys.ts';
import { ConsoleSessions } from './operators/console-sessions.ts';
import { createClients, type ClientServices } from './clients/create-clients.ts';
import type { Background } from './core/background.ts';
import type { Hints } from './core/hints.ts';
import { DeviceBoard } from './devices/device-board.ts';
import { DevicePresence } from './devices/device-presence.ts';
import { houseWide } from './core/scope.ts';
import { Activations } from './devices/activations.ts';
import { DeviceRegistry } from './devices/device-registry.ts';
import { Enrolments } from './devices/enrolments.ts';
import { DeviceTokens } from './devices/device-tokens.ts';
import { KeyChange } from './devices/key-change.ts';
import { readSecrets } from './devices/secrets.ts';
import { TokenKeys } from './devices/token-keys.ts';
import { ClaimDesk } from './handoff/claim-desk.ts';
import { CallBoard } from './handoff/call-board.ts';
import { OfferBook } from './handoff/offer-book.ts';
import { HoldBook } from './holds/hold-book.ts';
import { NativeHolds } from './holds/native-holds.ts';
import { AdvisorDesk } from './houses/advisor-desk.ts';
import { defaultPinCost } from './houses/pin.ts';
import { PinDesk } from './houses/pin-desk.ts';
import { PinTries } from './houses/pin-tries.ts';
import { HouseSettings } from './houses/house-settings.ts';
import { Houses } from './houses/houses.ts';
import { Pieces } from './houses/pieces.ts';
import { RetentionDesk } from './houses/retention.ts';
import { Whose } from './houses/whose.ts';
import { Connectors, type ConnectedHouse } from './oms/connectors.ts';
import { EmbeddedOms } from './oms/embedded/embedded-oms.ts';
import { meteredConnector } from './ops/metered-connector.ts';
import { noMeter, type Meter } from './ops/meter.ts';
import { LetterBox } from './oms/letters/letter-box.ts';
import { PasskeyBook } from './passkeys/passkey-book.ts';
import { PasskeyChallenges } from './passkeys/passkey-challenges.ts';
import { PasskeyDesk } from './passkeys/passkey-desk.ts';
import type { PasskeyPlace } from './passkeys/passkey-proofs.ts';
import type { Database } from './persistence/database.ts';
import type { ServerConfig, ServerTimings } from './server-config.ts';
import { Company } from './sessions/company.ts';
import { createSale, type SaleServices } from './sale/create-sale.ts';
import { Sessions } from './sessions/sessions.ts';
import { StockBoard } from './stock/stock-board.ts';
import { StockBook } from './stock/stock-book.ts';
import { StockLog } from './stock/stock-log.ts';
import { StockNetwork } from './stock/stock-network.ts';
import { StockRules } from './stock/stock-rules.ts';
import { StockWatch } from './stock/stock-watch.ts';

/** What the server knows and does, without a single socket. */
export interface Services {
  readonly houses: Houses;
  readonly whose: Whose;
  readonly retention: RetentionDesk;
  readonly audit: AuditLog;
  readonly auditReader: AuditReader;
  readonly consoles: ConsoleSessions;
  readonly operatorPasskeys: OperatorPasskeys;
  readonly presence: DevicePresence;
  readonly board: DeviceBoard;
  readonly stockBoard: StockBoard;
  readonly registry: DeviceRegistry;
  readonly enrolments: Enrolments;
  readonly tokens: DeviceTokens;
  readonly tokenKeys: TokenKeys;
  readonly activations: Activations;
  readonly keyChange: KeyChange;
  readonly desk: AdvisorDesk;
  readonly pins: PinDesk;
  readonly advisorBook: AdvisorBook;
  readonly advisorEraser: AdvisorEraser;
  readonly passkeys: PasskeyDesk;
  readonly passkeyBook: PasskeyBook;
  readonly passkeyChallenges: PasskeyChallenges;
  readonly stock: StockLog;
  readonly book: StockBook;
  readonly network: StockNetwork;
  readonly rules: StockRules;
  readonly sessions: Sessions;
  readonly company: Company;
  readonly holds: HoldBook;
  readonly offers: OfferBook;
  readonly callBoard: CallBoard;
  readonly claims: ClaimDesk;
  readonly oms: EmbeddedOms;
  readonly connectors: Connectors;
  readonly letters: LetterBox;
  readonly native: NativeHolds;
  readonly clients: ClientServices;
  readonly sale: SaleServices;
  readonly database: Database;
  /** Keeps a Maison's levels true; made once for each. */
  readonly watch: (maisonId: MaisonId) => StockWatch;
}

/** Ties the services to one another and to their ports. */
export async function createServices(deps: {
  config: ServerConfig;
  timings: ServerTimings;
  database: Database;
  catalogues: ReadonlyMap<MaisonId, Catalogue>;
  background: Background;
  hints: Hints;
  /** Maisons with an OMS of their own; the others have the embedded one. */
  connected?: readonly ConnectedHouse[];
  /** What each Maison has settled; the usual where none is given. */
  settings?: HouseSettings;
  meter?: Meter;
  /** Where passkeys may be used; null where this server's address lets no browser have any. */
  passkeyPlace?: () => PasskeyPlace | null;
}): Promise<Services> {
  const { timings, database, catalogues, background, hints, settings = new HouseSettings() } = deps;
  const { meter = noMeter } = deps;
  const { clock, random } = deps.config;
  const { enrolmentMs, tokenMs, holdMs } = timings;
  const secrets = await readSecrets(database, random, (maisonId) => settings.of(maisonId).keyGeneration);
  const houses = new Houses(database.db, settings);
  const audit = new AuditLog(database, clock);
  const pieces = new Pieces(database.db, catalogues);
  const registry = new DeviceRegistry({
    database,
    houses,
    audit,
    clock,
    hints,
  });
  const enrolments = new Enrolments({
    database,
    registry,
    houses,
    audit,
    secrets,
    clock,
    random,
    enrolmentMs,
  });
  const tokenKeys = new TokenKeys({ database, audit, clock, random, tokenMs });
  await houseWide('the keys of tokens', () => tokenKeys.start());
  const activations = new Activations({ database, registry, houses, audit, clock, random, hints });
  const tokens = new DeviceTokens({
    database,
    registry,
    secrets,
    keys: tokenKeys,
    takeSeat: (device, untilMs) => activations.takeSeat(device, untilMs),
    clock,
    random,
    tokenMs,
  });
  const keyChange = new KeyChange({ database, registry, tokens, audit, hints });
  const presence = new DevicePresence({ database, clock });
  const place = deps.passkeyPlace ?? (() => null);
  const operatorPasskeys = new OperatorPasskeys({ database, audit, houses, secrets, clock, random, place });
  const consoleDeps = { database, audit, houses, registry, tokens, secrets, clock, random, operatorPasskeys };
  const desk = new AdvisorDesk(database, clock, timings.signInMs);
  const tries = new PinTries(database, clock);
  const pinCost = deps.config.pinCost ?? defaultPinCost;
  const pinDeps = { database, desk, tries, audit, clock, random, hints, pinCost };
  const advisorBoard = new AdvisorBoard({ database, clock });
  const passkeyChallenges = new PasskeyChallenges({ database, secrets, clock, random });
  const passkeyBook = new PasskeyBook({ database, desk, audit, hints });
  const passkeys = new PasskeyDesk({
    database,
    desk,
    book: passkeyBook,
    houses,
    challenges: passkeyChallenges,
    audit,
    clock,
    random,
    place,
  });
  const sessions = new Sessions({ database, desk, pieces, clock, hints });
  const company = new Company({ sessions, pieces });
  const oms = new EmbeddedOms({ database, clock, random, background });
  const metered = (maisonId: MaisonId, connector: OmsConnector) =>
    meteredConnector(connector, { maisonId, meter, clock });
  const connectors = new Connectors(
    (deps.connected ?? []).map((house) => ({
      ...house,
      connector: metered(house.maisonId, house.connector),
    })),
    (maisonId) => metered(maisonId, oms.connector(maisonId, itemsOf(catalogues.get(maisonId)))),
  );
  const book = new StockBook(database, hints);
  const letters = new LetterBox({ database, audit, clock, random, background });
  const native = new NativeHolds({ database, connectors, letters, book, houses, clock, hints, background });
  const holds = new HoldBook({
    database,
    sessions,
    native,
    letters,
    clock,
    random,
    hints,
    background,
    holdMs,
    meter,
  });
  const clients = createClients({
    database,
    connectors,
    letters,
    audit,
    sessions,
    desk,
    houses,
    secrets,
    clock,
    random,
    hints,
    background,
    erasuresDir: deps.config.erasuresDir ?? null,
  });
  const watches = new Map<MaisonId, StockWatch>();
  const watch = (maisonId: MaisonId): StockWatch => {
    const known = watches.get(maisonId);
    if (known) return known;
    const { connector } = connectors.of(maisonId);
    const made = new StockWatch({
      maisonId,
      connector,
      book,
      houses,
      database,
      clock,
      random,
      background,
      onUp: () => background.run('hold-confirm', () => native.confirmWaiting(maisonId), 'a-house'),
    });
    watches.set(maisonId, made);
    return made;
  };
  const sale = createSale({
    database,
    sessions,
    desk,
    houses,
    settings,
    pieces,
    connectors,
    holds,
    letters,
    notes: clients.notes,
    audit,
    secrets,
    clock,
    random,
    hints,
    readAgain: (maisonId, storeId, sku) => watch(maisonId).readNow({ storeId, sku }),
  });
  const offerDeps = { database, registry, houses, pieces, secrets, clock, random, hints, background };
  const offers = new OfferBook(offerDeps);
  const callBoard = new CallBoard({ database, registry, houses, desk, clock, hints });
  const claims = new ClaimDesk({ database, offers, desk, secrets, clock, random });
  return {
    houses,
    whose: new Whose(database.db),
    retention: new RetentionDesk({ database, houses, settings, audit, clock }),
    audit,
    auditReader: new AuditReader(database),
    consoles: new ConsoleSessions(consoleDeps),
    operatorPasskeys,
    presence,
    board: new DeviceBoard({ database, presence, clock }),
    stockBoard: new StockBoard({ database, houses }),
    registry,
    enrolments,
    tokens,
    tokenKeys,
    activations,
    keyChange,
    desk,
    pins: new PinDesk(pinDeps),
    advisorBook: new AdvisorBook({ ...pinDeps, advisorBoard }),
    advisorEraser: new AdvisorEraser({
      database,
      advisorBoard,
      signer: sale.signer,
      connectors,
      letters,
      audit,
      clock,
      random,
      secrets,
      marks: clients.marks,
    }),
    passkeys,
    passkeyBook,
    passkeyChallenges,
    sessions,
    company,
    holds,
    offers,
    callBoard,
    claims,
    stock: new StockLog(database),
    book,
    network: new StockNetwork({ database, houses, connectors, clock }),
    rules: new StockRules(database, hints),
    oms,
    connectors,
    letters,
    native,
    clients,
    sale,
    database,
    watch,
  };
}

/** A catalogue as an OMS would tell it. */
function itemsOf(catalogue: Catalogue | undefined): OmsCatalogue {
  const items = (catalogue?.pieces ?? []).flatMap(({ name, variants }) =>
    variants.map((variant) => ({ sku: variant.sku, name: `${name} ${variant.name.en}`, gtin: variant.gtin })),
  );
  return { items };
}
