import { describe, expect, it } from 'vitest';
import type { SaleReading } from '../../protocol/sale.ts';
import type { SessionEvent } from '../../protocol/session.ts';
import { SaleDesk } from './sale-desk.ts';
import { TestBench } from './testing.ts';

const sessionId = 'session-0001';
const advisor = {
  id: 'noemie-caron',
  name: 'Noémie Caron',
  title: { en: 'Advisor', fr: 'Conseillère' },
  languages: ['fr'],
} as const;
const started: SessionEvent = {
  sessionId,
  seq: 1,
  atMs: 0,
  actor: 'client',
  fact: {
    type: 'started',
    advisor: { ...advisor, languages: ['fr'] },
    kioskName: 'Mirror 1',
    summary: { locale: 'fr', startedAtMs: 0, worn: null, tried: [], kept: [] },
  },
};
const mayfair = { id: 'norde-mayfair', name: 'Mayfair', city: 'London', timeZone: 'Europe/London' };
const reading: SaleReading = {
  offered: { transfers: true, appointments: true, appointmentChanges: true, orders: true },
  notes: null,
  runs: [],
  transfers: [{ id: 'transfer-1', sku: 'fjord-51.smoke', from: mayfair, expectedAtMs: null, askedAtMs: 0 }],
  collections: [],
  appointments: [],
  order: null,
  agreement: false,
};

async function closedVisit(tillForgotten: boolean) {
  const bench = new TestBench();
  const desk = new SaleDesk(bench.link, { tillForgotten });
  desk.start();
  await bench.enrol();
  await bench.welcome({ session: { sessionId, events: [started] } });
  bench.socket.answer('sale.read', { ok: true, value: reading });
  await bench.settle();
  expect(desk.state.get().reading?.transfers).toHaveLength(1);
  // Nobody forgets a visit that goes on.
  desk.forget();
  expect(desk.state.get().reading?.transfers).toHaveLength(1);
  const closed = { ...started, seq: 2, fact: { type: 'closed', reason: 'advisor' } };
  bench.socket.handlers.event('session.events', { sessionId, fromSeq: 2, toSeq: 2, events: [closed] });
  await bench.settle();
  return { bench, desk };
}

describe('what a board refuses', () => {
  it('is told where it was touched', async () => {
    const bench = new TestBench();
    const desk = new SaleDesk(bench.link);
    desk.start();
    await bench.enrol();
    await bench.welcome({ advisor: { ...advisor, languages: ['fr'] } });
    const board = { ok: true, value: { runs: [], collections: [] } };
    bench.socket.answer('sale.board', board);
    await bench.settle();
    const answered = async (name: 'run.move' | 'collection.end', done: Promise<boolean>, answer: object) => {
      await bench.settle();
      bench.socket.answer(name, answer);
      await bench.settle();
      // The board is read anew.
      bench.socket.answer('sale.board', board);
      await done;
      return desk.state.get();
    };
    const refused = { ok: false, error: { code: 'conflict', message: 'A colleague was first.' } };
    const ended = desk.endCollection('collection-1', 'collected');
    expect(await answered('collection.end', ended, refused)).toMatchObject({
      refused: { code: 'conflict' },
      refusedOn: 'collections',
    });
    const moved = desk.moveRun('run-00000001', 'here');
    expect(await answered('run.move', moved, refused)).toMatchObject({
      refused: { code: 'conflict' },
      refusedOn: 'runs',
    });
    void desk.moveRun('run-00000001', 'here');
    expect(desk.state.get()).toMatchObject({ refused: null, refusedOn: null });
  });
});

describe('what was promised in a visit', () => {
  it('is shown on a mirror through its farewell, and gone with the wipe', async () => {
    const { bench, desk } = await closedVisit(true);
    expect(desk.state.get()).toMatchObject({ sessionId, reading: { transfers: [{ id: 'transfer-1' }] } });
    desk.forget();
    expect(desk.state.get()).toMatchObject({ sessionId: null, reading: null, mark: null });
    // What else is heard brings none of it back.
    bench.socket.handlers.closed();
    await bench.settle();
    expect(desk.state.get()).toMatchObject({ sessionId: null, reading: null });
  });

  it('leaves a tablet as soon as the visit is closed', async () => {
    const { desk } = await closedVisit(false);
    expect(desk.state.get()).toMatchObject({ sessionId: null, reading: null });
  });
});
