import { describe, expect, it } from 'vitest';
import { challengeText } from '../../protocol/device.ts';
import type { SessionEvent, SessionFact } from '../../protocol/session.ts';
import { ManualClock, type Clock } from '../core/clock.ts';
import type { SyncFault } from './sync-fault.ts';
import { TestBench, testIdentity, testLevel } from './testing.ts';

const store = testIdentity.store.id;
const sku = 'fjord-51.ink';
const frame = (fromSeq: number, toSeq: number, revision: number, available: number) => ({
  storeId: store,
  fromSeq,
  toSeq,
  levels: [testLevel(revision, available)],
});

async function liveBench(): Promise<TestBench> {
  const bench = new TestBench();
  await bench.enrol();
  await bench.welcome();
  return bench;
}

const state = (bench: TestBench) => bench.link.state.get();
const available = (bench: TestBench) => state(bench).stock.get(store)?.levels.get(sku)?.available;

describe('enrolment and the first connection', () => {
  it('registers a key, signs the challenge, and brings its token to the socket', async () => {
    const bench = new TestBench();
    await bench.link.start();
    expect(state(bench).status).toEqual({ kind: 'unenrolled' });
    const enrolled = await bench.link.enrol('ENROL-CODE-1');
    expect(enrolled).toEqual({ ok: true, value: testIdentity });
    await bench.settle();
    const [enrol, challenge, token] = bench.requests;
    expect(enrol?.body).toMatchObject({ code: 'ENROL-CODE-1', role: 'tablet', publicKey: { crv: 'P-256' } });
    expect(challenge?.body).toEqual({ deviceId: testIdentity.deviceId });
    expect(token?.body).toMatchObject({
      signature: `signed:${challengeText(testIdentity.deviceId, 'nonce-1')}`,
    });
    expect(bench.socket.token).toBe('token-1');
    expect(state(bench).status).toEqual({ kind: 'connecting' });
    await bench.welcome();
    expect(state(bench).status).toEqual({ kind: 'live' });
    expect(available(bench)).toBe(3);
  });

  it('says why a code was refused, and what no answer at all means', async () => {
    const bench = new TestBench();
    await bench.link.start();
    bench.httpRefusal = { status: 410, error: { code: 'code-expired', message: 'The code has expired.' } };
    expect(await bench.link.enrol('ENROL-CODE-1')).toMatchObject({
      ok: false,
      error: { code: 'code-expired' },
    });
    bench.httpRefusal = 'unreachable';
    expect(await bench.link.enrol('ENROL-CODE-1')).toMatchObject({
      ok: false,
      error: { code: 'unreachable' },
    });
    expect(state(bench).status).toEqual({ kind: 'unenrolled' });
  });

  it("knows the server's clock", async () => {
    const bench = new TestBench();
    bench.serverAheadMs = 90_000;
    await bench.enrol();
    await bench.welcome();
    expect(state(bench).clockOffsetMs).toBe(90_000);
  });

  it('reckons in whole milliseconds, as the wire does, however long the greeting took', async () => {
    const bench = new TestBench();
    await bench.enrol();
    bench.socket.handlers.opened();
    await bench.pass(7);
    const hello = bench.socket.sent.find((one) => one.event === 'hello');
    hello?.answer({ ok: true, value: bench.welcomeOf() });
    await bench.settle();
    expect(state(bench).status).toEqual({ kind: 'live' });
    expect(state(bench).clockOffsetMs).toSatisfy(Number.isInteger);
  });
});

