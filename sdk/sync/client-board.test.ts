import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consentTextVersion } from '../../protocol/client-words.ts';
import type { ClientReading } from '../../protocol/client-context.ts';
import type { SessionEvent } from '../../protocol/session.ts';
import { ClientBoard } from './client-board.ts';
import { TestBench } from './testing.ts';

const sessionId = 'session-0001';

const started: SessionEvent = {
  sessionId,
  seq: 1,
  atMs: 0,
  actor: 'client',
  fact: {
    type: 'started',
    advisor: {
      id: 'noemie-caron',
      name: 'Noémie Caron',
      title: { en: 'Advisor', fr: 'Conseillère' },
      languages: ['fr'],
    },
    kioskName: 'Mirror 1',
    summary: { locale: 'fr', startedAtMs: 0, worn: null, tried: [], kept: [] },
  },
};

function readingUntil(
  endsAtMs: number,
  kinds: readonly ('name' | 'size')[] = ['name', 'size'],
): ClientReading {
  const grant = { term: 'visit', grantedAtMs: 0, endsAtMs } as const;
  return {
    offered: true,
    purposes: ['greet', 'advise'],
    erasure: null,
    known: {
      readAtMs: 0,
      grants: kinds.map((kind) => ({ ...grant, purpose: kind === 'name' ? 'greet' : 'advise' })),
      facts: kinds.map((kind) => ({
        fact: kind === 'name' ? { kind, name: 'Bastien' } : { kind, of: 'frame', value: '51 mm' },
        source: 'Le Marais',
        asOfMs: 0,
        reason: 'told-us',
        purpose: kind === 'name' ? 'greet' : 'advise',
      })),
    },
  };
}

async function openVisit() {
  const bench = new TestBench();
  const board = new ClientBoard(bench.link, bench.clock);
  const stop = board.start();
  await bench.enrol();
  await bench.welcome({ session: { sessionId, events: [started] } });
  const answer = async (reading: ClientReading) => {
    bench.socket.answer('client.read', { ok: true, value: reading });
    await bench.settle();
  };
  return { bench, board, stop, answer };
}

describe('what a screen knows of the client', () => {
  it('is read when the visit opens, and gone with it', async () => {
    const { bench, board, answer } = await openVisit();
    expect(board.state.get().known).toBeNull();
    await answer(readingUntil(bench.serverNowMs + 60_000));
    expect(board.state.get().known?.facts).toHaveLength(2);
    const closed = { ...started, seq: 2, fact: { type: 'closed', reason: 'farewell' } };
    bench.socket.handlers.event('session.events', { sessionId, fromSeq: 2, toSeq: 2, events: [closed] });
    await bench.settle();
    expect(board.state.get()).toMatchObject({ sessionId: null, known: null, offered: false });
  });

  it('leaves the screen at the end of its grant, also while the line is down', async () => {
    const { bench, board, answer } = await openVisit();
    await answer(readingUntil(bench.serverNowMs + 60_000));
    bench.socket.handlers.closed();
    await bench.pass(59_000);
    expect(board.state.get().known).not.toBeNull();
    await bench.pass(1_000);
    expect(board.state.get().known).toBeNull();
  });

  it('leaves it with the touch that takes it back, before the boutique has answered', async () => {
    const { bench, board, answer } = await openVisit();
    await answer(readingUntil(bench.serverNowMs + 60_000));
    void board.withdraw('advise');
    expect(board.state.get().known?.facts.map(({ fact }) => fact.kind)).toEqual(['name']);
    void board.erase();
    expect(board.state.get().known).toBeNull();
  });

  it('shows the question of the advisor for as long as it stands, and never writes the card to a disk', async () => {
    const { bench, board, answer } = await openVisit();
    await answer({ offered: true, purposes: [], known: null, erasure: null });
    const reference = { kind: 'loyalty-card', value: 'NRD-4401-7725-19' } as const;
    const { fact } = started;
    if (fact.type !== 'started') throw new Error('no start');
    const asked = { sessionId, advisor: fact.advisor, reference, expiresAtMs: bench.serverNowMs + 120_000 };
    bench.socket.handlers.event('client.asked', asked);
    expect(board.state.get().asked).toEqual(asked);
    void board.consent({
      reference,
      choices: [{ purpose: 'greet', term: 'visit' }],
      textVersion: consentTextVersion,
      locale: 'fr',
    });
    await bench.settle();
    expect(bench.socket.commands.at(-1)).toMatchObject({ name: 'client.consent' });
    expect(JSON.stringify(await bench.storage.readCommands())).not.toContain('NRD-');
    await bench.pass(120_000);
    expect(board.state.get().asked).toBeNull();
  });

  it('is never more than the newest reading tells, in whatever order readings are answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), async (order) => {
        const { bench, board } = await openVisit();
        for (let more = 0; more < 2; more += 1) bench.socket.handlers.event('client.changed', { sessionId });
        await bench.settle();
        const sent = bench.socket.sent.filter(
          ({ event, payload }) => event === 'command' && (payload as { name: string }).name === 'client.read',
        );
        expect(sent).toHaveLength(3);
        const endsAtMs = bench.serverNowMs + 60_000;
        const readings = [
          readingUntil(endsAtMs),
          readingUntil(endsAtMs, ['size']),
          readingUntil(endsAtMs, ['name']),
        ];
        for (const index of order) sent[index]?.answer({ ok: true, value: readings[index] });
        await bench.settle();
        expect(board.state.get().known?.facts.map(({ fact }) => fact.kind)).toEqual(['name']);
      }),
      { numRuns: 6 },
    );
  });
});
