import { describe, expect, it } from 'vitest';
import { createLogger } from './logging.ts';

describe('the log', () => {
  it('hides secrets wherever they stand, and still says why a fault happened', () => {
    const lines: string[] = [];
    const log = createLogger({ level: 'info', stream: { write: (line) => void lines.push(line) } });
    const secret = 'KEEP-THIS';
    log.info({ token: secret, code: secret, request: { pin: secret, inner: { signature: secret } } }, 'one');
    log.info({ body: { code: secret }, payload: { summary: secret }, auth: [secret] }, 'two');
    log.error({ err: Object.assign(new Error('no'), { code: 'EADDRINUSE' }) }, 'three');
    expect(lines.join('')).not.toContain(secret);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('EADDRINUSE');
  });
});
