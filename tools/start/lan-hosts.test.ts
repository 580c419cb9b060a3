import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { lanHosts } from './lan-hosts.ts';

const at = (address: string, over: Partial<NetworkInterfaceInfo> = {}) =>
  ({ address, family: 'IPv4', internal: false, ...over }) as NetworkInterfaceInfo;

describe('the addresses of this machine on its network', () => {
  it('prefers the boutique’s network to a container bridge, and covers every name', () => {
    const hosts = lanHosts({
      hostname: () => 'Boutique-1',
      networkInterfaces: () => ({
        lo: [at('127.0.0.1', { internal: true })],
        docker0: [at('172.17.0.1')],
        wlan0: [
          at('169.254.3.4'),
          at('192.168.1.20'),
          at('fe80::1', { family: 'IPv6', scopeid: 2 } as object),
        ],
      }),
    });
    expect(hosts.preferred).toBe('192.168.1.20');
    expect(hosts.all).toEqual([
      'localhost',
      '127.0.0.1',
      '::1',
      'boutique-1',
      'boutique-1.local',
      '192.168.1.20',
      '172.17.0.1',
    ]);
  });

  it('falls back to this machine alone where there is no network', () => {
    expect(lanHosts({ hostname: () => 'Pâris', networkInterfaces: () => ({}) })).toEqual({
      preferred: 'localhost',
      all: ['localhost', '127.0.0.1', '::1'],
    });
  });
});
