import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { codeOf, ServerFault } from '../core/server-fault.ts';
import { migrationLock } from './migration.ts';
import { everyMaison } from './scoped-dialect.ts';
import type { Tables } from './tables.ts';
import { walls, type Wall } from './walls.ts';

/** Owns nothing, may log in nowhere, and is bound by every policy: what queries run as. */
export const appRole = 'vitrine_app';

const policy = 'vitrine_wall';

/**
 * How the second wall stands. `role`: queries run as `vitrine_app`. `owner-bound`: the login could not have that role, but
 * it is bound by the policies itself. `none`: the database has no row-level security (SQLite).
 */
export type SecondWall = 'role' | 'owner-bound' | 'none';

/** Which rows of a table a scope sees, as a policy says it. Checks and subqueries run once a row, each by a primary key. */
function rowsOf(table: keyof Tables, wall: Wall): string {
  const present = "current_setting('vitrine.maison', true)";
  const isHouseWide = `${present} = '${everyMaison}'`;
  switch (wall.by) {
    case 'open':
      return 'true';
    case 'house-wide':
      return isHouseWide;
    case 'column':
      return `${isHouseWide} or ${wall.column} = ${present}`;
    case 'through':
      // What is looked up stands behind its own wall, so a row of another Maison's is not found there.
      return `${isHouseWide} or exists (select 1 from ${wall.table} as behind where behind.id = ${table}.${wall.column})`;
  }
}

/**
 * Raises the wall on every table, where it does not stand as it should: row-level security that binds the owner too, one
 * policy, and the role's rights. Run at every start after the migrations, so that no table can be added without it.
 *
 * @throws {ServerFault} `database-unwalled`: the login passes every wall and may not take the role
 */
export async function raiseWall(db: Kysely<Tables>): Promise<SecondWall> {
  const hasRole = await provideRole(db);
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx);
    const known = await standing(tx, hasRole);
    const missing: string[] = [];
    if (hasRole && Array.from(known.values()).some(({ isGranted }) => !isGranted)) {
      missing.push(`execute format('grant usage on schema %I to ${appRole}', current_schema())`);
    }
    for (const table of Object.keys(walls) as (keyof Tables)[]) {
      const rows = rowsOf(table, walls[table]);
      const mark = createHash('sha256').update(rows).digest('hex');
      const now = known.get(table);
      if (now?.mark !== mark || !now.isForced) missing.push(...wallAround(table, rows, mark));
      if (hasRole && !now?.isGranted) {
        missing.push(`grant select, insert, update, delete on ${table} to ${appRole}`);
      }
    }
    // One statement instead of two hundred: names and expressions are this program's own.
    if (missing.length > 0) await sql`do ${sql.lit(`begin ${missing.join('; ')}; end`)}`.execute(tx);
  });
  return hasRole ? 'role' : 'owner-bound';
}

function wallAround(table: keyof Tables, rows: string, mark: string): string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `drop policy if exists ${policy} on ${table}`,
    `create policy ${policy} on ${table} using (${rows})`,
    `comment on policy ${policy} on ${table} is '${mark}'`,
  ];
}

interface Standing {
  readonly mark: string | null;
  readonly isForced: boolean;
  readonly isGranted: boolean;
}

/** What stands already, by table. */
async function standing(tx: Kysely<Tables>, hasRole: boolean): Promise<Map<string, Standing>> {
  const granted = hasRole
    ? sql<boolean>`has_table_privilege(${appRole}, t.oid, 'select') and has_table_privilege(${appRole}, t.oid, 'insert')
        and has_table_privilege(${appRole}, t.oid, 'update') and has_table_privilege(${appRole}, t.oid, 'delete')`
    : sql<boolean>`true`;
  const { rows } = await sql<{ name: string; mark: string | null; forced: boolean; granted: boolean }>`
    select t.relname as name, obj_description(p.oid, 'pg_policy') as mark,
      t.relrowsecurity and t.relforcerowsecurity as forced, ${granted} as granted
    from pg_class t
    left join pg_policy p on p.polrelid = t.oid and p.polname = ${policy}
    where t.relkind = 'r' and t.relnamespace = current_schema()::regnamespace`.execute(tx);
  return new Map(
    rows.map(({ name, mark, forced, granted: isGranted }) => [name, { mark, isForced: forced, isGranted }]),
  );
}

interface Login {
  readonly superuser: boolean;
  readonly bypasses: boolean;
  readonly creates: boolean;
  readonly name: string;
  /** Null where there is no such role. */
  readonly role: { readonly passes: boolean } | null;
}

/** Makes the role if it is missing and may be made; whether this login can take it on. */
async function provideRole(db: Kysely<Tables>): Promise<boolean> {
  const login = await readLogin(db);
  if (login.role?.passes) throw unwalled(`The role ${appRole} is a superuser or passes row-level security.`);
  const mayGive = login.superuser || login.creates;
  if (!login.role && mayGive) {
    // Roles belong to the whole server: a server on another of its databases may be making it at this moment.
    await sql`do ${sql.lit(
      `begin create role ${appRole} nologin; exception when duplicate_object or unique_violation then null; end`,
    )}`.execute(db);
  }
  if (await canTake(db)) return true;
  if (mayGive) {
    try {
      await sql`grant ${sql.id(appRole)} to current_user`.execute(db);
    } catch (fault) {
      if (codeOf(fault) !== '42501') throw fault;
    }
    if (await canTake(db)) return true;
  }
  if (login.bypasses) {
    throw unwalled(`The login ${login.name} passes row-level security and may not take the role ${appRole}.`);
  }
  return false;
}

async function readLogin(db: Kysely<Tables>): Promise<Login> {
  const { rows } = await sql<{
    name: string;
    superuser: boolean;
    bypasses: boolean;
    creates: boolean;
    passes: boolean | null;
  }>`
    select login.rolname as name, login.rolsuper as superuser, login.rolbypassrls as bypasses,
      login.rolcreaterole as creates,
      (select rolsuper or rolbypassrls from pg_roles where rolname = ${appRole}) as passes
    from pg_roles login where login.rolname = current_user`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('PostgreSQL does not know its own user.');
  return { ...row, role: row.passes === null ? null : { passes: row.passes } };
}

async function canTake(db: Kysely<Tables>): Promise<boolean> {
  try {
    await db.transaction().execute(async (tx) => {
      await sql`set local role ${sql.id(appRole)}`.execute(tx);
    });
    return true;
  } catch (fault) {
    // Not allowed, or not there.
    if (codeOf(fault) === '42501' || codeOf(fault) === '22023') return false;
    throw fault;
  }
}

function unwalled(message: string): ServerFault {
  return new ServerFault(
    'database-unwalled',
    `${message} Maisons would not be kept apart by the database.`,
    `Run once as an administrator: create role ${appRole} nologin; grant ${appRole} to the login in DATABASE_URL; or give it a login without SUPERUSER and BYPASSRLS.`,
  );
}
