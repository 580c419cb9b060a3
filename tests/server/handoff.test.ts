import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  offerLifetimeMs,
  readTypedCode,
  reduceSession,
  typedCodeTries,
  type SessionEvent,
  type SessionState,
} from '../../protocol/index.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, handOff, valueOf, visitSummary } from './support/visit.ts';

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(async () => {
  await server.stop();
});

function stateOf(events: readonly SessionEvent[]): SessionState | null {
  return events.reduce<SessionState | null>(reduceSession, null);
}

describe('a hand-off', () => {
  it('goes from the offer over the claim and the same two digits to a session that both screens see', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais', 'Mirror 1');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const offer = valueOf(await kiosk.command('offer.open', {}));
    const { calls } = await tablet.next('calls.changed');
    expect(calls).toMatchObject([{ offerId: offer.offerId, kioskName: 'Mirror 1', claimedBy: null }]);

    const claim = valueOf(await tablet.command('offer.claim', { code: readTypedCode(offer.code) ?? '' }));
    expect(await kiosk.next('offer.claimed')).toEqual(claim);
    expect(claim).toMatchObject({ advisor: { id: 'noemie-caron' }, kioskName: 'Mirror 1' });

    const { offerId } = offer;
    const { sessionId } = valueOf(await kiosk.command('offer.confirm', { offerId, summary: visitSummary }));
    for (const device of [kiosk, tablet]) {
      expect(await device.next('offer.ended')).toEqual({ offerId, reason: 'confirmed' });
      const frame = await device.next('session.events');
      expect(stateOf(frame.events)).toMatchObject({
        sessionId,
        advisor: { name: 'Noémie Caron' },
        worn: visitSummary.worn,
        tried: visitSummary.tried,
        kept: visitSummary.kept,
      });
    }
    await tablet.next('calls.changed', (event) => event.calls.length === 0);
  });

  it('lets the advisor lead, hold a piece and close; the shortlist and the hold stay with the advisor', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const sessionId = await handOff(kiosk, tablet);

    const worn = { pieceId: 'meridian-58', variantId: 'gold-green' };
    valueOf(await tablet.command('session.wear', { sessionId, worn }));
    expect((await kiosk.next('session.events')).events).toMatchObject([
      { seq: 2, actor: 'advisor', fact: { type: 'worn', worn } },
    ]);
    const sku = 'meridian-58.gold-green';
    valueOf(await kiosk.command('session.keep', { sessionId, sku, kept: true }));
    const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
    expect((await kiosk.next('session.events', ({ fromSeq }) => fromSeq === 4)).events).toMatchObject([
      { fact: { type: 'hold-placed', hold } },
    ]);
    const frame = await kiosk.next('stock.changed');
    expect(frame.levels).toMatchObject([{ sku, onHand: 2, available: 1 }]);

    const measure = { kind: 'pupillary-distance-far', valueMm: 63.2, plusMinusMm: 2.7 } as const;
    valueOf(await kiosk.command('session.share-measure', { sessionId, measure }));
    expect((await tablet.next('session.events', ({ fromSeq }) => fromSeq === 5)).events).toMatchObject([
      { actor: 'client', fact: { type: 'measure-shared', measure } },
    ]);
    expect(codeOf(await tablet.command('session.share-measure', { sessionId, measure }))).toBe('forbidden');

    valueOf(await kiosk.command('session.close', { sessionId, reason: 'farewell' }));
    await tablet.next('session.events', ({ events }) => events.at(-1)?.fact.type === 'closed');
    const { visits } = valueOf(await tablet.command('advisor.visits', {}));
    expect(visits).toMatchObject([{ sessionId, kept: ['fjord-51.tortoise', sku], holds: [hold] }]);
    expect(codeOf(await tablet.command('session.wear', { sessionId, worn }))).toBe('session-ended');
    expect(codeOf(await tablet.command('hold.place', { sessionId, sku }))).toBe('session-ended');

    const { hold: released } = valueOf(await tablet.command('hold.release', { holdId: hold.id }));
    expect(released.state).toBe('released');
    expect(codeOf(await tablet.command('hold.release', { holdId: hold.id }))).toBe('hold-ended');
  });

  it('keeps the whole look in the order of its facts, and refuses one with a piece of nobody’s', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const sessionId = await handOff(kiosk, tablet);
    const frame = { pieceId: 'fjord-51', variantId: 'smoke' };
    const other = { pieceId: 'meridian-58', variantId: 'gold-green', finger: 'index' } as const;
    valueOf(await kiosk.command('session.wear', { sessionId, worn: other, look: [frame, other] }));
    const unknown = { pieceId: 'crown', variantId: 'gold' };
    expect(
      codeOf(await kiosk.command('session.wear', { sessionId, worn: frame, look: [frame, unknown] })),
    ).toBe('unknown-piece');
    const { events } = valueOf(await tablet.command('session.read', { sessionId, seq: 0 }));
    expect(stateOf(events)).toMatchObject({ worn: other, look: [frame, other] });
  });

  it('ends for both sides when the client declines, cancels or waits too long', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const claimed = async () => {
      const offer = valueOf(await kiosk.command('offer.open', {}));
      valueOf(await tablet.command('offer.claim', { secret: offer.secret }));
      return offer.offerId;
    };
    const declined = await claimed();
    valueOf(await kiosk.command('offer.decline', { offerId: declined }));
    expect(await tablet.next('offer.ended')).toEqual({ offerId: declined, reason: 'declined' });
    const cancelled = await claimed();
    valueOf(await kiosk.command('offer.cancel', { offerId: cancelled }));
    expect(await tablet.next('offer.ended')).toEqual({ offerId: cancelled, reason: 'cancelled' });
    const expired = await claimed();
    server.clock.advance(offerLifetimeMs);
    expect(await tablet.next('offer.ended')).toEqual({ offerId: expired, reason: 'expired' });
    const summary = visitSummary;
    expect(codeOf(await kiosk.command('offer.confirm', { offerId: expired, summary }))).toBe('code-expired');
  });

  it('replaces the offer before: its secrets are dead', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const first = valueOf(await kiosk.command('offer.open', {}));
    const second = valueOf(await kiosk.command('offer.open', {}));
    expect(await kiosk.next('offer.ended')).toEqual({ offerId: first.offerId, reason: 'replaced' });
    expect(codeOf(await tablet.command('offer.claim', { secret: first.secret }))).toBe('code-expired');
    valueOf(await tablet.command('offer.claim', { secret: second.secret }));
  });

  it('survives a restart of the server: offer, session and hold are where they were', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const offer = valueOf(await kiosk.command('offer.open', {}));
    await server.restart();
    await kiosk.connect();
    expect(await tablet.connect()).toMatchObject({
      advisor: { id: 'noemie-caron' },
      calls: [{ offerId: offer.offerId }],
    });
    valueOf(await tablet.command('offer.claim', { secret: offer.secret }));
    await server.restart();
    const welcome = await kiosk.connect();
    await tablet.connect();
    expect(welcome.claim?.offerId).toBe(offer.offerId);
    const { offerId } = offer;
    const { sessionId } = valueOf(await kiosk.command('offer.confirm', { offerId, summary: visitSummary }));
    const sku = 'fjord-51.smoke';
    const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
    await server.restart();
    const again = await tablet.connect();
    expect(stateOf(again.session?.events ?? [])?.holds).toEqual([hold]);
    server.clock.advance(hold.expiresAtMs - server.clock.nowMs());
    const frame = await tablet.next('session.events', ({ events }) => events[0]?.actor === 'system');
    expect(frame.events).toMatchObject([{ fact: { type: 'hold-ended', holdId: hold.id, state: 'expired' } }]);
    await tablet.next('stock.changed', ({ levels }) => levels[0]?.sku === sku && levels[0].available === 1);
  });

  it('is ended by the server when nobody ended it, and frees kiosk and advisor', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const sessionId = await handOff(kiosk, tablet);
    kiosk.disconnect();
    tablet.disconnect();
    for (let hour = 0; hour < 13; hour += 1) {
      server.clock.advance(3_600_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect
      .poll(async () => (await kiosk.connect({ session: { sessionId, seq: 1 } })).session?.events)
      .toMatchObject([{ actor: 'system', fact: { type: 'closed', reason: 'idle' } }]);
    expect((await kiosk.connect()).session).toBeNull();
  });

  it('is still waiting on the tablet that claimed it after a reload, until the client answers', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const colleague = await server.advisor('norde-marais', 'theo-vasseur');
    const { offerId, secret } = valueOf(await kiosk.command('offer.open', {}));
    const claim = valueOf(await tablet.command('offer.claim', { secret }));
    tablet.disconnect();
    expect((await tablet.connect()).claim).toEqual(claim);
    expect((await colleague.connect()).claim).toBeNull();

    valueOf(await kiosk.command('offer.decline', { offerId }));
    expect((await tablet.connect()).claim).toBeNull();
  });

  it('is not shown to whoever signs in next on the tablet that claimed it', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const { secret } = valueOf(await kiosk.command('offer.open', {}));
    valueOf(await tablet.command('offer.claim', { secret }));
    valueOf(await tablet.command('advisor.sign-out', {}));
    expect((await tablet.connect()).claim).toBeNull();
  });

  it('finds its way to another tablet on which the advisor signs in', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const sessionId = await handOff(kiosk, await server.advisor('norde-marais', 'noemie-caron'));
    const other = await server.advisor('norde-marais', 'noemie-caron');
    expect((await other.next('session.events')).sessionId).toBe(sessionId);
    valueOf(await other.command('session.close', { sessionId, reason: 'advisor' }));
    await kiosk.next('session.events', ({ events }) => events.at(-1)?.fact.type === 'closed');
  });
});

