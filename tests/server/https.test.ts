import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { localCertificate } from '../../tools/start/local-authority.ts';
import { TestServer } from './support/test-server.ts';

it('a server with a certificate speaks HTTPS only, and offers the root that devices must trust', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-https-'));
  const tls = await localCertificate(folder, ['localhost'], Date.now());
  const server = await TestServer.start({ tls });
  const body = await new Promise<string>((resolve, reject) => {
    get(`${server.url}/vitrine-root.crt`, { ca: tls.rootCert }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
  expect(body).toBe(tls.rootCert);
  expect(server.url).toMatch(/^https:/);
  await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
