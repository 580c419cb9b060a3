import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Pool } from 'pg';
import { openPostgres } from '../../server/persistence/postgres.ts';
import { openSqlite } from '../../server/persistence/sqlite.ts';
import { freshSchema, testPostgresUrl } from '../../tests/server/support/databases.ts';
import { describeMachine, type BenchResult, type BenchRow } from '../bench-result.ts';
import { quantile } from '../realtime/statistics.ts';
import { wilson } from '../wilson.ts';
import { Boutique, lastPieces } from './boutique.ts';
import { openRawPostgres, openRawSqlite, type RawStore } from './raw-store.ts';
import { Tape, TapedDialect } from './tape.ts';

/** Ours and the bare driver do this many of each operation by turns. */
const perTurn = 25;
const turns = 24;
const warmUps = 4;

const clients = 100;
const races = 10;

const kinds = ['hold', 'release', 'event'] as const;
type Kind = (typeof kinds)[number];

/** Seconds of one turn of one kind. */
interface Turn {
  readonly ours: number;
  readonly raw: number;
  readonly statements: number;
}

/** What is needed of a database: ours on it, and a bare driver on the same rows. */
interface Stage {
  readonly name: string;
  readonly tape: Tape;
  readonly ours: Boutique;
  readonly raw: RawStore;
  /** Pieces oversold by a program that looks and then writes; null where it cannot be asked at once. */
  readonly naive: (() => Promise<number>) | null;
  readonly close: () => Promise<void>;
}

/**
 * Durable commands per second: our services (validation, scope, ledger, log, embedded OMS, query builder) beside the bare
 * driver which executes the very same statements with the same parameters, by turns, in one run; then the last piece.
 */
export async function runStore(): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  for (const open of [openOnSqlite, openOnPostgres]) {
    const stage = await open();
    if (stage === null) {
      rows.push({
        what: 'PostgreSQL',
        unit: '—',
        ours: null,
        reference: null,
        note: 'not measured: no PostgreSQL server answers (VITRINE_TEST_POSTGRES)',
      });
      continue;
    }
    console.log(`  ${stage.name}`);
    try {
      rows.push(...(await speedRows(stage)), await raceRow(stage));
    } finally {
      await stage.close();
    }
  }
  return {
    name: 'store',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference:
      'better-sqlite3 and pg executing the very same statements, recorded from ours, by turns on the same rows; every commit durable',
    rows,
  };
}

async function openOnSqlite(): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), 'vitrine-bench-'));
  const [path, copy] = [join(dir, 'ours.sqlite'), join(dir, 'raw.sqlite')];
  const tape = new Tape();
  const dialect = new TapedDialect(await openSqlite(path), 'sqlite', tape);
  const ours = await Boutique.open(dialect, 'sqlite', lastPieces(races));
  const reader = new Sqlite(path, { readonly: true });
  await reader.backup(copy);
  reader.close();
  const raw = openRawSqlite(copy);
  const close = async () => {
    await ours.close();
    await raw.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { name: 'SQLite', tape, ours, raw, naive: null, close };
}

async function openOnPostgres(): Promise<Stage | null> {
  if (testPostgresUrl === null) return null;
  const [schema, copy] = [await freshSchema(testPostgresUrl), await freshSchema(testPostgresUrl)];
  const tape = new Tape();
  const pieces = lastPieces(races);
  const ours = await Boutique.open(
    new TapedDialect(await openPostgres(schema.url), 'postgres', tape),
    'postgres',
    pieces,
  );
  const twin = await Boutique.open(await openPostgres(copy.url), 'postgres', pieces);
  await twin.close();
  const raw = await openRawPostgres(copy.url);
  const close = async () => {
    await ours.close();
    await raw.close();
    await schema.drop();
    await copy.drop();
  };
  return { name: 'PostgreSQL', tape, ours, raw, naive: () => oversoldByLooking(copy.url, pieces), close };
}

