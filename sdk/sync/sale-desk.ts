import type { Answer, WireError } from '../../protocol/errors.ts';
import type { AdvisorId, SaleStepId, SessionId, Sku, StoreId } from '../../protocol/ids.ts';
import type { CommandPayload } from '../../protocol/realtime.ts';
import type {
  Appointment,
  AppointmentSlots,
  SaleBoard,
  SaleReading,
  TakeawayMark,
} from '../../protocol/sale.ts';
import type { StockElsewhere } from '../../protocol/stock.ts';
import type { Unsubscribe } from '../core/emitter.ts';
import { ValueStore } from '../core/store.ts';
import type { Link } from './link.ts';

/** What a screen knows of the way to a sale. */
export interface SaleView {
  readonly sessionId: SessionId | null;
  /** Of this visit; null until it was read. */
  readonly reading: SaleReading | null;
  /** Tablet: of this boutique. */
  readonly board: SaleBoard | null;
  readonly slots: { readonly advisorId: AdvisorId; readonly found: AppointmentSlots } | null;
  /** Where else a piece is. */
  readonly places: { readonly sku: Sku; readonly found: readonly StockElsewhere[] } | null;
  readonly mark: (TakeawayMark & { readonly appointmentId: SaleStepId }) | null;
  readonly busy: boolean;
  readonly refused: WireError | null;
  /** Which part of the board that was touched in; null: none. */
  readonly refusedOn: keyof SaleBoard | null;
}

type Refused = Pick<SaleView, 'refused' | 'refusedOn'>;

const unrefused: Refused = { refused: null, refusedOn: null };

function refusal(refused: WireError, refusedOn: Refused['refusedOn'] = null): Refused {
  return { refused, refusedOn };
}

const nothing: SaleView = {
  sessionId: null,
  reading: null,
  board: null,
  slots: null,
  places: null,
  mark: null,
  busy: false,
  ...unrefused,
};

/** The way from love to sale as a screen sees it: read anew at every change, and gone with the visit. */
export class SaleDesk {
  readonly state = new ValueStore<SaleView>(nothing);
  readonly #link: Link;
  readonly #tillForgotten: boolean;
  #live = false;
  #advisorId: AdvisorId | null = null;
  /** Counts readings, so that one that was overtaken is not shown. */
  #readings = 0;

  /** A mirror shows what was promised until its farewell is over (`tillForgotten`); a tablet is done with a visit that is closed. */
  constructor(link: Link, { tillForgotten = false }: { readonly tillForgotten?: boolean } = {}) {
    this.#link = link;
    this.#tillForgotten = tillForgotten;
  }

