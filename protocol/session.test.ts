import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  reduceSession,
  SessionFact as SessionFactOf,
  VisitSummary,
  Worn,
  type SessionEvent,
  type SessionFact,
  type SessionState,
} from './session.ts';
import type { Hold } from './stock.ts';
import { isWornStep, lingered, timeOn } from './visit-path.ts';

const sessionId = 'session-0001';
const hold: Hold = {
  id: 'hold-0001',
  storeId: 'norde-marais',
  sku: 'fjord-51.smoke',
  sessionId,
  state: 'active',
  createdAtMs: 5,
  expiresAtMs: 50,
};
const started: Extract<SessionFact, { type: 'started' }> = {
  type: 'started',
  advisor: { id: 'noemie-caron', name: 'Noémie Caron', title: { en: 'a', fr: 'b' }, languages: ['fr'] },
  kioskName: 'Mirror 1',
  summary: { locale: 'fr', startedAtMs: 1, worn: null, tried: [], kept: [] },
};
const piece = fc.record({
  pieceId: fc.constantFrom('fjord-51', 'meridian-58'),
  variantId: fc.constantFrom('smoke', 'tortoise'),
});
const sku = fc.constantFrom('fjord-51.smoke', 'fjord-51.tortoise');
const fact: fc.Arbitrary<SessionFact> = fc.oneof(
  piece.map((worn): SessionFact => ({ type: 'worn', worn })),
  sku.map((kept): SessionFact => ({ type: 'kept', sku: kept })),
  sku.map((aside): SessionFact => ({ type: 'set-aside', sku: aside })),
  fc.constant<SessionFact>({ type: 'hold-placed', hold }),
  fc.constant<SessionFact>({ type: 'hold-ended', holdId: hold.id, state: 'expired' }),
);

function eventsOf(facts: readonly SessionFact[]): SessionEvent[] {
  return [started, ...facts].map((each, index) => ({
    sessionId,
    seq: index + 1,
    atMs: index,
    actor: 'client',
    fact: each,
  }));
}

const fold = (events: readonly SessionEvent[]) =>
  events.reduce<SessionState | null>((state, event) => reduceSession(state, event), null);

describe('a session read from its events', () => {
  it('is the same when events arrive twice, and stops at a gap instead of guessing', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 1, maxLength: 20 }), fc.nat(19), (facts, at) => {
        const events = eventsOf(facts);
        const state = fold(events);
        expect(fold([...events, ...events])).toEqual(state);
        expect(fold(events.flatMap((event) => [event, event]))).toEqual(state);
        const missing = 1 + (at % facts.length);
        const upTo = fold(events.slice(0, missing));
        for (const later of events.slice(missing + 1)) expect(reduceSession(upTo, later)).toBeNull();
      }),
    );
  });

  it('keeps each piece once, in the order it was kept, and what was worn counts as tried', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 20 }), (facts) => {
        const state = fold(eventsOf(facts));
        const kept: string[] = [];
        for (const each of facts) {
          if (each.type === 'kept' && !kept.includes(each.sku)) kept.push(each.sku);
          if (each.type === 'set-aside' && kept.includes(each.sku)) kept.splice(kept.indexOf(each.sku), 1);
        }
        expect(state?.kept).toEqual(kept);
        const names = state?.tried.map(({ pieceId, variantId }) => `${pieceId}.${variantId}`) ?? [];
        expect(new Set(names).size).toBe(names.length);
        if (state?.worn) expect(names).toContain(`${state.worn.pieceId}.${state.worn.variantId}`);
      }),
    );
  });

  it('shows the newest number of a kind that the client handed over, and the others beside it', () => {
    const far = { kind: 'pupillary-distance-far', valueMm: 63.2, plusMinusMm: 2.7 } as const;
    const width = { kind: 'face-width', valueMm: 136, plusMinusMm: 5.8 } as const;
    const again = { ...far, valueMm: 62.9, plusMinusMm: 0.4 };
    const state = fold(
      eventsOf([far, width, again].map((measure) => ({ type: 'measure-shared', measure }) as const)),
    );
    expect(state?.measures).toEqual([width, again]);
  });

  it('shows a hold as it ended, and when and why the session closed', () => {
    const closing: SessionFact = { type: 'closed', reason: 'farewell' };
    const ended: SessionFact = { type: 'hold-ended', holdId: hold.id, state: 'released' };
    const state = fold(eventsOf([{ type: 'hold-placed', hold }, ended, closing]));
    expect(state?.holds).toEqual([{ ...hold, state: 'released' }]);
    expect(state?.closed).toEqual({ atMs: 3, reason: 'farewell' });
  });
});

describe('the look of a session', () => {
  const frame = { pieceId: 'fjord-51', variantId: 'smoke' };
  const ring = { pieceId: 'aube', variantId: 'rose', finger: 'index' } as const;
  const begun = (summary: Partial<Extract<SessionFact, { type: 'started' }>['summary']>): SessionEvent => ({
    sessionId,
    seq: 1,
    atMs: 0,
    actor: 'client',
    fact: { ...started, summary: { ...started.summary, ...summary } },
  });
  const then = (seq: number, fact: SessionFact): SessionEvent => ({
    sessionId,
    seq,
    atMs: seq,
    actor: 'advisor',
    fact,
  });

  it('is what was told of it, with what is looked at in it', () => {
    expect(fold([begun({ worn: ring, look: [frame, ring] })])).toMatchObject({ look: [frame, ring] });
    const looked = fold([
      begun({ worn: ring, look: [frame, ring] }),
      then(2, { type: 'worn', worn: frame, look: [frame] }),
    ]);
    expect(looked).toMatchObject({ worn: frame, look: [frame] });
  });

  it('grows by what a peer from before looks tells, and keeps the rest', () => {
    expect(fold([begun({ worn: frame })])).toMatchObject({ look: [frame] });
    const tortoise = { ...frame, variantId: 'tortoise' };
    const facts: SessionFact[] = [
      { type: 'worn', worn: ring },
      { type: 'worn', worn: tortoise },
    ];
    const state = fold([begun({ worn: frame }), ...facts.map((fact, index) => then(index + 2, fact))]);
    expect(state).toMatchObject({ worn: tortoise, look: [tortoise, ring] });
  });

  it('reads what older peers and older logs have written', () => {
    const before = { locale: 'fr', startedAtMs: 1, worn: frame, tried: [], kept: [] };
    expect(VisitSummary.parse(before)).toEqual(before);
    expect(SessionFactOf.parse({ type: 'worn', worn: frame })).toEqual({ type: 'worn', worn: frame });
    // A finger that nobody has is no finger.
    expect(Worn.safeParse({ ...frame, finger: 'sixth' }).success).toBe(false);
  });
});

