import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OmsFault } from '../../protocol/connector/index.ts';
import { openScriptedKit, type ScriptedKit } from './support/scripted-kit.ts';

let kit: ScriptedKit;
beforeEach(async () => {
  kit = await openScriptedKit();
});
afterEach(async () => {
  await kit.stop();
});

async function post(maisonId: string, body: string): Promise<void> {
  const letter = { maisonId, direction: 'out', subject: 'probe', body } as const;
  await kit.services.letters.post(kit.database.db, letter);
  kit.clock.advance(1);
}

describe('letters to houses', () => {
  it('reach the others while one house hangs, and are not pressed on who does not take one', async () => {
    const { letters } = kit.services;
    const tried: unknown[] = [];
    const hangs = Promise.withResolvers<void>();
    const other = Promise.withResolvers<void>();
    letters.carry('out', 'probe', async (maisonId, body) => {
      tried.push(body);
      if (maisonId === 'norde') return await hangs.promise;
      other.resolve();
    });
    await post('norde', 'first');
    await post('norde', 'second');
    await post('aurelle', 'to another');
    letters.wake();
    await other.promise;
    await post('aurelle', 'to another, later');
    letters.wake();
    await expect.poll(() => tried).toContain('to another, later');
    hangs.reject(new OmsFault('unavailable', 'The house is away.'));
    await kit.background.idle();
    expect(new Set(tried)).toEqual(new Set(['first', 'to another', 'to another, later']));
    expect(tried).toHaveLength(3);
    kit.clock.advance(60_000);
    await kit.background.idle();
    expect(tried).toHaveLength(4);
  });

  it('that nobody could read are forgotten after a month, those that a house did not take are not', async () => {
    const { letters } = kit.services;
    for (const direction of ['in', 'out'] as const) {
      await letters.bury(kit.database.db, { maisonId: 'norde', direction, subject: 'probe', body: '' }, '');
    }
    kit.clock.advance(30 * 24 * 3_600_000);
    await letters.prune();
    expect(await letters.dead('norde')).toHaveLength(2);
    kit.clock.advance(1);
    await letters.prune();
    expect(await letters.dead('norde')).toMatchObject([{ direction: 'out' }]);
  });

  it('that have not begun when the server stops wait for its next start', async () => {
    const { letters } = kit.services;
    const tried: unknown[] = [];
    const begun = Promise.withResolvers<void>();
    const hangs = Promise.withResolvers<void>();
    letters.carry('out', 'probe', async (_maisonId, body) => {
      tried.push(body);
      begun.resolve();
      await hangs.promise;
    });
    await post('norde', 'first');
    await post('norde', 'second');
    letters.wake();
    await begun.promise;
    letters.stop();
    hangs.resolve();
    await kit.background.idle();
    expect(tried).toEqual(['first']);
    const left = await kit.database.db.selectFrom('oms_letters').select(['body', 'state']).execute();
    expect(left).toEqual([{ body: '"second"', state: 'waiting' }]);
  });

  it('are carried as they stand when their turn comes: taken back, or written anew, while another was on its way', async () => {
    const { letters } = kit.services;
    const tried: unknown[] = [];
    letters.carry('out', 'probe', async (_maisonId, body) => {
      tried.push(body);
      if (body !== 'first') return;
      const { db } = kit.database;
      const of = (said: string) => db.updateTable('oms_letters').where('body', '=', JSON.stringify(said));
      await of('names somebody').set({ body: '"names nobody"' }).execute();
      await db.deleteFrom('oms_letters').where('body', '=', '"taken back"').execute();
    });
    for (const body of ['first', 'names somebody', 'taken back', 'last']) await post('norde', body);
    letters.wake();
    await kit.background.idle();
    expect(tried).toEqual(['first', 'names nobody', 'last']);
  });
});
