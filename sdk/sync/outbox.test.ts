import { describe, expect, it } from 'vitest';
import { TestBench } from './testing.ts';

const keep = { sessionId: 'session-0001', sku: 'fjord-51.ink', kept: true };

describe('the outbox', () => {
  it('sends a command again after a reload, under the same id, and forgets it once it is answered', async () => {
    const first = new TestBench();
    await first.enrol();
    void first.link.command('session.keep', keep);
    await first.settle();
    expect(first.socket.commands).toHaveLength(0);
    const [stored] = (await first.storage.readCommands()) as readonly { readonly commandId: string }[];
    first.link.stop();

    const again = new TestBench(first);
    await again.link.start();
    await again.settle();
    await again.welcome();
    expect(again.socket.commands).toEqual([
      { commandId: stored?.commandId, name: 'session.keep', payload: keep },
    ]);
    again.socket.answer('session.keep', { ok: true, value: {} });
    await again.settle();
    expect(await again.storage.readCommands()).toEqual([]);
  });

  it('sends commands in their order, one after another', async () => {
    const bench = new TestBench();
    await bench.enrol();
    const results = [true, false, true].map((kept) => bench.link.command('session.keep', { ...keep, kept }));
    await bench.settle();
    await bench.welcome();
    for (const expected of [true, false, true]) {
      expect(bench.socket.commands.at(-1)?.payload).toMatchObject({ kept: expected });
      bench.socket.answer('session.keep', { ok: true, value: {} });
      await bench.settle();
    }
    expect(await Promise.all(results)).toEqual([true, true, true].map(() => ({ ok: true, value: {} })));
    expect(bench.socket.commands).toHaveLength(3);
  });

  it('gives up what makes no sense later, and says so', async () => {
    const bench = new TestBench();
    await bench.enrol();
    const offer = bench.link.command('offer.open', {});
    await bench.pass(30_000);
    expect(await offer).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    await bench.welcome();
    expect(bench.socket.commands).toEqual([]);
  });

  it('does not send an old command of an earlier page either', async () => {
    const first = new TestBench();
    await first.enrol();
    void first.link.command('hold.place', { sessionId: 'session-0001', sku: 'fjord-51.ink' });
    await first.settle();
    first.link.stop();
    const again = new TestBench(first);
    again.clock.advance(61_000);
    await again.link.start();
    await again.pass(0);
    await again.welcome();
    expect(again.socket.commands).toEqual([]);
    expect(await again.storage.readCommands()).toEqual([]);
  });

  it("never writes a PIN, an offer's secret or the visit to disk", async () => {
    const bench = new TestBench();
    await bench.enrol();
    void bench.link.command('advisor.sign-in', { advisorId: 'ingrid', pin: '2468' });
    void bench.link.command('offer.claim', { secret: 's'.repeat(22) });
    void bench.link.command('offer.confirm', {
      offerId: 'offer-0001',
      summary: { locale: 'en', startedAtMs: 1, worn: null, tried: [], kept: [] },
    });
    await bench.settle();
    expect(await bench.storage.readCommands()).toEqual([]);
  });

  it('does not send what was taken back while the line was lost, and says so', async () => {
    const bench = new TestBench();
    await bench.enrol();
    await bench.welcome();
    const leaving = new AbortController();
    const summary = { locale: 'en' as const, startedAtMs: 1, worn: null, tried: [], kept: [] };
    const command = { offerId: 'offer-0001', summary };
    const confirmed = bench.link.command('offer.confirm', command, leaving);
    await bench.settle();
    expect(bench.socket.commands).toHaveLength(1);
    bench.socket.handlers.closed();
    leaving.abort();
    expect(await confirmed).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    await bench.pass(1_000);
    await bench.welcome();
    expect(bench.socket.commands).toEqual([]);
  });

  it('waits as long as the server asks when it sends too fast', async () => {
    const bench = new TestBench();
    await bench.enrol();
    await bench.welcome();
    const sent = bench.link.command('session.keep', keep);
    await bench.settle();
    bench.socket.answer('session.keep', {
      ok: false,
      error: { code: 'rate-limited', message: '', retryAfterMs: 2_000 },
    });
    await bench.settle();
    await bench.pass(1_900);
    expect(bench.socket.commands).toHaveLength(1);
    await bench.pass(100);
    expect(bench.socket.commands).toHaveLength(2);
    bench.socket.answer('session.keep', { ok: true, value: {} });
    expect(await sent).toEqual({ ok: true, value: {} });
  });

  it('asks again for what it was too fast to read, so that no gap stays open', async () => {
    const bench = new TestBench();
    await bench.enrol();
    await bench.welcome();
    const read = bench.link.command('stock.read', { storeId: 'norde-oslo', cursor: 5 });
    await bench.settle();
    bench.socket.answer('stock.read', { ok: false, error: { code: 'rate-limited', message: '' } });
    await bench.settle();
    await bench.pass(1_000);
    expect(bench.socket.commands).toHaveLength(2);
    const value = { kind: 'tail', storeId: 'norde-oslo', frames: [] };
    bench.socket.answer('stock.read', { ok: true, value });
    expect(await read).toEqual({ ok: true, value });
  });

  it('treats an answer of an unknown form as a refusal', async () => {
    const bench = new TestBench();
    await bench.enrol();
    await bench.welcome();
    const sent = bench.link.command('hold.release', { holdId: 'hold-00001' });
    await bench.settle();
    bench.socket.answer('hold.release', { ok: true, value: { hold: 'gone' } });
    expect(await sent).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(bench.link.state.get().malformedCount).toBe(1);
  });

  it('refuses a payload that the contract does not allow, without sending it', async () => {
    const bench = new TestBench();
    await bench.enrol();
    await bench.welcome();
    const sent = bench.link.command('advisor.sign-in', { advisorId: 'ingrid', pin: 'secret' });
    expect(await sent).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(bench.socket.commands).toEqual([]);
  });
});
