import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { MaisonId, type AdvisorId } from '../../protocol/index.ts';
import type { OmsId } from '../../protocol/connector/index.ts';
import type { Background } from '../core/background.ts';
import { newId, type Random } from '../core/random.ts';
import { houseWide, inMaison, leavingScope } from '../core/scope.ts';
import { codeOf, ServerFault } from '../core/server-fault.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Database } from '../persistence/database.ts';

/** The folder of marks beside the backups. */
export const marksFolderName = 'erasures';

const ending = '.json';

/** Between two looks for marks that could not be written: the other disk was away. */
const lookEveryMs = 5 * 60_000;

/**
 * What is kept outside the database of a client or an advisor who was erased: that somebody was, and when. Who it was is told only by a
 * database of the same installation that holds the client's number or the advisor's id, which is a backup from before.
 */
export const ErasureMark = z.strictObject({
  /** The erasure's own id, which is also the file's name; an advisor's is their pseudonym. */
  id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  maisonId: MaisonId,
  /** `markOf` the client, `advisorMarkOf` the advisor. */
  mark: z.string().check(z.regex(/^[\w-]{43}$/)),
  askedAtMs: z.int().check(z.nonnegative()),
});
export type ErasureMark = z.infer<typeof ErasureMark>;

/** A client's mark: an HMAC under the server's own key, which no change of a Maison's keys alters. */
export function markOf(secrets: Pick<ServerSecrets, 'ownHash'>, maisonId: MaisonId, clientId: OmsId): string {
  return secrets.ownHash('erased-client', `${maisonId}\n${clientId}`);
}

/** An advisor's mark, likewise. */
export function advisorMarkOf(
  secrets: Pick<ServerSecrets, 'ownHash'>,
  maisonId: MaisonId,
  advisorId: AdvisorId,
): string {
  return secrets.ownHash('erased-advisor', `${maisonId}\n${advisorId}`);
}

/** Begins the pseudonym of every erased advisor. */
export const formerPrefix = 'former-';

/** Whether a mark is an advisor's. */
export function isOfAdvisor({ id }: ErasureMark): boolean {
  return id.startsWith(formerPrefix);
}

/** Writes a mark into a folder, whole and settled on the disk, or not at all. A mark that lies there already is the same one. */
export async function writeMark(folder: string, mark: ErasureMark, random: Random): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${mark.id}${ending}`);
  const writing = `${path}.${newId(random)}.partial`;
  try {
    const file = await open(writing, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(mark)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(writing, path);
  } catch (fault) {
    await rm(writing, { force: true });
    throw fault;
  }
}

/**
 * Every mark in a folder; null where there is no such folder.
 *
 * @throws {ServerFault} `erasure-mark-broken`
 */
export async function readMarks(folder: string): Promise<ErasureMark[] | null> {
  const names = await readdir(folder).catch((fault: unknown) => {
    if (codeOf(fault) === 'ENOENT') return null;
    throw fault;
  });
  if (names === null) return null;
  const marks: ErasureMark[] = [];
  for (const name of names.filter((one) => one.endsWith(ending)).toSorted()) {
    const path = join(folder, name);
    const parsed = ErasureMark.safeParse(parseJson(await readFile(path, 'utf8')));
    if (!parsed.success) {
      throw new ServerFault(
        'erasure-mark-broken',
        `${path} is no mark of an erasure; somebody was erased, and who it was cannot be told. Nothing was restored.`,
        'Take the file from a copy of the folder. Where there is none, move it away, and ask the house who was erased since the backup.',
      );
    }
    marks.push(parsed.data);
  }
  return marks;
}

/** Brings the marks of this database's erasures to their folder, however long that is away. Any number of nodes may share one. */
export class ErasureMarks {
  readonly #database: Database;
  readonly #folder: string | null;
  readonly #background: Background;
  readonly #random: Random;

  constructor(deps: { database: Database; folder: string | null; background: Background; random: Random }) {
    this.#database = deps.database;
    this.#folder = deps.folder;
    this.#background = deps.background;
    this.#random = deps.random;
  }

  /** Whether marks are kept at all. */
  get isKept(): boolean {
    return this.#folder !== null;
  }

  /** Writes what is left from before, and from now on looks again. */
  start(): void {
    if (this.#folder === null) return;
    this.wake();
    this.#background.every('erasure-marks', lookEveryMs, () => this.#writeAll());
  }

  /** An erasure was committed. */
  wake(): void {
    if (this.#folder === null) return;
    leavingScope(() => this.#background.run('erasure-marks', () => this.#writeAll()));
  }

  async #writeAll(): Promise<void> {
    const folder = this.#folder;
    if (folder === null) return;
    const rows = await houseWide('marks of erasures', () =>
      this.#database.db.selectFrom('client_erasures').selectAll().where('mark', 'is not', null).execute(),
    );
    for (const { id, maison_id: maisonId, mark, asked_at_ms: askedAtMs } of rows) {
      if (mark === null) continue;
      await writeMark(folder, { id, maisonId, mark, askedAtMs }, this.#random);
      await inMaison(maisonId, () =>
        this.#database.db.updateTable('client_erasures').set({ mark: null }).where('id', '=', id).execute(),
      );
    }
    const advisors = await houseWide('marks of erasures', () =>
      this.#database.db.selectFrom('advisors').selectAll().where('mark', 'is not', null).execute(),
    );
    for (const { id, maison_id: maisonId, mark, erased_at_ms: askedAtMs } of advisors) {
      if (mark === null) continue;
      await writeMark(folder, { id, maisonId, mark, askedAtMs: askedAtMs ?? 0 }, this.#random);
      await inMaison(maisonId, () =>
        this.#database.db
          .updateTable('advisors')
          .set({ mark: null })
          .where('maison_id', '=', maisonId)
          .where('id', '=', id)
          .execute(),
      );
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
