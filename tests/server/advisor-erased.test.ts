import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import {
  AdvisorBoardReply,
  AdvisorReply,
  AttributionRecord,
  AuditReply,
  dayAfter,
  dayIn,
  usualAttributionRule,
} from '../../protocol/index.ts';
import { OmsOrder } from '../../protocol/connector/index.ts';
import { makeBackup } from '../../server/backup/make-backup.ts';
import { restoreBackup } from '../../server/backup/restore-backup.ts';
import { readMarks } from '../../server/clients/erasure-marks.ts';
import { systemRandom } from '../../server/core/random.ts';
import { verifyAttribution } from '../../examples/attribution/verify-attribution.ts';
import { testPostgresUrl } from './support/databases.ts';
import { consentTo } from './support/known-visit.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, handOff, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.smoke';
/** Whose very id tells who they are. */
const leaver = 'theo-vasseur';
const leaverName = 'Théo Vasseur';

const databases = [
  { name: 'SQLite', open: () => TestServer.start() },
  ...(testPostgresUrl === null
    ? []
    : [{ name: 'PostgreSQL', open: () => TestServer.startOnPostgres(testPostgresUrl ?? '') }]),
];

describe.each(databases)('an advisor who has left and asks to be forgotten, on $name', ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(async () => {
    await server.stop();
  });

  const about = (id: string, deed: string) => server.asOperator(`/api/advisors/norde/${id}/${deed}`, {});
  const listed = async () => {
    const reply = await server.asOperator(`/api/advisors?store=${storeId}`);
    return z.parse(AdvisorBoardReply, await reply.json()).advisors;
  };

  /** The tables in which a word stands, also in what a signed record says. */
  const tablesWith = async (word: string) =>
    await server.inDatabase(async (db) => {
      const found: string[] = [];
      for (const { name } of await db.introspection.getTables()) {
        const text = JSON.stringify(
          await db
            .selectFrom(name as 'advisors')
            .selectAll()
            .execute(),
        );
        const records = Array.from(text.matchAll(/eyJ[\w-]+\.([\w-]+)/g), ([, payload = '']) =>
          Buffer.from(payload, 'base64url').toString(),
        );
        if ([text, ...records].join('\n').includes(word)) found.push(name);
      }
      return found.toSorted();
    });

  /** A visit of theirs that a colleague closes with an order, a note and an appointment; and a call that they passed on. */
  async function busyDay() {
    const tablet = await server.advisor(storeId, leaver);
    const colleague = await server.advisor(storeId, 'noemie-caron');
    const kiosk = await server.connect('kiosk', storeId, 'Mirror 1');
    const sessionId = await handOff(kiosk, tablet);
    const consent = consentTo([{ purpose: 'remember', term: 'month' }]);
    valueOf(await kiosk.command('client.consent', { sessionId, consent }));
    const { startsAtMs } = valueOf(await tablet.command('appointment.slots', { advisorId: leaver }));
    const [startsAt] = startsAtMs;
    if (startsAt === undefined) throw new Error('no time is free');
    const booking = { sessionId, advisorId: leaver, startsAtMs: startsAt, skus: [sku] };
    valueOf(await tablet.command('appointment.book', booking));
    const lines = [{ sku, quantity: 1 }];
    const { order } = valueOf(await tablet.command('order.prepare', { sessionId, lines }));
    const placed = valueOf(
      await tablet.command('order.place', {
        sessionId,
        orderId: order.id,
        revision: order.revision,
        closedBy: 'noemie-caron',
        agreedAssistingPercent: null,
      }),
    );
    const dueOn = dayAfter(dayIn(server.clock.nowMs(), 'Europe/Paris'), 3);
    const next = { step: 'call', dueOn, sku: null, line: 'The lens that was ordered' } as const;
    const note = { occasion: 'gift', decision: 'thinking', next } as const;
    valueOf(await tablet.command('session.conclude', { sessionId, note }));
    const second = await server.connect('kiosk', storeId, 'Mirror 2');
    const { offerId: callId } = valueOf(await second.command('offer.open', {}));
    valueOf(await tablet.command('call.go', { callId }));
    valueOf(await tablet.command('call.pass', { callId, advisorId: 'noemie-caron' }));
    await server.advisor('norde-mayfair', 'imogen-clarke');
    expect(codeOf(await colleague.command('advisor.sign-in', { advisorId: leaver, pin: '000000' }))).toBe(
      'pin-wrong',
    );
    return placed.order;
  }

  it('is a pseudonym wherever they were named, under which their sales can still be verified', async () => {
    const { record } = await busyDay();
    expect(record).not.toBeNull();
    expect((await about(leaver, 'erase')).status).toBe(409);
    expect((await about(leaver, 'remove')).status).toBe(200);
    expect(await tablesWith(leaver)).toEqual(
      expect.arrayContaining([
        'advisors',
        'attributions',
        'audit_entries',
        'command_answers',
        'offers',
        'oms_appointments',
        'oms_notes',
        'oms_orders',
        'pin_tries',
        'sale_steps',
        'session_events',
        'sessions',
      ]),
    );
    const lines = async () =>
      z.parse(AuditReply, await (await server.asOperator('/api/audit')).json()).entries;
    const trail = await lines();

    const reply = await about(leaver, 'erase');
    expect(reply.status).toBe(200);
    const { advisor } = z.parse(AdvisorReply, await reply.json());
    expect(advisor).toMatchObject({
      id: expect.stringMatching(/^former-[0-9a-f]{16}$/) as string,
      lastSignInAtMs: null,
      erasedAtMs: server.clock.nowMs(),
    });
    const orderRow = async () =>
      await server.inDatabase(async (db) => {
        const rows = await db.selectFrom('oms_orders').select('body').execute();
        return rows.map(({ body }) => z.parse(OmsOrder, JSON.parse(body)).attribution?.record);
      });
    const kept = await server.inDatabase((db) => db.selectFrom('attributions').selectAll().execute());
    const [attribution] = kept;
    if (!attribution) throw new Error('no record was kept');
    // The house has the new one as well.
    await expect.poll(orderRow).toEqual([attribution.record]);
    for (const word of [leaver, leaverName, 'Vasseur']) expect(await tablesWith(word)).toEqual([]);

    const keys = createRemoteJWKSet(new URL('/api/attributions/norde/keys.json', server.url));
    const told = await verifyAttribution(attribution.record, 'norde', keys);
    const former = await verifyAttribution(record ?? '', 'norde', keys);
    expect(JSON.stringify(told)).toBe(JSON.stringify(former).replaceAll(leaver, advisor.id));
    expect(told.assistedBy).toEqual([{ advisorId: advisor.id, storeId }]);
    expect(told.closedBy).toEqual([{ advisorId: 'noemie-caron', storeId }]);

    // The trail keeps every line, and one more.
    const [erased, ...others] = await lines();
    expect(erased).toMatchObject({
      action: 'advisor.erased',
      subject: advisor.id,
      actor: { kind: 'operator' },
    });
    expect(JSON.stringify(others)).toBe(JSON.stringify(trail).replaceAll(leaver, advisor.id));
    expect((await about(advisor.id, 'erase')).status).toBe(200);
    expect((await about(leaver, 'erase')).status).toBe(404);
  });

  it('is told on a colleague’s tablet as somebody who was here, and by no name', async () => {
    const colleague = await server.advisor(storeId, 'noemie-caron');
    const { followUps } = valueOf(await colleague.command('follow-up.list', {}));
    expect(followUps).toMatchObject([
      {
        notedBy: {
          name: expect.stringMatching(/^N° [0-9A-F]{6}$/) as string,
          title: { en: 'Former advisor' },
        },
      },
    ]);
  });

  it('does not come back with the next start', async () => {
    await server.restart();
    expect((await listed()).map(({ id }) => id)).not.toContain(leaver);
  });

  it('of many sales is erased in steps, between which others go on; one that was broken off is gone on with', async () => {
    const sales = 300;
    const added = await server.asOperator('/api/advisors', {
      maisonId: 'norde',
      storeId,
      name: 'Inès Roche',
      title: { en: 'Optician', fr: 'Opticienne' },
      languages: ['fr'],
    });
    const { id } = z.parse(AdvisorReply, await added.json()).advisor;
    const recordOf = (orderId: string) =>
      AttributionRecord.parse({
        iss: 'vitrine',
        maisonId: 'norde',
        sessionId: 'session-of-many-sales',
        mirror: { storeId, deviceId: 'device-of-many-sales' },
        agency: null,
        assistedBy: [{ advisorId: id, storeId }],
        closedBy: [],
        agreedAssistingPercent: null,
        orderId,
        channel: 'boutique',
        storeId,
        closedAtMs: server.clock.nowMs(),
        region: null,
        rule: usualAttributionRule,
        lines: [{ sku, quantity: 1, amountMinor: 100, currency: 'EUR', shares: [] }],
      });
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const becomes = 'former-0123456789abcdef';
    await server.inDatabase(async (db) => {
      for (let at = 0; at < sales; at += 1) {
        const orderId = `many-${at}`;
        const record = `${part({ alg: 'ES256' })}.${part(recordOf(orderId))}.${part('signed')}`;
        const row = { maison_id: 'norde', order_id: orderId, session_id: 'session-of-many-sales', record };
        await db
          .insertInto('attributions')
          .values({ ...row, made_at_ms: 0 })
          .execute();
      }
      // More than one step reads.
      for (let at = 0; at < 120; at += 1)
        await db
          .insertInto('oms_replies')
          .values({
            maison_id: 'norde',
            call: 'order',
            key: `many-${at}`,
            reply: JSON.stringify({ advisorId: id }),
            at_ms: 0,
          })
          .execute();
      // As a server leaves it that ended in the middle.
      await db.updateTable('advisors').set({ becomes }).where('id', '=', id).execute();
    });
    expect((await about(id, 'remove')).status).toBe(200);

    const still = new Set<number>();
    const erasure = { isOver: false };
    const erased = about(id, 'erase').finally(() => (erasure.isOver = true));
    while (!erasure.isOver) {
      const rows = await server.inDatabase((db) =>
        db.selectFrom('attributions').select('record').where('order_id', 'like', 'many-%').execute(),
      );
      still.add(rows.filter(({ record }) => JSON.stringify(decodeJwt(record)).includes(id)).length);
    }
    expect(z.parse(AdvisorReply, await (await erased).json()).advisor.id).toBe(becomes);
    expect(Array.from(still).filter((count) => count > 0 && count < sales)).not.toEqual([]);
    for (const word of [id, 'Inès Roche']) expect(await tablesWith(word)).toEqual([]);
  });

  it('is erased by their own house’s console, and by no other', async () => {
    const asConsole = async (at: string, id: string) => {
      const { token } = await (await server.enrol('console', at)).token();
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const url = `${server.url}/api/advisors/norde/${id}/erase`;
      return (await fetch(url, { method: 'POST', headers, body: '{}' })).status;
    };
    expect((await about('noemie-caron', 'remove')).status).toBe(200);
    expect(await asConsole('aurelle-vendome', 'noemie-caron')).toBe(404);
    expect(await asConsole(storeId, 'noemie-caron')).toBe(200);
    expect(await tablesWith('noemie-caron')).toEqual([]);
  });
});

