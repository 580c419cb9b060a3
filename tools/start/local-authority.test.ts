import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localCertificate } from './local-authority.ts';

const now = Date.now();

describe('the local certificate authority', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-tls-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('lets a client that trusts its root, and no other, reach the server by name and address', async () => {
    const { cert, key, rootCert } = await localCertificate(dir, ['localhost', '127.0.0.1'], now);
    const server = https.createServer({ cert, key }, (_request, response) => void response.end('hello'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const ask = (host: string, ca?: string) =>
      new Promise<string>((resolve, reject) => {
        const request = https.get(
          {
            host: '127.0.0.1',
            port,
            agent: false,
            ...(host === '127.0.0.1' ? {} : { servername: host }),
            ...(ca ? { ca } : {}),
          },
          (response) => {
            response.on('data', (chunk: Buffer) => resolve(chunk.toString()));
          },
        );
        request.on('error', reject);
      });
    try {
      await expect(ask('localhost', rootCert)).resolves.toBe('hello');
      await expect(ask('127.0.0.1', rootCert)).resolves.toBe('hello');
      await expect(ask('localhost')).rejects.toThrow(/certificate/);
      await expect(ask('elsewhere.test', rootCert)).rejects.toThrow(/altnames/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('keeps its root and renews the server certificate when a host joins or the end is near', async () => {
    const first = await localCertificate(dir, ['localhost'], now);
    const same = await localCertificate(dir, ['localhost'], now);
    const joined = await localCertificate(dir, ['localhost', '10.0.0.7'], now);
    const later = await localCertificate(dir, ['localhost', '10.0.0.7'], now + 380 * 86_400_000);
    expect(same.cert).toBe(first.cert);
    expect(joined.cert).not.toBe(first.cert);
    expect(later.cert).not.toBe(joined.cert);
    expect(new Set([first, same, joined, later].map(({ rootCert }) => rootCert)).size).toBe(1);
    expect(new X509Certificate(joined.cert).subjectAltName).toContain('IP Address:10.0.0.7');
  });

  it('keeps a certificate that names an IPv6 address', async () => {
    const first = await localCertificate(dir, ['localhost', '::1'], now);
    expect((await localCertificate(dir, ['localhost', '::1'], now)).cert).toBe(first.cert);
  });

  it('signs anew when its root was lost', async () => {
    const first = await localCertificate(dir, ['localhost'], now);
    await rm(path.join(dir, 'root.crt'));
    const second = await localCertificate(dir, ['localhost'], now);
    expect(second.rootCert).not.toBe(first.rootCert);
    expect(new X509Certificate(second.cert).verify(new X509Certificate(second.rootCert).publicKey)).toBe(
      true,
    );
  });

  it('lets only this user read its keys', async () => {
    await localCertificate(dir, ['localhost'], now);
    for (const name of ['root.key', 'server.key']) {
      expect((await stat(path.join(dir, name))).mode & 0o077).toBe(0);
    }
  });
});
