import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import {
  activationScopes,
  ActivationReply,
  AdvisorReply,
  dayAfter,
  dayIn,
  OpenEnrolmentsReply,
  StartCodeReply,
  readWishList,
  WishListReply,
  type Activation,
  type PasskeyIntroduction,
  type PasskeyProof,
} from '../../../protocol/index.ts';
import { inMaison } from '../../../server/core/scope.ts';
import { openDatabase, type Database } from '../../../server/persistence/database.ts';
import { openPostgres } from '../../../server/persistence/postgres.ts';
import { openSqlite } from '../../../server/persistence/sqlite.ts';
import { freshSchema, testPostgresUrl } from './databases.ts';
import { consentTo } from './known-visit.ts';
import { rowsOf } from './maison-rows.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';
import { TestDevice } from './test-device.ts';
import { TestServer } from './test-server.ts';
import { handOff, valueOf } from './visit.ts';
import { watchRoutes } from './watch-routes.ts';

/** What signs the messages of each house's own system. */
export const houseKeys = {
  aurelle: 'the-key-of-aurelle-0123456789-0123456789',
  norde: 'the-key-of-norde-0123456789-0123456789ab',
} as const;

/** Passkeys want a name. */
const publicUrl = 'https://vitrine.example';

/** A Maison in the middle of its day: everything that another one's people could reach for has an id here. */
export interface BusyMaison {
  readonly storeId: string;
  readonly otherStoreId: string;
  readonly sku: string;
  readonly advisorId: string;
  readonly pin: string;
  readonly kiosk: TestDevice;
  /** Its advisor is with the client of `kiosk`. */
  readonly tablet: TestDevice;
  readonly sessionId: string;
  readonly holdId: string;
  /** A second mirror that calls, and a tablet whose advisor is free. */
  readonly callingKiosk: TestDevice;
  readonly freeTablet: TestDevice;
  readonly offer: { readonly offerId: string; readonly secret: string; readonly code: string };
  readonly enrolmentCode: string;
  /** The open link of that code, as the house's console sees it. */
  readonly enrolmentId: string;
  /** An agency's pages for this boutique. The key stands in them for everybody to read. */
  readonly activation: Activation;
  readonly letterId: string;
  /** A passkey of the free tablet's advisor: our id, what it would say of itself, and an answer of it. */
  readonly passkeyId: string;
  readonly introduction: PasskeyIntroduction;
  readonly proof: PasskeyProof;
  /** Somebody who has been given a start code and has not used it. */
  readonly newcomer: { readonly id: string; readonly code: string };
  /** What is on its way to a sale. */
  readonly sale: {
    readonly runId: string;
    readonly collectionId: string;
    readonly appointmentId: string;
    readonly orderId: string;
    readonly followUpId: string;
  };
  /** Of a list that a client of this Maison made on their phone. */
  readonly wishListSecret: string;
  /** Words that only this Maison's people may ever be told. */
  readonly marks: readonly string[];
}

/** The people of the other Maison. */
export interface Neighbour {
  readonly storeId: string;
  readonly kiosk: TestDevice;
  readonly tablet: TestDevice;
  readonly console: TestDevice;
  /** A browser on an agency's page, whose activation may do all that there is. */
  readonly embed: TestDevice;
  readonly consoleToken: string;
}

/** Norde in the middle of its day, and Aurelle beside it on one server. */
export interface TwoMaisons {
  readonly server: TestServer;
  readonly norde: BusyMaison;
  readonly aurelle: Neighbour;
  /** Every route that the server has registered. */
  readonly routes: readonly string[];
  /** All of Norde's rows, byte for byte, when nothing moves any more. */
  readonly nordeRows: () => Promise<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** On which databases they are tried. */
export const twoMaisonsOn = [
  { name: 'SQLite', open: () => openTwoMaisons(null) },
  ...(testPostgresUrl === null ? [] : [{ name: 'PostgreSQL', open: () => openTwoMaisons(testPostgresUrl) }]),
] as const;

async function openTwoMaisons(serverUrl: string | null): Promise<TwoMaisons> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-maisons-'));
  const house = (key: string) => ({ kind: 'embedded', secrets: [key] });
  const maisons = { aurelle: house(houseKeys.aurelle), norde: house(houseKeys.norde) };
  await writeFile(join(dataDir, 'connectors.json'), JSON.stringify({ schemaVersion: 1, maisons }));
  const schema = serverUrl === null ? null : await freshSchema(serverUrl);
  const { started: server, registered } = await watchRoutes(() =>
    TestServer.start({ dataDir, publicUrl, databaseUrl: schema?.url }, schema?.drop),
  );
  const database = schema
    ? await openDatabase(await openPostgres(schema.url), 'postgres', server.clock.nowMs())
    : await openDatabase(await openSqlite(join(dataDir, 'vitrine.sqlite')), 'sqlite', server.clock.nowMs());
  const norde = await busy(server, database);
  const aurelle = await neighbour(server);
  return {
    server,
    norde,
    aurelle,
    routes: registered,
    nordeRows: async () => {
      for (let before = ''; ;) {
        const rows = await rowsOf(database, 'norde');
        const now = JSON.stringify(rows);
        if (now === before) return rows;
        before = now;
      }
    },
    stop: async () => {
      await database.close();
      await server.stop();
    },
  };
}

