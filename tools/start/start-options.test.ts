import { describe, expect, it } from 'vitest';
import { readStartOptions } from './start-options.ts';

const read = (args: string[], env: Record<string, string | undefined> = {}) =>
  readStartOptions(args, env, '/checkout');

describe('the start command line', () => {
  it('serves on 8080 from data/ unless told otherwise', () => {
    expect(read([])).toMatchObject({ port: 8080, dataDir: '/checkout/data', lan: false, reset: false });
    expect(
      read(['--lan', '--reset'], { PORT: '9', VITRINE_DATA_DIR: '/var/v', PUBLIC_URL: 'https://a.example' }),
    ).toMatchObject({
      port: 9,
      dataDir: '/var/v',
      lan: true,
      reset: true,
      publicUrl: 'https://a.example',
    });
  });

  it.each([
    [['--rest'], {}, 'unknown-option', '--rest'],
    [[], { PORT: '80a' }, 'bad-port', '80a'],
    [[], { PORT: '70000' }, 'bad-port', '70000'],
    [[], { PUBLIC_URL: 'ftp://x' }, 'bad-public-url', 'ftp://x'],
    [[], { VITRINE_LOG: 'loud' }, 'bad-log-level', 'loud'],
    [[], { PUBLIC_URL: 'https://x/path' }, 'bad-public-url', '/path'],
  ])('refuses %j %j and names what is wrong', (args, env, code, named) => {
    const attempt = () => read(args, env);
    expect(attempt).toThrow(expect.objectContaining({ code, message: expect.stringContaining(named) }));
  });
});
