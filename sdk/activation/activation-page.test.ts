import { describe, expect, it } from 'vitest';
import type { DeviceIdentity } from '../../protocol/device.ts';
import type { WireError } from '../../protocol/errors.ts';
import { createDeviceDoor } from '../sync/device-door.ts';
import { TestBench, testIdentity, testLevel } from '../sync/testing.ts';
import { ActivationPage } from './activation-page.ts';
import { stockSentence } from './boutique-words.ts';

const sku = 'fjord-51.ink';
const key = `vpk_${'k'.repeat(32)}`;
const scoped = (scope: string[]): DeviceIdentity => ({
  ...testIdentity,
  role: 'embed',
  nearby: [],
  activation: { id: 'activation-1', agency: 'Atelier Neuf', scope },
});

interface Opened {
  readonly bench: TestBench;
  readonly page: ActivationPage;
  readonly problems: string[];
  /** The network is back. */
  readonly wake: () => void;
}

async function open(
  change: (bench: TestBench) => void = () => {},
  earlier?: Pick<TestBench, 'storage' | 'keys'>,
): Promise<Opened> {
  let wake = () => {};
  const onWake = (listener: () => void) => {
    wake = listener;
    return () => {};
  };
  const bench = new TestBench(earlier, { role: 'embed', onWake });
  bench.identity = scoped(['stock', 'hand-off']);
  change(bench);
  const { clock, keys, link } = bench;
  const page = new ActivationPage({ key, link, door: createDeviceDoor(bench.ports), keys, clock });
  const problems: string[] = [];
  page.events.on('problem', ({ code }) => problems.push(code));
  await page.start();
  await bench.settle();
  return { bench, page, problems, wake: () => wake() };
}

async function live(scope = ['stock', 'hand-off']): Promise<Opened> {
  const opened = await open((bench) => {
    bench.identity = scoped(scope);
  });
  await welcome(opened.bench);
  return opened;
}

/** The server greets, with a level that the house has just vouched for. */
async function welcome(bench: TestBench): Promise<void> {
  const level = { ...testLevel(1, 3), asOfMs: bench.serverNowMs };
  const snapshot = { storeId: testIdentity.store.id, seq: 5, levels: [level] };
  await bench.welcome({ stock: [{ kind: 'snapshot', snapshot }] });
}

const refusing = (status: number, error: WireError) => (bench: TestBench) => {
  bench.httpRefusal = { status, error };
};
const statusOf = ({ page }: Opened) => page.state.get().status;
const activations = ({ bench }: Opened) => bench.requests.filter(({ url }) => url.endsWith('/activate'));
const claim = {
  offerId: 'offer-0001',
  advisor: {
    id: 'noemie-caron',
    name: 'Noémie',
    title: { en: 'Advisor', fr: 'Conseillère' },
    languages: ['fr'],
  },
  digits: '42',
  kioskName: 'Atelier Neuf 1',
  expiresAtMs: 120_000,
};
const offer = { offerId: 'offer-0001', secret: 's'.repeat(32), code: 'AB12CD34', expiresAtMs: 120_000 };

/** Calls, and answers for the server. */
async function called(opened: Opened) {
  const asked = opened.page.callAdvisor();
  await opened.bench.settle();
  opened.bench.socket.answer('offer.open', { ok: true, value: offer });
  await opened.bench.settle();
  return await asked;
}