/** Origins of the two Maisons' agencies. */
export const agencyPages = {
  norde: 'https://norde.agency.example',
  aurelle: 'https://aurelle.agency.example',
};

async function activationOf(server: TestServer, storeId: string, origin: string): Promise<Activation> {
  const response = await server.asOperator('/api/activations', {
    storeId,
    agency: `Agency of ${storeId}`,
    origins: [origin],
    scope: activationScopes,
    startsAtMs: server.clock.nowMs(),
    endsAtMs: server.clock.nowMs() + 86_400_000,
    mostDevices: 10,
  });
  return z.parse(ActivationReply, await response.json()).activation;
}

async function browserOf(server: TestServer, { key }: Activation, origin: string): Promise<TestDevice> {
  const device = server.owns(await TestDevice.activate(server.url, key, origin));
  await device.connect();
  return device;
}

async function busy(server: TestServer, database: Database): Promise<BusyMaison> {
  const storeId = 'norde-marais';
  const sku = 'fjord-51.tortoise';
  const kiosk = await server.connect('kiosk', storeId, 'Norde mirror one');
  const tablet = await server.advisor(storeId, 'noemie-caron');
  const sessionId = await handOff(kiosk, tablet);
  const { hold } = valueOf(await tablet.command('hold.place', { sessionId, sku }));
  const callingKiosk = await server.connect('kiosk', storeId, 'Norde mirror two');
  const freeTablet = await server.advisor(storeId, 'theo-vasseur');
  const followUpId = await promised(callingKiosk, freeTablet, server.clock.nowMs());
  const offer = valueOf(await callingKiosk.command('offer.open', {}));
  const target = { maisonId: 'norde', storeId, role: 'kiosk', name: 'Norde mirror three' } as const;
  const { code: enrolmentCode } = await server.running.createEnrolmentLink(target);
  const { run } = valueOf(await tablet.command('run.ask', { sessionId, sku }));
  const { collection } = valueOf(await tablet.command('collection.reserve', { sessionId, storeId, sku }));
  const { startsAtMs } = valueOf(await tablet.command('appointment.slots', { advisorId: 'noemie-caron' }));
  const { appointment } = valueOf(
    await tablet.command('appointment.book', {
      sessionId,
      advisorId: 'noemie-caron',
      startsAtMs: startsAtMs[0] ?? 0,
      skus: [sku],
    }),
  );
  const { order } = valueOf(
    await tablet.command('order.prepare', { sessionId, lines: [{ sku, quantity: 1 }] }),
  );
  const activation = await activationOf(server, storeId, agencyPages.norde);
  const browser = await browserOf(server, activation, agencyPages.norde);
  const links = z.parse(
    OpenEnrolmentsReply,
    await (await server.asOperator('/api/devices/enrolments')).json(),
  );
  const enrolmentId = links.enrolments.find((link) => link.name === target.name)?.id ?? 'none';
  const letterId = 'letter-of-norde';
  const letter = {
    id: letterId,
    maison_id: 'norde',
    direction: 'out',
    subject: 'hold.release',
    body: '{"holdId":"norde-only"}',
    state: 'dead',
    tries: 3,
    next_try_at_ms: 1,
    last_fault: 'refused by norde',
    created_at_ms: 1,
  } as const;
  await inMaison('norde', () => database.db.insertInto('oms_letters').values(letter).execute());
  const authenticator = new SoftAuthenticator(publicUrl);
  const introduction = authenticator.introduce(valueOf(await freeTablet.command('passkey.invite', {})));
  const { passkey } = valueOf(await freeTablet.command('passkey.make', { introduction }));
  const proof = authenticator.prove(valueOf(await freeTablet.command('passkey.ask', {})));
  const newcomer = await newcomerOf(server, storeId);
  const devices = [kiosk, tablet, callingKiosk, freeTablet, browser];
  const { secret, code, offerId } = offer;
  const wishListSecret = await listed(server.url, sku);
  return {
    storeId,
    otherStoreId: 'norde-mayfair',
    sku,
    advisorId: 'theo-vasseur',
    pin: server.pin('norde'),
    kiosk,
    tablet,
    sessionId,
    holdId: hold.id,
    callingKiosk,
    freeTablet,
    offer: { offerId, secret, code },
    enrolmentCode,
    enrolmentId,
    activation,
    letterId,
    passkeyId: passkey.id,
    introduction,
    proof,
    newcomer,
    sale: {
      runId: run.id,
      collectionId: collection.id,
      appointmentId: appointment.id,
      orderId: order.id,
      followUpId,
    },
    wishListSecret,
    marks: [
      wishListSecret,
      ...devices.map(({ id }) => id),
      'norde',
      'Norde',
      'Noémie',
      'noemie-caron',
      'Théo',
      'theo-vasseur',
      'Bastien',
      'Priya',
      'Marais',
      sessionId,
      hold.id,
      run.id,
      collection.id,
      collection.code,
      appointment.id,
      order.id,
      order.orderId,
      followUpId,
      promisedLine,
      offerId,
      secret,
      code,
      enrolmentCode,
      enrolmentId,
      activation.id,
      activation.key,
      letterId,
      passkey.id,
      proof.id,
      newcomer.id,
      newcomer.code,
      newcomerName,
    ],
  };
}

