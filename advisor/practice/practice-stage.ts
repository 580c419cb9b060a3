import { err } from '../../sdk/core/result.ts';
import type { Advisor, DeviceIdentity } from '../../protocol/device.ts';
import type { Answer, WireError } from '../../protocol/errors.ts';
import type { Sku, StoreId } from '../../protocol/ids.ts';
import type { Catalogue, Store } from '../../protocol/product.ts';
import type { CommandName, CommandPayload, CommandReply } from '../../protocol/realtime.ts';
import type { SalePlace } from '../../protocol/sale.ts';
import { reduceSession, type Actor, type SessionFact, type SessionState } from '../../protocol/session.ts';
import { applyFrame } from '../../protocol/stock.ts';
import type { CancelTimer, Clock } from '../../sdk/core/clock.ts';
import { Emitter } from '../../sdk/core/emitter.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { LinkEvents, LinkState } from '../../sdk/sync/link.ts';
import { inventedStock } from './invented-stock.ts';
import type { Scenario } from './scenarios.ts';

/** What is called by a name in a rehearsal, in the language that is spoken now. Each says what it is: nobody of the house is meant. */
export interface PracticeNames {
  readonly kiosk: string;
  /** Who brings what is asked for. */
  readonly colleague: string;
  readonly client: string;
  /** From where the house would know the client. */
  readonly source: string;
}

/** Who rehearses, where, and what. */
export interface PracticeOptions {
  readonly identity: DeviceIdentity;
  readonly advisor: Advisor;
  readonly catalogue: Catalogue;
  readonly scenario: Scenario;
  readonly names: PracticeNames;
  readonly clock: Clock;
}

/** Answers one command as its schema says. */
export type Play<Name extends CommandName> = (payload: CommandPayload<Name>) => Answer<CommandReply<Name>>;

/** What a rehearsal can play. Whatever is not here is not offered in it. */
export type Plays = { readonly [Name in CommandName]?: Play<Name> };

export const practiceSessionId = 'practice-session';

/** What the parts of a rehearsal have in common: its state, its time, and its one visit. It has no way to a server. */
export class PracticeStage {
  readonly state: ValueStore<LinkState>;
  readonly events = new Emitter<LinkEvents>();
  readonly house: PracticeOptions;
  #names: PracticeNames;
  #seq = 0;
  #ids = 0;
  #stopped = false;
  readonly #timers = new Set<CancelTimer>();

  constructor(house: PracticeOptions) {
    this.house = house;
    this.#names = house.names;
    const { identity, advisor, clock } = house;
    this.state = new ValueStore<LinkState>({
      status: { kind: 'live' },
      identity,
      stock: inventedStock(house),
      heardAtMs: clock.nowMs(),
      session: null,
      advisor,
      calls: [],
      claim: null,
      clockOffsetMs: 0,
      malformedCount: 0,
    });
  }

  get names(): PracticeNames {
    return this.#names;
  }

  get nowMs(): number {
    return this.house.clock.nowMs();
  }

  /** A colleague who is nobody of the house. */
  get colleague(): Advisor {
    const { colleague } = this.#names;
    const { title, languages } = this.house.advisor;
    return { id: 'practice-colleague', name: colleague, title, languages };
  }

  /** Calls everything by its name in another language, wherever it is named. */
  rename(names: PracticeNames): void {
    this.#names = names;
    const { calls, claim, session } = this.state.get();
    const kioskName = names.kiosk;
    this.set({
      calls: calls.map((call) => ({ ...call, kioskName })),
      claim: claim && { ...claim, kioskName },
      session: session && { ...session, kioskName },
    });
    this.events.emit('client-changed', { sessionId: practiceSessionId });
    this.saleChanged();
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  after(delayMs: number, run: () => void): CancelTimer {
    const cancelTimer = this.house.clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      if (!this.#stopped) run();
    });
    const cancel = (): void => {
      this.#timers.delete(cancel);
      cancelTimer();
    };
    this.#timers.add(cancel);
    return cancel;
  }

  set(change: Partial<LinkState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }

  /** Something on the way to the sale is another than before. */
  saleChanged(): void {
    this.events.emit('sale-changed', { sessionId: practiceSessionId });
    this.events.emit('board-changed', { storeId: this.house.identity.store.id });
  }

  /** An id that no other thing of this rehearsal has. */
  nextId(kind: string): string {
    this.#ids += 1;
    return `practice-${kind}-${this.#ids}`;
  }

  /** The visit; null before it begins and when it is closed. */
  openSession(): SessionState | null {
    const { session } = this.state.get();
    return session && !session.closed ? session : null;
  }

  /** Writes down what happened in the visit; false where there is none any more. */
  tell(fact: SessionFact, actor: Actor = 'advisor'): boolean {
    const before = this.state.get().session;
    if (before?.closed) return false;
    this.#seq += 1;
    const event = { sessionId: practiceSessionId, seq: this.#seq, atMs: this.nowMs, actor, fact };
    this.set({ session: reduceSession(before, event) });
    return true;
  }

  /** This boutique and its neighbours. */
  placeOf(storeId: StoreId): SalePlace | null {
    const { store, nearby } = this.house.identity;
    const found = [store, ...nearby].find(({ id }) => id === storeId);
    return found ? placed(found) : null;
  }

  /** How many of a piece are free in a boutique. */
  available(storeId: StoreId, sku: Sku): number {
    return this.state.get().stock.get(storeId)?.levels.get(sku)?.available ?? 0;
  }

  /** Takes a free piece; false where there is none. */
  take(storeId: StoreId, sku: Sku): boolean {
    if (this.available(storeId, sku) === 0) return false;
    this.#shift(storeId, sku, -1);
    return true;
  }

  giveBack(storeId: StoreId, sku: Sku): void {
    this.#shift(storeId, sku, 1);
  }

  #shift(storeId: StoreId, sku: Sku, by: number): void {
    const { stock } = this.state.get();
    const store = stock.get(storeId);
    const level = store?.levels.get(sku);
    if (!store || !level) return;
    const seq = store.cursor + 1;
    const { available, revision } = level;
    const moved = { ...level, available: available + by, revision: revision + 1, asOfMs: this.nowMs };
    this.set({ stock: applyFrame(stock, { storeId, fromSeq: seq, toSeq: seq, levels: [moved] }).state });
  }
}

function placed({ id, name, city, timeZone }: Store): SalePlace {
  return { id, name, city, timeZone };
}

export function refused(code: WireError['code']): { readonly ok: false; readonly error: WireError } {
  return err({ code, message: 'This is a rehearsal.' });
}