describe('a claim that must not be', () => {
  it('is won by one of two tablets at the same instant; the other hears that it was used', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const one = await server.advisor('norde-marais', 'noemie-caron');
    const other = await server.advisor('norde-marais', 'theo-vasseur');
    const { secret } = valueOf(await kiosk.command('offer.open', {}));
    const answers = await Promise.all([
      one.command('offer.claim', { secret }),
      other.command('offer.claim', { secret }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok).map(codeOf)).toEqual(['code-used']);
  });

  it('is refused to an advisor who waits for another client, on whichever tablet, at the same instant too', async () => {
    const [one, other] = [
      await server.connect('kiosk', 'norde-marais', 'Mirror 1'),
      await server.connect('kiosk', 'norde-marais', 'Mirror 2'),
    ];
    const tablets = [
      await server.advisor('norde-marais', 'noemie-caron'),
      await server.advisor('norde-marais', 'noemie-caron'),
    ] as const;
    const offers = [
      valueOf(await one.command('offer.open', {})),
      valueOf(await other.command('offer.open', {})),
    ] as const;
    const answers = await Promise.all([
      tablets[0].command('offer.claim', { secret: offers[0].secret }),
      tablets[1].command('offer.claim', { secret: offers[1].secret }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok).map(codeOf)).toEqual(['conflict']);

    server.clock.advance(offerLifetimeMs);
    const { secret } = valueOf(await other.command('offer.open', {}));
    valueOf(await tablets[1].command('offer.claim', { secret }));
  });

  it('gives no new tries for a code that was right once', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const { code: replaced } = valueOf(await kiosk.command('offer.open', {}));
    valueOf(await kiosk.command('offer.open', {}));
    for (let wrong = 1; wrong < typedCodeTries; wrong += 1) {
      expect(codeOf(await tablet.command('offer.claim', { code: '00000000' }))).toBe('code-unknown');
    }
    expect(codeOf(await tablet.command('offer.claim', { code: replaced }))).toBe('code-expired');
    expect(await tablet.command('offer.claim', { code: '00000000' })).toMatchObject({
      error: { code: 'code-unknown', triesLeft: 0 },
    });
    expect(codeOf(await tablet.command('offer.claim', { code: '00000000' }))).toBe('code-locked');
  });

  it('is refused to another boutique, and unknown to another Maison', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const { secret } = valueOf(await kiosk.command('offer.open', {}));
    const mayfair = await server.advisor('norde-mayfair', 'imogen-clarke');
    expect(codeOf(await mayfair.command('offer.claim', { secret }))).toBe('wrong-store');
    const aurelle = await server.advisor('aurelle-vendome', 'camille-laurent');
    expect(codeOf(await aurelle.command('offer.claim', { secret }))).toBe('code-unknown');
    const marais = await server.advisor('norde-marais', 'noemie-caron');
    valueOf(await marais.command('offer.claim', { secret }));
  });

  it('is refused after its time, and without an advisor signed in', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const { secret } = valueOf(await kiosk.command('offer.open', {}));
    const nobody = await server.connect('tablet', 'norde-marais');
    expect(codeOf(await nobody.command('offer.claim', { secret }))).toBe('forbidden');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    server.clock.advance(offerLifetimeMs);
    expect(codeOf(await tablet.command('offer.claim', { secret }))).toBe('code-expired');
  });

  it('locks a tablet after five wrong codes, even for the right one, until every guessed offer is gone', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    valueOf(await kiosk.command('offer.open', {}));
    for (let wrong = 1; wrong <= typedCodeTries; wrong += 1) {
      const answer = await tablet.command('offer.claim', { code: '00000000' });
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'code-unknown', triesLeft: typedCodeTries - wrong },
      });
    }
    const fresh = valueOf(await kiosk.command('offer.open', {}));
    expect(await tablet.command('offer.claim', { code: fresh.code })).toMatchObject({
      ok: false,
      error: { code: 'code-locked', retryAfterMs: offerLifetimeMs },
    });
    server.clock.advance(offerLifetimeMs);
    const { code } = valueOf(await kiosk.command('offer.open', {}));
    valueOf(await tablet.command('offer.claim', { code }));
  });

  it('leaves no secret in the database, the answers kept for repetition included', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const offer = valueOf(await kiosk.command('offer.open', {}, 'open-once'));
    expect(valueOf(await kiosk.command('offer.open', {}, 'open-once'))).toEqual(offer);
    for (const name of await readdir(server.dataDir)) {
      const bytes = await readFile(`${server.dataDir}/${name}`, 'latin1');
      expect(bytes).not.toContain(offer.secret);
      expect(bytes).not.toContain(offer.code);
    }
  });
});

