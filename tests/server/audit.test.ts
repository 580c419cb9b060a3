import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditLog } from '../../server/audit/audit-log.ts';
import { freshDatabases, type FreshDatabase } from './support/databases.ts';
import { TestClock } from './support/test-clock.ts';

describe.each(freshDatabases)('the audit trail on $name', ({ fresh }) => {
  let opened: FreshDatabase;
  const clock = new TestClock();
  beforeAll(async () => {
    opened = await fresh();
    const maisons = ['aurelle', 'norde'].map((id) => ({ id, name: id }));
    await opened.database.db.insertInto('maisons').values(maisons).execute();
  });
  afterAll(async () => {
    await opened.drop();
  });

  const revoked = (maisonId: string, subject: string) =>
    ({ maisonId, subject, actor: { kind: 'operator', id: null }, action: 'device.revoked' }) as const;

  it('numbers the lines of each Maison without gaps, however many write at once', async () => {
    const audit = new AuditLog(opened.database, clock);
    const subjects = Array.from({ length: 12 }, (_, index) => `device-${index}`);
    await Promise.all(
      subjects.map((subject) =>
        opened.database.transact(async (tx) => await audit.note(tx, revoked('aurelle', subject))),
      ),
    );
    await opened.database.transact(async (tx) => await audit.note(tx, revoked('norde', 'another')));
    const lines = await audit.read('aurelle');
    expect(lines.map(({ seq }) => seq)).toEqual(subjects.map((_, index) => 12 - index));
    expect(lines.map(({ subject }) => subject)).toEqual(expect.arrayContaining(subjects));
    expect(await audit.read('norde')).toMatchObject([{ seq: 1, subject: 'another', reason: null }]);
    expect((await audit.read('aurelle', 5)).map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
  });

  it('holds no line of a deed that was taken back', async () => {
    const audit = new AuditLog(opened.database, clock);
    const before = await audit.read('norde');
    const undone = opened.database.transact(async (tx) => {
      await audit.note(tx, revoked('norde', 'never'));
      throw new RangeError('taken back');
    });
    await expect(undone).rejects.toThrow('taken back');
    expect(await audit.read('norde')).toEqual(before);
  });

  it('never gives a forgotten number again', async () => {
    const audit = new AuditLog(opened.database, clock);
    clock.advance(1_000);
    await audit.prune('norde', clock.nowMs());
    await opened.database.transact(async (tx) => await audit.note(tx, revoked('norde', 'later')));
    expect(await audit.read('norde')).toMatchObject([{ seq: 2, subject: 'later' }]);
  });
});
