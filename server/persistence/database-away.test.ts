import { describe, expect, it } from 'vitest';
import { databaseRefusal, isDatabaseAway } from './database-away.ts';

/** As `pg` throws what PostgreSQL says. */
const said = (severity: string, code: string) => Object.assign(new Error('said'), { severity, code });

describe('a fault of the database', () => {
  it('that ends the session or lets none begin is its absence, whatever its state', () => {
    // A database that takes no connections while it is moved; a password that was changed; a database that was renamed.
    for (const code of ['55000', '28P01', '3D000']) {
      expect(isDatabaseAway(said('FATAL', code))).toBe(true);
      expect(databaseRefusal(said('FATAL', code))?.error).toMatchObject({
        code: 'rate-limited',
        retryAfterMs: 1_000,
      });
    }
    expect(isDatabaseAway(said('ERROR', '55000'))).toBe(false);
    expect(databaseRefusal(said('ERROR', '23505'))).toBeNull();
  });

  it('about a text that it cannot keep is the sender’s, who is told not to send it again', () => {
    const refusal = databaseRefusal(said('ERROR', '22021'));
    expect(refusal?.error.code).toBe('bad-request');
    expect(refusal?.error.retryAfterMs).toBeUndefined();
  });
});
