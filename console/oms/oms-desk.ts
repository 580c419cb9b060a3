import type { WireError } from '../../protocol/errors.ts';
import type { Sku, StoreId } from '../../protocol/ids.ts';
import type { OmsLevelRow } from '../../protocol/oms.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { Link, LinkState } from '../../sdk/sync/link.ts';
import type { OmsClient } from './oms-client.ts';

/** What the page knows beside the line's own state. */
export interface OmsDeskState {
  readonly rows: readonly OmsLevelRow[] | 'unread' | 'failed';
  /** The cell whose count is being set. */
  readonly setting: string | null;
  readonly said: OmsLevelRow | null;
  readonly refusal: WireError | null;
}

/** One boutique's count of one SKU, as the page shows it. */
export interface Count {
  readonly onHand: number;
  /** Null until the server has told of it. */
  readonly available: number | null;
  readonly asOfMs: number | null;
  /** Which system counts it; `embedded` is the one this page counts in. */
  readonly source: string | null;
}

/** Names a cell. */
export function cellKey(storeId: StoreId, sku: Sku): string {
  return `${storeId} ${sku}`;
}

/** The count of a cell: what the line tells where it is newer than what was read, and what was read otherwise. */
export function countOf(line: LinkState, row: OmsLevelRow): Count {
  const level = line.stock.get(row.storeId)?.levels.get(row.sku);
  if (!level) return { onHand: row.onHand, available: null, asOfMs: null, source: null };
  const onHand = level.revision >= row.revision ? level.onHand : row.onHand;
  return { onHand, available: level.available, asOfMs: level.asOfMs, source: level.source };
}

/** Reads and sets the house's own counts. */
export class OmsDesk {
  readonly link: Link;
  readonly state = new ValueStore<OmsDeskState>({ rows: 'unread', setting: null, said: null, refusal: null });
  readonly #client: OmsClient;
  #wasLive = false;

  constructor(link: Link, client: OmsClient) {
    this.link = link;
    this.#client = client;
  }

  /** Reads the counts whenever the line comes to life; returns what stops it. */
  start(): Unsubscribe {
    const follow = () => {
      const live = this.link.state.get().status.kind === 'live';
      if (live && !this.#wasLive) void this.read();
      this.#wasLive = live;
    };
    follow();
    return this.link.state.subscribe(follow);
  }

  async enrol(code: string): Promise<void> {
    const answer = await this.link.enrol(code.trim().toUpperCase());
    this.#set({ refusal: answer.ok ? null : answer.error });
  }

  async read(): Promise<void> {
    const answer = await this.#client.levels();
    if (answer.ok) this.#set({ rows: answer.value, refusal: null });
    else if (!Array.isArray(this.state.get().rows)) this.#set({ rows: 'failed', refusal: answer.error });
  }

  /** Sets a count; true when the OMS has it. */
  async count(storeId: StoreId, sku: Sku, onHand: number): Promise<boolean> {
    this.#set({ setting: cellKey(storeId, sku), said: null, refusal: null });
    const answer = await this.#client.set(storeId, sku, onHand);
    if (!answer.ok) {
      this.#set({ setting: null, refusal: answer.error });
      return false;
    }
    const row = answer.value;
    const { rows } = this.state.get();
    const others = Array.isArray(rows) ? (rows as readonly OmsLevelRow[]) : [];
    this.#set({
      setting: null,
      said: row,
      rows: others.map((one) => (one.storeId === storeId && one.sku === sku ? row : one)),
    });
    return true;
  }

  #set(change: Partial<OmsDeskState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
