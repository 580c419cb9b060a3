import { PublicKeyJwk } from '../../protocol/device.ts';
import type { DeviceKeys, FreshKey } from './link-ports.ts';
import { SyncFault } from './sync-fault.ts';

/** Where a device's key pair lies. */
export interface KeySlot {
  read(): Promise<CryptoKeyPair | undefined>;
  write(pair: CryptoKeyPair): Promise<void>;
  clear(): Promise<void>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A slot that lasts as long as the object does, for tests. */
export function memoryKeySlot(): KeySlot {
  let kept: CryptoKeyPair | undefined;
  return {
    read: () => Promise.resolve(kept),
    write: (pair) => {
      kept = pair;
      return Promise.resolve();
    },
    clear: () => {
      kept = undefined;
      return Promise.resolve();
    },
  };
}

/** Device keys by WebCrypto. The private half is not extractable: it can be used on this device, and never read. */
export function createDeviceKeys(slot: KeySlot, subtle: SubtleCrypto): DeviceKeys {
  const publicHalf = async ({ publicKey }: CryptoKeyPair): Promise<PublicKeyJwk> => {
    const parsed = PublicKeyJwk.safeParse(await subtle.exportKey('jwk', publicKey));
    if (parsed.success) return parsed.data;
    throw new SyncFault('key-failed', 'The device made a key of an unknown form.', 'Update the browser.');
  };
  return {
    async make(): Promise<FreshKey> {
      const pair = await subtle.generateKey(algorithm, false, ['sign', 'verify']);
      return { publicKey: await publicHalf(pair), keep: () => slot.write(pair) };
    },
    async publicKey(): Promise<PublicKeyJwk | null> {
      const pair = await slot.read();
      return pair ? await publicHalf(pair) : null;
    },
    async sign(text): Promise<string | null> {
      const pair = await slot.read();
      if (!pair) return null;
      const signature = await subtle.sign(signing, pair.privateKey, new TextEncoder().encode(text));
      return base64url(new Uint8Array(signature));
    },
    forget: () => slot.clear(),
  };
}

function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
