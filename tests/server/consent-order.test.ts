import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import { ConsentRecord } from '../../protocol/connector/index.ts';
import { systemRandom } from '../../server/core/random.ts';
import { nextDecisionMs } from '../../server/clients/consent-order.ts';
import { MedusaAdmin } from '../../server/oms/medusa/medusa-admin.ts';
import * as medusa from '../../server/oms/medusa/medusa-customers.ts';
import { VendureAdmin } from '../../server/oms/vendure/vendure-admin.ts';
import { VendureCustomers } from '../../server/oms/vendure/vendure-customers.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { freshDatabases, freshSchema, testPostgresUrl } from './support/databases.ts';
import { consentTo } from './support/known-visit.ts';
import { EmbeddedHouse } from './support/embedded-house.ts';
import { TestClock } from './support/test-clock.ts';
import { TestServer } from './support/test-server.ts';
import { handOff, valueOf } from './support/visit.ts';

const yes = {
  key: 'key-of-the-yes',
  clientId: 'n-2011',
  purpose: 'advise',
  granted: true,
  textVersion: '3',
  locale: 'fr',
  method: 'kiosk',
  atMs: 1_800_000_000_000,
} satisfies ConsentRecord;
const no = { ...yes, key: 'key-of-the-no', granted: false, atMs: yes.atMs + 1 } satisfies ConsentRecord;

/** What counts by the rule: the later `atMs`, whichever arrived last. */
function whatCounts(records: readonly unknown[]): ConsentRecord | undefined {
  const read = records.map((one) => z.parse(ConsentRecord, one));
  return read.toSorted((one, other) => other.atMs - one.atMs)[0];
}

describe.each(freshDatabases)('moments of decisions, on $name', ({ fresh }) => {
  it('are each later than the last of the Maison, also where a clock lags; other Maisons have their own', async () => {
    const { database, drop } = await fresh();
    try {
      for (const id of ['norde', 'aurelle'])
        await database.db.insertInto('maisons').values({ id, name: id }).execute();
      const at = (maisonId: string, nowMs: number) =>
        database.transact((tx) => nextDecisionMs(tx, maisonId, nowMs));
      expect(await at('norde', 5_000)).toBe(5_000);
      expect(await at('norde', 5_000)).toBe(5_001);
      expect(await at('norde', 1_000)).toBe(5_002);
      expect(await at('aurelle', 1_000)).toBe(1_000);
      expect(await at('norde', 9_000)).toBe(9_000);
      const many = await Promise.all(Array.from({ length: 12 }, () => at('norde', 8_000)));
      expect(new Set(many).size).toBe(12);
    } finally {
      await drop();
    }
  });

  it('let the no count in the embedded house, though the yes arrives after it, and again after a month', async () => {
    const house = await EmbeddedHouse.open(fresh);
    try {
      for (const record of [no, yes, no]) await house.connector.recordConsent(record);
      if (house.clock instanceof ManualClock) house.clock.advance(31 * 24 * 3_600_000);
      await house.oms.prune();
      expect(await house.connector.recordConsent(yes)).toEqual({ kind: 'recorded' });
      const records = await house.consents();
      expect(records).toHaveLength(2);
      expect(whatCounts(records)).toEqual(no);
    } finally {
      await house.close();
    }
  });
});

describe.skipIf(testPostgresUrl === null)('two nodes over PostgreSQL (skipped where none answers)', () => {
  it('let a client’s no be later than their yes, though the clock of its node lags behind', async () => {
    const clock = new TestClock();
    const one = await TestServer.startOnPostgres(testPostgresUrl ?? '', { clock });
    const lagging = new TestClock();
    lagging.set(-20_000);
    const other = await one.anotherNode({ clock: lagging });
    try {
      const kiosk = await one.connect('kiosk', 'norde-marais');
      const tablet = await one.advisor('norde-marais', 'noemie-caron');
      const sessionId = await handOff(kiosk, tablet);
      const mirror = kiosk.twin(other.url);
      await mirror.connect();
      const consent = consentTo([{ purpose: 'advise', term: 'visit' }]);
      const records = async () => {
        const rows = await one.inDatabase((db) => db.selectFrom('oms_consents').select('record').execute());
        return rows.map(({ record }): unknown => JSON.parse(record));
      };
      for (const said of [2, 4, 6]) {
        valueOf(await kiosk.command('client.consent', { sessionId, consent }));
        await expect.poll(records).toHaveLength(said - 1);
        expect(whatCounts(await records())).toMatchObject({ granted: true });
        valueOf(await mirror.command('client.withdraw', { sessionId, purpose: null }));
        await expect.poll(records).toHaveLength(said);
        expect(whatCounts(await records())).toMatchObject({ granted: false });
      }
      mirror.disconnect();
    } finally {
      await other.stop();
      await one.stop();
    }
  });
});