describe('stock', () => {
  it('takes a contiguous change, and a repeated one makes no difference', async () => {
    const bench = await liveBench();
    bench.socket.handlers.event('stock.changed', frame(6, 6, 2, 1));
    expect(available(bench)).toBe(1);
    const known = state(bench).stock;
    bench.socket.handlers.event('stock.changed', frame(6, 6, 2, 1));
    expect(state(bench).stock).toBe(known);
  });

  it('asks for what it missed when there is a gap, once, and again only for what came after', async () => {
    const bench = await liveBench();
    bench.socket.handlers.event('stock.changed', frame(8, 8, 4, 9));
    bench.socket.handlers.event('stock.changed', frame(9, 9, 5, 8));
    await bench.settle();
    expect(available(bench)).toBe(3);
    const reads = () => bench.socket.commands.filter((one) => one.name === 'stock.read');
    expect(reads().map((one) => one.payload)).toEqual([{ storeId: store, cursor: 5 }]);
    bench.socket.answer('stock.read', {
      ok: true,
      value: { kind: 'tail', storeId: store, frames: [frame(6, 8, 4, 9)] },
    });
    await bench.settle();
    expect(reads().at(-1)?.payload).toEqual({ storeId: store, cursor: 8 });
    bench.socket.answer('stock.read', {
      ok: true,
      value: { kind: 'tail', storeId: store, frames: [frame(9, 9, 5, 8)] },
    });
    await bench.settle();
    expect(available(bench)).toBe(8);
    expect(reads()).toHaveLength(2);
  });

  it('hears a change that overtakes the welcome', async () => {
    const bench = new TestBench();
    await bench.enrol();
    bench.socket.handlers.opened();
    await bench.settle();
    bench.socket.handlers.event('stock.changed', frame(6, 6, 2, 1));
    bench.socket.sent[0]?.answer({ ok: true, value: bench.welcomeOf() });
    await bench.settle();
    expect(available(bench)).toBe(1);
  });

  it('tells the server how far it has read when it comes back', async () => {
    const bench = await liveBench();
    bench.socket.handlers.event('stock.changed', frame(6, 7, 2, 1));
    bench.socket.handlers.closed();
    await bench.pass(1_000);
    bench.socket.handlers.opened();
    await bench.settle();
    expect(bench.socket.hello).toMatchObject({ stockCursors: { [store]: 7 }, session: null });
  });

  it('believes a server that began anew and counts from the start again', async () => {
    const bench = await liveBench();
    bench.socket.handlers.closed();
    await bench.pass(1_000);
    const snapshot = { storeId: store, seq: 1, levels: [testLevel(0, 7)] };
    await bench.welcome({ stock: [{ kind: 'snapshot', snapshot }] });
    expect(available(bench)).toBe(7);
  });
});

