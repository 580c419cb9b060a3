import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StockCatchUp } from '../../protocol/index.ts';
import { checkDatabase } from '../../server/backup/check-database.ts';
import { withBackupsClaimed } from '../../server/backup/claim-backups.ts';
import { backupsIn, makeBackup, type MadeBackup } from '../../server/backup/make-backup.ts';
import { checksumOf, verifyBackup } from '../../server/backup/manifest.ts';
import { restoreBackup } from '../../server/backup/restore-backup.ts';
import { settleRestored } from '../../server/backup/settle-restored.ts';
import { systemRandom } from '../../server/core/random.ts';
import { newestVersion } from '../../server/persistence/migration.ts';
import { CommandRun } from '../house/support/command-run.ts';
import { freshDatabases } from './support/databases.ts';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.smoke';
const minuteMs = 60_000;

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'vitrine-backup-test-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const backUp = (server: TestServer, toDir: string) =>
  makeBackup({
    dataDir: server.dataDir,
    toDir,
    version: '0.0.0-test',
    nowMs: server.clock.nowMs(),
    keep: 99,
  });
const ofStore = (stock: readonly StockCatchUp[]) =>
  stock.find((one) => (one.kind === 'snapshot' ? one.snapshot.storeId : one.storeId) === storeId);

describe('a backup of a working server', () => {
  let server: TestServer;
  let kiosk: TestDevice;
  let tablet: TestDevice;
  let sessionId: string;
  let made: MadeBackup;
  /** How far the kiosk had read when the machine was lost. */
  let lastRead = 0;

  beforeAll(async () => {
    server = await TestServer.start();
    kiosk = await server.connect('kiosk', storeId);
    tablet = await server.advisor(storeId, 'noemie-caron');
    sessionId = await handOff(kiosk, tablet);
    await server.setStock(storeId, sku, 5);
    valueOf(await tablet.command('hold.place', { sessionId, sku }));
    await writeFile(join(server.dataDir, 'connectors.json'), '{ "schemaVersion": 1, "maisons": {} }');
    await mkdir(join(server.dataDir, 'tls'));
    await writeFile(join(server.dataDir, 'tls', 'root.key'), 'a key');
    // While it is copied, the boutique goes on counting.
    const enough = new AbortController();
    const counting = (async () => {
      for (let count = 10; !enough.signal.aborted; count += 1)
        await server.setStock('norde-mayfair', sku, count);
    })();
    made = await backUp(server, join(scratch, 'backups'));
    enough.abort();
    await counting;
    // What is told after the backup will be forgotten.
    for (const count of [6, 7, 8]) await server.setStock(storeId, sku, count);
    valueOf(await tablet.command('session.keep', { sessionId, sku, kept: true }));
    lastRead = (await kiosk.next('stock.changed', ({ levels }) => levels[0]?.onHand === 8)).toSeq;
  });
  afterAll(async () => {
    await server.stop();
  });

  it('is whole, readable by its owner only, and holds all but lock and operator’s token', async () => {
    const manifest = await verifyBackup(made.folder);
    expect(manifest).toMatchObject({ schemaVersion: newestVersion, version: '0.0.0-test' });
    const paths = manifest.files.map(({ path }) => path);
    expect(paths).toEqual(['connectors.json', 'tls/root.key', 'vitrine.sqlite']);
    for (const path of [...paths, 'manifest.json']) {
      expect((await stat(join(made.folder, path))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(made.folder)).mode & 0o777).toBe(0o700);
  });

  it('comes back with devices and stock; the session is over, and the hold has run out', async () => {
    const dataDir = join(scratch, 'restored');
    server.clock.advance(60 * minuteMs);
    const { settled, check } = await restoreBackup({
      fromDir: made.folder,
      dataDir,
      clock: server.clock,
      random: systemRandom,
    });
    expect(settled.sessionsClosed).toBe(1);
    expect(check.faults).toEqual([]);
    expect((await stat(join(dataDir, 'vitrine.sqlite'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dataDir, 'tls/root.key'), 'utf8')).toBe('a key');
    const restored = await TestServer.start({ dataDir, clock: server.clock });
    try {
      // The new machine has counted on: it has passed the number at which the kiosk stopped, with other counts.
      for (let count = 0; count < 12; count += 1) await restored.setStock(storeId, sku, 20 + count);
      kiosk.moveTo(restored.url);
      const welcome = await kiosk.connect({
        stockCursors: { [storeId]: lastRead },
        session: { sessionId, seq: 3 },
      });
      const catchUp = ofStore(welcome.stock);
      expect(catchUp?.kind).toBe('snapshot');
      if (catchUp?.kind !== 'snapshot') return;
      expect(catchUp.snapshot.seq).toBeGreaterThan(lastRead);
      expect(catchUp.snapshot.levels.find((level) => level.sku === sku)).toMatchObject({
        onHand: 31,
        available: 31,
      });
      const { value } = (await kiosk.command('session.read', { sessionId, seq: 0 })) as {
        value: { events: { fact: { type: string } }[] };
      };
      const types = value.events.map(({ fact }) => fact.type);
      expect(types).toEqual(['started', 'hold-placed', 'closed', 'hold-ended']);
      await restored.setStock(storeId, sku, 2);
      const frame = await kiosk.next('stock.changed', ({ levels }) => levels[0]?.onHand === 2);
      // It may tell once more what the snapshot told, as both were read at their own moment.
      expect(frame.fromSeq).toBeLessThanOrEqual(catchUp.snapshot.seq + 1);
      expect(frame.toSeq).toBe(catchUp.snapshot.seq + 1);
      tablet.moveTo(restored.url);
      expect((await tablet.connect()).advisor).toBeNull();
    } finally {
      kiosk.disconnect();
      tablet.disconnect();
      await restored.stop();
    }
  });

  describe('is refused', () => {
    let copy: MadeBackup;
    const target = () => join(scratch, 'target');
    beforeEach(async () => {
      server.clock.advance(1_000);
      copy = await backUp(server, join(scratch, 'copies'));
    });
    afterEach(() => rm(target(), { recursive: true, force: true }));
    const restoring = () =>
      restoreBackup({ fromDir: copy.folder, dataDir: target(), clock: server.clock, random: systemRandom });
    const isEmpty = async () => {
      expect(await readdir(target()).catch(() => [])).toEqual([]);
    };
    const changeManifest = async (change: (manifest: Record<string, unknown>) => void) => {
      const path = join(copy.folder, 'manifest.json');
      const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
      change(manifest);
      await writeFile(path, JSON.stringify(manifest));
    };

    it('where a byte of it has changed', async () => {
      await appendFile(join(copy.folder, 'connectors.json'), ' ');
      await expect(restoring()).rejects.toMatchObject({
        code: 'backup-broken',
        message: expect.stringContaining('connectors.json') as string,
      });
      await isEmpty();
    });

    it('where a file is missing, or one is there that nobody wrote down', async () => {
      await rm(join(copy.folder, 'tls/root.key'));
      await expect(restoring()).rejects.toMatchObject({ code: 'backup-broken' });
      await writeFile(join(copy.folder, 'tls/root.key'), 'a key');
      await verifyBackup(copy.folder);
      await writeFile(join(copy.folder, 'more'), '');
      await expect(restoring()).rejects.toMatchObject({ code: 'backup-broken' });
      await isEmpty();
    });

    it('where a newer program made it', async () => {
      await changeManifest((manifest) => (manifest['schemaVersion'] = newestVersion + 1));
      await expect(restoring()).rejects.toMatchObject({ code: 'database-newer' });
      await isEmpty();
    });

    it('where it would write outside the folder', async () => {
      await changeManifest((manifest) => {
        manifest['files'] = [{ path: '../outside', bytes: 0, sha256: '0'.repeat(64) }];
      });
      await expect(restoring()).rejects.toMatchObject({ code: 'backup-broken' });
    });

    it('where the folder holds something, which stays as it was', async () => {
      await mkdir(target());
      await writeFile(join(target(), 'vitrine.sqlite'), 'ours');
      await expect(restoring()).rejects.toMatchObject({ code: 'data-not-empty' });
      expect(await readFile(join(target(), 'vitrine.sqlite'), 'utf8')).toBe('ours');
    });

    it('where its rows contradict each other', async () => {
      const database = new Sqlite(join(copy.folder, 'vitrine.sqlite'));
      database.exec('delete from session_events where seq = 2');
      database.close();
      const { files } = copy.manifest;
      const file = join(copy.folder, 'vitrine.sqlite');
      const found = {
        path: 'vitrine.sqlite',
        bytes: (await stat(file)).size,
        sha256: await checksumOf(file),
      };
      await changeManifest((manifest) => {
        manifest['files'] = [...files.filter(({ path }) => path !== 'vitrine.sqlite'), found];
      });
      await expect(restoring()).rejects.toMatchObject({
        code: 'backup-broken',
        message: expect.stringContaining('sessions with a gap') as string,
      });
      await isEmpty();
    });
  });
});

describe('two backups into one folder at once', () => {
  it('leave the first whole, and the second is told to wait and clears nothing away', async () => {
    const server = await TestServer.start();
    try {
      const toDir = join(scratch, 'at-once');
      const [first, second] = await Promise.allSettled([backUp(server, toDir), backUp(server, toDir)]);
      expect(second).toMatchObject({ status: 'rejected', reason: { code: 'backup-running' } });
      if (first.status === 'rejected') throw first.reason;
      await verifyBackup(first.value.folder);
      // Of another process the moment differs, and it clears away what nobody finished.
      server.clock.advance(1);
      await mkdir(join(toDir, 'vitrine-backup-of-old.partial'));
      const holder = await withBackupsClaimed(toDir, async () => {
        await expect(backUp(server, toDir)).rejects.toMatchObject({ code: 'backup-running' });
        return await readdir(toDir);
      });
      expect(holder).toContain('vitrine-backup-of-old.partial');
      await verifyBackup((await backUp(server, toDir)).folder);
      expect(await backupsIn(toDir)).toHaveLength(2);
      expect(await readdir(toDir)).not.toContain('vitrine-backup-of-old.partial');
    } finally {
      await server.stop();
    }
  });
});

describe('scheduled backups', () => {
  it('are made when one is due, also over a restart, and only so many are kept', async () => {
    const toDir = join(scratch, 'scheduled');
    const server = await TestServer.start({
      backups: { toDir, everyMs: 60 * minuteMs, keep: 2 },
      metrics: { host: '127.0.0.1', port: 0 },
    });
    const timeout = 20_000;
    const kept = async () => await backupsIn(toDir);
    await expect.poll(async () => (await kept()).length, { timeout }).toBe(1);
    const [first = ''] = await kept();
    await server.restart();
    server.clock.advance(30 * minuteMs);
    expect(await kept()).toEqual([first]);
    /** Lets the server look round, again and again. */
    const later = async () => {
      server.clock.advance(6 * minuteMs);
      return await kept();
    };
    await expect.poll(later, { timeout }).toEqual([first, expect.any(String)]);
    await expect.poll(later, { timeout }).not.toContain(first);
    expect((await kept()).length).toBeLessThanOrEqual(2);
    const newest = (await backupsIn(toDir)).at(-1) ?? '';
    await verifyBackup(join(toDir, newest));
    const text = await (await fetch(server.running.metricsUrl ?? '')).text();
    expect(text).toMatch(/^vitrine_backups_total\{result="ok"\} [1-9]$/m);
    await server.stop();
  });
});

describe('the commands', () => {
  it('back up a folder in use, verify it, restore it elsewhere, and refuse a folder in use', async () => {
    const server = await TestServer.start();
    const toDir = join(scratch, 'by-hand');
    const run = async (name: string, args: string[], dataDir: string) => {
      const command = new CommandRun(name, args, { env: { VITRINE_DATA_DIR: dataDir } });
      return { status: await command.ended, text: command.output };
    };
    const backup = await run('backup', ['to', toDir], server.dataDir);
    expect(backup.status, backup.text).toBe(0);
    const folder = join(toDir, (await backupsIn(toDir))[0] ?? '');
    expect(backup.text).toContain(folder);
    expect((await run('backup', ['verify', folder], server.dataDir)).text).toMatch(/^Whole: 1 files/);
    const taken = await run('restore', ['from', folder], server.dataDir);
    expect(taken).toMatchObject({
      status: 1,
      text: expect.stringContaining('nothing was touched') as string,
    });
    const elsewhere = join(scratch, 'elsewhere');
    const restored = await run('restore', ['from', folder], elsewhere);
    expect(restored.status, restored.text).toBe(0);
    expect(restored.text).toContain(
      'Advisors who left since are back, and PINs that were changed since are the old ones: ' +
        'remove again who left, erase again who was erased, and give a start code to whoever changed theirs',
    );
    expect(restored.text).toMatch(/Database version \d+: 0 devices, \d+ levels/);
    expect(await readdir(elsewhere)).toContain('vitrine.sqlite');
    await server.stop();
  });
});

describe.each(freshDatabases)('a database on $name that was restored by other means', ({ fresh }) => {
  it('is settled in one go and written down, and then is whole', async () => {
    const { database, drop } = await fresh();
    const clock = { nowMs: () => 1_800_000_000_000, monotonicMs: () => 0, after: () => () => undefined };
    await database.db.insertInto('maisons').values({ id: 'norde', name: 'Norde' }).execute();
    const place = { name: 'Le Marais', city: 'Paris', time_zone: 'Europe/Paris', position: 0 };
    const store = { id: storeId, maison_id: 'norde', locale: 'fr', ...place } as const;
    await database.db.insertInto('stores').values(store).execute();
    expect((await checkDatabase(database)).faults).toEqual(['1 boutiques without a head']);
    await database.db
      .insertInto('stock_heads')
      .values({ store_id: storeId, seq: 41, pruned_to_seq: 2 })
      .execute();
    await settleRestored(database, clock, { createdAtMs: null, marks: null, random: systemRandom });
    const head = await database.db.selectFrom('stock_heads').selectAll().executeTakeFirstOrThrow();
    expect(head.seq).toBeGreaterThan(1_000_000);
    expect(head.pruned_to_seq).toBe(head.seq);
    const trail = await database.db.selectFrom('audit_entries').selectAll().execute();
    expect(trail).toMatchObject([{ action: 'database.restored', actor_kind: 'operator' }]);
    expect((await checkDatabase(database)).faults).toEqual([]);
    await drop();
  });
});