  /** Follows the line; returns what stops it. */
  start(): Unsubscribe {
    const { state, events } = this.#link;
    const stops = [
      state.subscribe(() => this.#follow()),
      events.on('sale-changed', ({ sessionId }) => {
        if (sessionId === this.state.get().sessionId) void this.#read();
      }),
      events.on('board-changed', () => void this.#readBoard()),
    ];
    this.#follow();
    return () => stops.forEach((stop) => stop());
  }

  bring(sku: Sku): Promise<boolean> {
    return this.#inVisit((sessionId) => this.#link.command('run.ask', { sessionId, sku }));
  }

  moveRun(runId: SaleStepId, to: CommandPayload<'run.move'>['to']): Promise<boolean> {
    return this.#attempt(() => this.#link.command('run.move', { runId, to }), 'runs');
  }

  transfer(fromStoreId: StoreId, sku: Sku): Promise<boolean> {
    return this.#inVisit((sessionId) => this.#link.command('transfer.ask', { sessionId, fromStoreId, sku }));
  }

  reserve(storeId: StoreId, sku: Sku): Promise<boolean> {
    return this.#inVisit((sessionId) =>
      this.#link.command('collection.reserve', { sessionId, storeId, sku }),
    );
  }

  endCollection(collectionId: SaleStepId, how: 'collected' | 'released'): Promise<boolean> {
    return this.#attempt(() => this.#link.command('collection.end', { collectionId, how }), 'collections');
  }

  book(advisorId: AdvisorId, startsAtMs: number, skus: Sku[]): Promise<boolean> {
    return this.#inVisit(async (sessionId) => {
      const asked = { sessionId, advisorId, startsAtMs, skus };
      const answer = await this.#link.command('appointment.book', asked);
      // The time was given away meanwhile: those that are left are shown.
      if (!answer.ok) await this.findSlots(advisorId);
      return answer;
    });
  }

  moveAppointment({ id, advisor }: Appointment, startsAtMs: number): Promise<boolean> {
    return this.#inVisit(async (sessionId) => {
      const asked = { sessionId, appointmentId: id, startsAtMs };
      const answer = await this.#link.command('appointment.move', asked);
      if (!answer.ok) await this.findSlots(advisor.id);
      return answer;
    });
  }

  cancelAppointment({ id }: Appointment): Promise<boolean> {
    return this.#inVisit((sessionId) =>
      this.#link.command('appointment.cancel', { sessionId, appointmentId: id }),
    );
  }

  prepare(skus: readonly Sku[]): Promise<boolean> {
    const lines = skus.map((sku) => ({ sku, quantity: 1 }));
    return this.#inVisit((sessionId) => this.#link.command('order.prepare', { sessionId, lines }));
  }

  place(closedBy: AdvisorId | null, agreedAssistingPercent: number | null): Promise<boolean> {
    const { reading } = this.state.get();
    const order = reading?.order;
    if (!order) return Promise.resolve(false);
    const { id: orderId, revision } = order;
    return this.#inVisit((sessionId) =>
      this.#link.command('order.place', { sessionId, orderId, revision, closedBy, agreedAssistingPercent }),
    );
  }

  /** Reads when an advisor has time. */
  async findSlots(advisorId: AdvisorId): Promise<void> {
    const answer = await this.#link.command('appointment.slots', { advisorId });
    this.#set(answer.ok ? { slots: { advisorId, found: answer.value } } : refusal(answer.error));
  }

  /** Reads where else a piece is. */
  async findPlaces(sku: Sku): Promise<void> {
    const answer = await this.#link.command('stock.elsewhere', { sku });
    this.#set(answer.ok ? { places: { sku, found: answer.value.places } } : refusal(answer.error));
  }

  /** Shows a mark for the client's phone. */
  async markFor(appointmentId: SaleStepId): Promise<void> {
    const { sessionId } = this.state.get();
    if (!sessionId) return;
    const answer = await this.#link.command('appointment.mark', { sessionId, appointmentId });
    if (this.state.get().sessionId !== sessionId) return;
    this.#set(answer.ok ? { mark: { ...answer.value, appointmentId } } : refusal(answer.error));
  }

  /** Forgets a visit that is over. */
  forget(): void {
    const { session } = this.#link.state.get();
    if (this.state.get().sessionId !== null && (session === null || session.closed)) this.#begin(null);
  }

  clearRefusal(): void {
    if (this.state.get().refused) this.#set(unrefused);
  }

  async #inVisit(send: (sessionId: SessionId) => Promise<Answer<unknown>>): Promise<boolean> {
    const { sessionId } = this.state.get();
    return sessionId !== null && (await this.#attempt(() => send(sessionId)));
  }

  async #attempt(send: () => Promise<Answer<unknown>>, on: keyof SaleBoard | null = null): Promise<boolean> {
    const { sessionId } = this.state.get();
    this.#set({ busy: true, ...unrefused });
    const answer = await send();
    // The visit may be over by now: what is shown then is another's.
    if (this.state.get().sessionId !== sessionId) return answer.ok;
    this.#set({ busy: false, ...(!answer.ok && refusal(answer.error, on)) });
    await Promise.all([this.#read(), this.#readBoard()]);
    return answer.ok;
  }

  #follow(): void {
    const { status, session, advisor } = this.#link.state.get();
    const cameLive = status.kind === 'live' && !this.#live;
    this.#live = status.kind === 'live';
    const before = this.state.get().sessionId;
    const isShown = session && (!session.closed || (this.#tillForgotten && session.sessionId === before));
    const sessionId = isShown ? session.sessionId : null;
    const isNew = sessionId !== before;
    const isOther = (advisor?.id ?? null) !== this.#advisorId;
    this.#advisorId = advisor?.id ?? null;
    if (isNew) this.#begin(sessionId);
    if (isOther && !advisor) this.#set({ board: null });
    if (sessionId && (isNew || cameLive)) void this.#read();
    if (advisor && (isOther || cameLive)) void this.#readBoard();
  }

  #begin(sessionId: SessionId | null): void {
    this.#readings += 1;
    this.state.set({ ...nothing, sessionId, board: this.state.get().board });
  }

  async #read(): Promise<void> {
    const { sessionId } = this.state.get();
    if (!sessionId) return;
    this.#readings += 1;
    const reading = this.#readings;
    const answer = await this.#link.command('sale.read', { sessionId });
    if (reading === this.#readings && answer.ok) this.#set({ reading: answer.value });
  }

  async #readBoard(): Promise<void> {
    if (!this.#link.state.get().advisor) return;
    const answer = await this.#link.command('sale.board', {});
    if (answer.ok) this.#set({ board: answer.value });
  }

  #set(change: Partial<SaleView>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