describe('a page under an activation', () => {
  it('comes in by its key and shows the boutique’s stock as live', async () => {
    const opened = await live();
    expect(activations(opened)[0]?.body).toMatchObject({ activationKey: key, publicKey: { crv: 'P-256' } });
    expect(statusOf(opened)).toEqual({ kind: 'live' });
    expect(opened.page.stock(sku)).toMatchObject({
      here: { kind: 'here-many', count: 3 },
      freshness: { kind: 'live' },
    });
  });

  it('keeps the last number when the line is lost, with its age and never as live', async () => {
    const { bench, page, wake } = await live();
    bench.httpRefusal = 'unreachable';
    bench.socket.handlers.closed();
    await bench.settle();
    expect(page.state.get().status.kind).toBe('offline');
    const line = page.stock(sku);
    expect(line?.freshness.kind).toBe('stale');
    const said = line && stockSentence(line, { locale: 'en', timeZone: 'UTC', nowMs: bench.clock.nowMs() });
    expect(said).toMatch(/^3 in this boutique, as of \d\d:\d\d$/);
    // The wait for the server takes nothing of it away.
    await bench.pass(120_000);
    expect(page.stock(sku)?.freshness.kind).toBe('stale');
    bench.httpRefusal = null;
    wake();
    await bench.settle();
    await welcome(bench);
    expect(page.stock(sku)?.freshness.kind).toBe('live');
  });

  it.each([
    ['key-unknown', 404, { code: 'code-unknown', message: 'This activation key is not known.' }],
    ['ended', 410, { code: 'code-expired', message: 'This activation has ended.' }],
    ['origin-not-allowed', 403, { code: 'forbidden', message: 'Not for a page of this origin.' }],
  ] as const)('is told %s, shows nothing and asks no more', async (code, status, error) => {
    const opened = await open(refusing(status, error));
    expect(statusOf(opened)).toMatchObject({ kind: 'refused', error: { code } });
    expect(opened.problems).toEqual([code]);
    expect(opened.page.stock(sku)).toBeNull();
    expect(await opened.page.callAdvisor()).toMatchObject({ ok: false, error: { code } });
    const asked = opened.bench.requests.length;
    await opened.bench.pass(600_000);
    expect(opened.bench.requests.length).toBe(asked);
  });

  it('waits where every place is taken, and comes in by itself', async () => {
    const full = { code: 'rate-limited', message: 'Every place is taken.', retryAfterMs: 30_000 } as const;
    const opened = await open(refusing(429, full));
    expect(statusOf(opened)).toMatchObject({
      kind: 'waiting',
      error: { code: 'too-many', retryAfterMs: 30_000 },
    });
    await opened.bench.pass(29_000);
    expect(activations(opened)).toHaveLength(1);
    opened.bench.httpRefusal = null;
    await opened.bench.pass(1_000);
    await welcome(opened.bench);
    expect(statusOf(opened)).toEqual({ kind: 'live' });
    expect(opened.problems).toEqual(['too-many']);
  });

  it('waits for an activation that begins in weeks, and does not ask without end', async () => {
    const inWeeks = { code: 'forbidden', message: 'Has not begun.', retryAfterMs: 30 * 86_400_000 } as const;
    const opened = await open(refusing(403, inWeeks));
    expect(statusOf(opened)).toMatchObject({ kind: 'waiting', error: { code: 'not-begun' } });
    await opened.bench.pass(60_000);
    expect(activations(opened)).toHaveLength(1);
  });

  it('finds out that its activation ended while it was there', async () => {
    const opened = await live();
    opened.bench.httpRefusal = { status: 410, error: { code: 'code-expired', message: 'Ended.' } };
    opened.bench.socket.handlers.event('server.closing', { reason: 'revoked', reconnectAfterMs: 0 });
    await opened.bench.settle();
    expect(statusOf(opened)).toMatchObject({ kind: 'refused', error: { code: 'ended' } });
    expect(opened.page.stock(sku)).toBeNull();
  });

  it('finds out where only its line stays silent: the browser is not let read why', async () => {
    const first = await live();
    await first.page.stop();
    // After its end the activation's pages may read the door's answers only, as across origins.
    const opened = await open((bench) => {
      bench.httpRefusal = 'unreachable';
    }, first.bench);
    expect(statusOf(opened).kind).toBe('offline');
    opened.bench.httpRefusal = { status: 410, error: { code: 'code-expired', message: 'Ended.' } };
    await opened.bench.pass(10_000);
    expect(statusOf(opened)).toMatchObject({ kind: 'refused', error: { code: 'ended' } });
  });

  it('does not come back where the house sent this one browser away', async () => {
    const opened = await live();
    const away = { code: 'forbidden', message: 'This device has been revoked.' } as const;
    opened.bench.httpRefusal = { status: 403, error: away };
    opened.bench.socket.handlers.event('server.closing', { reason: 'revoked', reconnectAfterMs: 0 });
    await opened.bench.settle();
    expect(statusOf(opened)).toMatchObject({ kind: 'refused', error: { code: 'browser-revoked' } });
    const again = await open(refusing(403, away), opened.bench);
    expect(statusOf(again)).toMatchObject({ kind: 'refused', error: { code: 'browser-revoked' } });
  });

  it('takes a new place when it was forgotten after days', async () => {
    const first = await live();
    await first.page.stop();
    const opened = await open((bench) => {
      bench.identity = { ...scoped(['stock']), deviceId: 'device-0002' };
      const error = { code: 'unauthenticated', message: 'This device is not enrolled here.' } as const;
      bench.httpRefusal = { status: 401, error, door: 'challenge' };
    }, first.bench);
    opened.bench.httpRefusal = null;
    await opened.bench.pass(15_000);
    await welcome(opened.bench);
    expect(statusOf(opened)).toEqual({ kind: 'live' });
    expect(opened.page.state.get().scope).toEqual(['stock']);
  });
});

