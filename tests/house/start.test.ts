import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { anyFreePort } from '../../tools/start/free-port.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { enrolmentCode, useHouse } from './support/use-house.ts';

const house = useHouse();
const { command, up, oms } = house;

describe('npm start', () => {
  it('prints what a newcomer needs: a link per device and house, the PINs, the embed', async () => {
    const { output } = await up();
    for (const maison of ['aurelle', 'norde']) {
      for (const page of ['/', '/advisor/', '/console/']) {
        expect(output).toMatch(new RegExp(`${house.url()}${page}\\?maison=${maison}#enrol=\\w{16}`));
      }
    }
    expect(output.match(/demo PIN \d{4}/g)).toHaveLength(2);
    for (const page of ['/', '/advisor/', '/console/', '/oms/', '/embed/']) {
      expect((await fetch(`${house.url()}${page}?maison=norde`)).status).toBe(200);
    }
  });

  it('keeps devices and stock over a second start, and forgets them with --reset', async () => {
    const first = await up();
    const code = enrolmentCode(first, 'kiosk');
    const kiosk = await TestDevice.enrol(house.url(), 'kiosk', code);
    const again = await TestDevice.tryEnrol(house.url(), 'kiosk', code, await TestDevice.newKeys());
    expect(again.status).toBeGreaterThanOrEqual(400);
    await oms('set-stock', 'norde-marais', 'fjord-51.smoke', '41');
    expect(await first.stop()).toBe(0);

    const second = await up();
    const welcome = await kiosk.connect();
    expect(welcome.identity).toEqual(kiosk.identity);
    expect(await oms('levels', 'norde-marais')).toMatch(/fjord-51\.smoke +41 /);
    kiosk.disconnect();
    expect(await second.stop()).toBe(0);

    const third = await up(['--reset']);
    await expect(kiosk.token()).rejects.toThrow();
    expect(await oms('levels', 'norde-marais')).not.toMatch(/fjord-51\.smoke +41 /);
    expect(third.output).toContain('Began anew');
  });

  it('closes with 0 on one Ctrl-C, although npm passes on what the terminal has sent already', async () => {
    const started = await up([], { throughNpm: true });
    const kiosk = await TestDevice.enrol(house.url(), 'kiosk', enrolmentCode(started, 'kiosk'));
    await kiosk.connect();
    started.signal('SIGINT');
    started.signal('SIGINT');
    expect(await started.ended).toBe(0);
    expect(started.output).toContain('Closing');
    expect(await readdir(house.dataDir)).not.toContain('vitrine.sqlite-wal');
    kiosk.disconnect();
  });

  it('leaves a running house alone: neither its port nor its data can be taken, not even by --reset', async () => {
    const started = await up();
    const kiosk = await TestDevice.enrol(house.url(), 'kiosk', enrolmentCode(started, 'kiosk'));
    await kiosk.connect();
    for (const args of [['--reset'], ['--lan', '--reset']]) {
      const taken = command('start', args);
      expect(await taken.ended).toBe(1);
      expect(taken.output).toBe(
        `Port ${house.port} is taken by another program. Stop that program, or choose another port, for example PORT=8081.\n`,
      );
    }
    const elsewhere = command('start', ['--reset'], {
      env: { PORT: String(await anyFreePort('127.0.0.1')) },
    });
    expect(await elsewhere.ended).toBe(1);
    expect(elsewhere.output).toMatch(/^Another Vitrine server runs on .*VITRINE_DATA_DIR\.\n$/);
    expect(kiosk.isConnected).toBe(true);
    await kiosk.token();
    kiosk.disconnect();
  });

  it('does not take the port of another program, and makes nothing', async () => {
    const other = createServer((_request, response) => void response.end('mine'));
    await new Promise<void>((resolve) => {
      other.listen(house.port, '127.0.0.1', resolve);
    });
    const start = command('start');
    expect(await start.ended).toBe(1);
    expect(start.output).toContain(`Port ${house.port} is taken`);
    expect(await readdir(house.dataDir)).toEqual([]);
    expect(await (await fetch(house.url())).text()).toBe('mine');
    other.closeAllConnections();
    other.close();
  });
});

describe('a start that cannot be', () => {
  const file = () => path.join(house.dataDir, 'vitrine.sqlite');

  it('leaves a database from a newer version as it is, byte for byte', async () => {
    const database = new Sqlite(file());
    database.exec('create table schema_migrations (version integer, name text, applied_at integer)');
    database.exec("insert into schema_migrations values (9999, 'from the future', 0)");
    database.close();
    const before = await readFile(file());
    const start = command('start');
    expect(await start.ended).toBe(1);
    expect(start.errors).toMatch(/^[^\n]*newer[^\n]*\n$/);
    expect((await readFile(file())).equals(before)).toBe(true);
  });

  it('leaves a damaged database as it is', async () => {
    await writeFile(
      file(),
      'this is not a database, and it is long enough to be told from an empty one'.repeat(9),
    );
    const before = await readFile(file());
    const start = command('start');
    expect(await start.ended).toBe(1);
    expect(start.errors).toMatch(/^[^\n]*cannot be opened[^\n]*\n$/);
    expect((await readFile(file())).equals(before)).toBe(true);
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ['a port of words', [], { PORT: 'eighty' }, /^PORT in the environment is "eighty"\. Give a number/],
    ['an option nobody knows', ['--rset'], {}, /^npm start does not know "--rset"\./],
    [
      'a folder that is a file',
      [],
      { VITRINE_DATA_DIR: '/dev/null' },
      /^The data folder \/dev\/null cannot be written/,
    ],
    [
      'a PostgreSQL that is not there',
      [],
      { DATABASE_URL: 'postgres://127.0.0.1:1/x' },
      /PostgreSQL server in DATABASE_URL does not answer/,
    ],
  ])('says plainly what is wrong with %s', async (_what, args, env, says) => {
    const start = command('start', args, { env });
    expect(await start.ended).toBe(1);
    expect(start.errors).toMatch(says);
    expect(start.errors).not.toMatch(/^ +at /m);
  });

  it('with --reset, touches nothing in a folder that holds what is not ours', async () => {
    await mkdir(path.join(house.dataDir, 'photographs'));
    await writeFile(file(), '');
    const start = command('start', ['--reset']);
    expect(await start.ended).toBe(1);
    expect(start.errors).toMatch(/photographs.*nothing was removed/);
    expect(await readdir(house.dataDir)).toContain('vitrine.sqlite');
  });
});

describe('other commands', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['bench', ['nope'], /^There is no benchmark "nope"\. There are: .*registration/],
    ['oms', ['levels'], /^There is no operator's token at .*npm start/],
    ['dev', ['--lan'], /^npm run dev serves this machine only\./],
  ])('%s %j says plainly what is wrong', async (name, args, says) => {
    const run = command(name, args);
    expect(await run.ended).toBe(1);
    expect(run.errors).toMatch(says);
    expect(run.errors).not.toMatch(/^ +at /m);
  });

  it('npm test hands its arguments on, and says in one line how to get a browser', async () => {
    const args = ['--project', 'unit', 'tools/start/stop-signal.test.ts', '-t', 'asked again'];
    const run = command('test', args, { throughNpm: true, env: { CHROME_PATH: '/nowhere' } });
    expect(await run.ended).toBe(0);
    expect(run.output).toContain(
      'CHROME_PATH names /nowhere, which is not there. Browser tests are skipped.\n',
    );
    expect(run.output).toMatch(/^1 passed, 0 failed, 1 skipped$/m);
  });
});
