import { describe, expect, it } from 'vitest';
import type { NetworkScope } from './network-guard.ts';
import { installNetworkGuard } from './network-guard.ts';

function fakeScope(): { scope: NetworkScope; reached: string[] } {
  const reached: string[] = [];
  const scope: NetworkScope = {
    location: { href: 'https://kiosk.example/app/' },
    fetch: (input) => {
      reached.push(input instanceof Request ? input.url : String(input));
      return Promise.resolve(new Response('here'));
    },
    XMLHttpRequest: EventTarget,
    WebSocket: EventTarget,
    navigator: { sendBeacon: () => true },
  };
  return { scope, reached };
}

describe("a worker's network guard", () => {
  it('lets nothing out before it was told what to let through', async () => {
    const { scope, reached } = fakeScope();
    installNetworkGuard(scope);
    await expect(scope.fetch('https://kiosk.example/wasm/a.wasm')).rejects.toThrow(TypeError);
    expect(reached).toEqual([]);
  });

  it('lets the tracker fetch its own files only, wherever the name leads', async () => {
    const { scope, reached } = fakeScope();
    const guard = installNetworkGuard(scope);
    guard.allow(['https://kiosk.example/wasm/', 'https://cdn.example/face.task']);
    await scope.fetch('https://kiosk.example/wasm/a.wasm');
    await scope.fetch(new URL('https://cdn.example/face.task'));
    await scope.fetch(new Request('https://kiosk.example/wasm/b.js'));
    const refused = [
      'https://kiosk.example/wasm-of-another/a.wasm',
      'https://kiosk.example/wasm/../secrets',
      'https://kiosk.example.evil.example/wasm/a',
      'http://kiosk.example/wasm/a.wasm',
      'https://cdn.example/face.task2',
      'https://odml.pa.googleapis.com/v1/log',
      'not a url at all://',
    ];
    for (const address of refused) await expect(scope.fetch(address)).rejects.toThrow(TypeError);
    expect(reached).toHaveLength(3);
    expect(guard.refused).toBe(refused.length);
  });

  it('sends nothing away, not even to an allowed address', async () => {
    const { scope } = fakeScope();
    installNetworkGuard(scope).allow(['https://kiosk.example/wasm/']);
    await expect(
      scope.fetch('https://kiosk.example/wasm/log', { method: 'POST', body: 'x' }),
    ).rejects.toThrow('Refused by the network guard');
  });

  it('takes every other way out away', () => {
    const { scope } = fakeScope();
    const guard = installNetworkGuard(scope);
    for (const name of ['XMLHttpRequest', 'WebSocket'] as const) {
      const Way = scope[name] as new (address: string) => unknown;
      expect(() => new Way('wss://foreign.example')).toThrow('Refused by the network guard');
    }
    const beacon = scope.navigator?.sendBeacon as (address: string) => boolean;
    expect(beacon('https://foreign.example')).toBe(false);
    expect(guard.refused).toBe(3);
    expect('EventSource' in scope).toBe(false);
  });
});