describe('a call to an advisor', () => {
  it('goes from the call over the digits to the advisor, and hands over what was kept', async () => {
    const opened = await live();
    const { bench, page } = opened;
    expect(await called(opened)).toEqual({ ok: true, value: null });
    expect(page.state.get().call).toEqual({ kind: 'calling', untilMs: 120_000 });
    bench.socket.handlers.event('offer.claimed', claim);
    expect(page.state.get().call).toMatchObject({ kind: 'answered', advisor: 'Noémie', digits: '42' });
    const confirmed = page.confirm({ locale: 'en', kept: [sku] });
    await bench.settle();
    expect(bench.socket.commands.at(-1)).toMatchObject({
      name: 'offer.confirm',
      payload: { offerId: 'offer-0001', summary: { kept: [sku], tried: [], worn: null } },
    });
    bench.socket.answer('offer.confirm', { ok: true, value: { sessionId: 'session-0001' } });
    expect(await confirmed).toEqual({ ok: true, value: null });
    expect(page.state.get().call).toEqual({ kind: 'assisted', advisor: 'Noémie' });
    const left = page.farewell();
    await bench.settle();
    bench.socket.answer('session.close', { ok: true, value: {} });
    expect(await left).toEqual({ ok: true, value: null });
    expect(page.state.get().call).toEqual({ kind: 'none', ended: null });
  });

  it('is refused where the scope does not include it, without asking', async () => {
    const { bench, page } = await live(['stock']);
    const asked = bench.socket.commands.length;
    expect(await page.callAdvisor()).toMatchObject({ ok: false, error: { code: 'out-of-scope' } });
    expect(bench.socket.commands).toHaveLength(asked);
  });

  it('is told when it may be made again', async () => {
    const { bench, page } = await live();
    const asked = page.callAdvisor();
    await bench.settle();
    const wait = { code: 'rate-limited', message: 'Many calls.', retryAfterMs: 10_000 };
    bench.socket.answer('offer.open', { ok: false, error: wait });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'too-many', retryAfterMs: 10_000 } });
    expect(page.state.get().call.kind).toBe('none');
  });

  it('ends unanswered, and a call taken back cannot be confirmed', async () => {
    const opened = await live();
    await called(opened);
    opened.bench.socket.handlers.event('offer.ended', { offerId: 'offer-0001', reason: 'expired' });
    expect(opened.page.state.get().call).toEqual({ kind: 'none', ended: 'unanswered' });
    expect(await opened.page.confirm({ locale: 'en' })).toMatchObject({
      ok: false,
      error: { code: 'call-over' },
    });
  });
});