const newcomerName = 'Solène Aubry';

async function newcomerOf(server: TestServer, storeId: string): Promise<BusyMaison['newcomer']> {
  const title = { en: 'Client advisor', fr: 'Conseillère' };
  const person = { maisonId: 'norde', storeId, name: newcomerName, title, languages: ['fr'] };
  const added = z.parse(AdvisorReply, await (await server.asOperator('/api/advisors', person)).json());
  const { id } = added.advisor;
  const made = await server.asOperator(`/api/advisors/norde/${id}/start-code`, {});
  return { id, code: z.parse(StartCodeReply, await made.json()).code };
}

/** What an advisor of Norde promised a client. */
const promisedLine = 'A finish that only this house has';

async function listed(url: string, sku: string): Promise<string> {
  const response = await fetch(`${url}/api/wishlists/norde/phone`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'chance-of-a-phone-of-norde', skus: [sku] }),
  });
  return readWishList(WishListReply.parse(await response.json()).text) ?? 'none';
}

async function promised(kiosk: TestDevice, tablet: TestDevice, nowMs: number): Promise<string> {
  const sessionId = await handOff(kiosk, tablet);
  const consent = consentTo([{ purpose: 'remember', term: 'month' }]);
  valueOf(await kiosk.command('client.consent', { sessionId, consent }));
  const dueOn = dayAfter(dayIn(nowMs, 'Europe/Paris'), 3);
  const next = { step: 'call', dueOn, sku: null, line: promisedLine } as const;
  const note = { occasion: 'gift', decision: 'thinking', next } as const;
  valueOf(await tablet.command('session.conclude', { sessionId, note }));
  const { followUps } = valueOf(await tablet.command('follow-up.list', {}));
  return followUps[0]?.id ?? 'none';
}

async function neighbour(server: TestServer): Promise<Neighbour> {
  const storeId = 'aurelle-vendome';
  const console = await server.connect('console', storeId, 'Console 1');
  return {
    storeId,
    kiosk: await server.connect('kiosk', storeId, 'Mirror 1'),
    tablet: await server.advisor(storeId, 'camille-laurent'),
    console,
    embed: await browserOf(
      server,
      await activationOf(server, storeId, agencyPages.aurelle),
      agencyPages.aurelle,
    ),
    consoleToken: (await console.token()).token,
  };
}
