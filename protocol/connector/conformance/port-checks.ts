import { omsCalls, type OmsCallName } from '../oms-calls.ts';
import { expectFault } from './expectations.ts';
import { noteOf } from './note-checks.ts';
import type { ConformanceCheck, HouseUnderTest } from './house-under-test.ts';

/** A rightful message of each call that a connector may lack. */
function messageOf(house: HouseUnderTest, call: OmsCallName): object {
  const { storeId, sku, advisorId } = house;
  const key = house.newKey();
  const lines = [{ sku, quantity: 1, holdId: null }];
  const attribution = { advisorId, sessionId: key };
  const expiresAtMs = house.nowMs() + 60_000;
  const messages: Readonly<Record<OmsCallName, object>> = {
    levels: {},
    level: { storeId, sku },
    catalogue: {},
    hold: { key, storeId, sku, expiresAtMs },
    extendHold: { holdId: 'any', expiresAtMs },
    releaseHold: { holdId: 'any' },
    commitHold: { holdId: 'any' },
    findClient: { kind: 'client-id', value: 'any' },
    recordConsent: {
      key,
      clientId: 'any',
      purpose: 'profile',
      granted: true,
      textVersion: '1',
      locale: 'en',
      method: 'tablet',
      atMs: house.nowMs(),
    },
    readContext: { clientId: 'any', purposes: ['greet'] },
    eraseClient: { key, clientId: 'any' },
    recordNote: noteOf(house, 'any'),
    forgetNotes: { key, clientId: 'any' },
    draftOrder: { key, storeId, clientId: null, lines },
    updateOrder: { orderId: 'any', revision: 1, lines },
    placeOrder: { orderId: 'any', revision: 1 },
    attributeOrder: { orderId: 'any', attribution },
    bookAppointment: {
      key,
      storeId,
      clientId: null,
      advisorId,
      startsAtMs: expiresAtMs,
      durationMs: 1_800_000,
      skus: [],
    },
    moveAppointment: { key, appointmentId: 'any', startsAtMs: expiresAtMs, durationMs: 1_800_000 },
    cancelAppointment: { key, appointmentId: 'any' },
    requestTransfer: { key, fromStoreId: storeId, toStoreId: storeId, sku, quantity: 1 },
    transferTimes: {},
  };
  return messages[call];
}

export const portChecks: readonly ConformanceCheck[] = [
  {
    name: 'throws `unsupported` at every call of a capability that it does not have',
    needs: null,
    run: async (house) => {
      const { connector } = house;
      for (const [name, { needs }] of Object.entries(omsCalls)) {
        if (needs === null || connector.capabilities.has(needs)) continue;
        const call = name as OmsCallName;
        const run = connector[call] as (message: object) => Promise<unknown>;
        const answered = (async () => await run.call(connector, messageOf(house, call)))();
        await expectFault(answered, 'unsupported', `${name}()`);
      }
      if (connector.capabilities.has('subscribe')) return;
      const listener = { hint: () => undefined, gap: () => undefined };
      const followed = (async () => connector.subscribe(null, listener))();
      await expectFault(followed, 'unsupported', 'subscribe()');
    },
  },
];
