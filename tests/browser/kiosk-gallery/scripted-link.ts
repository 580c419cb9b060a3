import type { DeviceIdentity } from '../../../protocol/device.ts';
import type { Answer } from '../../../protocol/errors.ts';
import type { CommandName, CommandPayload, CommandReply } from '../../../protocol/realtime.ts';
import { reduceSession, type SessionFact, type SessionState } from '../../../protocol/session.ts';
import { applySnapshot, type StockState } from '../../../protocol/stock.ts';
import type { Clock } from '../../../sdk/core/clock.ts';
import { Emitter } from '../../../sdk/core/emitter.ts';
import { ValueStore } from '../../../sdk/core/store.ts';
import type { Link, LinkEvents, LinkState } from '../../../sdk/sync/link.ts';

const stores = {
  norde: {
    here: {
      id: 'norde-oslo',
      name: 'Karl Johans gate',
      city: 'Oslo',
      locale: 'en',
      timeZone: 'Europe/Oslo',
    },
    other: {
      id: 'norde-bond',
      name: 'Bond Street',
      city: 'London',
      locale: 'en',
      timeZone: 'Europe/London',
    },
    advisor: { id: 'ingrid', name: 'Ingrid Solberg', title: { en: 'Advisor', fr: 'Conseillère' } },
  },
  aurelle: {
    here: {
      id: 'aurelle-vendome',
      name: 'Place Vendôme',
      city: 'Paris',
      locale: 'fr',
      timeZone: 'Europe/Paris',
    },
    other: {
      id: 'aurelle-bond',
      name: 'Bond Street',
      city: 'London',
      locale: 'en',
      timeZone: 'Europe/London',
    },
    advisor: { id: 'camille', name: 'Camille Aubry', title: { en: 'Advisor', fr: 'Conseillère' } },
  },
} as const;

export type House = keyof typeof stores;

/** A boutique in memory behind a real `Link`: for pictures and for tests of the screens alone. */
export class ScriptedLink implements Link {
  readonly state: ValueStore<LinkState>;
  readonly events = new Emitter<LinkEvents>();
  readonly commands: { readonly name: CommandName; readonly payload: unknown }[] = [];
  readonly #clock: Clock;
  readonly #house: House;
  readonly #identity: DeviceIdentity;
  #offers = 0;
  #seq = 0;

  constructor(house: House, clock: Clock, skus: readonly string[], enrolled: boolean) {
    this.#clock = clock;
    this.#house = house;
    const { here, other } = stores[house];
    this.#identity = {
      deviceId: 'kiosk-00001',
      role: 'kiosk',
      name: 'Mirror 1',
      maisonId: house,
      maisonName: house === 'norde' ? 'Norde' : 'Aurelle',
      store: here,
      nearby: [other],
    };
    const asOfMs = clock.nowMs();
    let stock: StockState = new Map();
    const level = (storeId: string, sku: string, available: number) =>
      ({ storeId, sku, onHand: available, available, revision: 1, asOfMs, source: 'embedded' }) as const;
    stock = applySnapshot(stock, {
      storeId: here.id,
      seq: 1,
      levels: skus.map((sku, index) => level(here.id, sku, [2, 1, 0, 4][index % 4] ?? 0)),
    });
    stock = applySnapshot(stock, {
      storeId: other.id,
      seq: 1,
      levels: skus.map((sku) => level(other.id, sku, 3)),
    });
    this.state = new ValueStore<LinkState>({
      status: { kind: enrolled ? 'live' : 'unenrolled' },
      identity: enrolled ? this.#identity : null,
      stock,
      heardAtMs: asOfMs,
      session: null,
      advisor: null,
      calls: [],
      claim: null,
      clockOffsetMs: 0,
      malformedCount: 0,
    });
  }

  #set(changes: Partial<LinkState>): void {
    this.state.set({ ...this.state.get(), ...changes });
  }

  enrol(code: string): Promise<Answer<DeviceIdentity>> {
    if (code !== 'GOOD-CODE-1')
      return Promise.resolve({ ok: false, error: { code: 'code-unknown', message: 'No such code.' } });
    this.#set({ status: { kind: 'live' }, identity: this.#identity });
    return Promise.resolve({ ok: true, value: this.#identity });
  }

  command<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<Answer<CommandReply<Name>>> {
    this.commands.push({ name, payload });
    return Promise.resolve({ ok: true, value: this.#answer(name, payload) as CommandReply<Name> });
  }

  #answer(name: CommandName, payload: unknown): unknown {
    if (name === 'offer.open') {
      this.#offers += 1;
      return {
        offerId: `offer-000${this.#offers}`,
        secret: 'Zk3vQ8mT1xY6bN0cR7hW4e',
        code: 'K7M2QX94',
        expiresAtMs: this.#clock.nowMs() + 120_000,
      };
    }
    if (name === 'offer.confirm') {
      const { summary } = payload as CommandPayload<'offer.confirm'>;
      const { advisor } = stores[this.#house];
      this.tell({
        type: 'started',
        advisor: { ...advisor, languages: ['en', 'fr'] },
        kioskName: 'Mirror 1',
        summary,
      });
      return { sessionId: 'session-0001' };
    }
    if (name === 'sale.read') {
      return {
        offered: { transfers: true, appointments: true, appointmentChanges: true, orders: true },
        notes: null,
        runs: [],
        transfers: [],
        collections: [],
        appointments: [],
        order: null,
        agreement: false,
      } satisfies CommandReply<'sale.read'>;
    }
    if (name === 'session.share-measure') {
      const { measure } = payload as CommandPayload<'session.share-measure'>;
      this.tell({ type: 'measure-shared', measure });
    }
    if (name === 'session.close') this.tell({ type: 'closed', reason: 'farewell' });
    return {};
  }

  /** The boutique says what happened in the session. */
  tell(fact: SessionFact): void {
    this.#seq += 1;
    const before: SessionState | null = this.state.get().session;
    const session = reduceSession(before, {
      sessionId: 'session-0001',
      seq: this.#seq,
      atMs: this.#clock.nowMs(),
      actor: 'advisor',
      fact,
    });
    this.#set({ session });
  }

  /** An advisor claims the newest offer. */
  claim(): void {
    const { advisor } = stores[this.#house];
    this.#set({
      claim: {
        offerId: `offer-000${this.#offers}`,
        advisor: { ...advisor, languages: ['en', 'fr'] },
        digits: '47',
        kioskName: 'Mirror 1',
        expiresAtMs: this.#clock.nowMs() + 60_000,
      },
    });
  }

  /** Takes the line away, or gives it back. */
  setOnline(online: boolean): void {
    this.#set({
      status: online ? { kind: 'live' } : { kind: 'offline', sinceMs: this.#clock.nowMs() },
    });
  }

  token(): Promise<Answer<string>> {
    return Promise.resolve({ ok: true, value: 'token' });
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): void {}
}
