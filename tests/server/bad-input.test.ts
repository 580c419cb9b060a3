import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxMessageBytes, protocolVersion } from '../../protocol/index.ts';
import { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, handOff, valueOf, visitSummary } from './support/visit.ts';

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(async () => {
  await server.stop();
});

const target = { maisonId: 'norde', storeId: 'norde-marais', role: 'kiosk', name: 'Mirror 1' } as const;

describe('a message', () => {
  it('of any wrong form is answered by a typed error, and disturbs nobody', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const other = await server.connect('kiosk', 'norde-marais', 'Mirror 2');
    const commandId = 'command-0001';
    const measured = (valueMm: number, kind = 'face-width') => ({
      sessionId: 'session-0001',
      measure: { kind, valueMm, plusMinusMm: 2 },
    });
    const wrong: [string, ...unknown[]][] = [
      ['command'],
      ['command', null],
      ['command', 'open the door'],
      ['command', { commandId, name: 'offer.steal', payload: {} }],
      ['command', { commandId: '../../etc', name: 'offer.open', payload: {} }],
      ['command', { commandId, name: 'session.wear', payload: { sessionId: 7 } }],
      ['command', { commandId: 'command-0002', name: 'session.read', payload: null }],
      ['command', { commandId: 'command-0003', name: '__proto__', payload: {} }],
      // A measured number finer than a tenth of a millimetre, or of a kind nobody asked for, is none that a client handed over.
      [
        'command',
        { commandId: 'command-0004', name: 'session.share-measure', payload: measured(63.123_456) },
      ],
      [
        'command',
        { commandId: 'command-0005', name: 'session.share-measure', payload: measured(63.1, 'gait') },
      ],
      ['no-such-event', {}],
      ['hello', { protocolVersion }],
    ];
    for (const [name, ...message] of wrong) {
      expect(await kiosk.emit(name, ...message)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    }
    expect(kiosk.isConnected && other.isConnected).toBe(true);
    valueOf(await kiosk.command('offer.open', {}));
    valueOf(await other.command('offer.open', {}));
  });

  it('nested without end is refused like one that is too large, and not logged as a fault of ours', async () => {
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    const socket = await kiosk.open();
    await kiosk.hello();
    const answered = new Promise<string>((resolve) => {
      socket.io.engine.on('data', (text) => {
        if (String(text).startsWith('377')) resolve(String(text));
      });
    });
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    socket.io.engine.write(`277["command",${deep}]`);
    expect(await answered).toMatch(/too-large|bad-request/);
    expect(server.logLines.join('')).not.toContain('command failed');
    valueOf(await kiosk.command('offer.open', {}));
  });

  it('before hello, or in another version of the contract, is told so', async () => {
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    await kiosk.open();
    expect(codeOf(await kiosk.command('offer.open', {}))).toBe('bad-request');
    expect(await kiosk.hello({ protocolVersion: 99 })).toMatchObject({
      ok: false,
      error: { code: 'unsupported-version' },
    });
  });

  it('that is too large is refused by name; one far too large costs its sender the line and nobody else', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const other = await server.connect('kiosk', 'norde-marais', 'Mirror 2');
    const message = { commandId: 'command-0001', name: 'offer.open', payload: 'x'.repeat(maxMessageBytes) };
    expect(await kiosk.emit('command', message)).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(kiosk.isConnected).toBe(true);
    const hungUp = kiosk.closed();
    const huge = { ...message, payload: 'x'.repeat(8 * maxMessageBytes) };
    await Promise.all([kiosk.emit('command', huge).catch(() => undefined), hungUp]);
    expect(other.isConnected).toBe(true);
    await kiosk.connect();
    const body = 'x'.repeat(200_000);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server.url}/api/devices/enrol`, { method: 'POST', headers, body });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'too-large' });
  }, 20_000);

  it('that comes too fast is asked to wait', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const answers = await Promise.all(Array.from({ length: 60 }, () => kiosk.emit('command', {})));
    const limited = answers.filter((answer) => JSON.stringify(answer).includes('rate-limited'));
    expect(limited.length).toBeGreaterThan(10);
    server.clock.advance(5_000);
    valueOf(await kiosk.command('offer.open', {}));
  });

  it('sent again is answered the same and done once', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const sessionId = await handOff(kiosk, tablet);
    const worn = { pieceId: 'meridian-58', variantId: 'gold-green' };
    const wear = () => tablet.command('session.wear', { sessionId, worn }, 'wear-once-1');
    valueOf(await wear());
    valueOf(await wear());
    const place = () => tablet.command('hold.place', { sessionId, sku: 'fjord-51.tortoise' }, 'hold-once-1');
    expect(await place()).toEqual(await place());
    const { events } = valueOf(await kiosk.command('session.read', { sessionId, seq: 0 }));
    expect(events.map(({ fact }) => fact.type)).toEqual(['started', 'worn', 'hold-placed']);
    expect(codeOf(await tablet.command('hold.release', { holdId: 'any-hold-1' }, 'wear-once-1'))).toBe(
      'conflict',
    );
  });
});

describe('a right that a device does not have', () => {
  it('is refused by role, by session, and by Maison whatever the message claims', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const sessionId = await handOff(kiosk, tablet);
    const worn = { pieceId: 'fjord-51', variantId: 'smoke' };
    expect(codeOf(await kiosk.command('hold.place', { sessionId, sku: 'fjord-51.smoke' }))).toBe('forbidden');
    expect(codeOf(await tablet.command('offer.open', {}))).toBe('forbidden');

    const neighbour = await server.connect('kiosk', 'norde-marais', 'Mirror 2');
    expect(codeOf(await neighbour.command('session.wear', { sessionId, worn }))).toBe('forbidden');
    const colleague = await server.advisor('norde-marais', 'theo-vasseur');
    expect(codeOf(await colleague.command('session.read', { sessionId, seq: 0 }))).toBe('forbidden');

    const stranger = await server.connect('kiosk', 'aurelle-vendome');
    expect(
      codeOf(
        await stranger.command('session.wear', {
          sessionId,
          worn: { pieceId: 'halo-54', variantId: 'rose-gold' },
        }),
      ),
    ).toBe('not-found');
    expect(codeOf(await stranger.command('stock.read', { storeId: 'norde-marais', cursor: 0 }))).toBe(
      'not-found',
    );
    const spoofed = await stranger.emit('command', {
      commandId: 'command-0001',
      maisonId: 'norde',
      name: 'stock.read',
      payload: { storeId: 'norde-marais', cursor: 0, maisonId: 'norde' },
    });
    expect(spoofed).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('hears nothing of another Maison', async () => {
    const stranger = await server.connect('kiosk', 'aurelle-vendome');
    const kiosk = await server.connect('kiosk', 'norde-marais');
    await server.setStock('norde-marais', 'fjord-51.tortoise', 9);
    await kiosk.next('stock.changed');
    await server.setStock('aurelle-vendome', 'halo-54.rose-gold', 9);
    const { storeId } = await stranger.next('stock.changed');
    expect(storeId).toBe('aurelle-vendome');
    expect(stranger.untaken('stock.changed')).toEqual([]);
  });

  it('does not extend to pieces that the Maison does not have', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const sessionId = await handOff(kiosk, tablet);
    const worn = { pieceId: 'halo-54', variantId: 'rose-gold' };
    expect(codeOf(await tablet.command('session.wear', { sessionId, worn }))).toBe('unknown-piece');
    const sku = 'halo-54.rose-gold';
    expect(codeOf(await kiosk.command('session.keep', { sessionId, sku, kept: true }))).toBe('unknown-sku');
    expect(codeOf(await tablet.command('hold.place', { sessionId, sku }))).toBe('unknown-sku');
    const mirror2 = await server.connect('kiosk', 'norde-marais', 'Mirror 2');
    const { offerId } = valueOf(await mirror2.command('offer.open', {}));
    const summary = { ...visitSummary, worn };
    expect(codeOf(await mirror2.command('offer.confirm', { offerId, summary }))).toBe('unknown-piece');
  });
});

describe('the log', () => {
  it('holds no code, token, PIN or secret of a whole visit', async () => {
    const link = await server.running.createEnrolmentLink(target);
    const kiosk = await TestDevice.enrol(server.url, 'kiosk', link.code);
    const { token } = await kiosk.token();
    await kiosk.connect();
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    const offer = valueOf(await kiosk.command('offer.open', {}));
    valueOf(await tablet.command('offer.claim', { code: offer.code }));
    await tablet.command('advisor.sign-in', { advisorId: 'noemie-caron', pin: '86420135' });
    kiosk.disconnect();
    const log = server.logLines.join('');
    expect(log).toContain('/api/devices/token');
    for (const secret of [link.code, token, offer.secret, offer.code, '86420135']) {
      expect(log).not.toContain(secret);
    }
  });
});
