import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  leadAfter,
  reduceSession,
  type LeadState,
  type SessionEvent,
  type SessionState,
} from '../../protocol/index.ts';
import { mostEvents } from '../../server/sessions/session-writer.ts';
import { testPostgresUrl } from './support/databases.ts';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, handOff, valueOf, visitSummary } from './support/visit.ts';

const databases = [
  { name: 'SQLite', start: () => TestServer.start() },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', start: () => TestServer.startOnPostgres(testPostgresUrl ?? '') }]),
];

const smoke = { pieceId: 'fjord-51', variantId: 'smoke' };
const gold = { pieceId: 'meridian-58', variantId: 'gold-green' };
const page = { storyId: 'light-comes-in-low', chapter: 1 };
const point = { pieceId: 'fjord-51', spot: { xMm: 31.5, yMm: -4.2, zMm: 2 } };

const stateOf = (events: readonly SessionEvent[]): SessionState | null =>
  events.reduce<SessionState | null>(reduceSession, null);

describe.each(databases)('client and advisor together on $name', ({ start }) => {
  let server: TestServer;
  let kiosk: TestDevice;
  let tablet: TestDevice;
  let sessionId = '';
  beforeAll(async () => {
    server = await start();
    kiosk = await server.connect('kiosk', 'norde-marais');
    tablet = await server.advisor('norde-marais', 'noemie-caron');
  });
  afterEach(async () => {
    if (!tablet.isConnected) await tablet.connect();
    if (!kiosk.isConnected) await kiosk.connect();
    await tablet.command('session.close', { sessionId, reason: 'advisor' });
    server.clock.advance(10_000);
  });
  afterAll(async () => {
    await server.stop();
  });

  const begin = async () => {
    sessionId = await handOff(kiosk, tablet);
  };
  const state = async (who: TestDevice = tablet) =>
    stateOf(valueOf(await who.command('session.read', { sessionId, seq: 0 })).events);
  const leadSeq = async () => (await state())?.lead.sinceSeq;

  it('lets the advisor lead by what they do, and the client take the lead back by a touch', async () => {
    await begin();
    expect(await state()).toMatchObject({ lead: { by: 'client', sinceSeq: 1 } });
    valueOf(await tablet.command('session.wear', { sessionId, worn: smoke, leadSeq: 1 }));
    expect(await state(kiosk)).toMatchObject({ lead: { by: 'advisor', sinceSeq: 2 } });
    valueOf(await kiosk.command('session.lead', { sessionId }));
    expect(await state()).toMatchObject({ lead: { by: 'client', sinceSeq: 3 } });
    // A second touch says nothing new.
    valueOf(await kiosk.command('session.lead', { sessionId }));
    expect(await state()).toMatchObject({ seq: 3 });
    valueOf(await tablet.command('session.lead', { sessionId, leadSeq: 3 }));
    expect(await state()).toMatchObject({ lead: { by: 'advisor', sinceSeq: 4 } });
  });

  it('does not let an advisor’s late wish undo the client’s touch, whatever the wish is', async () => {
    await begin();
    valueOf(await tablet.command('session.lead', { sessionId, leadSeq: 1 }));
    const known = await leadSeq();
    valueOf(await kiosk.command('session.lead', { sessionId }));
    const late = { sessionId, leadSeq: known };
    expect(codeOf(await tablet.command('session.wear', { ...late, worn: smoke }))).toBe('conflict');
    expect(codeOf(await tablet.command('session.tell', { ...late, page }))).toBe('conflict');
    expect(codeOf(await tablet.command('session.lead', late))).toBe('conflict');
    expect(await state()).toMatchObject({ lead: { by: 'client' }, worn: { variantId: 'tortoise' } });
    valueOf(await tablet.command('session.wear', { sessionId, worn: smoke, leadSeq: await leadSeq() }));
  });

  it('has one lead whoever asks, after any number of hands at once', async () => {
    await begin();
    const second = await server.advisor('norde-marais', 'noemie-caron');
    await Promise.all(
      Array.from({ length: 12 }, (_, turn) => {
        const who = [kiosk, tablet, second][turn % 3] ?? kiosk;
        return turn % 2
          ? who.command('session.wear', { sessionId, worn: turn % 4 === 1 ? smoke : gold })
          : who.command('session.lead', { sessionId });
      }),
    );
    const { events } = valueOf(await kiosk.command('session.read', { sessionId, seq: 0 }));
    const first: LeadState = { by: 'client', sinceSeq: 1, sinceAtMs: 0 };
    const folded = events.slice(1).reduce(leadAfter, first);
    const row = await server.inDatabase((db) =>
      db.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow(),
    );
    expect({ by: row.lead_by, sinceSeq: row.lead_seq }).toEqual({ by: folded.by, sinceSeq: folded.sinceSeq });
    expect(await state(second)).toEqual(await state(kiosk));
    second.disconnect();
  });

  it('puts each piece on once: a look that holds one twice is none', async () => {
    await begin();
    const twice = { sessionId, worn: smoke, look: [smoke, gold, { ...smoke, variantId: 'tortoise' }] };
    for (const device of [tablet, kiosk])
      expect(codeOf(await device.command('session.wear', twice))).toBe('bad-request');
    valueOf(await tablet.command('session.wear', { ...twice, look: [smoke, gold] }));
    expect((await state())?.look).toEqual([smoke, gold]);
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
    const { offerId, secret } = valueOf(await kiosk.command('offer.open', {}));
    valueOf(await tablet.command('offer.claim', { secret }));
    const { look } = twice;
    const summary = { ...visitSummary, look };
    expect(codeOf(await kiosk.command('offer.confirm', { offerId, summary }))).toBe('bad-request');
    // The mirror may tell it right; nobody has to call anew.
    ({ sessionId } = valueOf(await kiosk.command('offer.confirm', { offerId, summary: visitSummary })));
  });

  it('has a bound: whoever touches without end fills their own visit, which can still be closed', async () => {
    await begin();
    await server.setStock('norde-marais', 'fjord-51.tortoise', 2);
    await server.inDatabase((db) =>
      db
        .updateTable('sessions')
        .set({ head_seq: mostEvents - 1 })
        .where('id', '=', sessionId)
        .execute(),
    );
    valueOf(await kiosk.command('session.wear', { sessionId, worn: smoke }));
    expect(codeOf(await kiosk.command('session.wear', { sessionId, worn: gold }))).toBe('too-large');
    const proposed = { sessionId, look: [smoke] };
    expect(codeOf(await tablet.command('session.propose', proposed))).toBe('too-large');
    const held = { sessionId, sku: 'fjord-51.tortoise' };
    expect(codeOf(await tablet.command('hold.place', held))).toBe('too-large');
    valueOf(await kiosk.command('session.close', { sessionId, reason: 'farewell' }));
    await begin();
    valueOf(await kiosk.command('session.wear', { sessionId, worn: gold }));
  });

  it('opens a story on the mirror, which the client may leave through and close', async () => {
    await begin();
    valueOf(await tablet.command('session.tell', { sessionId, page }));
    expect(await state(kiosk)).toMatchObject({ story: page, lead: { by: 'advisor' } });
    valueOf(await kiosk.command('session.tell', { sessionId, page: { ...page, chapter: 2 } }));
    expect(await state()).toMatchObject({ story: { chapter: 2 }, lead: { by: 'client' } });
    valueOf(await kiosk.command('session.tell', { sessionId, page: null }));
    valueOf(await kiosk.command('session.tell', { sessionId, page: null }));
    expect(await state()).toMatchObject({ story: null, seq: 4 });
    for (const wrong of [
      { ...page, chapter: 6 },
      { storyId: 'a-line-of-light', chapter: 0 },
    ])
      expect(codeOf(await tablet.command('session.tell', { sessionId, page: wrong }))).toBe('not-found');
  });

  it('lights a spot of a worn piece, and of no other; only an advisor points', async () => {
    await begin();
    valueOf(await tablet.command('session.point', { sessionId, point }));
    const atMs = server.clock.nowMs();
    expect(await state(kiosk)).toMatchObject({ point: { ...point, atMs }, lead: { by: 'client' } });
    const other = { ...point, pieceId: 'meridian-58' };
    expect(codeOf(await tablet.command('session.point', { sessionId, point: other }))).toBe('conflict');
    expect(codeOf(await kiosk.command('session.point', { sessionId, point }))).toBe('forbidden');
    const far = { ...point, spot: { xMm: 1e9, yMm: 0, zMm: 0 } };
    const envelope = (payload: unknown) => ({
      commandId: crypto.randomUUID(),
      name: 'session.point',
      payload,
    });
    expect(await tablet.emit('command', envelope({ sessionId, point: far }))).toMatchObject({
      error: { code: 'bad-request' },
    });
  });

  it('proposes a whole look, which is on the client by their own touch alone', async () => {
    await begin();
    const look = [gold, { pieceId: 'bothy', variantId: 'slate' }];
    const { proposalId: first } = valueOf(
      await tablet.command('session.propose', { sessionId, look: [smoke] }),
    );
    const { proposalId } = valueOf(await tablet.command('session.propose', { sessionId, look }));
    expect(await state(kiosk)).toMatchObject({
      proposal: { proposalId, look },
      worn: { variantId: 'tortoise' },
      lead: { by: 'client' },
    });
    const answer = (id: string, of: TestDevice = kiosk) =>
      of.command('session.answer', { sessionId, proposalId: id, answer: 'accepted' });
    expect(codeOf(await answer(proposalId, tablet))).toBe('forbidden');
    expect(codeOf(await answer(first))).toBe('conflict');
    valueOf(await answer(proposalId));
    expect(await state()).toMatchObject({ worn: gold, look, proposal: null, answered: 'accepted' });
    expect(codeOf(await answer(proposalId))).toBe('conflict');

    const again = valueOf(await tablet.command('session.propose', { sessionId, look: [smoke] }));
    const declined = { sessionId, proposalId: again.proposalId, answer: 'declined' } as const;
    valueOf(await kiosk.command('session.answer', declined));
    expect(await state()).toMatchObject({ worn: gold, proposal: null, answered: 'declined' });
    const crown = [{ pieceId: 'crown', variantId: 'gold' }];
    expect(codeOf(await tablet.command('session.propose', { sessionId, look: crown }))).toBe('unknown-piece');
    const twice = [smoke, { ...smoke, variantId: 'tortoise' }];
    expect(codeOf(await tablet.command('session.propose', { sessionId, look: twice }))).toBe('bad-request');
  });

  it('loses nothing by a tablet that drops out, a mirror that starts anew, or a server that does', async () => {
    await begin();
    valueOf(await tablet.command('session.tell', { sessionId, page }));
    tablet.disconnect();
    valueOf(await kiosk.command('session.wear', { sessionId, worn: gold, look: [gold] }));
    valueOf(await kiosk.command('session.keep', { sessionId, sku: 'meridian-58.gold-green', kept: true }));
    const missed = (await tablet.connect({ session: { sessionId, seq: 2 } })).session;
    expect(missed?.events.map(({ fact }) => fact.type)).toEqual(['worn', 'kept']);

    valueOf(await tablet.command('session.propose', { sessionId, look: [smoke] }));
    kiosk.disconnect();
    await server.restart();
    // A mirror that forgot everything is told everything.
    const welcome = await kiosk.connect();
    await tablet.connect();
    expect(stateOf(welcome.session?.events ?? [])).toEqual(await state());
    expect(await state()).toMatchObject({
      lead: { by: 'client', sinceSeq: 3 },
      worn: gold,
      kept: ['fjord-51.tortoise', 'meridian-58.gold-green'],
      proposal: { look: [smoke] },
    });
    // The lead outlives the restart too: what was known before it is still too late.
    expect(codeOf(await tablet.command('session.wear', { sessionId, worn: smoke, leadSeq: 2 }))).toBe(
      'conflict',
    );
  });

  it('leaves its path and its measures with nobody: who comes ten minutes after the end hears of that alone', async () => {
    await begin();
    valueOf(await tablet.command('session.wear', { sessionId, worn: gold }));
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
    const known = { session: { sessionId, seq: 1 } };
    server.clock.advance(9 * 60_000);
    expect((await state())?.closed).toMatchObject({ reason: 'advisor' });
    expect((await tablet.connect(known)).session?.events.at(-1)?.fact.type).toBe('closed');
    server.clock.advance(2 * 60_000);
    for (const device of [tablet, kiosk]) {
      expect(codeOf(await device.command('session.read', { sessionId, seq: 0 }))).toBe('session-ended');
      expect((await device.connect(known)).session).toBeNull();
      const { session } = await device.connect({ session: { sessionId, seq: 2 } });
      expect(session?.events).toMatchObject([{ seq: 3, fact: { type: 'closed' } }]);
    }
    // What was kept stays with the advisor.
    const { visits } = valueOf(await tablet.command('advisor.visits', {}));
    expect(visits).toContainEqual(expect.objectContaining({ sessionId, kept: visitSummary.kept }));
  });

  it('is over for everybody at once when it is closed', async () => {
    await begin();
    const { proposalId } = valueOf(await tablet.command('session.propose', { sessionId, look: [smoke] }));
    valueOf(await kiosk.command('session.close', { sessionId, reason: 'farewell' }));
    for (const answer of [
      await tablet.command('session.lead', { sessionId }),
      await tablet.command('session.tell', { sessionId, page }),
      await tablet.command('session.point', { sessionId, point }),
      await tablet.command('session.propose', { sessionId, look: [smoke] }),
      await kiosk.command('session.answer', { sessionId, proposalId, answer: 'accepted' }),
    ])
      expect(codeOf(answer)).toBe('session-ended');
  });
});
