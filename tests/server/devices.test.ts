import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mostLinesPerDevice } from '../../server/realtime/gateway.ts';
import { connectionsPerDevice } from '../../server/realtime/socket-door.ts';
import { post, TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(async () => {
  await server.stop();
});

const target = { maisonId: 'norde', storeId: 'norde-marais', role: 'kiosk', name: 'Mirror 1' } as const;

/** What the server says to a handshake. */
async function handshakeError(device: TestDevice, token: unknown): Promise<unknown> {
  const fault: unknown = await device.open(token).then(
    () => null,
    (error: unknown) => error,
  );
  return fault instanceof Error && 'data' in fault ? fault.data : fault;
}

describe('an enrolment code', () => {
  it('works once; the same browser asking again gets the same answer, another one hears that it was used', async () => {
    const { code } = await server.running.createEnrolmentLink(target);
    const keys = await TestDevice.newKeys();
    const first = await TestDevice.tryEnrol(server.url, 'kiosk', code, keys);
    expect(first.status).toBe(200);
    expect(await TestDevice.tryEnrol(server.url, 'kiosk', code, keys)).toEqual(first);
    const thief = await TestDevice.newKeys();
    expect(await TestDevice.tryEnrol(server.url, 'kiosk', code, thief)).toMatchObject({
      status: 409,
      body: { code: 'code-used' },
    });
  });

  it('is refused when it is wrong, late or for another kind of device', async () => {
    const keys = await TestDevice.newKeys();
    const refusal = async (code: string, role: 'kiosk' | 'tablet') =>
      (await TestDevice.tryEnrol(server.url, role, code, keys)).body;
    expect(await refusal('AAAAAAAAAAAAAAAA', 'kiosk')).toMatchObject({ code: 'code-unknown' });
    const { code } = await server.running.createEnrolmentLink(target);
    expect(await refusal(code, 'tablet')).toMatchObject({ code: 'forbidden' });
    server.clock.advance(24 * 3_600_000);
    expect(await refusal(code, 'kiosk')).toMatchObject({ code: 'code-expired' });
  });

  it('cannot be guessed at speed', async () => {
    const keys = await TestDevice.newKeys();
    const statuses = new Set<number>();
    for (let guess = 0; guess < 80; guess += 1) {
      statuses.add((await TestDevice.tryEnrol(server.url, 'kiosk', `GUESS000${guess}`, keys)).status);
    }
    expect(statuses).toEqual(new Set([404, 429]));
  });
});

describe('a device’s lines', () => {
  it('are bounded: whoever opens them without end loses the oldest, and nobody else any', async () => {
    const other = await server.connect('kiosk', 'norde-marais', 'Mirror 2');
    const device = await server.enrol('kiosk', 'norde-marais');
    const { token } = await device.token();
    const lines: TestDevice[] = [];
    for (let count = 0; count <= mostLinesPerDevice; count += 1) {
      server.clock.advance(1_000 / connectionsPerDevice.perSecond);
      const line = device.twin(server.url);
      lines.push(server.owns(line));
      await line.open(token);
    }
    await expect.poll(() => lines[0]?.isConnected).toBe(false);
    expect(lines.filter(({ isConnected }) => isConnected)).toHaveLength(mostLinesPerDevice);
    expect(other.isConnected).toBe(true);
  });
});

describe('a device’s proof of its key', () => {
  it('cannot be replayed, borrowed from another device, or given late', async () => {
    const device = await server.enrol('kiosk', 'norde-marais');
    const other = await server.enrol('kiosk', 'norde-mayfair');
    const url = `${server.url}/api/devices/token`;
    const nonce = await device.challenge();
    const signature = await device.sign(nonce);
    const proof = { deviceId: device.id, nonce, signature };
    expect((await post(url, { ...proof, deviceId: other.id })).body).toMatchObject({
      code: 'unauthenticated',
    });
    expect((await post(url, proof)).status).toBe(200);
    expect((await post(url, proof)).body).toMatchObject({ code: 'unauthenticated' });
    const wrongKey = await other.sign(await device.challenge(), device.id);
    const stolen = { deviceId: device.id, nonce: await device.challenge(), signature: wrongKey };
    expect((await post(url, stolen)).body).toMatchObject({ code: 'unauthenticated' });
    const late = await device.challenge();
    server.clock.advance(60_000);
    const lateProof = { deviceId: device.id, nonce: late, signature: await device.sign(late) };
    expect((await post(url, lateProof)).body).toMatchObject({ code: 'unauthenticated' });
  });

  it('gives a token that opens no door once it is changed, forged, missing or over', async () => {
    const device = await server.enrol('kiosk', 'norde-marais');
    const { token } = await device.token();
    const [head = '', , signature = ''] = token.split('.');
    const claims = { sub: device.id, iss: 'vitrine', exp: 4_000_000_000 };
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('a key of one’s own, thirty-two bytes'));
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    for (const bad of [`${head}.${body}.${signature}`, forged, unsigned, '', 7, {}]) {
      expect(await handshakeError(device, bad)).toMatchObject({ code: 'unauthenticated' });
    }
    server.clock.advance(3_600_000);
    expect(await handshakeError(device, token)).toMatchObject({ code: 'unauthenticated' });
  });

  it('ends an open line when its token ends, and at once when the device is revoked', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const tablet = await server.connect('tablet', 'norde-marais');
    const hungUp = tablet.closed();
    expect(await server.running.revokeDevice(tablet.id)).toBe(true);
    expect(await tablet.next('server.closing')).toMatchObject({ reason: 'revoked' });
    await hungUp;
    expect((await post(`${server.url}/api/devices/challenge`, { deviceId: tablet.id })).body).toMatchObject({
      code: 'forbidden',
    });
    const over = kiosk.closed();
    server.clock.advance(3_600_000);
    expect(await kiosk.next('server.closing')).toMatchObject({ reason: 'token-expired' });
    await over;
    await kiosk.connect();
  });

  it('comes over WebSocket only, and not from a page of another origin', async () => {
    const response = await fetch(`${server.url}/realtime?EIO=4&transport=polling`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'bad-request' });
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
    const openedFrom = (origin: string) =>
      new Promise<boolean>((resolve) => {
        const address = `${server.url.replace('http', 'ws')}/realtime?EIO=4&transport=websocket`;
        const socket = new WebSocket(address, { origin });
        socket.on('open', () => {
          socket.terminate();
          resolve(true);
        });
        socket.on('error', () => resolve(false));
      });
    expect(await openedFrom('https://elsewhere.example')).toBe(false);
    expect(await openedFrom('null')).toBe(false);
    expect(await openedFrom(server.url)).toBe(true);
  });
});

