import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import type { Answer } from '../../protocol/errors.ts';
import type { Offer } from '../../protocol/handoff.ts';
import type { Category } from '../../protocol/product.ts';
import type { SessionState, VisitSummary as Summary, Worn } from '../../protocol/session.ts';
import { VisitSummary } from '../../protocol/session.ts';
import { ManualClock } from '../core/clock.ts';
import { actorClock } from './actor-clock.ts';
import { emptyVisit, peopleOf, visitSummary } from './visit-context.ts';
import type { ToldStory } from './visit-context.ts';
import type { VisitEvent } from './visit-events.ts';
import { createVisitMachine } from './visit-machine.ts';
import type { VisitPorts } from './visit-ports.ts';
import { standardVisitTimes as times } from './visit-times.ts';

const tortoise = { pieceId: 'fjord-51', variantId: 'tortoise' };
const smoke = { pieceId: 'fjord-51', variantId: 'smoke' };
const aube = { pieceId: 'aube', variantId: 'rose' };
const pave = { pieceId: 'aube-pave', variantId: 'white' };
const orbe = { pieceId: 'orbe', variantId: 'gold' };
const kinds: Readonly<Record<string, Category>> = {
  'fjord-51': 'eyewear',
  aube: 'ring',
  'aube-pave': 'ring',
  orbe: 'earrings',
};
const advisor = { id: 'ingrid', name: 'Ingrid', title: { en: 'Advisor', fr: 'Conseillère' }, languages: [] };

const twoStories: readonly ToldStory[] = [
  { id: 'long-evening', chapters: 3 },
  { id: 'low-light', chapters: 5 },
];

