import { expectKind, expectThat, freeOf, makeFree, readLevel } from './expectations.ts';
import type { ConformanceCheck, HouseUnderTest } from './house-under-test.ts';

function consentOf(house: HouseUnderTest, clientId: string, granted: boolean) {
  return {
    key: house.newKey(),
    clientId,
    purpose: 'profile',
    granted,
    textVersion: '1',
    locale: 'en',
    method: 'tablet',
    atMs: house.nowMs(),
  } as const;
}

export const clientChecks: readonly ConformanceCheck[] = [
  {
    name: 'finds a client by their own card, and nobody by another',
    needs: 'clients',
    wants: 'client',
    run: async ({ connector, client }) => {
      if (!client) return;
      const found = await connector.findClient({ kind: 'loyalty-card', value: client.card });
      expectThat(expectKind(found, 'found', 'findClient()').client.id === client.id, 'It is another client.');
      const byId = await connector.findClient({ kind: 'client-id', value: client.id });
      expectThat(expectKind(byId, 'found', 'By number').client.id === client.id, 'It is another client.');
      for (const value of ['no-such-card', `${client.card}x`, '%', "' or 1=1 --"]) {
        expectKind(await connector.findClient({ kind: 'loyalty-card', value }), 'unknown-client', value);
      }
    },
  },
  {
    name: 'records a consent and its withdrawal, each once, and none for nobody',
    needs: 'consents',
    wants: 'client',
    run: async (house) => {
      const { connector, client } = house;
      if (!client) return;
      const yes = consentOf(house, client.id, true);
      expectKind(await connector.recordConsent(yes), 'recorded', 'A yes');
      expectKind(await connector.recordConsent(yes), 'recorded', 'The same yes again');
      expectKind(
        await connector.recordConsent(consentOf(house, client.id, false)),
        'recorded',
        'A withdrawal',
      );
      const nobody = consentOf(house, 'no-such-client', true);
      expectKind(await connector.recordConsent(nobody), 'unknown-client', 'A consent of nobody');
    },
  },
  {
    name: 'books an advisor once at a time, and once per key',
    needs: 'appointments',
    run: async (house) => {
      const { connector, storeId, advisorId, sku } = house;
      const ask = {
        storeId,
        advisorId,
        clientId: null,
        startsAtMs: house.nowMs() + 24 * 3_600_000,
        durationMs: 1_800_000,
        skus: [sku],
      };
      const first = { ...ask, key: house.newKey() };
      const booked = expectKind(await connector.bookAppointment(first), 'booked', 'bookAppointment()');
      const again = expectKind(await connector.bookAppointment(first), 'booked', 'The same key');
      expectThat(booked.appointmentId === again.appointmentId, 'The same key made two appointments.');
      const overlap = { ...ask, key: house.newKey(), startsAtMs: ask.startsAtMs + 60_000 };
      expectKind(await connector.bookAppointment(overlap), 'taken', 'The same hour again');
      const next = { ...ask, key: house.newKey(), startsAtMs: ask.startsAtMs + ask.durationMs };
      expectKind(await connector.bookAppointment(next), 'booked', 'The hour after');
    },
  },
  {
    name: 'moves an appointment to a time that is free, and strikes it out; either once per key',
    needs: 'appointment-changes',
    run: async (house) => {
      const { connector, storeId, advisorId, sku } = house;
      const durationMs = 1_800_000;
      const startsAtMs = house.nowMs() + 72 * 3_600_000;
      const ask = { storeId, advisorId, clientId: null, durationMs, skus: [sku] };
      const bookAt = (atMs: number) =>
        connector.bookAppointment({ ...ask, key: house.newKey(), startsAtMs: atMs });
      const { appointmentId } = expectKind(await bookAt(startsAtMs), 'booked', 'bookAppointment()');
      const othersAtMs = startsAtMs + 2 * durationMs;
      expectKind(await bookAt(othersAtMs), 'booked', 'Another client, an hour later');
      const moveTo = (atMs: number) =>
        connector.moveAppointment({ key: house.newKey(), appointmentId, startsAtMs: atMs, durationMs });
      expectKind(await moveTo(othersAtMs - 60_000), 'taken', 'A move into another client’s time');
      expectKind(await bookAt(startsAtMs), 'taken', 'The time of an appointment that could not be moved');
      // It is not in its own way.
      expectKind(await moveTo(startsAtMs + 60_000), 'moved', 'moveAppointment()');
      const key = house.newKey();
      const move = { key, appointmentId, startsAtMs: startsAtMs + durationMs, durationMs };
      expectKind(await connector.moveAppointment(move), 'moved', 'moveAppointment()');
      expectKind(await connector.moveAppointment(move), 'moved', 'The same key');
      expectKind(await bookAt(startsAtMs), 'booked', 'The time that a move left free');
      expectKind(await bookAt(move.startsAtMs), 'taken', 'The time that it moved to');
      const cancel = { key: house.newKey(), appointmentId };
      expectKind(await connector.cancelAppointment(cancel), 'cancelled', 'cancelAppointment()');
      expectKind(await connector.cancelAppointment(cancel), 'cancelled', 'The same key');
      expectKind(await bookAt(move.startsAtMs), 'booked', 'The time of an appointment that was cancelled');
      const nobodys = { key: house.newKey(), appointmentId: 'no-such-appointment' };
      expectKind(await connector.cancelAppointment(nobodys), 'unknown-appointment', 'A cancellation of none');
      const never = { ...nobodys, key: house.newKey(), startsAtMs, durationMs };
      expectKind(await connector.moveAppointment(never), 'unknown-appointment', 'A move of none');
    },
  },
  {
    name: 'asks another boutique for a piece: it is promised there, and not asked for where none is free',
    needs: 'transfers',
    wants: 'otherStoreId',
    run: async (house) => {
      const { connector, storeId, otherStoreId, sku } = house;
      if (otherStoreId === null) return;
      await makeFree(house, 1, otherStoreId);
      const ask = { fromStoreId: otherStoreId, toStoreId: storeId, sku, quantity: 1 };
      const first = { ...ask, key: house.newKey() };
      const { transfer } = expectKind(
        await connector.requestTransfer(first),
        'requested',
        'requestTransfer()',
      );
      const again = expectKind(await connector.requestTransfer(first), 'requested', 'The same key');
      expectThat(again.transfer.id === transfer.id, 'The same key made two transfers.');
      expectThat(freeOf(await readLevel(house, otherStoreId, sku)) === 0, 'The piece is still free there.');
      const second = await connector.requestTransfer({ ...ask, key: house.newKey() });
      expectKind(second, 'none-free', 'A transfer of what is promised');
      const { times } = await connector.transferTimes();
      for (const { durationMs } of times) expectThat(durationMs >= 0, 'A way takes less than no time.');
    },
  },
];