describe('a lost line', () => {
  it('is offline at once, with the time at which the server was last heard', async () => {
    const bench = await liveBench();
    await bench.pass(4_000);
    bench.socket.handlers.heard();
    const heardAtMs = bench.serverNowMs;
    await bench.pass(9_000);
    bench.socket.handlers.closed();
    expect(state(bench).status).toEqual({ kind: 'offline', sinceMs: heardAtMs });
    expect(state(bench).heardAtMs).toBe(heardAtMs);
  });

  it('tries again later each time, with a fresh token, and at once when the host wakes', async () => {
    let wake: () => void = () => {};
    const bench = new TestBench(undefined, {
      onWake: (listener) => {
        wake = listener;
        return () => {};
      },
    });
    await bench.enrol();
    await bench.welcome();
    bench.socket.handlers.closed();
    await bench.pass(400);
    expect(bench.sockets).toHaveLength(2);
    expect(bench.socket.token).toBe('token-2');
    bench.socket.handlers.refused(undefined);
    await bench.pass(400);
    expect(bench.sockets).toHaveLength(2);
    await bench.pass(400);
    expect(bench.sockets).toHaveLength(3);
    bench.socket.handlers.refused(undefined);
    wake();
    await bench.settle();
    expect(bench.sockets).toHaveLength(4);
  });

  it('gives up a half-open line that does not acknowledge', async () => {
    const bench = await liveBench();
    const sent = bench.link.command('advisor.sign-in', { advisorId: 'ingrid', pin: '2468' });
    await bench.settle();
    const silent = bench.socket;
    await bench.pass(8_000);
    expect(silent.closedByDevice).toBe(true);
    expect(state(bench).status.kind).toBe('offline');
    await bench.pass(1_000);
    await bench.welcome();
    const [again] = bench.socket.commands;
    expect(again?.commandId).toBe(silent.commands[0]?.commandId);
    bench.socket.answer('advisor.sign-in', {
      ok: false,
      error: { code: 'pin-wrong', message: '', triesLeft: 4 },
    });
    expect(await sent).toMatchObject({ ok: false, error: { code: 'pin-wrong', triesLeft: 4 } });
  });

  it('does not take a stall of its own page for the silence of the server', async () => {
    const inner = new ManualClock();
    let stalledMs = 0;
    const clock: Clock = {
      nowMs: () => inner.nowMs(),
      monotonicMs: () => inner.monotonicMs() + stalledMs,
      after: (delayMs, run) => inner.after(delayMs, run),
    };
    const bench = new TestBench(undefined, { clock });
    await bench.enrol();
    await bench.welcome();
    const sent = bench.link.command('advisor.list', {});
    await bench.settle();
    stalledMs = 5_000;
    inner.advance(8_000);
    expect(state(bench).status.kind).toBe('live');
    bench.socket.answer('advisor.list', { ok: true, value: { advisors: [] } });
    expect(await sent).toMatchObject({ ok: true });
    expect(bench.sockets).toHaveLength(1);
  });

  it('hears nothing more from a connection that it has given up', async () => {
    const bench = await liveBench();
    const old = bench.socket;
    old.handlers.closed();
    await bench.pass(1_000);
    await bench.welcome();
    old.handlers.event('stock.changed', frame(6, 6, 2, 0));
    old.handlers.closed();
    expect(available(bench)).toBe(3);
    expect(state(bench).status.kind).toBe('live');
  });

  it('shows stored stock with its age after a reload without a server, and never as live', async () => {
    const first = await liveBench();
    first.socket.handlers.event('stock.changed', frame(6, 6, 2, 1));
    await first.pass(30_000);
    first.socket.handlers.heard();
    const heardAtMs = first.serverNowMs;
    first.link.stop();
    await first.settle();
    const again = new TestBench(first);
    again.httpRefusal = 'unreachable';
    await again.link.start();
    await again.pass(60_000);
    expect(state(again).status).toEqual({ kind: 'offline', sinceMs: heardAtMs });
    expect(available(again)).toBe(1);
    expect(state(again).identity).toEqual(testIdentity);
  });
});

describe('tokens and refusals', () => {
  it('renews its token before it ends, without calling itself offline', async () => {
    const bench = await liveBench();
    const kinds: string[] = [];
    bench.link.state.subscribe(() => kinds.push(state(bench).status.kind));
    await bench.pass(bench.tokenLifeMs - 60_000);
    expect(bench.sockets).toHaveLength(2);
    expect(bench.socket.token).toBe('token-2');
    await bench.welcome();
    await bench.pass(10_000);
    expect(kinds.every((kind) => kind === 'live')).toBe(true);
  });

  it('is offline when the renewal does not come about soon', async () => {
    const bench = await liveBench();
    bench.httpRefusal = 'unreachable';
    await bench.pass(bench.tokenLifeMs - 60_000);
    expect(state(bench).status.kind).toBe('live');
    await bench.pass(3_000);
    expect(state(bench).status.kind).toBe('offline');
  });

  it('says that its version is too old, and comes back when the server takes it again', async () => {
    const bench = new TestBench();
    await bench.enrol();
    bench.socket.handlers.opened();
    await bench.settle();
    bench.socket.sent[0]?.answer({ ok: false, error: { code: 'unsupported-version', message: 'Update.' } });
    await bench.settle();
    expect(state(bench).status).toEqual({ kind: 'refused', code: 'unsupported-version', message: 'Update.' });
    expect(await bench.link.command('advisor.list', {})).toMatchObject({
      error: { code: 'unsupported-version' },
    });
    await bench.pass(90_000);
    await bench.welcome();
    expect(state(bench).status.kind).toBe('live');
  });

  it('forgets everything when it is taken out of service', async () => {
    const bench = await liveBench();
    await bench.pass(2_000);
    bench.socket.handlers.event('server.closing', { reason: 'revoked', reconnectAfterMs: 0 });
    await bench.pass(300_000);
    expect(state(bench)).toMatchObject({ status: { kind: 'refused', code: 'forbidden' }, identity: null });
    expect(state(bench).stock.size).toBe(0);
    expect(bench.sockets).toHaveLength(1);
    const again = new TestBench(bench);
    await again.link.start();
    expect(state(again).status).toEqual({ kind: 'unenrolled' });
    expect(await bench.keys.sign('x')).toBeNull();
  });

  it('comes back after the time that a server asks for when it shuts down', async () => {
    const bench = await liveBench();
    bench.socket.handlers.event('server.closing', { reason: 'shutdown', reconnectAfterMs: 6_000 });
    await bench.pass(5_900);
    expect(bench.sockets).toHaveLength(1);
    expect(state(bench).status.kind).toBe('offline');
    await bench.pass(3_200);
    expect(bench.sockets).toHaveLength(2);
  });
});

