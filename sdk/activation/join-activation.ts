import { ActivationKey } from '../../protocol/activation.ts';
import { systemClock } from '../core/clock.ts';
import { wakeOfPage } from '../sync/browser-link.ts';
import { createLink } from '../sync/create-link.ts';
import { createDeviceDoor } from '../sync/device-door.ts';
import { createDeviceKeys, memoryKeySlot } from '../sync/device-keys.ts';
import { openIdbDevice } from '../sync/idb-storage.ts';
import type { LinkPorts } from '../sync/link-ports.ts';
import { MemoryStorage } from '../sync/memory-storage.ts';
import { openSocketIo } from '../sync/socket-io-line.ts';
import { ActivationError } from './activation-error.ts';
import { ActivationPage } from './activation-page.ts';

export interface JoinOptions {
  /** Origin of the house's server, like `https://vitrine.example`. */
  readonly server: string;
  /** The activation's key, `vpk_…`, as the house's console shows it. It is no secret. */
  readonly activation: string;
  /** What to call this page in the house's device board; the package's own by default. */
  readonly clientVersion?: string;
}

/**
 * Joins an agency's page to its activation. The page's `state` says how it stands, from `joining` on; it reconnects by
 * itself. This browser's key lies in IndexedDB and cannot be read out; where nothing may be stored it lasts as long as
 * the page does.
 *
 * @throws {ActivationError} `key-unknown` where the text is no key at all, `not-secure` where the browser makes none.
 *   Everything that the server says comes by `state` and by the event `problem`.
 */
export async function joinActivation(options: JoinOptions): Promise<ActivationPage> {
  if (!ActivationKey.safeParse(options.activation).success)
    throw new ActivationError('key-unknown', 'This is not the key of an activation.');
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (!subtle) throw new ActivationError('not-secure', 'This browser makes no keys on this page.');
  const { storage, keySlot } = await openDevice(options.activation);
  const ports: LinkPorts = {
    role: 'embed',
    serverUrl: options.server.replace(/\/+$/, ''),
    clientVersion: options.clientVersion ?? 'embed',
    clock: systemClock,
    random: { unit: () => Math.random(), id: () => crypto.randomUUID() },
    fetch: (input, init) => fetch(input, init),
    storage,
    keys: createDeviceKeys(keySlot, subtle),
    openSocket: openSocketIo,
    onWake: wakeOfPage,
  };
  const page = new ActivationPage({
    key: options.activation,
    link: createLink(ports),
    door: createDeviceDoor(ports),
    keys: ports.keys,
    clock: systemClock,
  });
  void page.start();
  return page;
}

/** Each activation has its own key and memory: a page with a new key begins anew. */
async function openDevice(key: string) {
  try {
    return await openIdbDevice('embed', key.slice(4, 20));
  } catch {
    // A private window, or a host that forbids it: the page works, and takes a new place at each load.
    return { storage: new MemoryStorage(), keySlot: memoryKeySlot() };
  }
}
