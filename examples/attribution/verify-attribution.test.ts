import { CompactSign, createLocalJWKSet, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AttributionRecord } from 'vitrine/protocol';
import { maisonKeys, verifyAttribution } from './verify-attribution.ts';

const rule = {
  parts: { mirror: 0, agency: 0, assisting: 50, closing: 50 },
  credit: 'advisor',
  agreement: false,
  unclosed: 'assisting',
  windowDays: 30,
} as const;
const record: AttributionRecord = {
  iss: 'vitrine',
  maisonId: 'norde',
  orderId: 'order-1',
  sessionId: 'session-1',
  channel: 'online',
  storeId: null,
  mirror: { storeId: 'norde-marais', deviceId: 'mirror-1' },
  agency: null,
  assistedBy: [{ advisorId: 'noemie-caron', storeId: 'norde-marais' }],
  closedBy: [],
  agreedAssistingPercent: null,
  closedAtMs: 1_800_000_000_000,
  region: 'france',
  rule,
  lines: [
    {
      sku: 'fjord-51.tortoise',
      quantity: 1,
      amountMinor: 42_000,
      currency: 'EUR',
      shares: [],
    },
  ],
};

describe('the example that verifies an attribution', () => {
  let own: CryptoKey;
  let stranger: CryptoKey;
  let keys: ReturnType<typeof createLocalJWKSet>;
  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    own = pair.privateKey;
    stranger = (await generateKeyPair('ES256')).privateKey;
    keys = createLocalJWKSet({
      keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'norde-1', alg: 'ES256' }],
    });
  });
  const signed = (body: unknown, key: CryptoKey, typ = 'vitrine-attribution+jwt'): Promise<string> =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(body)))
      .setProtectedHeader({ alg: 'ES256', kid: 'norde-1', typ })
      .sign(key);

  it('reads what the Maison’s own key signed', async () => {
    expect(await verifyAttribution(await signed(record, own), 'norde', keys)).toEqual(record);
  });

  it('refuses a stranger’s, another Maison’s, another kind’s, and half a record', async () => {
    await expect(verifyAttribution(await signed(record, stranger), 'norde', keys)).rejects.toThrow(
      'signature verification failed',
    );
    await expect(verifyAttribution(await signed(record, own), 'aurelle', keys)).rejects.toThrow('of norde');
    await expect(verifyAttribution(await signed(record, own, 'JWT'), 'norde', keys)).rejects.toThrow(
      'no attribution',
    );
    await expect(
      verifyAttribution(await signed({ ...record, lines: 'all' }, own), 'norde', keys),
    ).rejects.toThrow();
    expect(maisonKeys('https://vitrine.example/', 'norde')).toBeTypeOf('function');
  });
});
