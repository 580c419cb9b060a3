import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { offerLifetimeMs, typedCodeTries, type OfferId } from '../../protocol/index.ts';
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

const marais = 'norde-marais';
const worn = { pieceId: 'fjord-51', variantId: 'smoke' };

describe.each(databases)('a pairing that somebody wants to trick, on $name', ({ start }) => {
  let server: TestServer;
  const opened: { readonly tablet: TestDevice; readonly sessionId: string }[] = [];
  beforeAll(async () => {
    server = await start();
  });
  // The next case begins with free advisors, fresh tries and rested rates.
  afterEach(async () => {
    for (const { tablet, sessionId } of opened.splice(0)) {
      if (tablet.isConnected) await tablet.command('session.close', { sessionId, reason: 'advisor' });
    }
    server.clock.advance(offerLifetimeMs + 1_000);
  });
  afterAll(async () => {
    await server.stop();
  });

  const mirror = (name = 'Mirror 1') => server.connect('kiosk', marais, name);
  const noemie = () => server.advisor(marais, 'noemie-caron');
  const theo = () => server.advisor(marais, 'theo-vasseur');
  const offerOf = async (kiosk: TestDevice) => valueOf(await kiosk.command('offer.open', {}));
  const confirm = (kiosk: TestDevice, offerId: OfferId) =>
    kiosk.command('offer.confirm', { offerId, summary: visitSummary });
  const together = async (kiosk: TestDevice, tablet: TestDevice) => {
    const sessionId = await handOff(kiosk, tablet);
    opened.push({ tablet, sessionId });
    return sessionId;
  };

  describe('by a replay', () => {
    it('gets nothing from a mark that was used, whatever became of it', async () => {
      const kiosk = await mirror();
      const [one, other] = [await noemie(), await theo()];
      const claimed = async () => {
        const offer = await offerOf(kiosk);
        valueOf(await one.command('offer.claim', { secret: offer.secret }));
        return offer;
      };
      const declined = await claimed();
      valueOf(await kiosk.command('offer.decline', { offerId: declined.offerId }));
      const cancelled = await claimed();
      valueOf(await kiosk.command('offer.cancel', { offerId: cancelled.offerId }));
      const replaced = await claimed();
      const confirmed = await claimed();
      const { sessionId } = valueOf(await confirm(kiosk, confirmed.offerId));
      opened.push({ tablet: one, sessionId });
      for (const { secret, code } of [declined, cancelled, replaced, confirmed]) {
        expect(codeOf(await other.command('offer.claim', { secret }))).toBe('code-used');
        expect(codeOf(await other.command('offer.claim', { code }))).toBe('code-used');
      }
      // A yes that is sent again begins no second visit, and one for a dead offer none at all.
      expect(valueOf(await confirm(kiosk, confirmed.offerId))).toEqual({ sessionId });
      for (const { offerId } of [declined, cancelled, replaced])
        expect(codeOf(await confirm(kiosk, offerId))).toBe('code-expired');
    });

    it('gets no answer of another device by sending its command’s id', async () => {
      const kiosk = await mirror();
      const [one, other] = [await noemie(), await theo()];
      const { secret } = await offerOf(kiosk);
      valueOf(await one.command('offer.claim', { secret }, 'the-same-claim'));
      valueOf(await one.command('offer.claim', { secret }, 'the-same-claim'));
      expect(codeOf(await other.command('offer.claim', { secret }, 'the-same-claim'))).toBe('code-used');
    });
  });

  describe('by a race', () => {
    it('is won once, of many tablets at the same instant, and ends in one visit however often yes is tapped', async () => {
      const kiosk = await mirror();
      const tablets = [await noemie(), await theo(), await noemie(), await theo()];
      const { offerId, secret, code } = await offerOf(kiosk);
      const answers = await Promise.all(
        tablets.map((tablet, index) => tablet.command('offer.claim', index % 2 ? { secret } : { code })),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const yeses = await Promise.all([1, 2, 3].map(() => confirm(kiosk, offerId)));
      const visits = new Set(yeses.map((answer) => valueOf(answer).sessionId));
      expect(visits.size).toBe(1);
      const winner = tablets[answers.findIndex(({ ok }) => ok)];
      for (const sessionId of visits) if (winner) opened.push({ tablet: winner, sessionId });
    });

    it('leaves no claim on codes that were renewed or taken back at the same instant', async () => {
      const kiosk = await mirror();
      const tablet = await noemie();
      const [first] = [await offerOf(kiosk)];
      const [renewed, claimed] = await Promise.all([
        kiosk.command('offer.open', {}),
        tablet.command('offer.claim', { secret: first.secret }),
      ]);
      const second = valueOf(renewed);
      expect(['ok', 'code-expired', 'code-used']).toContain(claimed.ok ? 'ok' : codeOf(claimed));
      // Whichever came first: the mirror shows the new codes, and only they lead to a client.
      expect(codeOf(await confirm(kiosk, first.offerId))).toBe('code-expired');
      expect((await kiosk.connect()).claim).toBeNull();
      valueOf(await tablet.command('offer.claim', { secret: second.secret }));

      const [cancelled, yes] = await Promise.all([
        kiosk.command('offer.decline', { offerId: second.offerId }),
        confirm(kiosk, second.offerId),
      ]);
      // One of the two, and never both: a client who said no is in no visit.
      expect([cancelled.ok, yes.ok].filter(Boolean)).toHaveLength(1);
      if (yes.ok) opened.push({ tablet, sessionId: yes.value.sessionId });
      expect((await tablet.connect()).session === null).toBe(!yes.ok);
    });

    it('is over at its hundred and twentieth second, for the claim and for the yes', async () => {
      const kiosk = await mirror();
      const tablet = await noemie();
      const { offerId, secret } = await offerOf(kiosk);
      server.clock.advance(offerLifetimeMs - 1);
      valueOf(await tablet.command('offer.claim', { secret }));
      server.clock.advance(offerLifetimeMs);
      expect(codeOf(await confirm(kiosk, offerId))).toBe('code-expired');
      expect((await tablet.connect()).session).toBeNull();
    });
  });

  describe('by a relayed mark', () => {
    it('leads no other boutique, no other Maison and no tablet without an advisor to the client', async () => {
      const kiosk = await mirror();
      const { secret, code } = await offerOf(kiosk);
      const mayfair = await server.advisor('norde-mayfair', 'imogen-clarke');
      const aurelle = await server.advisor('aurelle-vendome', 'camille-laurent');
      const nobody = await server.connect('tablet', marais);
      for (const given of [{ secret }, { code }]) {
        expect(codeOf(await mayfair.command('offer.claim', given))).toBe('wrong-store');
        expect(codeOf(await aurelle.command('offer.claim', given))).toBe('code-unknown');
        expect(codeOf(await nobody.command('offer.claim', given))).toBe('forbidden');
      }
      expect(codeOf(await kiosk.command('offer.claim' as 'offer.open', { secret } as never))).toBe(
        'forbidden',
      );
      expect(kiosk.untaken('offer.claimed')).toEqual([]);
    });

    it('tells nothing of a visit before the client at that very mirror has said yes', async () => {
      const [kiosk, elsewhere] = [await mirror('Mirror 1'), await mirror('Mirror 2')];
      const relayed = await theo();
      const { offerId, secret } = await offerOf(kiosk);
      const claim = valueOf(await relayed.command('offer.claim', { secret }));
      // The client sees whom they would let in, and compares what only the two screens show.
      expect(await kiosk.next('offer.claimed')).toMatchObject({
        advisor: { id: 'theo-vasseur' },
        digits: claim.digits,
      });
      expect(codeOf(await elsewhere.command('offer.confirm', { offerId, summary: visitSummary }))).toBe(
        'not-found',
      );
      expect(codeOf(await relayed.command('offer.confirm' as 'offer.open', { offerId } as never))).toBe(
        'forbidden',
      );
      expect((await relayed.connect()).session).toBeNull();
      valueOf(await kiosk.command('offer.decline', { offerId }));
      await relayed.next('offer.ended', ({ reason }) => reason === 'declined');
      expect(relayed.untaken('session.events')).toEqual([]);
    });

    it('shows digits that nobody foresees: twenty-five pairings show more than twelve', async () => {
      const kiosk = await mirror();
      const tablet = await noemie();
      const seen = new Set<string>();
      for (let turn = 0; turn < 25; turn += 1) {
        const { offerId, secret } = await offerOf(kiosk);
        seen.add(valueOf(await tablet.command('offer.claim', { secret })).digits);
        valueOf(await kiosk.command('offer.decline', { offerId }));
        server.clock.advance(1_000);
      }
      // About twenty-two differ by chance; twelve or fewer do not come about in the life of a boutique.
      expect(seen.size).toBeGreaterThan(12);
    });
  });

  describe('by a stolen tablet', () => {
    it('opens nothing once it was taken out of service, the claim that it had made included', async () => {
      const kiosk = await mirror();
      const stolen = await noemie();
      const { offerId, secret } = await offerOf(kiosk);
      valueOf(await stolen.command('offer.claim', { secret }));
      const gone = stolen.closed();
      await server.running.revokeDevice(stolen.id);
      await gone;
      await expect(stolen.connect()).rejects.toThrow();
      expect(codeOf(await confirm(kiosk, offerId))).toBe('code-expired');
      expect(await kiosk.next('offer.ended', (end) => end.offerId === offerId)).toMatchObject({
        reason: 'expired',
      });
      expect((await kiosk.connect()).session).toBeNull();
    });

    it('hears nothing more of a visit from that moment on, though nobody has cut its line yet', async () => {
      const kiosk = await mirror();
      const [own, stolen] = [await noemie(), await noemie()];
      const sessionId = await together(kiosk, own);
      await stolen.next('session.events');
      // As it is on a node that the word of it has not reached.
      const nowMs = server.clock.nowMs();
      await server.inDatabase((db) =>
        db.updateTable('devices').set({ revoked_at_ms: nowMs }).where('id', '=', stolen.id).execute(),
      );
      valueOf(await kiosk.command('session.wear', { sessionId, worn }));
      await own.next('session.events', ({ fromSeq }) => fromSeq === 2);
      valueOf(await own.command('run.ask', { sessionId, sku: 'fjord-51.tortoise' }));
      await own.next('sale.changed');
      expect(stolen.isConnected).toBe(true);
      expect(stolen.untaken('session.events')).toEqual([]);
      expect(stolen.untaken('sale.changed')).toEqual([]);
    });

    it('sees no session of its advisor any more once they have signed out on it', async () => {
      const kiosk = await mirror();
      const [own, left] = [await noemie(), await noemie()];
      const sessionId = await together(kiosk, own);
      await left.next('session.events');
      valueOf(await left.command('advisor.sign-out', {}));
      valueOf(await own.command('session.wear', { sessionId, worn }));
      await own.next('session.events', ({ fromSeq }) => fromSeq === 2);
      expect(left.untaken('session.events')).toEqual([]);
      expect(codeOf(await left.command('session.read', { sessionId, seq: 0 }))).toBe('forbidden');
      expect((await left.connect({ session: { sessionId, seq: 1 } })).session).toBeNull();
    });
  });

  describe('by guessing', () => {
    it('is given five looks, also when all come at once, to another’s name, and after a restart', async () => {
      const kiosk = await mirror();
      const tablet = await noemie();
      const guesses = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          tablet.command('offer.claim', { code: `0000000${(index % 8) + 2}` }),
        ),
      );
      const codes = guesses.map(codeOf);
      expect(codes.filter((code) => code === 'code-unknown')).toHaveLength(typedCodeTries);
      expect(codes.filter((code) => code === 'code-locked')).toHaveLength(20 - typedCodeTries);

      valueOf(await tablet.command('advisor.sign-out', {}));
      const pin = server.pin('norde');
      valueOf(await tablet.command('advisor.sign-in', { advisorId: 'theo-vasseur', pin }));
      const { code } = await offerOf(kiosk);
      expect(codeOf(await tablet.command('offer.claim', { code }))).toBe('code-locked');
      await server.restart();
      await tablet.connect();
      expect(codeOf(await tablet.command('offer.claim', { code }))).toBe('code-locked');
      // One guesser closes the door to nobody else.
      const colleague = await noemie();
      valueOf(await colleague.command('offer.claim', { code }));
    });

    it('finds only hashes at rest', async () => {
      const kiosk = await mirror();
      const { secret, code } = await offerOf(kiosk);
      const tablet = await noemie();
      valueOf(await tablet.command('offer.claim', { secret }));
      const rows = await server.inDatabase(async (db) => [
        ...(await db.selectFrom('offers').selectAll().execute()),
        ...(await db.selectFrom('command_answers').selectAll().execute()),
      ]);
      const written = JSON.stringify(rows);
      expect(written).toContain('secret_hash');
      expect(written).not.toContain(secret);
      expect(written).not.toContain(code);
      const lines = server.logLines.join('');
      expect(lines).not.toContain(secret);
      expect(lines).not.toContain(code);
    });
  });
});
