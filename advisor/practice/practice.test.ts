import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Catalogue, findWorn } from '../../protocol/product.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { practiceNames, startPractice, type Practice } from './practice.ts';
import { debriefOf } from './practice-debrief.ts';
import { advisor, identity as inMayfair } from '../../tests/support/practice-fixtures.ts';
import { practiceCode, practiceDigits } from './practice-visit.ts';
import { scenarioIds, scenarioOf } from './scenarios.ts';

const catalogue = Catalogue.parse(
  JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../assets/collections/norde/catalogue.json'), 'utf8'),
  ),
);
/** A boutique by itself. */
const identity = { ...inMayfair, nearby: [] };

describe('a rehearsal', () => {
  let clock: ManualClock;
  let practice: Practice;
  const line = () => practice.desk.link.state.get();
  const session = () => {
    const open = line().session;
    if (!open) throw new Error('no session');
    return open;
  };
  const begin = (id: (typeof scenarioIds)[number]): void => {
    clock = new ManualClock();
    practice = startPractice(id, { identity, advisor, catalogue, names: practiceNames('en'), clock });
  };
  const meet = async (): Promise<void> => {
    clock.advance(3_000);
    await practice.desk.claimCode(practiceCode);
    clock.advance(6_000);
  };
  beforeEach(() => {
    // Whatever would reach a server from here is a fault.
    vi.stubGlobal('fetch', () => {
      throw new Error('a rehearsal asked the network');
    });
  });
  afterEach(() => {
    practice.stop();
    vi.unstubAllGlobals();
  });

  it('calls, wants its own code, shows two digits, and says yes after a moment', async () => {
    begin('gift');
    expect(line().calls).toEqual([]);
    await practice.desk.claimCode(practiceCode);
    expect(practice.desk.state.get().claim.refusal?.code).toBe('code-unknown');
    clock.advance(3_000);
    expect(line().calls).toMatchObject([{ kioskName: 'Practice mirror' }]);
    await practice.desk.claimCode('ABCD2345');
    expect(practice.desk.state.get().claim.refusal?.code).toBe('code-unknown');
    await practice.desk.claimCode(practiceCode.toLowerCase());
    expect(line().claim?.digits).toBe(practiceDigits);
    expect(line().session).toBeNull();
    clock.advance(6_000);
    expect(session()).toMatchObject({ kioskName: 'Practice mirror', lead: { by: 'client' } });
  });

  it('calls its mirror by a name in the language that is spoken now', async () => {
    begin('gift');
    clock.advance(3_000);
    practice.rename(practiceNames('fr'));
    expect(line().calls).toMatchObject([{ kioskName: 'Miroir d’exercice' }]);
    await practice.desk.claimCode(practiceCode);
    practice.rename(practiceNames('en'));
    expect(line().claim).toMatchObject({ kioskName: 'Practice mirror' });
    clock.advance(6_000);
    expect(session()).toMatchObject({ kioskName: 'Practice mirror' });
    practice.rename(practiceNames('fr'));
    expect(session()).toMatchObject({ kioskName: 'Miroir d’exercice' });
  });

  it.each(scenarioIds)('plays %s in order, whatever the house has', async (id) => {
    begin(id);
    await meet();
    const { steps } = scenarioOf(id, catalogue);
    for (const { afterMs, act, worn, sku } of steps) {
      clock.advance(afterMs);
      if (act === 'wear') expect(session().worn).toEqual(worn);
      else expect(session().kept.includes(sku)).toBe(act === 'keep');
    }
    const onePiece = { ...catalogue, pieces: catalogue.pieces.slice(0, 1) };
    expect(scenarioOf(id, onePiece).tried[0]?.worn.pieceId).toBe(catalogue.pieces[0]?.id);
  });

  it('takes the lead from an advisor who has not seen the client’s touch, as in earnest', async () => {
    begin('came-back');
    await meet();
    const before = session().lead.sinceSeq;
    await practice.desk.takeLead();
    expect(session().lead.by).toBe('advisor');
    clock.advance(8_000);
    expect(session().lead.by).toBe('client');
    // It is not forgotten by that.
    expect(practice.hasLed()).toBe(true);
    const late = await practice.desk.link.command('session.lead', {
      sessionId: session().sessionId,
      leadSeq: before,
    });
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('answers a proposal by what the visit told, and tells it again at the end', async () => {
    begin('came-back');
    await meet();
    clock.advance(65_000);
    const [, liked] = [session(), session().worn];
    const sku = liked && findWorn(catalogue, liked)?.variant.sku;
    if (!liked || !sku) throw new Error('nothing worn');
    const other = { pieceId: 'nord-39', variantId: 'blue' };
    await practice.desk.propose([other]);
    clock.advance(5_000);
    expect(session().answered).toBe('declined');
    await practice.desk.propose([other, liked]);
    clock.advance(5_000);
    expect(session().answered).toBe('accepted');
    expect(session().worn).toEqual(other);
    await practice.desk.hold(sku);
    await practice.desk.close();
    const closed = session();
    expect(closed.closed?.reason).toBe('advisor');
    const debrief = debriefOf(closed, catalogue);
    expect(debrief.cameBack).toEqual([sku]);
    expect(debrief.lingered).toContain(sku);
    expect(debrief).toMatchObject({ held: [sku], proposal: 'accepted' });
    expect(practice.hasLed()).toBe(false);
    clock.advance(600_000);
    expect(session()).toBe(closed);
  });

  it('has no way to a server, and refuses what it cannot play', async () => {
    begin('only-looks');
    await meet();
    const { link } = practice.desk;
    const { sessionId } = session();
    for (const asked of [
      link.command('wish-list.open', { sessionId, secret: 'a'.repeat(22) }),
      link.command('appointment.mark', { sessionId, appointmentId: 'practice-appointment-1' }),
      link.command('call.pass', { callId: 'practice-offer', advisorId: 'practice-colleague' }),
      link.token(),
      link.enrol('ANY'),
    ])
      expect(await asked).toMatchObject({ ok: false, error: { code: 'not-offered' } });
    for (const { levels } of line().stock.values())
      for (const level of levels.values()) expect(level.source).toBe('practice');
  });

  it('ends with a note that is told again and kept nowhere, once the client has let themselves be remembered', async () => {
    begin('gift');
    await meet();
    const next = { step: 'call', dueOn: '2027-01-20', sku: null, line: null } as const;
    const note = { occasion: 'gift', decision: 'thinking', next } as const;
    await practice.desk.conclude(note);
    expect(practice.desk.state.get().action.refusal?.code).toBe('consent-missing');
    await practice.clients.ask(null);
    clock.advance(5_000);
    const grants = () => practice.clients.state.get().known?.grants.map(({ purpose }) => purpose);
    await vi.waitFor(() => expect(grants()).toContain('remember'));
    await practice.desk.conclude(note);
    expect(session().closed?.reason).toBe('advisor');
    expect(practice.noted()).toEqual(note);
    expect(practice.followUps.state.get().list?.followUps).toEqual([]);
  });

  it('lets a client who only looks say no to being remembered', async () => {
    begin('only-looks');
    await meet();
    await practice.clients.ask(null);
    clock.advance(5_000);
    expect(practice.clients.state.get()).toMatchObject({ declined: true, known: null });
    expect(practice.noted()).toBeNull();
  });
});