describe('a device that changes its key', () => {
  it('is answered the same when it asks again; the old key and its tokens are dead at once', async () => {
    const device = await server.connect('kiosk', 'norde-marais');
    const { token } = await device.token();
    const keys = await TestDevice.newKeys();
    const change = await device.keyChange(keys);
    const url = `${server.url}/api/devices/rotate-key`;
    const hungUp = device.closed();
    expect(await post(url, change)).toEqual({ status: 200, body: { keyNumber: 2 } });
    expect(await post(url, change)).toEqual({ status: 200, body: { keyNumber: 2 } });
    expect(await device.next('server.closing')).toMatchObject({ reason: 'token-expired' });
    await hungUp;
    expect(await handshakeError(device, token)).toMatchObject({ code: 'unauthenticated' });
    const nonce = await device.challenge();
    const byOld = { deviceId: device.id, nonce, signature: await device.sign(nonce) };
    expect((await post(`${server.url}/api/devices/token`, byOld)).body).toMatchObject({
      code: 'unauthenticated',
    });
    device.useKeys(keys);
    await device.connect();
  });

  it('is refused where the old key did not sign, or the new one did not', async () => {
    const device = await server.enrol('kiosk', 'norde-marais');
    const thief = await server.enrol('kiosk', 'norde-marais');
    const url = `${server.url}/api/devices/rotate-key`;
    const good = await device.keyChange(await TestDevice.newKeys());
    for (const bad of [
      { ...good, signature: good.newSignature },
      { ...good, newSignature: good.signature },
      { ...good, deviceId: thief.id },
    ]) {
      expect((await post(url, bad)).body).toMatchObject({ code: 'unauthenticated' });
    }
    expect((await post(url, good)).status).toBe(200);
  });
});

describe('the server’s token key', () => {
  it('is changed without sending a device away; the old one’s tokens end with their own time', async () => {
    const device = await server.connect('kiosk', 'norde-marais');
    const { token } = await device.token();
    expect((await server.asOperator('/api/token-keys/rotate', {})).status).toBe(200);
    server.clock.advance(5_000);
    expect(await device.command('stock.read', { storeId: 'norde-marais', cursor: 0 })).toMatchObject({
      ok: true,
    });
    const second = await server.connect('tablet', 'norde-marais');
    expect(second.isConnected).toBe(true);
    await device.open(token);
    const trail = await server.inDatabase((db) =>
      db.selectFrom('audit_entries').select('maison_id').where('action', '=', 'token-key.changed').execute(),
    );
    expect(trail.map((line) => line.maison_id)).toContain('norde');
    server.clock.advance(2 * 3_600_000);
    expect(await handshakeError(device, token)).toMatchObject({ code: 'unauthenticated' });
  });

  it('is changed at once when it was stolen: every line proves its key anew within seconds', async () => {
    const device = await server.connect('kiosk', 'norde-marais');
    const { token } = await device.token();
    const hungUp = device.closed();
    await server.asOperator('/api/token-keys/rotate', { atOnce: true });
    expect(await device.next('server.closing')).toMatchObject({ reason: 'token-expired' });
    await hungUp;
    expect(await handshakeError(device, token)).toMatchObject({ code: 'unauthenticated' });
    await device.connect();
  });
});

describe('a revocation by hand in the database', () => {
  it('ends the open line within seconds', async () => {
    const device = await server.connect('tablet', 'norde-marais');
    const hungUp = device.closed();
    await server.inDatabase((db) =>
      db.updateTable('devices').set({ revoked_at_ms: 1 }).where('id', '=', device.id).execute(),
    );
    server.clock.advance(3_000);
    expect(await device.next('server.closing')).toMatchObject({ reason: 'revoked' });
    await hungUp;
  });
});