describe.skipIf(testPostgresUrl === null)('a house on the other side of two nodes', () => {
  it('is told the no while the older yes is still under way, and knows which counts when it arrives', async () => {
    const { url: databaseUrl, drop } = await freshSchema(testPostgresUrl ?? '');
    const arrives = Promise.withResolvers<void>();
    let underWay = 0;
    const connected = await ConnectedServer.start(
      {},
      {
        databaseUrl,
        fetch: async (url, init) => {
          if (url.endsWith('/consents')) {
            underWay += 1;
            await arrives.promise;
          }
          return await fetch(url, init);
        },
      },
    );
    const { server: one, system } = connected;
    const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-other-node-'));
    await copyFile(join(one.dataDir, 'connectors.json'), join(dataDir, 'connectors.json'));
    const other = await one.anotherNode({ dataDir });
    try {
      const kiosk = await one.connect('kiosk', 'norde-marais');
      const tablet = await one.advisor('norde-marais', 'noemie-caron');
      const sessionId = await handOff(kiosk, tablet);
      const mirror = kiosk.twin(other.url);
      await mirror.connect();
      const consent = consentTo([{ purpose: 'advise', term: 'visit' }]);
      valueOf(await kiosk.command('client.consent', { sessionId, consent }));
      await expect.poll(() => underWay).toBe(1);
      valueOf(await mirror.command('client.withdraw', { sessionId, purpose: null }));
      await expect.poll(() => system.consents()).toHaveLength(1);
      expect(await system.consents()).toMatchObject([{ granted: false }]);
      arrives.resolve();
      await expect.poll(() => system.consents()).toHaveLength(2);
      expect(whatCounts(await system.consents())).toMatchObject({ granted: false });
      mirror.disconnect();
    } finally {
      arrives.resolve();
      await other.stop();
      await connected.stop();
      await drop();
    }
  });
});

const clock = new TestClock();
const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });

describe('in Medusa', () => {
  it('a yes that was under way while the no was written takes nothing away from it', async () => {
    // Medusa's own way with marks: those that are named are replaced, the others stay.
    let metadata: Record<string, unknown> = { vip: 'yes' };
    const customer = () => ({ id: 'cus_0123456789AB', first_name: 'Ada', last_name: 'Lund', metadata });
    let held: Promise<void> | null = null;
    const underWay = Promise.withResolvers<void>();
    const admin = new MedusaAdmin(
      { baseUrl: 'http://medusa.test', apiKey: 'sk_test' },
      {
        clock,
        random: systemRandom,
        fetch: async (_url, init) => {
          if (init?.method === 'POST') {
            const waits = held;
            held = null;
            if (waits) underWay.resolve();
            await waits;
            metadata = { ...metadata, ...(JSON.parse(init.body as string) as { metadata: object }).metadata };
          }
          return json({ customer: customer() });
        },
      },
    );
    const of = { clientId: 'cus_0123456789AB' };
    const arrives = Promise.withResolvers<void>();
    held = arrives.promise;
    const late = medusa.recordConsent(admin, { ...yes, ...of });
    await underWay.promise;
    expect(await medusa.recordConsent(admin, { ...no, ...of })).toEqual({ kind: 'recorded' });
    arrives.resolve();
    expect(await late).toEqual({ kind: 'recorded' });
    expect(metadata['vip']).toBe('yes');
    const marks = Object.entries(metadata).filter(([name]) => name.startsWith('vitrine_consent_'));
    const records = marks.map(([name, said]) => {
      const key = name.slice('vitrine_consent_'.length);
      return { key, ...of, ...(said as object) };
    });
    expect(records).toHaveLength(2);
    expect(whatCounts(records)).toEqual({ ...no, ...of });
  });
});

describe('in Vendure', () => {
  it('a yes that arrives after a later no says of itself that it does not count', async () => {
    const notes: string[] = ['A note of the staff.', 'Vitrine consent of-old\nedited by hand'];
    const admin = new VendureAdmin('http://vendure.test', {
      clock,
      random: systemRandom,
      fetch: async (_url, { body }) => {
        const { query, variables } = JSON.parse(body as string) as {
          query: string;
          variables: { note: string };
        };
        if (query.includes('VitrineConsent')) {
          notes.unshift(variables.note);
          return json({ data: { addNoteToCustomer: { id: '1' } } });
        }
        const items = notes.map((note) => ({ data: { note } }));
        const customer = query.includes('VitrineNotes')
          ? { history: { totalItems: items.length, items } }
          : { id: '7', firstName: 'Ada', lastName: 'Lund' };
        return json({ data: { customer } });
      },
    });
    const key = { apiKey: 'a-key', channelToken: null };
    const customers = new VendureCustomers({ admin, key, cardField: null });
    const ofOther = { purpose: 'greet', key: 'key-of-another' } as const;
    for (const record of [
      no,
      yes,
      { ...yes, ...ofOther },
      { ...yes, key: 'key-of-a-later', atMs: no.atMs + 1 },
    ])
      expect(await customers.recordConsent({ ...record, clientId: '7' })).toEqual({ kind: 'recorded' });
    expect(notes).toHaveLength(6);
    const overtaken = notes.filter((note) => note.includes('"overtaken":true'));
    expect(overtaken.map((note) => note.split('\n')[0])).toEqual([`Vitrine consent ${yes.key}`]);
  });
});
