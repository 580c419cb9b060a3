import { afterAll, beforeAll, expect, it } from 'vitest';
import { done } from '../../server/core/answers.ts';
import { AnswerBook, mostInMemory } from '../../server/realtime/answer-book.ts';
import { freshDatabases, type FreshDatabase } from './support/databases.ts';
import { TestClock } from './support/test-clock.ts';

const [sqlite] = freshDatabases;
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await sqlite.fresh();
});
afterAll(() => fresh.drop());

it('a device that asks for secrets without end has the newest answers kept, and no other device loses its own', async () => {
  const answers = new AnswerBook(fresh.database, new TestClock());
  const keep = (deviceId: string, commandId: string) =>
    answers.keep(deviceId, commandId, 'passkey.ask', done({ commandId }));
  await keep('quiet', 'command-0');
  for (let count = 0; count <= mostInMemory; count += 1) await keep('chatty', `command-${count}`);
  expect(await answers.find('chatty', 'command-0', 'passkey.ask')).toBeNull();
  expect(await answers.find('chatty', 'command-1', 'passkey.ask')).toEqual(done({ commandId: 'command-1' }));
  expect(await answers.find('quiet', 'command-0', 'passkey.ask')).toEqual(done({ commandId: 'command-0' }));
});
