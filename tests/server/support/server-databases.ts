import { join } from 'node:path';
import { openDatabase, type Database } from '../../../server/persistence/database.ts';
import { openPostgres } from '../../../server/persistence/postgres.ts';
import { openSqlite } from '../../../server/persistence/sqlite.ts';
import { freshSchema, testPostgresUrl, unscoped } from './databases.ts';
import { TestServer } from './test-server.ts';

/** A whole server on each database that there is, with a second way into it, as another program has one. */
export const serverDatabases: readonly {
  readonly name: string;
  readonly open: () => Promise<{ readonly server: TestServer; readonly database: Database }>;
}[] = [
  {
    name: 'SQLite',
    open: async () => {
      const server = await TestServer.start();
      const file = join(server.dataDir, 'vitrine.sqlite');
      return { server, database: await openDatabase(await openSqlite(file), 'sqlite', 0, { unscoped }) };
    },
  },
  ...(testPostgresUrl === null
    ? []
    : [
        {
          name: 'PostgreSQL',
          open: async () => {
            const { url, drop } = await freshSchema(testPostgresUrl ?? '');
            const server = await TestServer.start({ databaseUrl: url }, drop);
            return {
              server,
              database: await openDatabase(await openPostgres(url), 'postgres', 0, { unscoped }),
            };
          },
        },
      ]),
];
