import type { NoteRecord } from '../note-calls.ts';
import { expectKind, expectThat } from './expectations.ts';
import type { ConformanceCheck, HouseUnderTest } from './house-under-test.ts';

/** A rightful note of a client. */
export function noteOf(
  house: HouseUnderTest,
  clientId: string,
  endsAtMs = house.nowMs() + 3_600_000,
): NoteRecord {
  const { storeId, advisorId, sku } = house;
  return {
    key: house.newKey(),
    clientId,
    storeId,
    sessionId: house.newKey(),
    advisorId,
    atMs: house.nowMs(),
    endsAtMs,
    textVersion: '1',
    note: {
      occasion: 'gift',
      decision: 'thinking',
      next: { step: 'call', dueOn: '2030-01-31', sku, line: `The other finish, ${endsAtMs}` },
    },
  };
}

/** The notes that the house tells of its client, as they were written. */
async function toldNotes({ connector, client }: HouseUnderTest): Promise<string[]> {
  const asked = { clientId: client?.id ?? '', purposes: ['remember' as const] };
  const { facts } = expectKind(await connector.readContext(asked), 'read', 'readContext(remember)');
  return facts.flatMap(({ fact }) => (fact.kind === 'visit-note' ? (fact.next?.line ?? '') : []));
}

export const noteChecks: readonly ConformanceCheck[] = [
  {
    name: 'writes a note of a visit once per key, none for nobody, and tells it for being remembered alone',
    needs: 'notes',
    wants: 'client',
    run: async (house) => {
      const { connector, client } = house;
      if (!client) return;
      expectThat(connector.capabilities.has('context'), 'Whoever keeps notes must tell them: `context`.');
      const note = noteOf(house, client.id);
      expectKind(await connector.recordNote(note), 'noted', 'recordNote()');
      expectKind(await connector.recordNote(note), 'noted', 'The same note again');
      const line = note.note.next?.line;
      const told = (await toldNotes(house)).filter((one) => one === line);
      expectThat(told.length === 1, `The note is told ${told.length} times.`);
      const others = await connector.readContext({ clientId: client.id, purposes: ['greet', 'advise'] });
      const { facts } = expectKind(others, 'read', 'readContext(greet, advise)');
      expectThat(!facts.some(({ fact }) => fact.kind === 'visit-note'), 'It is told for another purpose.');
      const nobody = await connector.recordNote(noteOf(house, 'no-such-client'));
      expectKind(nobody, 'unknown-client', 'A note of nobody');
    },
  },
  {
    name: 'tells no note whose time has ended',
    needs: 'notes',
    wants: 'client',
    run: async (house) => {
      const { connector, client } = house;
      if (!client) return;
      const over = noteOf(house, client.id, house.nowMs() - 1);
      expectKind(await connector.recordNote(over), 'noted', 'A note that ends at once');
      const told = await toldNotes(house);
      expectThat(!told.includes(over.note.next?.line ?? ''), 'A note is told after its end.');
    },
  },
  {
    name: 'forgets every note of a client, once per key, and keeps what is written afterwards',
    needs: 'notes',
    wants: 'client',
    run: async (house) => {
      const { connector, client } = house;
      if (!client) return;
      const before = noteOf(house, client.id, house.nowMs() + 7_200_000);
      expectKind(await connector.recordNote(before), 'noted', 'recordNote()');
      const forget = { key: house.newKey(), clientId: client.id };
      expectKind(await connector.forgetNotes(forget), 'forgotten', 'forgetNotes()');
      expectThat((await toldNotes(house)).length === 0, 'A note is still told.');
      const after = noteOf(house, client.id, house.nowMs() + 10_800_000);
      expectKind(await connector.recordNote(after), 'noted', 'A note after a new yes');
      expectKind(await connector.forgetNotes(forget), 'forgotten', 'The same forgetting again');
      expectThat((await toldNotes(house)).length === 1, 'An old letter took a new note.');
      const nobody = await connector.forgetNotes({ key: house.newKey(), clientId: 'no-such-client' });
      expectKind(nobody, 'unknown-client', 'Notes of nobody');
    },
  },
];
