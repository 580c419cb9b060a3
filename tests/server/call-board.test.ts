import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { goingLastsMs, offerLifetimeMs } from '../../protocol/index.ts';
import { testPostgresUrl } from './support/databases.ts';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, valueOf, visitSummary } from './support/visit.ts';

const databases = [
  { name: 'SQLite', start: () => TestServer.start() },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', start: () => TestServer.startOnPostgres(testPostgresUrl ?? '') }]),
];

const marais = 'norde-marais';
const worn = { pieceId: 'fjord-51', variantId: 'smoke' };

describe.each(databases)('the board of calls on $name', ({ start }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await start();
  });
  afterEach(() => server.clock.advance(offerLifetimeMs + 1_000));
  afterAll(async () => {
    await server.stop();
  });

  const mirror = (name = 'Mirror 1') => server.connect('kiosk', marais, name);
  const noemie = () => server.advisor(marais, 'noemie-caron');
  const theo = () => server.advisor(marais, 'theo-vasseur');
  const offerOf = async (kiosk: TestDevice) => valueOf(await kiosk.command('offer.open', {}));
  const confirm = (kiosk: TestDevice, offerId: string) =>
    kiosk.command('offer.confirm', { offerId, summary: visitSummary });

  it('says since when a client calls, in which language and with what on, however often codes are renewed', async () => {
    const kiosk = await mirror();
    const tablet = await noemie();
    const first = valueOf(await kiosk.command('offer.open', { locale: 'fr', worn }));
    const calledAtMs = server.clock.nowMs();
    server.clock.advance(100_000);
    const second = valueOf(await kiosk.command('offer.open', { locale: 'en', worn: null }));
    const { calls } = await tablet.connect();
    expect(calls).toMatchObject([
      {
        offerId: second.offerId,
        callId: first.offerId,
        sinceMs: calledAtMs,
        locale: 'en',
        worn: null,
        going: null,
      },
    ]);
    const crown = { pieceId: 'crown', variantId: 'gold' };
    expect(codeOf(await kiosk.command('offer.open', { worn: crown }))).toBe('unknown-piece');
    // A client who took the call back and calls again has just begun to wait.
    valueOf(await kiosk.command('offer.cancel', { offerId: second.offerId }));
    const again = await offerOf(kiosk);
    expect((await tablet.connect()).calls).toMatchObject([
      { callId: again.offerId, sinceMs: server.clock.nowMs() },
    ]);
  });

  it('lets one advisor go, pass it on and leave; who goes keeps it when the codes change, and not for ever', async () => {
    const kiosk = await mirror();
    const [one, other] = [await noemie(), await theo()];
    const { offerId: callId } = await offerOf(kiosk);
    const going = await Promise.all([
      one.command('call.go', { callId }),
      other.command('call.go', { callId }),
    ]);
    expect(going.filter(({ ok }) => ok)).toHaveLength(1);
    expect(going.filter(({ ok }) => !ok).map(codeOf)).toEqual(['conflict']);
    const [first, second] = going[0].ok ? [one, other] : [other, one];
    const [firstId, secondId] = going[0].ok
      ? (['noemie-caron', 'theo-vasseur'] as const)
      : (['theo-vasseur', 'noemie-caron'] as const);
    const seen = async (who: TestDevice) => (await who.connect()).calls[0]?.going;
    expect(await seen(second)).toMatchObject({ advisor: { id: firstId }, passedBy: null });

    await offerOf(kiosk);
    expect(await seen(second)).toMatchObject({ advisor: { id: firstId } });
    expect(codeOf(await second.command('call.pass', { callId, advisorId: secondId }))).toBe('conflict');
    expect(codeOf(await first.command('call.pass', { callId, advisorId: 'nobody-here' }))).toBe('not-found');
    valueOf(await first.command('call.pass', { callId, advisorId: secondId }));
    expect(await seen(first)).toMatchObject({ advisor: { id: secondId }, passedBy: { id: firstId } });
    expect(codeOf(await first.command('call.leave', { callId }))).toBe('conflict');
    valueOf(await second.command('call.leave', { callId }));
    expect(await seen(first)).toBeNull();

    valueOf(await first.command('call.go', { callId }));
    await offerOf(kiosk);
    server.clock.advance(goingLastsMs - 30_000);
    await offerOf(kiosk);
    server.clock.advance(30_000);
    expect(await seen(first)).toBeNull();
    valueOf(await second.command('call.go', { callId }));
  });

  it('opens nothing by going: the mark is still to be read, by whoever stands there', async () => {
    const kiosk = await mirror();
    const [one, other] = [await noemie(), await theo()];
    const { offerId, secret } = await offerOf(kiosk);
    valueOf(await one.command('call.go', { callId: offerId }));
    expect(kiosk.untaken('offer.claimed')).toEqual([]);
    expect(codeOf(await confirm(kiosk, offerId))).toBe('conflict');
    valueOf(await other.command('offer.claim', { secret }));
    await kiosk.next('offer.claimed');
    expect(codeOf(await one.command('call.go', { callId: offerId }))).toBe('conflict');
  });

  it('sends nobody to two mirrors, and nobody of another boutique to any', async () => {
    const [one, other] = [await mirror('Mirror 1'), await mirror('Mirror 2')];
    const tablet = await noemie();
    const mayfair = await server.advisor('norde-mayfair', 'imogen-clarke');
    const first = await offerOf(one);
    server.clock.advance(1_000);
    const second = await offerOf(other);
    valueOf(await tablet.command('call.go', { callId: first.offerId }));
    valueOf(await tablet.command('call.go', { callId: second.offerId }));
    const { calls } = await tablet.connect();
    expect(calls.map(({ kioskName, going }) => [kioskName, going?.advisor.id])).toEqual([
      ['Mirror 1', undefined],
      ['Mirror 2', 'noemie-caron'],
    ]);
    expect(codeOf(await mayfair.command('call.go', { callId: first.offerId }))).toBe('not-found');
    const nobody = await server.connect('tablet', marais);
    expect(codeOf(await nobody.command('call.go', { callId: first.offerId }))).toBe('forbidden');
    const { present } = valueOf(await tablet.command('advisor.list', {}));
    expect(present).toContain('noemie-caron');
    expect(present).not.toContain('imogen-clarke');
  });
});
