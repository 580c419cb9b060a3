import { clientPurposes, factsOf } from '../../client-context.ts';
import { expectKind, expectThat } from './expectations.ts';
import type { ConformanceCheck, HouseUnderTest } from './house-under-test.ts';

async function factsFor(house: HouseUnderTest, purposes: (typeof clientPurposes)[number][]) {
  const clientId = house.client?.id ?? '';
  const outcome = await house.connector.readContext({ clientId, purposes });
  return expectKind(outcome, 'read', `readContext(${purposes.join(', ')})`).facts;
}

/** The last of these forgets the client: they are run after all else. */
export const contextChecks: readonly ConformanceCheck[] = [
  {
    name: 'tells what it knows of a client for the purposes that are asked for, and nothing for others',
    needs: 'context',
    wants: 'client',
    run: async (house) => {
      const nowMs = house.nowMs();
      const all = await factsFor(house, [...clientPurposes]);
      for (const { fact, purpose, asOfMs } of all) {
        expectThat(factsOf[purpose].includes(fact.kind), `${fact.kind} is told for ${purpose}.`);
        expectThat(asOfMs <= nowMs, `${fact.kind} is told as of a day to come.`);
      }
      for (const purpose of clientPurposes) {
        const some = await factsFor(house, [purpose]);
        expectThat(
          some.every((told) => told.purpose === purpose),
          `Asked for ${purpose}, it told for another purpose.`,
        );
        const expected = all.filter((told) => told.purpose === purpose).length;
        expectThat(some.length === expected, `Asked for ${purpose} alone, it told another number of facts.`);
      }
      const nobody = await house.connector.readContext({ clientId: 'no-such-client', purposes: ['greet'] });
      expectKind(nobody, 'unknown-client', 'The context of nobody');
    },
  },
  {
    name: 'forgets a client for good, once per key, and knows nobody by their card afterwards',
    needs: 'context',
    wants: 'client',
    run: async (house) => {
      const { connector, client } = house;
      if (!client) return;
      const erase = { key: house.newKey(), clientId: client.id };
      expectKind(await connector.eraseClient(erase), 'erased', 'eraseClient()');
      expectKind(await connector.eraseClient(erase), 'erased', 'The same erasure again');
      const later = await connector.eraseClient({ key: house.newKey(), clientId: client.id });
      expectKind(later, 'unknown-client', 'A second erasure');
      const byCard = await connector.findClient({ kind: 'loyalty-card', value: client.card });
      expectKind(byCard, 'unknown-client', 'The card of a forgotten client');
      const context = await connector.readContext({ clientId: client.id, purposes: [...clientPurposes] });
      expectKind(context, 'unknown-client', 'The context of a forgotten client');
    },
  },
];
