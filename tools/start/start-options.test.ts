import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { showSettings } from '../../server/settings/show-settings.ts';
import { readStartOptions } from './start-options.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-settings-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const read = (args: string[], env: Record<string, string | undefined> = {}) =>
  readStartOptions(args, env, '/checkout');
const file = () => path.join(dir, 'vitrine.json');
const inFolder = (env: Record<string, string> = {}) => read([], { VITRINE_DATA_DIR: dir, ...env });

describe('the start command line', () => {
  it('serves on 8080 from data/ unless told otherwise', () => {
    expect(read([])).toMatchObject({
      settings: { port: 8080, dataDir: '/checkout/data', holdMinutes: 20 },
      lan: false,
      reset: false,
    });
    expect(
      read(['--lan', '--reset'], { PORT: '9', VITRINE_DATA_DIR: '/var/v', PUBLIC_URL: 'https://a.example/' }),
    ).toMatchObject({
      settings: { port: 9, dataDir: '/var/v', publicUrl: 'https://a.example' },
      lan: true,
      reset: true,
    });
  });

  it('refuses an option that it does not know', () => {
    expect(() => read(['--rest'])).toThrow(
      expect.objectContaining({
        code: 'unknown-option',
        message: expect.stringContaining('--rest') as string,
      }),
    );
  });
});

describe('settings', () => {
  it('come from the environment first, then from the file, and say which', async () => {
    await writeFile(file(), JSON.stringify({ port: 8090, holdMinutes: 45, backupDir: 'kept' }));
    const { settings, read: told } = inFolder({ PORT: '9000' });
    expect(settings).toMatchObject({ port: 9000, holdMinutes: 45, backupDir: path.join(dir, 'kept') });
    expect(told.sources).toMatchObject({
      port: 'PORT in the environment',
      holdMinutes: `holdMinutes in ${file()}`,
      signInHours: 'default',
    });
    expect(inFolder({ PORT: '' }).settings.port).toBe(8090);
  });

  it.each([
    ['PORT', '80a', /^PORT in the environment is "80a"\. Give a number from 1 to 65535/],
    ['PORT', '70000', /^PORT in the environment is 70000|^PORT in the environment is "70000"/],
    ['PUBLIC_URL', 'ftp://x', /^PUBLIC_URL in the environment is "ftp:\/\/x"\. Give the address/],
    ['PUBLIC_URL', 'https://x/path', /^PUBLIC_URL .*path/],
    ['VITRINE_LOG', 'loud', /^VITRINE_LOG .*"loud"\. Give one of: silent, error/],
    ['VITRINE_BACKUPS_KEPT', '0', /^VITRINE_BACKUPS_KEPT .*\. Give a whole number from 1/],
    ['METRICS_PRT', '1', /^METRICS_PRT in the environment is not known\. Did you mean METRICS_PORT\?/],
    ['VITRINE_DATADIR', '/x', /^VITRINE_DATADIR .*Did you mean VITRINE_DATA_DIR\?/],
    ['VITRINE_CONFIG', '/nowhere.json', /^\/nowhere\.json cannot be read \(ENOENT\)/],
  ])('say of %s=%s what is wrong and what to give', (variable, value, says) => {
    expect(() => read([], { [variable]: value })).toThrow(
      expect.objectContaining({ code: 'settings-invalid', message: expect.stringMatching(says) as string }),
    );
  });

  it.each([
    ['{ "port": "8080x" }', /port in .*vitrine\.json is "8080x"\. Give a number/],
    ['{ "port": 80.5 }', /port in .* is 80\.5\. Give a number/],
    ['{ "prot": 8080 }', /prot in .* is not known\. Did you mean port\?/],
    ['{ "holdMintues": 5 }', /holdMintues in .* Did you mean holdMinutes\?/],
    ['{ "xylophone": 5 }', /xylophone in .* is not known\. There are: port, /],
    ['{ "dataDir": "/x" }', /dataDir stands in .*VITRINE_DATA_DIR/],
    ['[8080]', /is not one JSON object/],
    ['port: 8080', /is not JSON/],
  ])('say of the file %s what is wrong and what to write', async (text, says) => {
    await writeFile(file(), text);
    expect(() => inFolder()).toThrow(
      expect.objectContaining({ message: expect.stringMatching(says) as string }),
    );
  });

  it('take a number of proxies, or their addresses, and nothing else', () => {
    const trusted = (given: string) => inFolder({ VITRINE_TRUST_PROXY: given }).settings.trustProxy;
    expect(trusted('')).toBeNull();
    expect(trusted('2')).toBe(2);
    expect(trusted('10.0.0.5, 10.1.0.0/16,::1')).toEqual(['10.0.0.5', '10.1.0.0/16', '::1']);
    for (const wrong of ['0', '11', 'true', '*', '10.0.0.0/0', '10.0.0.0/33', 'proxy.example']) {
      expect(() => trusted(wrong), wrong).toThrow(/^VITRINE_TRUST_PROXY in the environment is /);
    }
  });

  it('tell every problem at once', async () => {
    await writeFile(file(), '{ "port": 0, "signInHours": "long" }');
    expect(() => inFolder({ VITRINE_LOG: 'loud' })).toThrow(/port.*VITRINE_LOG.*signInHours/);
  });

  it('take a secret from a file, and show it to nobody', async () => {
    const secret = path.join(dir, 'database-url');
    await writeFile(secret, 'postgres://kit:hunter2@db/house\n');
    const { settings, read: told } = inFolder({ DATABASE_URL_FILE: secret });
    expect(settings.databaseUrl).toBe('postgres://kit:hunter2@db/house');
    const shown = showSettings(told);
    expect(shown).not.toContain('hunter2');
    expect(shown).toMatch(/^databaseUrl +\[secret\] +DATABASE_URL_FILE in the environment$/m);
    expect(shown).toMatch(/^port +8080 +default$/m);
    expect(() => inFolder({ DATABASE_URL_FILE: path.join(dir, 'gone') })).toThrow(/gone.*cannot be read/);
    expect(() => inFolder({ DATABASE_URL: 'mysql://kit:hunter2@db' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }),
    );
    expect(() => inFolder({ DATABASE_URL: 'postgres://x/y', DATABASE_URL_FILE: secret })).toThrow(/Keep one/);
  });

  it('do not promise backups that nobody makes', () => {
    expect(() => inFolder({ DATABASE_URL: 'postgres://x/y', VITRINE_BACKUP_DIR: '/b' })).toThrow(/pg_dump/);
  });
});
