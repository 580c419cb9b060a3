import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Catalogue } from '../../protocol/product.ts';
import { SaleReading } from '../../protocol/sale.ts';
import { ClientReading } from '../../protocol/client-context.ts';
import { factWords, reasonWords } from '../../sdk/session/client-fact-words.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { arrangedIn, creditsOf } from './practice-debrief.ts';
import { advisor, identity } from '../../tests/support/practice-fixtures.ts';
import { practiceNames, startPractice, type Practice } from './practice.ts';
import { practiceCode } from './practice-visit.ts';

const catalogue = Catalogue.parse(
  JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../assets/collections/norde/catalogue.json'), 'utf8'),
  ),
);
const sku = 'fjord-51.tortoise';

describe('the way to a sale in a rehearsal', () => {
  // Monday 4 January 2027, 11:00 in London.
  const startMs = Date.UTC(2027, 0, 4, 11);
  let clock: ManualClock;
  let practice: Practice;
  const reading = () => {
    const found = practice.sales.state.get().reading;
    if (!found) throw new Error('no reading');
    return found;
  };
  const view = () => practice.sales.state.get();
  const free = (storeId: string) =>
    practice.desk.link.state.get().stock.get(storeId)?.levels.get(sku)?.available;
  const begin = async (house = identity): Promise<void> => {
    clock = new ManualClock(startMs);
    practice = startPractice('came-back', {
      identity: house,
      advisor,
      catalogue,
      names: practiceNames('en'),
      clock,
    });
    clock.advance(3_000);
    await practice.desk.claimCode(practiceCode);
    clock.advance(6_000);
    await vi.waitFor(() => reading());
  };
  const network = vi.fn(() => {
    throw new Error('a rehearsal asked the network');
  });
  beforeEach(async () => {
    // Whatever would reach a server from here is a fault.
    network.mockClear();
    for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) vi.stubGlobal(name, network);
    await begin();
  });
  afterEach(() => {
    practice.stop();
    vi.unstubAllGlobals();
    expect(network).not.toHaveBeenCalled();
  });

  it('has a piece asked for, taken by a colleague who is nobody’s, and brought, by the clock', async () => {
    const states = () => reading().runs.map(({ state, runner }) => [state, runner?.name ?? null]);
    expect(await practice.sales.bring(sku)).toBe(true);
    expect(states()).toEqual([['asked', null]]);
    // It is asked for once.
    await practice.sales.bring(sku);
    expect(reading().runs).toHaveLength(1);
    clock.advance(7_999);
    expect(states()).toEqual([['asked', null]]);
    clock.advance(1);
    await vi.waitFor(() => expect(states()).toEqual([['on-its-way', 'Practice colleague']]));
    // What a colleague has taken on, they bring.
    const [run] = reading().runs;
    expect(await practice.sales.moveRun(run?.id ?? '', 'here')).toBe(false);
    expect(view().refused?.code).toBe('conflict');
    practice.rename(practiceNames('fr'));
    await vi.waitFor(() => expect(states()).toEqual([['on-its-way', 'Collègue d’exercice']]));
    clock.advance(25_000);
    await vi.waitFor(() => expect(states()).toEqual([['here', 'Collègue d’exercice']]));
    expect(arrangedIn(practice.arranged())).toEqual([sku]);
  });

  it('fetches no more what was taken back', async () => {
    await practice.sales.bring(sku);
    const [run] = reading().runs;
    expect(await practice.sales.moveRun(run?.id ?? '', 'cancelled')).toBe(true);
    clock.advance(60_000);
    await practice.sales.bring('nord-39.blue');
    expect(reading().runs.map(({ state }) => state)).toEqual(['cancelled', 'asked']);
    expect(view().board?.runs.map(({ state }) => state)).toEqual(['asked']);
    await practice.desk.close();
    await vi.waitFor(() => expect(view().board?.runs).toEqual([]));
  });

  it('reserves a piece under a code, takes the one that is held, and gives it back', async () => {
    const before = free('norde-mayfair') ?? 0;
    await practice.desk.hold(sku);
    expect(free('norde-mayfair')).toBe(before - 1);
    expect(await practice.sales.reserve('norde-mayfair', sku)).toBe(true);
    expect(free('norde-mayfair')).toBe(before - 1);
    expect(practice.desk.link.state.get().session?.holds.map(({ state }) => state)).toEqual(['committed']);
    const [waiting] = reading().collections;
    expect(waiting).toMatchObject({ state: 'waiting', untilMs: clock.nowMs() + 48 * 3_600_000 });
    expect(waiting?.code).toMatch(/^PRACT/);
    expect(await practice.sales.endCollection(waiting?.id ?? '', 'released')).toBe(true);
    expect(reading().collections.map(({ state }) => state)).toEqual(['ended']);
    expect(free('norde-mayfair')).toBe(before);
    expect(await practice.sales.endCollection(waiting?.id ?? '', 'released')).toBe(false);
    expect(view().refused?.code).toBe('hold-ended');
  });

  it('holds and releases, and lets a hold run out, as in earnest', async () => {
    const before = free('norde-mayfair') ?? 0;
    await practice.desk.hold(sku);
    const [hold] = practice.desk.link.state.get().session?.holds ?? [];
    await practice.desk.release(hold?.id ?? '');
    expect(free('norde-mayfair')).toBe(before);
    await practice.desk.hold(sku);
    clock.advance(20 * 60_000);
    expect(practice.desk.link.state.get().session?.holds.map(({ state }) => state)).toEqual([
      'released',
      'expired',
    ]);
    expect(free('norde-mayfair')).toBe(before);
  });

  it('has a piece sent from a boutique nearby until none is left there', async () => {
    await practice.sales.findPlaces(sku);
    const found = view().places?.found ?? [];
    expect(found).toMatchObject([{ storeName: 'Le Marais', source: 'practice', transferMs: 86_400_000 }]);
    const count = found[0]?.available ?? 0;
    for (let sent = 0; sent < count; sent += 1)
      expect(await practice.sales.transfer('norde-marais', sku)).toBe(true);
    expect(reading().transfers[0]).toMatchObject({ from: { name: 'Le Marais' }, sku });
    expect(await practice.sales.transfer('norde-marais', sku)).toBe(false);
    expect(view().refused?.code).toBe('out-of-stock');
  });

  it('offers no way from elsewhere where the house has one boutique', async () => {
    practice.stop();
    await begin({ ...identity, nearby: [] });
    expect(reading().offered).toMatchObject({ transfers: false, appointments: true, orders: true });
  });

  it('books, moves and cancels an appointment in the boutique’s usual hours', async () => {
    await practice.sales.findSlots(advisor.id);
    const slots = view().slots?.found.startsAtMs ?? [];
    // 11:00 and an hour's notice: the first of the day's times that is left.
    expect(slots[0]).toBe(Date.UTC(2027, 0, 4, 12, 15));
    expect(slots.some((atMs) => new Date(atMs).getUTCDay() === 0)).toBe(false);
    const [first = 0, second = 0] = slots;
    expect(await practice.sales.book(advisor.id, first, [sku])).toBe(true);
    const [booked] = reading().appointments;
    expect(booked).toMatchObject({ startsAtMs: first, state: 'booked', advisor, skus: [sku] });
    if (!booked) throw new Error('nothing booked');
    expect(await practice.sales.book(advisor.id, first, [])).toBe(false);
    expect(view().slots?.found.startsAtMs).not.toContain(first);
    expect(await practice.sales.moveAppointment(booked, second)).toBe(true);
    expect(reading().appointments).toMatchObject([{ startsAtMs: second, state: 'booked' }]);
    await practice.sales.findSlots(advisor.id);
    expect(view().slots?.found.startsAtMs).toContain(first);
    expect(view().slots?.found.startsAtMs).not.toContain(second);
    expect(await practice.sales.cancelAppointment(booked)).toBe(true);
    expect(reading().appointments).toMatchObject([{ startsAtMs: second, state: 'cancelled' }]);
    expect(await practice.sales.moveAppointment(booked, first)).toBe(false);
  });

  it('prepares and places an order that nobody takes for one, and says who would be credited', async () => {
    const before = free('norde-mayfair') ?? 0;
    await practice.sales.prepare([sku, 'nord-39.blue']);
    expect(reading().order).toMatchObject({ state: 'draft', orderId: 'PRACTICE-1', record: null });
    await practice.sales.prepare([sku]);
    expect(practice.ordered()).toBeNull();
    await vi.waitFor(() => expect(practice.desk.state.get().advisors).toHaveLength(2));
    expect(await practice.sales.place('practice-colleague', 50)).toBe(true);
    expect(reading().order).toMatchObject({ state: 'placed', orderId: 'PRACTICE-1', record: null });
    expect(free('norde-mayfair')).toBe(before - 1);
    // Once, however often it is touched.
    expect(await practice.sales.place(null, null)).toBe(true);
    expect(free('norde-mayfair')).toBe(before - 1);
    const order = practice.ordered();
    if (!order) throw new Error('nothing placed');
    expect(order.lines).toMatchObject([{ sku, quantity: 1, amountMinor: 42_000, currency: 'EUR' }]);
    expect(creditsOf(order)).toEqual([
      { advisorId: 'imogen', price: { amountMinor: 21_000, currency: 'EUR' } },
      { advisorId: 'practice-colleague', price: { amountMinor: 21_000, currency: 'EUR' } },
    ]);
    expect(await practice.sales.prepare([sku])).toBe(false);
  });

  it('takes for the order what is held and what waits for the client, and nothing where a piece is missing', async () => {
    const other = 'nord-39.blue';
    const level = (one: string) =>
      practice.desk.link.state.get().stock.get('norde-mayfair')?.levels.get(one)?.available ?? 0;
    await practice.desk.hold(sku);
    while (level(other) > 0) await practice.sales.reserve('norde-mayfair', other);
    for (const { id } of reading().collections) await practice.sales.endCollection(id, 'collected');
    const left = level(sku);
    await practice.sales.prepare([sku, other]);
    expect(await practice.sales.place(null, null)).toBe(false);
    expect(view().refused?.code).toBe('out-of-stock');
    expect(practice.desk.link.state.get().session?.holds.map(({ state }) => state)).toEqual(['active']);
    await practice.sales.prepare([sku]);
    expect(await practice.sales.place(null, null)).toBe(true);
    expect(practice.desk.link.state.get().session?.holds.map(({ state }) => state)).toEqual(['committed']);
    expect(level(sku)).toBe(left);
  });

  it('places no order that was prepared anew meanwhile, and none after the visit', async () => {
    await practice.sales.prepare([sku]);
    const { link } = practice.desk;
    const { order } = reading();
    const placing = {
      sessionId: view().sessionId ?? '',
      orderId: order?.id ?? '',
      closedBy: null,
      agreedAssistingPercent: null,
    };
    const late = link.command('order.place', { ...placing, revision: 0 });
    expect(await late).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await practice.desk.close();
    const after = link.command('order.place', { ...placing, revision: 1 });
    expect(await after).toMatchObject({ ok: false, error: { code: 'session-ended' } });
  });

  it('tells of a client who said yes on their mirror why each fact is there, and forgets them', async () => {
    const client = () => practice.clients.state.get();
    expect(client()).toMatchObject({ offered: true, known: null });
    await practice.clients.ask(null);
    clock.advance(4_999);
    expect(client().known).toBeNull();
    clock.advance(1);
    await vi.waitFor(() => expect(client().known).not.toBeNull());
    const voice = { locale: 'en', timeZone: 'Europe/London' } as const;
    const told = (client().known?.facts ?? []).map((one) => [
      factWords(one.fact, voice).known,
      reasonWords(one, voice),
    ]);
    expect(told[0]).toEqual(['Practice client', 'Because you told us. Practice record, 20 November 2025']);
    const kinds = (client().known?.facts ?? []).map(({ fact }) => fact.kind);
    expect(kinds).toEqual(['name', 'language', 'size', 'owned', 'wished']);
    for (const [, why] of told) expect(why).toMatch(/^Because .+\. Practice record, /);
    // What is taken back is not told any more; the rest is.
    await practice.clients.withdraw('advise');
    expect(client().known?.facts.map(({ fact }) => fact.kind)).toEqual(['name', 'language']);
    const { sessionId } = practice.desk.link.state.get().session ?? { sessionId: '' };
    const read = await practice.desk.link.command('client.read', { sessionId });
    expect(read).toMatchObject({ ok: true, value: { known: { facts: { length: 2 } } } });
    await practice.clients.erase();
    expect(client()).toMatchObject({ known: null, erasure: { state: 'done' }, offered: true });
    await practice.clients.ask(null);
    clock.advance(5_000);
    expect(client()).toMatchObject({ known: null, declined: true });
  });

  it('speaks as the wire does', async () => {
    const { link } = practice.desk;
    const sessionId = view().sessionId ?? '';
    await practice.sales.bring(sku);
    await practice.sales.reserve('norde-marais', sku);
    await practice.sales.transfer('norde-marais', sku);
    await practice.sales.findSlots(advisor.id);
    await practice.sales.book(advisor.id, view().slots?.found.startsAtMs[0] ?? 0, [sku]);
    await practice.sales.prepare([sku]);
    await practice.sales.place(null, null);
    await practice.clients.ask(null);
    clock.advance(5_000);
    const sale = await link.command('sale.read', { sessionId });
    const client = await link.command('client.read', { sessionId });
    if (!sale.ok || !client.ok) throw new Error('refused');
    expect(SaleReading.safeParse(sale.value).success).toBe(true);
    expect(ClientReading.safeParse(client.value).success).toBe(true);
  });
});