describe('the path of a visit', () => {
  const smoke = { pieceId: 'fjord-51', variantId: 'smoke' };
  const gold = { pieceId: 'meridian-58', variantId: 'gold-green' };
  const told = (facts: readonly (readonly [number, 'client' | 'advisor', SessionFact])[]): SessionEvent[] => [
    { sessionId, seq: 1, atMs: 0, actor: 'client', fact: started },
    ...facts.map(([atMs, actor, fact], index) => ({ sessionId, seq: index + 2, atMs, actor, fact })),
  ];

  it('tells what was tried, lingered over, come back to, kept and set aside, and by whom', () => {
    const sku = 'fjord-51.smoke';
    const state = fold(
      told([
        [1_000, 'client', { type: 'worn', worn: smoke }],
        [2_000, 'client', { type: 'kept', sku }],
        [2_500, 'client', { type: 'kept', sku }],
        [41_000, 'advisor', { type: 'worn', worn: gold }],
        [45_000, 'client', { type: 'worn', worn: smoke }],
        // On another finger it is still the same thing.
        [46_000, 'client', { type: 'worn', worn: { ...smoke, finger: 'index' } }],
        [50_000, 'advisor', { type: 'set-aside', sku }],
        [90_000, 'system' as 'client', { type: 'closed', reason: 'idle' }],
      ]),
    );
    expect(state?.path).toEqual([
      { kind: 'tried', ...smoke, by: 'client', atMs: 1_000, untilMs: 41_000 },
      { kind: 'kept', sku, by: 'client', atMs: 2_000 },
      { kind: 'tried', ...gold, by: 'advisor', atMs: 41_000, untilMs: 45_000 },
      { kind: 'came-back', ...smoke, by: 'client', atMs: 45_000, untilMs: 90_000 },
      { kind: 'set-aside', sku, by: 'advisor', atMs: 50_000 },
    ]);
    const worn = state?.path.filter(isWornStep) ?? [];
    expect(worn.map((step) => lingered(step, 100_000))).toEqual([true, false, true]);
    expect([smoke, gold].map((one) => timeOn(state?.path ?? [], one))).toEqual([85_000, 4_000]);
  });

  it('knows nothing from before the client’s yes', () => {
    const summary = {
      ...started.summary,
      worn: smoke,
      tried: [{ ...gold, seconds: 600 }],
      kept: ['meridian-58.gold-green'],
    };
    const state = fold([
      { sessionId, seq: 1, atMs: 7, actor: 'client', fact: { ...started, summary } },
      { sessionId, seq: 2, atMs: 9, actor: 'client', fact: { type: 'worn', worn: gold } },
    ]);
    expect(state?.path).toEqual([
      { kind: 'tried', ...smoke, by: 'client', atMs: 7, untilMs: 9 },
      { kind: 'tried', ...gold, by: 'client', atMs: 9, untilMs: null },
    ]);
  });
});

describe('what client and advisor do together', () => {
  const gold = { pieceId: 'meridian-58', variantId: 'gold-green' };
  const point = { pieceId: 'fjord-51', spot: { xMm: 1, yMm: 2, zMm: 3 } };
  const page = { storyId: 'light-comes-in-low', chapter: 2 };
  const told = (...facts: readonly SessionFact[]): SessionState | null => fold(eventsOf(facts));

  it('shows the story that is open until somebody wears something, and the light until its piece is gone', () => {
    expect(told({ type: 'story-told', page })).toMatchObject({ story: page });
    expect(told({ type: 'story-told', page }, { type: 'worn', worn: gold })).toMatchObject({ story: null });
    const worn = { pieceId: 'fjord-51', variantId: 'smoke' };
    const lit: SessionFact[] = [
      { type: 'worn', worn },
      { type: 'pointed', point },
    ];
    expect(told(...lit)).toMatchObject({ point: { ...point, atMs: 2 } });
    const tortoise = { ...worn, variantId: 'tortoise' };
    expect(told(...lit, { type: 'worn', worn: tortoise })?.point).toMatchObject(point);
    expect(told(...lit, { type: 'worn', worn: gold })?.point).toBeNull();
  });

  it('holds the newest proposal until the client has answered that one', () => {
    const proposed = (proposalId: string): SessionFact => ({
      type: 'look-proposed',
      proposalId,
      look: [gold],
    });
    const answered = (proposalId: string): SessionFact => ({
      type: 'look-answered',
      proposalId,
      answer: 'declined',
    });
    const late = told(proposed('proposal-1'), proposed('proposal-2'), answered('proposal-1'));
    expect(late).toMatchObject({ proposal: { proposalId: 'proposal-2' }, answered: null });
    const state = told(proposed('proposal-1'), answered('proposal-1'));
    expect(state).toMatchObject({ proposal: null, answered: 'declined' });
  });
});
