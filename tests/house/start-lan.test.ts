import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { lanHosts } from '../../tools/start/lan-hosts.ts';
import { askServer } from '../../tools/support/ask-server.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { enrolmentCode, useHouse } from './support/use-house.ts';

const usualAuthorities = getCACertificates('default');
afterAll(() => setDefaultCACertificates(usualAuthorities));

const house = useHouse();
const hosts = lanHosts();

describe('npm start -- --lan', () => {
  it('serves one network over HTTPS: certificate, root to install, links, sockets, and the stock command', async () => {
    const { output } = await house.up(['--lan']);
    const ownUrl = `https://${hosts.preferred}:${house.port}`;
    expect(output).toContain(`Vitrine serves ${ownUrl}`);
    expect(output).toMatch(new RegExp(`kiosk +${ownUrl}/\\?maison=norde#enrol=`));
    expect(output).toMatch(/must trust this server once: open .*\/vitrine-root\.crt/);

    const root = await readFile(path.join(house.dataDir, 'tls/root.crt'), 'utf8');
    const ask = (host: string, ca?: readonly string[]) =>
      askServer({ url: `https://${host}:${house.port}/api/config`, headers: {}, ca, timeoutMs: 10_000 });
    const reachable = hosts.all.filter((host) => /^(?:localhost|[\d.]+)$/.test(host));
    for (const host of reachable) {
      expect(JSON.parse((await ask(host, [root])).text)).toMatchObject({ publicUrl: ownUrl });
    }
    await expect(ask('localhost')).rejects.toThrow(/certificate|issuer/);

    const certificate = await peerCertificate(house.port, root);
    for (const name of hosts.all.filter((host) => !/^[\d.]+$|:/.test(host))) {
      expect(certificate.checkHost(name), name).toBe(name);
    }
    // A device that does not trust it yet fetches the root all the same, by hand.
    const offered = await fetchUntrusted(`https://localhost:${house.port}/vitrine-root.crt`);
    expect(offered).toMatchObject({ type: 'application/x-x509-ca-cert', text: root });

    setDefaultCACertificates([...usualAuthorities, root]);
    const kiosk = await TestDevice.enrol(ownUrl, 'kiosk', enrolmentCode({ output }, 'kiosk'));
    await kiosk.connect();
    expect(await house.oms('set-stock', 'norde-marais', 'fjord-51.smoke', '42')).toContain('42');
    expect((await kiosk.next('stock.changed')).levels).toMatchObject([{ onHand: 42 }]);
    kiosk.disconnect();
  });

  it('keeps its root and its certificate over a second start and a reset', async () => {
    const read = (name: string) => readFile(path.join(house.dataDir, 'tls', name), 'utf8');
    const first = await house.up(['--lan']);
    const before = [await read('root.crt'), await read('server.crt')];
    expect(await first.stop()).toBe(0);
    await house.up(['--lan', '--reset']);
    expect([await read('root.crt'), await read('server.crt')]).toEqual(before);
  });
});

function peerCertificate(port: number, ca: string): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const request = https.get({ host: 'localhost', port, path: '/livez', ca, agent: false }, (response) => {
      const { socket } = response;
      const raw =
        'getPeerCertificate' in socket ? (socket.getPeerCertificate as () => { raw: Buffer })().raw : null;
      response.resume();
      if (raw) resolve(new X509Certificate(raw));
      else reject(new Error('no certificate'));
    });
    request.on('error', reject);
  });
}

function fetchUntrusted(url: string): Promise<{ readonly type: string | undefined; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { rejectUnauthorized: false, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ type: response.headers['content-type'], text }));
    });
    request.on('error', reject);
  });
}