/** `deaf`: the server never answers a confirmation. */
function startVisit({ online = true, deaf = false, stories = twoStories } = {}) {
  const clock = new ManualClock();
  const calls: string[] = [];
  const confirmed: Summary[] = [];
  const told: Worn[][] = [];
  const toldWithCall: string[] = [];
  let offers = 0;
  let answerOpen: (() => Answer<Offer>) | null = null;
  const confirmations: AbortSignal[] = [];
  const ports: VisitPorts = {
    nowMs: () => clock.nowMs(),
    stories: () => stories,
    chaptersOf: (storyId) => stories.find(({ id }) => id === storyId)?.chapters ?? 0,
    openOffer: ({ locale, worn }) => {
      offers += 1;
      calls.push('open');
      toldWithCall.push(`${locale} ${worn?.variantId ?? 'nothing'}`);
      if (answerOpen) return Promise.resolve(answerOpen());
      const value: Offer = {
        offerId: `offer-000${offers}`,
        secret: 's'.repeat(22),
        code: '0123ABCD',
        expiresAtMs: clock.nowMs() + 120_000,
      };
      return Promise.resolve({ ok: true, value });
    },
    cancelOffer: (id) => void calls.push(`cancel ${id}`),
    declineOffer: (id) => void calls.push(`decline ${id}`),
    confirmOffer: (id, summary, signal) => {
      calls.push(`confirm ${id}`);
      confirmed.push(summary);
      confirmations.push(signal);
      if (deaf) return new Promise(() => {});
      return Promise.resolve({ ok: true, value: { sessionId: 'session-1' } });
    },
    pieceOf: (pieceId) => {
      const category = kinds[pieceId];
      return category === undefined ? null : { category };
    },
    wear: (_, worn, look) => {
      calls.push(`wear ${worn.variantId}`);
      told.push([...look]);
    },
    keep: (_, sku, kept) => void calls.push(`${kept ? 'keep' : 'set aside'} ${sku}`),
    lead: () => void calls.push('lead'),
    tell: (_, page) => void calls.push(page ? `tell ${page.storyId} ${page.chapter}` : 'tell nothing'),
    answerLook: (_, id, answer) => void calls.push(`${answer} ${id}`),
    shareMeasure: (_, { kind, valueMm }) => void calls.push(`share ${kind} ${valueMm}`),
    close: (_, reason) => void calls.push(`close ${reason}`),
  };
  const actor = createActor(createVisitMachine(ports), {
    input: { locale: 'en' },
    clock: actorClock(clock),
  });
  actor.start();
  actor.send({ type: 'line', online });
  const send = (...events: VisitEvent[]) => events.forEach((event) => actor.send(event));
  return {
    clock,
    calls,
    confirmed,
    told,
    toldWithCall,
    confirmations,
    actor,
    send,
    refuseOpening: (answer: () => Answer<Offer>) => {
      answerOpen = answer;
    },
    visit: () => actor.getSnapshot().context.visit,
    journey: () => JSON.stringify(actor.getSnapshot().value),
    settle: async () => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

type Visit = ReturnType<typeof startVisit>;

function claim(offerId: string): VisitEvent {
  return {
    type: 'claimed',
    claim: { offerId, advisor, digits: '47', kioskName: 'Mirror', expiresAtMs: 2_000_000_000_000 },
  };
}

function session(changes: Partial<SessionState> = {}): VisitEvent {
  return {
    type: 'session',
    session: {
      sessionId: 'session-1',
      seq: 1,
      advisor,
      kioskName: 'Mirror',
      startedAtMs: 1,
      locale: 'en',
      worn: tortoise,
      look: [changes.worn ?? tortoise],
      tried: [],
      kept: [],
      holds: [],
      measures: [],
      lead: { by: 'client', sinceSeq: 1, sinceAtMs: 1 },
      path: [],
      story: null,
      point: null,
      proposal: null,
      answered: null,
      closed: null,
      ...changes,
    },
  };
}

async function comeTogether(run: Visit): Promise<void> {
  run.send({ type: 'approach' }, { type: 'consent', textVersion: '1' }, { type: 'try-on', worn: tortoise });
  run.send({ type: 'call-advisor' });
  await run.settle();
  run.send(claim('offer-0001'), { type: 'confirm' });
  await run.settle();
  run.send(session());
}

describe('a visit', () => {
  it('goes from the resting screen over welcome and story to the mirror, and back', () => {
    const { send, journey, visit } = startVisit();
    expect(journey()).toContain('attract');
    send({ type: 'approach' });
    expect(journey()).toContain('welcome');
    send({ type: 'consent', textVersion: '2026-11' });
    expect(journey()).toContain('discover');
    expect(visit().consent).toMatchObject({ textVersion: '2026-11', locale: 'en' });
    send({ type: 'try-on', worn: tortoise });
    expect(journey()).toContain('wear');
    send({ type: 'look-closer' }, { type: 'back' });
    expect(journey()).toContain('wear');
    send({ type: 'back' });
    expect(journey()).toContain('discover');
  });

  it('needs no camera to discover, to look at pieces and to call an advisor', async () => {
    const { send, journey, visit, settle } = startVisit();
    send({ type: 'approach' }, { type: 'look-without-camera' }, { type: 'try-on', worn: smoke });
    expect(visit().consent).toBeNull();
    expect(journey()).toContain('wear');
    send({ type: 'call-advisor' });
    await settle();
    expect(journey()).toContain('offering');
  });

  it('lets a client who looked without a camera read the notice again and change their mind', () => {
    const { send, journey, visit } = startVisit();
    send({ type: 'approach' }, { type: 'look-without-camera' }, { type: 'try-on', worn: smoke });
    send({ type: 'reconsider-camera' });
    expect(journey()).toContain('notice');
    send({ type: 'consent', textVersion: '1' });
    expect(journey()).toContain('wear');
    expect(visit().consent).not.toBeNull();
  });

  it('lets others join in the mirror by their own yes each, four people at the most', () => {
    const { send, journey, visit } = startVisit();
    send({ type: 'approach' }, { type: 'look-without-camera' }, { type: 'try-on', worn: tortoise });
    send({ type: 'invite' });
    expect(journey()).toContain('wear');
    send({ type: 'reconsider-camera' }, { type: 'consent', textVersion: '1' });
    expect(peopleOf(visit())).toBe(1);
    send({ type: 'invite' });
    expect(journey()).toContain('join');
    expect(peopleOf(visit())).toBe(1);
    send({ type: 'back' });
    expect(peopleOf(visit())).toBe(1);
    for (let person = 2; person <= 5; person += 1) {
      send({ type: 'invite' }, { type: 'join', textVersion: '1' });
      expect(peopleOf(visit())).toBe(Math.min(person, 4));
    }
    send({ type: 'part' });
    expect(peopleOf(visit())).toBe(1);
    send({ type: 'invite' }, { type: 'join', textVersion: '1' }, { type: 'look-without-camera' });
    expect(peopleOf(visit())).toBe(0);
  });

  it('hands a measured number over at a touch, to the advisor who is there and to nobody before', async () => {
    const run = startVisit();
    const touch = {
      type: 'share-measure',
      measure: { kind: 'pupillary-distance-far', valueMm: 63.2, plusMinusMm: 2.7 },
    } as const;
    run.send({ type: 'approach' }, { type: 'consent', textVersion: '1' }, { type: 'try-on', worn: tortoise });
    run.send(touch);
    expect(run.calls).toEqual([]);
    await comeTogether(run);
    run.send(touch);
    expect(run.calls.at(-1)).toBe('share pupillary-distance-far 63.2');
  });

  it('counts how long each piece was on the mirror, not how long the story was read', () => {
    const { send, clock, visit } = startVisit();
    send({ type: 'approach' }, { type: 'consent', textVersion: '1' }, { type: 'try-on', worn: tortoise });
    clock.advance(7_000);
    send({ type: 'try-on', worn: smoke });
    clock.advance(4_000);
    send({ type: 'back' });
    clock.advance(20_000);
    send({ type: 'try-on', worn: tortoise });
    clock.advance(3_000);
    const summary = visitSummary(visit(), clock.nowMs());
    expect(summary.worn).toEqual(tortoise);
    expect(summary.tried).toEqual([
      { ...smoke, seconds: 4 },
      { ...tortoise, seconds: 10 },
    ]);
  });

  it('keeps on what is worn of another kind, and says all of it to an advisor', () => {
    const { send, visit } = startVisit();
    send({ type: 'approach' }, { type: 'consent', textVersion: '1' });
    for (const worn of [tortoise, orbe, smoke]) send({ type: 'try-on', worn });
    expect(visit()).toMatchObject({ worn: smoke, look: [smoke, orbe] });
    expect(visitSummary(visit(), 1)).toMatchObject({ worn: smoke, look: [smoke, orbe] });
  });

  it('looks at what remains when a piece is taken off, and at the last one for good', () => {
    const { send, visit, clock } = startVisit();
    send({ type: 'approach' }, { type: 'consent', textVersion: '1' });
    for (const worn of [tortoise, orbe]) send({ type: 'try-on', worn });
    clock.advance(5_000);
    send({ type: 'take-off', pieceId: 'orbe' });
    expect(visit()).toMatchObject({ worn: tortoise, look: [tortoise] });
    expect(visit().tried).toContainEqual({ ...orbe, durationMs: 5_000 });
    send({ type: 'take-off', pieceId: 'fjord-51' });
    expect(visit()).toMatchObject({ worn: tortoise, look: [tortoise] });
  });

  it('speaks the language that was chosen until it ends, then the house language again', () => {
    const { send, visit, journey } = startVisit();
    send({ type: 'speak', locale: 'fr' });
    expect(journey()).toContain('welcome');
    expect(visit().locale).toBe('fr');
    send({ type: 'back' });
    expect(visit().locale).toBe('en');
  });
});

describe('the stories of a visit', () => {
  const open: VisitEvent[] = [{ type: 'approach' }, { type: 'look-without-camera' }];

  it('are chosen, read chapter by chapter, and left again one step at a time', () => {
    const { send, visit, journey } = startVisit();
    send(...open);
    expect(visit()).toMatchObject({ stories: twoStories, storyId: null });
    send({ type: 'open-story', storyId: 'low-light' }, { type: 'open-chapter', chapter: 4 });
    expect(visit()).toMatchObject({ storyId: 'low-light', chapter: 4 });
    send({ type: 'back' });
    expect(visit()).toMatchObject({ storyId: 'low-light', chapter: 0 });
    send({ type: 'back' });
    expect(visit().storyId).toBeNull();
    expect(journey()).toContain('discover');
    send({ type: 'back' });
    expect(journey()).toContain('welcome');
  });

  it('end with their last chapter and begin with their first page, whoever turns on', () => {
    const { send, visit } = startVisit();
    send(...open, { type: 'open-story', storyId: 'long-evening' }, { type: 'open-chapter', chapter: 4 });
    expect(visit().chapter).toBe(3);
    send({ type: 'open-chapter', chapter: -1 });
    expect(visit().chapter).toBe(0);
  });

  it('cannot be one that is not told here, and without one there is no chapter', () => {
    const { send, visit } = startVisit();
    send(...open, { type: 'open-story', storyId: 'elsewhere' }, { type: 'open-chapter', chapter: 2 });
    expect(visit()).toMatchObject({ storyId: null, chapter: 0 });
  });

  it('need no choice where there is one only', () => {
    const { send, visit, journey } = startVisit({ stories: [{ id: 'only', chapters: 2 }] });
    send(...open);
    expect(visit().storyId).toBe('only');
    send({ type: 'open-chapter', chapter: 1 }, { type: 'back' }, { type: 'back' });
    expect(journey()).toContain('welcome');
  });

  it('lie open at the same chapter when the client comes back from the mirror, or from calling', async () => {
    const { send, visit, journey, settle } = startVisit();
    send(...open, { type: 'open-story', storyId: 'low-light' }, { type: 'open-chapter', chapter: 2 });
    send({ type: 'try-on', worn: smoke }, { type: 'look-closer' }, { type: 'back' }, { type: 'back' });
    expect(journey()).toContain('discover');
    expect(visit()).toMatchObject({ storyId: 'low-light', chapter: 2 });
    send({ type: 'call-advisor' });
    await settle();
    send({ type: 'back' });
    expect(visit()).toMatchObject({ storyId: 'low-light', chapter: 2 });
  });

  it('stay those of the beginning although the client thinks the farewell over', () => {
    const { send, visit } = startVisit();
    send(...open, { type: 'open-story', storyId: 'low-light' }, { type: 'open-chapter', chapter: 2 });
    send({ type: 'leave' }, { type: 'back' });
    expect(visit()).toMatchObject({ storyId: 'low-light', chapter: 2 });
  });
});

describe('calling an advisor', () => {
  it('tells nothing of the visit before the client confirms, and then exactly the summary', async () => {
    const run = startVisit();
    run.send({ type: 'approach' }, { type: 'consent', textVersion: '1' }, { type: 'try-on', worn: tortoise });
    run.send({ type: 'keep', sku: 'fjord-51.tortoise', kept: true });
    run.clock.advance(12_000);
    run.send({ type: 'call-advisor' });
    await run.settle();
    run.send(claim('offer-0001'));
    expect(run.journey()).toContain('claimed');
    expect(run.calls).toEqual(['open']);
    run.send({ type: 'confirm' });
    expect(run.confirmed).toHaveLength(1);
    expect(run.confirmed[0]).toMatchObject({
      worn: tortoise,
      tried: [{ ...tortoise, seconds: 12 }],
      kept: ['fjord-51.tortoise'],
    });
    await run.settle();
    run.send(session());
    expect(run.journey()).toContain('together');
    expect(run.calls).not.toContain('cancel offer-0001');
  });

  it('asks for new secrets before the shown ones expire, keeping the old ones on screen meanwhile', async () => {
    const run = startVisit();
    run.send({ type: 'approach' }, { type: 'call-advisor' });
    await run.settle();
    run.clock.advance(120_000 - times.rotateBeforeMs - 1);
    expect(run.calls).toEqual(['open']);
    run.clock.advance(1);
    expect(run.visit().offer?.offerId).toBe('offer-0001');
    await run.settle();
    expect(run.visit().offer?.offerId).toBe('offer-0002');
  });

  it('ignores a claim of an offer that is not on this screen', async () => {
    const run = startVisit();
    run.send({ type: 'approach' }, { type: 'call-advisor' });
    await run.settle();
    run.send(claim('offer-9999'));
    expect(run.journey()).toContain('offering');
  });

  it('declines when the digits differ, and can ask again', async () => {
    const run = startVisit();
    run.send({ type: 'approach' }, { type: 'call-advisor' });
    await run.settle();
    run.send(claim('offer-0001'), { type: 'decline' });
    expect(run.calls).toContain('decline offer-0001');
    expect(run.confirmed).toHaveLength(0);
    run.send({ type: 'call-again' });
    await run.settle();
    expect(run.visit().offer?.offerId).toBe('offer-0002');
  });

  it('cancels the offer when the client goes back to where they were', async () => {
    const run = startVisit();
    run.send({ type: 'approach' }, { type: 'consent', textVersion: '1' }, { type: 'try-on', worn: smoke });
    run.send({ type: 'call-advisor' });
    await run.settle();
    run.send({ type: 'back' });
    expect(run.journey()).toContain('wear');
    expect(run.calls).toContain('cancel offer-0001');
    expect(run.visit().offer).toBeNull();
  });

  it('says so when there is no line, and calls by itself when it is back', async () => {
    const run = startVisit({ online: false });
    run.send({ type: 'approach' }, { type: 'call-advisor' });
    expect(run.visit().callProblem).toEqual({ kind: 'offline' });
    expect(run.calls).toEqual([]);
    run.send({ type: 'line', online: true });
    await run.settle();
    expect(run.journey()).toContain('offering');
  });

  it('gives up waiting for a server that does not answer', async () => {
    const run = startVisit();
    run.refuseOpening(() => ({ ok: false, error: { code: 'rate-limited', message: 'slow down' } }));
    run.send({ type: 'approach' }, { type: 'call-advisor' });
    await run.settle();
    expect(run.visit().callProblem).toEqual({ kind: 'refused', code: 'rate-limited' });
  });
});

describe('together with an advisor', () => {
  it('lets the mirror follow the session, and tells the session what the client changes', async () => {
    const run = startVisit();
    await comeTogether(run);
    run.send(session({ seq: 2, worn: smoke, kept: ['fjord-51.smoke'] }));
    expect(run.visit()).toMatchObject({ worn: smoke, kept: ['fjord-51.smoke'] });
    run.send({ type: 'try-on', worn: tortoise }, { type: 'keep', sku: 'fjord-51.tortoise', kept: true });
    expect(run.calls.slice(-2)).toEqual(['wear tortoise', 'keep fjord-51.tortoise']);
  });

  it('tells and follows the whole look, each ring on its finger', async () => {
    const run = startVisit();
    await comeTogether(run);
    run.send(
      { type: 'try-on', worn: aube },
      { type: 'try-on', worn: { ...pave, finger: 'index' }, beside: true },
    );
    const look = [tortoise, { ...aube, finger: 'ring' }, { ...pave, finger: 'index' }] as const;
    expect(run.told.at(-1)).toEqual(look);
    expect(run.visit()).toMatchObject({ worn: look[2], look });
    // The advisor takes the frame off and looks at the first ring.
    run.send(session({ seq: 2, worn: look[1], look: [look[1], look[2]] }));
    expect(run.visit()).toMatchObject({ worn: look[1], look: [look[1], look[2]] });
  });

  it('gives the lead back to the client at a touch, once, and says so before the boutique answers', async () => {
    const run = startVisit();
    await comeTogether(run);
    run.send({ type: 'take-lead' });
    expect(run.calls).not.toContain('lead');
    run.send(session({ seq: 2, lead: { by: 'advisor', sinceSeq: 2, sinceAtMs: 2 } }));
    run.send({ type: 'take-lead' }, { type: 'take-lead' });
    expect(run.calls.filter((one) => one === 'lead')).toHaveLength(1);
    expect(run.visit().session?.lead.by).toBe('client');
  });

  it('opens the story that the advisor tells; the client turns its pages and goes back to the mirror', async () => {
    const run = startVisit();
    await comeTogether(run);
    const story = { storyId: 'long-evening', chapter: 1 };
    run.send(session({ seq: 2, story }));
    expect(run.journey()).toContain('story');
    expect(run.visit()).toMatchObject(story);
    run.send({ type: 'open-chapter', chapter: 9 });
    expect(run.visit()).toMatchObject({ storyId: 'long-evening', chapter: 3 });
    run.send({ type: 'back' });
    expect(run.journey()).toContain('mirror');
    expect(run.calls.slice(-2)).toEqual(['tell long-evening 3', 'tell nothing']);
    // The advisor closes it too; and what is tried on from a page is told as worn.
    run.send(session({ seq: 3, story }));
    run.send(session({ seq: 4 }));
    expect(run.journey()).toContain('mirror');
    run.send(session({ seq: 5, story }), { type: 'try-on', worn: smoke });
    expect(run.journey()).toContain('mirror');
    expect(run.calls.at(-1)).toBe('wear smoke');
    expect(run.visit().worn).toEqual(smoke);
  });

  it('is where it was with the advisor when the mirror was started anew, in a story too', () => {
    const run = startVisit();
    run.send(session({ seq: 7, story: { storyId: 'long-evening', chapter: 2 }, kept: ['fjord-51.smoke'] }));
    expect(run.journey()).toContain('story');
    expect(run.visit()).toMatchObject({ chapter: 2, kept: ['fjord-51.smoke'], consent: null });
    run.send({ type: 'back' });
    expect(run.journey()).toContain('mirror');
  });

  it('answers a proposed look once, and puts nothing on by itself', async () => {
    const run = startVisit();
    await comeTogether(run);
    run.send({ type: 'answer-look', answer: 'accepted' });
    run.send(session({ seq: 2, proposal: { proposalId: 'proposal-1', look: [smoke] } }));
    expect(run.visit().worn).toEqual(tortoise);
    run.send({ type: 'answer-look', answer: 'accepted' }, { type: 'answer-look', answer: 'declined' });
    expect(run.calls.filter((one) => one.includes('proposal'))).toEqual(['accepted proposal-1']);
  });

  it('tells with the call what its screen says is told: the language and the piece, nothing else', async () => {
    const run = startVisit();
    run.send({ type: 'approach' }, { type: 'look-without-camera' }, { type: 'call-advisor' });
    await run.settle();
    run.send({ type: 'back' }, { type: 'try-on', worn: tortoise }, { type: 'speak', locale: 'fr' });
    run.send({ type: 'call-advisor' });
    await run.settle();
    expect(run.toldWithCall).toEqual(['en nothing', 'fr tortoise']);
  });

  it('says farewell when the advisor closes, then wipes', async () => {
    const run = startVisit();
    await comeTogether(run);
    run.send(session({ seq: 2, closed: { atMs: 2, reason: 'advisor' } }));
    expect(run.journey()).toContain('farewell');
    expect(run.visit().closing).toBe('advisor');
    run.clock.advance(times.farewellMs + times.wipeMs);
    expect(run.visit()).toEqual(emptyVisit('en'));
  });

  it('never draws the next client into a session that was left here, though its close is still on the way', async () => {
    const run = startVisit();
    await comeTogether(run);
    run.send({ type: 'leave' }, { type: 'leave' });
    run.clock.advance(times.wipeMs);
    run.send(session());
    expect(run.journey()).toContain('attract');
    run.send({ type: 'approach' }, { type: 'look-without-camera' }, session());
    expect(run.journey()).toContain('discover');
  });

  it('takes the confirmation back when the server does not answer, and closes a session that begins after all', async () => {
    const { send, journey, clock, calls, confirmations, settle, visit } = startVisit({ deaf: true });
    send({ type: 'approach' }, { type: 'look-without-camera' }, { type: 'call-advisor' });
    await settle();
    send(claim('offer-0001'), { type: 'confirm' });
    await settle();
    expect(confirmations.map(({ aborted }) => aborted)).toEqual([false]);
    send({ type: 'leave' });
    expect(confirmations.map(({ aborted }) => aborted)).toEqual([true]);
    send(session());
    expect(calls.at(-1)).toBe('close farewell');
    clock.advance(60_000);
    expect(journey()).toContain('attract');
    send({ type: 'approach' }, session({ seq: 2 }));
    expect(journey()).not.toContain('together');
    expect(visit().session).toBeNull();
  });

  it('goes on together after a reload in the middle of a session', () => {
    const run = startVisit();
    run.send(session({ kept: ['fjord-51.smoke'] }));
    expect(run.journey()).toContain('together');
    expect(run.visit().kept).toEqual(['fjord-51.smoke']);
  });
});

describe('an idle mirror', () => {
  it('asks first, and goes on where it was when someone answers', () => {
    const { send, clock, journey } = startVisit();
    send({ type: 'approach' }, { type: 'look-without-camera' }, { type: 'try-on', worn: smoke });
    clock.advance(times.idleMs);
    expect(journey()).toContain('asking');
    clock.advance(times.answerMs - 1);
    send({ type: 'activity' });
    expect(journey()).toContain('here');
    expect(journey()).toContain('wear');
  });

  it('wipes when nobody answers, and closes an assisted session as idle', async () => {
    const run = startVisit();
    await comeTogether(run);
    run.clock.advance(times.assistedIdleMs + times.answerMs);
    expect(run.calls.at(-1)).toBe('close idle');
    run.clock.advance(times.wipeMs);
    expect(run.journey()).toContain('attract');
    expect(run.visit()).toEqual(emptyVisit('en'));
  });

  it('is not idle while somebody looks into it, but a face alone does not answer its question', () => {
    const { send, clock, journey } = startVisit();
    send({ type: 'approach' });
    clock.advance(times.idleMs - 1);
    send({ type: 'present' });
    clock.advance(times.idleMs - 1);
    expect(journey()).toContain('here');
    clock.advance(1);
    send({ type: 'present' });
    expect(journey()).toContain('asking');
  });

  it('waits four times as long for whoever asks for more time', () => {
    const { send, clock, journey } = startVisit();
    send({ type: 'approach' });
    clock.advance(times.idleMs);
    send({ type: 'more-time' });
    clock.advance(times.idleMs * 4 - 1);
    expect(journey()).toContain('here');
    clock.advance(1);
    expect(journey()).toContain('asking');
  });

  it('does not disturb a client and an advisor who talk and touch nothing, and counts what the advisor does', async () => {
    const run = startVisit();
    await comeTogether(run);
    run.clock.advance(times.assistedIdleMs - 1);
    expect(run.journey()).toContain('here');
    run.send(session({ seq: 2, worn: smoke }));
    run.clock.advance(times.assistedIdleMs - 1);
    expect(run.journey()).toContain('here');
    run.clock.advance(1);
    expect(run.journey()).toContain('asking');
  });

  it('has patience while an advisor walks over', async () => {
    const run = startVisit();
    run.send({ type: 'approach' }, { type: 'call-advisor' });
    await run.settle();
    run.clock.advance(times.idleMs + times.answerMs + 1_000);
    expect(run.journey()).toContain('here');
  });
});

const anyEvent: fc.Arbitrary<VisitEvent> = fc.constantFrom<VisitEvent>(
  { type: 'take-lead' },
  { type: 'answer-look', answer: 'accepted' },
  { type: 'approach' },
  { type: 'speak', locale: 'fr' },
  { type: 'consent', textVersion: '1' },
  { type: 'look-without-camera' },
  { type: 'reconsider-camera' },
  { type: 'open-story', storyId: 'low-light' },
  { type: 'open-chapter', chapter: 1 },
  { type: 'try-on', worn: tortoise },
  { type: 'try-on', worn: smoke },
  { type: 'try-on', worn: aube },
  { type: 'try-on', worn: { ...pave, finger: 'index' }, beside: true },
  { type: 'take-off', pieceId: 'aube' },
  { type: 'look-closer' },
  { type: 'keep', sku: 'fjord-51.smoke', kept: true },
  { type: 'keep', sku: 'fjord-51.smoke', kept: false },
  { type: 'call-advisor' },
  { type: 'call-again' },
  claim('offer-0001'),
  claim('offer-0002'),
  { type: 'confirm' },
  { type: 'decline' },
  { type: 'back' },
  { type: 'leave' },
  { type: 'more-time' },
  { type: 'line', online: false },
  { type: 'line', online: true },
  session(),
  session({ seq: 2, worn: smoke }),
  session({ seq: 3, closed: { atMs: 3, reason: 'advisor' } }),
);

describe('whatever happens in a visit', () => {
  const stories = fc.array(fc.record({ event: anyEvent, waitMs: fc.nat(70_000) }), { maxLength: 25 });

  async function live(story: readonly { event: VisitEvent; waitMs: number }[]): Promise<Visit> {
    const run = startVisit();
    for (const { event, waitMs } of story) {
      run.send(event);
      await run.settle();
      run.clock.advance(waitMs);
    }
    return run;
  }

  it('an advisor or the farewell is one touch away', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const run = await live(story);
        if (/attract|wiping/.test(run.journey())) return;
        run.send({ type: 'call-advisor' });
        await run.settle();
        expect(run.journey()).toMatch(/calling|together|farewell/);
        run.send({ type: 'leave' });
        expect(run.journey()).toMatch(/farewell|wiping/);
      }),
      { numRuns: 300 },
    );
  });

  it('a mirror left alone returns to rest and holds nothing of the visit', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const run = await live(story);
        const mostMs =
          4 * (Math.max(times.waitingIdleMs, times.assistedIdleMs) + times.answerMs + times.farewellMs) +
          times.wipeMs;
        for (let waited = 0; waited < mostMs; waited += 10_000) {
          run.clock.advance(10_000);
          await run.settle();
        }
        expect(run.journey()).toContain('attract');
        expect(run.visit()).toEqual(emptyVisit('en'));
      }),
      { numRuns: 150 },
    );
  });

  it('what an advisor would be told fits the wire contract and names nothing but pieces', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const run = await live(story);
        const summary = visitSummary(run.visit(), run.clock.nowMs());
        expect(VisitSummary.parse(summary)).toEqual(summary);
        expect(Object.keys(summary).sort()).toEqual([
          'kept',
          'locale',
          'look',
          'startedAtMs',
          'tried',
          'worn',
        ]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a list that the client brings to the mirror', () => {
  const came: VisitEvent = {
    type: 'list-came',
    pieces: [
      { worn: aube, sku: 'aube.rose' },
      { worn: tortoise, sku: 'fjord-51.tortoise' },
    ],
    gone: 1,
  };

  it('is asked for at the resting screen: its first piece is worn at once, all are kept in its order', () => {
    const visit = startVisit();
    visit.send({ type: 'bring-list' });
    expect(visit.journey()).toContain('"list"');
    expect(visit.visit().startedAtMs).not.toBeNull();
    visit.send(came);
    expect(visit.journey()).toContain('"wear"');
    const { worn, wornSinceMs, kept, list, consent } = visit.visit();
    expect(worn).toMatchObject(aube);
    expect(wornSinceMs).not.toBeNull();
    expect(kept).toEqual(['aube.rose', 'fjord-51.tortoise']);
    expect(list).toEqual({ came: 2, gone: 1 });
    // Reading a code is no leave to follow a face.
    expect(consent).toBeNull();
    visit.send({ type: 'try-on', worn: tortoise });
    expect(visit.visit().list).toBeNull();
    // Nothing of it was told to anybody.
    expect(visit.calls).toEqual([]);
  });

  it('opens the mirror’s own camera with the piece, for who said yes to it on the way', () => {
    const visit = startVisit();
    visit.send({ type: 'bring-list' }, { type: 'consent', textVersion: 'v1' });
    expect(visit.journey()).toContain('"list"');
    visit.send(came);
    expect(visit.visit().consent).toMatchObject({ textVersion: 'v1' });
    expect(visit.journey()).toContain('"wear"');
  });

  it('leads back to where it was asked for', () => {
    const visit = startVisit();
    visit.send({ type: 'bring-list' }, { type: 'back' });
    expect(visit.journey()).toContain('"welcome"');
    visit.send({ type: 'look-without-camera' }, { type: 'bring-list' }, { type: 'back' });
    expect(visit.journey()).toContain('"discover"');
    visit.send({ type: 'back' }, { type: 'bring-list' }, { type: 'leave' });
    expect(visit.journey()).toBe('"farewell"');
  });

  it('is worn and kept in the session where the client leads, and closes a story as whatever is worn does', () => {
    const visit = startVisit();
    visit.send(session({ story: { storyId: 'low-light', chapter: 1 }, kept: ['fjord-51.tortoise'] }));
    visit.send({ type: 'bring-list' }, came);
    expect(visit.calls).toEqual(['wear rose', 'keep aube.rose']);
    expect(visit.journey()).toContain('"mirror"');
    expect(visit.visit().worn).toMatchObject(aube);
    expect(visit.visit().session?.story).toBeNull();
  });

  it('is kept, and takes nothing off the mirror, where the advisor took the lead while it was held up', () => {
    const visit = startVisit();
    visit.send(session(), { type: 'bring-list' });
    visit.send(session({ seq: 2, worn: smoke, lead: { by: 'advisor', sinceSeq: 2, sinceAtMs: 2 } }), came);
    expect(visit.calls).toEqual(['keep aube.rose', 'keep fjord-51.tortoise']);
    expect(visit.visit().worn).toMatchObject(smoke);
    expect(visit.journey()).toContain('"mirror"');
  });

  it('is wiped with everything else', () => {
    const visit = startVisit();
    visit.send({ type: 'bring-list' }, came, { type: 'leave' }, { type: 'leave' });
    visit.clock.advance(times.wipeMs);
    expect(visit.visit()).toEqual(emptyVisit('en'));
  });
});
