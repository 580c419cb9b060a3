import {
  HouseConnector,
  type CommitOutcome,
  type ExtendOutcome,
  type HoldAsk,
  type HoldCommit,
  type HoldExtension,
  type HoldOutcome,
  type HoldRelease,
  type LevelOutcome,
  type OmsCapability,
  type OmsLevel,
  type OmsListener,
  type OmsReading,
  type ReleaseOutcome,
} from 'vitrine/connector';
import type { Reservation, Shelf, Storeroom } from './storeroom.ts';

// #region connector
/** The house's storeroom as the kit needs it. What is not written here, the kit is told to be `unsupported`. */
export class StoreroomConnector extends HouseConnector {
  readonly name = 'storeroom';
  readonly capabilities: ReadonlySet<OmsCapability> = new Set(['subscribe', 'holds']);
  readonly #room: Storeroom;
  readonly #nowMs: () => number;
  readonly #byKey = new Map<string, Reservation>();

  constructor(room: Storeroom, nowMs: () => number) {
    super();
    this.#room = room;
    this.#nowMs = nowMs;
  }

  override async levels(): Promise<OmsReading> {
    return { asOfMs: this.#nowMs(), levels: this.#room.shelves().map(levelOf) };
  }

  override async level(storeId: string, sku: string): Promise<LevelOutcome> {
    const shelf = this.#room.look(storeId, sku);
    return shelf ? { kind: 'read', asOfMs: this.#nowMs(), level: levelOf(shelf) } : { kind: 'unknown-sku' };
  }

  override subscribe(cursor: string | null, listener: OmsListener): () => void {
    const { total } = this.#room.changesAfter(0);
    const from = Number(cursor ?? 'none');
    const isKnown = Number.isSafeInteger(from) && from <= total;
    let seen = isKnown ? from : total;
    const tell = () => {
      const { changes } = this.#room.changesAfter(seen);
      for (const { place: storeId, article: sku } of changes) {
        seen += 1;
        listener.hint({ storeId, sku }, String(seen));
      }
    };
    if (!isKnown) listener.gap(String(seen));
    tell();
    return this.#room.follow(tell);
  }

  override async hold({ key, storeId, sku, expiresAtMs }: HoldAsk): Promise<HoldOutcome> {
    if (!this.#room.look(storeId, sku)) return { kind: 'unknown-sku' };
    const held = this.#byKey.get(key) ?? this.#room.reserve(storeId, sku, expiresAtMs);
    const now = { asOfMs: this.#nowMs(), level: this.#levelAt(storeId, sku) };
    if (!held) return { kind: 'none-free', ...now, nextFreeAtMs: null };
    this.#byKey.set(key, held);
    return { kind: 'held', ...now, hold: holdOf(held) };
  }

  override async extendHold({ holdId, expiresAtMs }: HoldExtension): Promise<ExtendOutcome> {
    const prolonged = this.#room.prolong(holdId, expiresAtMs);
    return prolonged ? { kind: 'extended', hold: holdOf(prolonged) } : { kind: 'ended' };
  }

  override async releaseHold({ holdId }: HoldRelease): Promise<ReleaseOutcome> {
    const ended = this.#room.end(holdId, false);
    if (!ended) return { kind: 'ended' };
    const level = this.#levelAt(ended.place, ended.article);
    return { kind: 'released', asOfMs: this.#nowMs(), level };
  }

  override async commitHold({ holdId }: HoldCommit): Promise<CommitOutcome> {
    const ended = this.#room.end(holdId, true);
    if (!ended) return { kind: 'ended' };
    const level = this.#levelAt(ended.place, ended.article);
    return { kind: 'committed', asOfMs: this.#nowMs(), level };
  }

  #levelAt(place: string, article: string): OmsLevel {
    const shelf = this.#room.look(place, article);
    if (!shelf) throw new Error(`The storeroom has lost ${article}.`);
    return levelOf(shelf);
  }
}
// #endregion

function levelOf({ place, article, pieces, reserved, version }: Shelf): OmsLevel {
  return { storeId: place, sku: article, onHand: pieces, promised: reserved, revision: version };
}

function holdOf({ number, place, article, untilMs }: Reservation) {
  return { id: number, storeId: place, sku: article, expiresAtMs: untilMs };
}