describe('an advisor who was erased after a backup', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vitrine-erased-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('is erased again when it is restored, under the same pseudonym', async () => {
    const server = await TestServer.start({ erasuresDir: join(scratch, 'erasures') });
    const { clock } = server;
    const made = await makeBackup({
      dataDir: server.dataDir,
      toDir: scratch,
      version: 'test',
      nowMs: clock.nowMs(),
      keep: 9,
    });
    for (const deed of ['remove', 'erase'])
      await server.asOperator(`/api/advisors/norde/${leaver}/${deed}`, {});
    const marks = async () => (await readMarks(join(scratch, 'erasures'))) ?? [];
    await vi.waitUntil(async () => (await marks()).length === 1);
    const [mark] = await marks();
    expect(JSON.stringify(mark)).not.toContain(leaver);
    const secondMarkIsWritten = () =>
      server.inDatabase((db) =>
        db.selectFrom('advisors').select('id').where('mark', 'is not', null).execute(),
      );
    await expect.poll(secondMarkIsWritten).toEqual([]);
    await server.stop();

    const dataDir = join(scratch, 'restored');
    const restore = { fromDir: made.folder, dataDir, clock, random: systemRandom };
    const { settled } = await restoreBackup(restore);
    expect(settled).toMatchObject({ advisorsAgain: 1, erasedAgain: 0, erasedUnknown: 0 });
    const restored = await TestServer.start({ dataDir, clock });
    const advisors = () =>
      restored.inDatabase((db) =>
        db
          .selectFrom('advisors')
          .select(['id', 'name'])
          .where('store_id', '=', storeId)
          .orderBy('id')
          .execute(),
      );
    await expect
      .poll(advisors)
      .toEqual([
        { id: mark?.id, name: expect.stringMatching(/^N° [0-9A-F]{6}$/) as string },
        expect.objectContaining({ id: 'noemie-caron' }),
      ]);
    const { entries } = z.parse(AuditReply, await (await restored.asOperator('/api/audit')).json());
    expect(entries.find(({ action }) => action === 'advisor.erased')).toMatchObject({
      subject: mark?.id,
      actor: { kind: 'server', id: null },
    });
    await restored.stop();
  });
});
