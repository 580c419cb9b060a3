import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logging.ts';
import { newId, newSecret, newTypedCode, systemRandom } from './random.ts';
import { redactText } from './redact.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = [];
  write(createLogger({ level: 'info', stream: { write: (line) => void lines.push(line) } }));
  return lines;
}

describe('the log', () => {
  it('hides secrets wherever they stand, and still says why a fault happened', () => {
    const secret = 'KEEP-THIS';
    const lines = logged((log) => {
      log.info(
        { token: secret, code: secret, request: { pin: secret, inner: { signature: secret } } },
        'one',
      );
      log.info({ body: { code: secret }, payload: { summary: secret }, auth: [secret] }, 'two');
      log.error({ err: Object.assign(new Error('no'), { code: 'EADDRINUSE' }) }, 'three');
      log.child({ reqId: 'r-1' }).info({ a: { b: { c: { d: [{ api_key: secret }] } } } }, 'four');
      log.info({ 'Set-Cookie': secret, clientName: secret, deep: { email: secret } }, 'five');
    });
    expect(lines.join('')).not.toContain(secret);
    expect(lines).toHaveLength(5);
    expect(lines[2]).toContain('EADDRINUSE');
    expect(lines[3]).toContain('r-1');
  });

  it('tells of a fault what it is and why, and nothing that a library hung on it', () => {
    const fault = Object.assign(new Error('duplicate key', { cause: new Error('underneath') }), {
      code: '23505',
      detail: 'Key (name)=(Ada Lund) already exists.',
      parameters: ['Ada Lund'],
    });
    const [line = ''] = logged((log) => log.error({ err: fault }, 'failed'));
    expect(line).not.toContain('Ada');
    expect(JSON.parse(line)).toMatchObject({
      level: 'error',
      err: { type: 'Error', code: '23505', message: 'duplicate key', cause: { message: 'underneath' } },
    });
  });

  it.each([
    ['a password in an address', 'connect postgres://kit:hunter2@db/house failed', 'hunter2'],
    ['a header', 'sent Authorization: Bearer abc.def-123456', 'abc.def-123456'],
    ['a query', 'GET /api/oms/levels?key=lavender answered', 'lavender'],
    ['a fragment', 'opened https://mirror.example/?maison=norde#enrol=AB12 today', 'AB12'],
    ['a field in a sentence', 'tried {"pin":"4711"} twice', '4711'],
    ['an assignment', 'with api-key=violet and more', 'violet'],
  ])('hides %s in a sentence', (_what, sentence, secret) => {
    const [line = ''] = logged((log) => log.info(sentence));
    expect(line).not.toContain(secret);
    expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('hides every secret that we make, and leaves every id to be searched for', () => {
    const jwt = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"sub":"x"}').toString('base64url')}.c2ln`;
    for (let round = 0; round < 200; round += 1) {
      const secrets = [newSecret(systemRandom), newTypedCode(systemRandom, 16), jwt].filter(
        // One in many thousands is all letters; the rule would rather leave a long word than hide it.
        (secret) => /\d/.test(secret),
      );
      for (const secret of secrets) expect(redactText(`said "${secret}" now`)).not.toContain(secret);
      const id = newId(systemRandom);
      expect(redactText(`{"deviceId":"${id}"}`)).toContain(id);
    }
  });

  it('stays JSON whatever is logged', () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (message, fields) => {
        const [line = ''] = logged((log) => log.info(fields, message));
        expect(() => JSON.parse(line) as unknown).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
