import type { DeviceRole } from '../../protocol/device.ts';
import { systemClock } from '../core/clock.ts';
import type { Unsubscribe } from '../core/emitter.ts';
import { createLink } from './create-link.ts';
import { createDeviceKeys } from './device-keys.ts';
import { openIdbDevice } from './idb-storage.ts';
import type { LinkPorts } from './link-ports.ts';
import type { Link } from './link.ts';
import { openSocketIo } from './socket-io-line.ts';

/** Which device this page is. */
export interface BrowserDevice {
  readonly role: DeviceRole;
  /** The house whose device this is: part of the name under which it stores its key. */
  readonly maisonKey: string;
  readonly clientVersion: string;
  /** Origin of the server; the page's own by default. */
  readonly serverUrl?: string;
}

/** The line of a page in a browser: IndexedDB, WebCrypto, Socket.IO and the system's clock. Needs a secure context. */
export async function createBrowserLink(device: BrowserDevice): Promise<Link> {
  const { storage, keySlot } = await openIdbDevice(device.role, device.maisonKey);
  const ports: LinkPorts = {
    role: device.role,
    serverUrl: device.serverUrl ?? location.origin,
    clientVersion: device.clientVersion,
    clock: systemClock,
    random: { unit: () => Math.random(), id: () => crypto.randomUUID() },
    fetch: (input, init) => fetch(input, init),
    storage,
    keys: createDeviceKeys(keySlot, crypto.subtle),
    openSocket: openSocketIo,
    onWake: wakeOfPage,
  };
  return createLink(ports);
}

/** Calls when the network is back or the page is seen again. */
export function wakeOfPage(listener: () => void): Unsubscribe {
  const seen = () => document.visibilityState === 'visible' && listener();
  addEventListener('online', listener);
  document.addEventListener('visibilitychange', seen);
  return () => {
    removeEventListener('online', listener);
    document.removeEventListener('visibilitychange', seen);
  };
}