describe('a malformed message', () => {
  it('is counted, reported and left aside, and everything is read anew, but not in a storm', async () => {
    const bench = await liveBench();
    const faults: SyncFault[] = [];
    bench.link.events.on('fault', (fault) => faults.push(fault));
    bench.socket.handlers.event('stock.changed', { storeId: store, fromSeq: 'six' });
    bench.socket.handlers.event('no.such.event', {});
    expect(state(bench).malformedCount).toBe(2);
    expect(faults.map((fault) => fault.code)).toEqual(['malformed-message', 'malformed-message']);
    await bench.pass(0);
    expect(bench.sockets).toHaveLength(2);
    await bench.welcome();
    bench.socket.handlers.event('stock.changed', null);
    await bench.pass(29_000);
    expect(bench.sockets).toHaveLength(2);
    await bench.pass(1_000);
    expect(bench.sockets).toHaveLength(3);
  });
});

describe('the session', () => {
  const advisor = {
    id: 'ingrid',
    name: 'Ingrid',
    title: { en: 'Advisor', fr: 'Conseillère' },
    languages: ['en'],
  } as const;
  const claim = {
    offerId: 'offer-0001',
    advisor: { ...advisor, languages: ['en' as const] },
    digits: '42',
    kioskName: 'Mirror 1',
    expiresAtMs: 2_000_000_000_000,
  };
  const facts: readonly SessionFact[] = [
    {
      type: 'started',
      advisor: { ...advisor, languages: ['en'] },
      kioskName: 'Mirror 1',
      summary: { locale: 'en', startedAtMs: 1, worn: null, tried: [], kept: [] },
    },
    { type: 'worn', worn: { pieceId: 'fjord-51', variantId: 'ink' } },
    { type: 'kept', sku },
    { type: 'closed', reason: 'advisor' },
  ];
  const events: readonly SessionEvent[] = facts.map((fact, index) => ({
    sessionId: 'session-0001',
    seq: index + 1,
    atMs: 1,
    actor: 'system',
    fact,
  }));
  const push = (bench: TestBench, from: number, to: number) =>
    bench.socket.handlers.event('session.events', {
      sessionId: 'session-0001',
      fromSeq: from,
      toSeq: to,
      events: events.slice(from - 1, to),
    });

  it('follows its events and reads what it missed', async () => {
    const bench = await liveBench();
    push(bench, 1, 1);
    expect(state(bench).session).toMatchObject({ seq: 1, kioskName: 'Mirror 1' });
    push(bench, 3, 3);
    await bench.settle();
    expect(bench.socket.commands.at(-1)).toMatchObject({ name: 'session.read', payload: { seq: 1 } });
    bench.socket.answer('session.read', { ok: true, value: { events: events.slice(1, 3) } });
    await bench.settle();
    expect(state(bench).session).toMatchObject({ seq: 3, kept: [sku], worn: { variantId: 'ink' } });
  });

  it('reads the end of a session that closed while the line was lost', async () => {
    const bench = await liveBench();
    push(bench, 1, 3);
    bench.socket.handlers.closed();
    await bench.pass(1_000);
    await bench.welcome();
    expect(bench.socket.hello.session).toEqual({ sessionId: 'session-0001', seq: 3 });
    bench.socket.answer('session.read', { ok: true, value: { events: events.slice(3) } });
    await bench.settle();
    expect(state(bench).session?.closed).toMatchObject({ reason: 'advisor' });
  });

  it('lets a session go that the server does not know any more', async () => {
    const bench = await liveBench();
    push(bench, 1, 3);
    bench.socket.handlers.closed();
    await bench.pass(1_000);
    await bench.welcome();
    bench.socket.answer('session.read', { ok: false, error: { code: 'not-found', message: '' } });
    await bench.settle();
    expect(state(bench).session).toBeNull();
  });

  it('does not go back to a session whose rest comes after the next one has begun', async () => {
    const bench = await liveBench();
    push(bench, 1, 1);
    push(bench, 3, 3);
    await bench.settle();
    const next = { ...events[0], sessionId: 'session-0002' };
    bench.socket.handlers.event('session.events', {
      sessionId: 'session-0002',
      fromSeq: 1,
      toSeq: 1,
      events: [next],
    });
    bench.socket.answer('session.read', { ok: true, value: { events: events.slice(1) } });
    await bench.settle();
    expect(bench.socket.commands.filter(({ name }) => name === 'session.read')).toHaveLength(1);
    expect(state(bench).session).toMatchObject({ sessionId: 'session-0002', closed: null });
  });

  it('is gone from the tablet, with the claim, when its advisor signs out', async () => {
    const bench = new TestBench();
    await bench.enrol();
    await bench.welcome({ advisor: { ...advisor, languages: ['en'] }, claim });
    push(bench, 1, 3);
    expect(state(bench).session).toMatchObject({ kioskName: 'Mirror 1' });
    const signedOut = bench.link.command('advisor.sign-out', {});
    await bench.settle();
    bench.socket.answer('advisor.sign-out', { ok: true, value: {} });
    await signedOut;
    expect(state(bench)).toMatchObject({ advisor: null, session: null, claim: null });
  });

  it('waits for the client again after a reload, as the welcome tells', async () => {
    const bench = new TestBench();
    await bench.enrol();
    await bench.welcome({ advisor: { ...advisor, languages: ['en'] }, claim });
    expect(state(bench).claim).toEqual(claim);
    bench.socket.handlers.closed();
    await bench.pass(1_000);
    await bench.welcome({ advisor: { ...advisor, languages: ['en'] }, claim: null });
    expect(state(bench).claim).toBeNull();
  });
});

describe('a start', () => {
  it('opens nothing when it is stopped before it has read the disk', async () => {
    const first = await liveBench();
    const bench = new TestBench(first);
    const started = bench.link.start();
    bench.link.stop();
    await started;
    await bench.settle();
    expect(bench.requests).toEqual([]);
  });

  it('reaches its server although the kept commands cannot be read', async () => {
    const first = await liveBench();
    first.storage.readCommands = () => Promise.reject(new Error('the disk is broken'));
    const bench = new TestBench(first);
    const faults: SyncFault[] = [];
    bench.link.events.on('fault', (fault) => faults.push(fault));
    await bench.link.start();
    await bench.settle();
    await bench.welcome();
    expect(state(bench).status).toEqual({ kind: 'live' });
    expect(faults.map(({ code }) => code)).toEqual(['storage-failed']);
  });
});