describe('an advisor’s PIN', () => {
  it('locks after five wrong ones for a quarter of an hour, then takes the right one', async () => {
    const tablet = await server.connect('tablet', 'norde-marais');
    const advisorId = 'noemie-caron';
    const right = server.pin('norde');
    for (let triesLeft = 4; triesLeft > 0; triesLeft -= 1) {
      const answer = await tablet.command('advisor.sign-in', { advisorId, pin: '0000' });
      expect(answer).toMatchObject({ ok: false, error: { code: 'pin-wrong', triesLeft } });
    }
    expect(codeOf(await tablet.command('advisor.sign-in', { advisorId, pin: '0000' }))).toBe('pin-locked');
    expect(await tablet.command('advisor.sign-in', { advisorId, pin: right })).toMatchObject({
      ok: false,
      error: { code: 'pin-locked', retryAfterMs: 15 * 60_000 },
    });
    server.clock.advance(15 * 60_000);
    valueOf(await tablet.command('advisor.sign-in', { advisorId, pin: right }));
  });

  it('does not open another boutique’s tablet, and a sign-in ends by itself after twelve hours', async () => {
    const tablet = await server.connect('tablet', 'norde-marais');
    const pin = server.pin('norde');
    expect(codeOf(await tablet.command('advisor.sign-in', { advisorId: 'imogen-clarke', pin }))).toBe(
      'pin-wrong',
    );
    valueOf(await tablet.command('advisor.sign-in', { advisorId: 'noemie-caron', pin }));
    expect(await tablet.connect()).toMatchObject({ advisor: { id: 'noemie-caron' } });
    server.clock.advance(12 * 3_600_000);
    expect(await tablet.connect()).toMatchObject({ advisor: null });
  });
});