async function speedRows(stage: Stage): Promise<BenchRow[]> {
  const measured: Record<Kind, Turn[]> = { hold: [], release: [], event: [] };
  let [holds, events] = [0, 0];
  stage.tape.take();
  const [holdsBefore, eventsBefore] = [
    await stage.raw.count('holds'),
    await stage.raw.count('session_events'),
  ];
  for (let turn = -warmUps; turn < turns; turn += 1) {
    const held: string[] = [];
    for (const kind of kinds) {
      const one = await timeTurn(stage, async () => {
        if (kind === 'hold') held.push(await stage.ours.hold());
        else if (kind === 'release') await stage.ours.release(held.pop() ?? '');
        else await stage.ours.append();
      });
      if (turn >= 0) measured[kind].push(one);
    }
    holds += perTurn;
    events += 3 * perTurn;
  }
  const did = [
    (await stage.raw.count('holds')) - holdsBefore,
    (await stage.raw.count('session_events')) - eventsBefore,
  ];
  // A tape that was played on other rows would be quick, and nothing.
  if (did[0] !== holds || did[1] !== events) {
    throw new Error(`The bare driver made ${did.join(' and ')} rows instead of ${holds} and ${events}.`);
  }
  return kinds.map((kind) => speedRow(stage.name, kind, measured[kind]));
}

async function timeTurn({ tape, raw }: Stage, operation: () => Promise<void>): Promise<Turn> {
  const seconds = async (work: () => Promise<void>) => {
    const atMs = performance.now();
    await work();
    return (performance.now() - atMs) / 1_000;
  };
  const ours = await seconds(async () => {
    for (let count = 0; count < perTurn; count += 1) await operation();
  });
  const units = tape.take();
  const statements = units.reduce((sum, unit) => sum + unit.length, 0) / perTurn;
  return { ours, raw: await seconds(() => raw.play(units)), statements };
}

function speedRow(name: string, kind: Kind, measured: readonly Turn[]): BenchRow {
  const perSecond = (of: (turn: Turn) => number) => perTurn / quantile(measured.map(of), 0.5);
  const ratios = measured.map(({ ours, raw }) => raw / ours);
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantile(ratios, share).toFixed(2));
  const statements = Math.round(measured[0]?.statements ?? 0);
  return {
    what: `${kind}, ${name}`,
    unit: 'per second',
    ours: perSecond(({ ours }) => ours),
    reference: perSecond(({ raw }) => raw),
    goal: '≥ 0.6 ×',
    samples: measured.length * perTurn,
    note: `${statements} statements each; ratio by turn ${middle} (8 of 10 turns between ${low} and ${high}); one client`,
  };
}

async function raceRow({ name, ours, naive }: Stage): Promise<BenchRow> {
  let oversold = 0;
  for (const sku of lastPieces(races)) {
    const winners = await ours.race(sku, clients);
    if (winners === 0) throw new Error(`Nobody got ${sku}.`);
    oversold += winners - 1;
  }
  const upTo = (100 * wilson(oversold, races).high).toFixed(0);
  return {
    what: `oversold, ${clients} clients at once for the last piece, ${name}`,
    unit: 'pieces',
    ours: oversold,
    reference: naive ? await naive() : null,
    goal: '0',
    samples: races,
    note: `${naive ? 'reference: look, then write, ten connections; ' : ''}a race oversells in less than ${upTo} % (95 %)`,
  };
}

/** What a program sells too much that counts first and writes then, each in a statement of its own. */
async function oversoldByLooking(connectionString: string, pieces: readonly string[]): Promise<number> {
  const pool = new Pool({ connectionString, max: 10 });
  try {
    await pool.query('create table naive_holds (sku text not null)');
    const take = async (sku: string) => {
      const { rows } = await pool.query('select 1 from naive_holds where sku = $1', [sku]);
      if (rows.length === 0) await pool.query('insert into naive_holds values ($1)', [sku]);
    };
    for (const sku of pieces) await Promise.all(Array.from({ length: clients }, () => take(sku)));
    const { rows } = await pool.query<{ oversold: string }>(
      'select count(*) - count(distinct sku) as oversold from naive_holds',
    );
    return Number(rows[0]?.oversold);
  } finally {
    await pool.end();
  }
}
