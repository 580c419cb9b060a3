import { sql, type Kysely, type RawBuilder } from 'kysely';
import { asOwner } from '../core/scope.ts';
import { ServerFault } from '../core/server-fault.ts';
import { firstSlice } from './migrations/0001-first-slice.ts';
import { connectors } from './migrations/0002-connectors.ts';
import { audit } from './migrations/0003-audit.ts';
import { devices } from './migrations/0004-devices.ts';
import { consoles } from './migrations/0005-console.ts';
import { clients } from './migrations/0006-clients.ts';
import { manyNodes } from './migrations/0008-many-nodes.ts';
import { passkeys } from './migrations/0009-passkeys.ts';
import { sale } from './migrations/0010-sale.ts';
import { together } from './migrations/0012-together.ts';
import { erasuresAndAsks } from './migrations/0014-erasures-and-asks.ts';
import { operatorsPasskeys } from './migrations/0016-operators-passkeys.ts';
import { wishLists } from './migrations/0017-wish-lists.ts';
import { notes } from './migrations/0018-notes.ts';
import { advisors } from './migrations/0019-advisors.ts';
import { wishListAsks } from './migrations/0020-wish-list-asks.ts';
import { houseOrder } from './migrations/0021-house-order.ts';
import { erasedAdvisors } from './migrations/0022-erased-advisors.ts';
import { erasuresInSteps } from './migrations/0023-erasures-in-steps.ts';
import { numberedDeliveries } from './migrations/0024-numbered-deliveries.ts';
import type { Tables } from './tables.ts';

/** Which of the two databases is spoken to. */
export type DatabaseKind = 'sqlite' | 'postgres';

/** What the databases spell differently. */
export interface MigrationTypes {
  /** The type of an id: compared byte by byte on both, whatever the locale of the PostgreSQL server. */
  readonly id: RawBuilder<unknown>;
}

/** One step forward. Steps are never changed once released; a correction is a new step. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: (db: Kysely<Tables>, types: MigrationTypes) => Promise<void>;
}

/** Every step, oldest first. */
export const migrations: readonly Migration[] = [
  firstSlice,
  connectors,
  audit,
  devices,
  consoles,
  clients,
  manyNodes,
  passkeys,
  sale,
  together,
  erasuresAndAsks,
  operatorsPasskeys,
  wishLists,
  notes,
  advisors,
  wishListAsks,
  houseOrder,
  erasedAdvisors,
  erasuresInSteps,
  numberedDeliveries,
];

/** The version this program writes and reads. */
export const newestVersion = migrations.reduce((newest, { version }) => Math.max(newest, version), 0);

/** The fault for a database that a newer program has written. */
export function databaseNewer(found: number): ServerFault {
  return new ServerFault(
    'database-newer',
    `The database has version ${found}, and this program knows versions up to ${newestVersion}. Nothing was changed.`,
    'Start the newer program that wrote it, or begin anew with another data folder.',
  );
}

/** Arbitrary, but the same for every node: one of them migrates and raises the wall, the others wait. */
export const migrationLock = 8_174_001;

/**
 * Brings the database to `newestVersion`, in one transaction: where a step fails, it stays as it was.
 *
 * @param steps those of an older program, where a database is to be made as that would have made it
 * @throws {ServerFault} `database-newer`
 */
export async function migrate(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  nowMs: number,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await asOwner(() => step(db, kind, nowMs, steps));
}

async function step(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  nowMs: number,
  steps: readonly Migration[],
): Promise<void> {
  const types = { id: kind === 'postgres' ? sql`text collate "C"` : sql`text` };
  await db.transaction().execute(async (tx) => {
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx);
    await tx.schema
      .createTable('schema_migrations')
      .ifNotExists()
      .addColumn('version', sql`bigint`, (column) => column.primaryKey())
      .addColumn('name', sql`text`, (column) => column.notNull())
      .addColumn('applied_at_ms', sql`bigint`, (column) => column.notNull())
      .execute();
    const rows = await tx.selectFrom('schema_migrations').select('version').execute();
    const taken = new Set(rows.map(({ version }) => version));
    const found = Math.max(0, ...taken);
    if (found > newestVersion) throw databaseNewer(found);
    for (const { version, name, up } of steps) {
      // By its own number, not by the highest: a step of another branch may arrive after one that was numbered later.
      if (taken.has(version)) continue;
      await up(tx, types);
      await tx.insertInto('schema_migrations').values({ version, name, applied_at_ms: nowMs }).execute();
    }
  });
}
