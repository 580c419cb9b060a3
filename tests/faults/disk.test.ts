import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/persistence/database.ts';
import type { TestDevice } from '../server/support/test-device.ts';
import { TestServer } from '../server/support/test-server.ts';
import { handOff, valueOf } from '../server/support/visit.ts';
import { openBesideSqlite } from './support/beside.ts';
import { Figures } from './support/figures.ts';
import { breachesOf } from './support/invariants.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.smoke';
const rounds = 3;

/** A disk of 16 MiB of the test's own; null where this user may mount none. */
function smallDisk(): string | null {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', dir], { stdio: 'ignore' });
    return dir;
  } catch {
    rmSync(dir, { recursive: true, force: true });
    return null;
  }
}

const disk = smallDisk();

describe.skipIf(disk === null)('a disk without room (skipped where none can be mounted)', () => {
  const figures = new Figures('disk');
  const dataDir = join(disk ?? '', 'data');
  const filler = join(disk ?? '', 'filler');
  let server: TestServer;
  let kiosk: TestDevice;
  let tablet: TestDevice;
  let sessionId: string;

  beforeAll(async () => {
    server = await TestServer.start({ dataDir });
    kiosk = await server.connect('kiosk', storeId);
    tablet = await server.advisor(storeId, 'noemie-caron');
    sessionId = await handOff(kiosk, tablet);
  });
  afterAll(async () => {
    rmSync(filler, { force: true });
    await server?.stop();
    if (disk !== null) {
      execFileSync('umount', [disk]);
      rmSync(disk, { recursive: true, force: true });
    }
    figures.keep();
  });

  /** Takes all the room that there is. */
  function fill(): void {
    const { bavail, bsize } = statfsSync(disk ?? '');
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
  }

  async function readiness(): Promise<string> {
    server.clock.advance(1_500);
    const response = await fetch(`${server.url}/readyz`);
    return ((await response.json()) as { status: string }).status;
  }

  it(`${rounds} times: what is to be written is refused with a time, what is read is answered, and all goes on with room`, async () => {
    const acknowledged = { holdIds: [] as string[], keeps: 0 };
    const refused = { withTime: 0, otherwise: 0 };
    let unread = 0;
    let reads = 0;
    const keep = async (turn: number) => {
      server.clock.advance(100);
      const answer = await kiosk.command('session.keep', { sessionId, sku, kept: turn % 2 === 0 });
      if (answer.ok) acknowledged.keeps += 1;
      else if (answer.error.retryAfterMs === undefined) refused.otherwise += 1;
      else refused.withTime += 1;
      return answer.ok;
    };
    const saidFull: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (let turn = 0; turn < 6; turn += 1) expect(await keep(turn)).toBe(true);
      fill();
      const before = refused.withTime;
      for (let turn = 0; turn < 2_000 && refused.withTime + refused.otherwise < before + 5; turn += 1) {
        await keep(turn);
      }
      saidFull.push(await readiness());
      for (let read = 0; read < 5; read += 1) {
        server.clock.advance(100);
        const level = await kiosk.command('stock.read', { storeId, cursor: 0 });
        const visit = await tablet.command('session.read', { sessionId, seq: 0 });
        reads += 2;
        unread += (level.ok ? 0 : 1) + (visit.ok ? 0 : 1);
      }
      rmSync(filler);
      expect(await readiness()).toBe('ok');
    }
    expect(await keep(0)).toBe(true);
    const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
    acknowledged.holdIds.push(hold.id);
    const database: Database = await openBesideSqlite(join(dataDir, 'vitrine.sqlite'));
    try {
      const breaches = await breachesOf(database, acknowledged);
      figures.none('acknowledged commands lost on a full disk', breaches.lost, acknowledged.keeps);
      figures.none(
        'commands refused without a time to try again',
        refused.otherwise,
        refused.withTime + refused.otherwise,
        `the disk filled ${rounds} times`,
      );
      figures.none('readings not answered while the disk was full', unread, reads);
      expect(breaches).toEqual({ lost: 0, oversold: 0, gaps: 0 });
    } finally {
      await database.close();
    }
    expect(saidFull).toEqual(Array.from({ length: rounds }, () => 'database-full'));
    expect(refused.otherwise).toBe(0);
    expect(unread).toBe(0);
  });
});
