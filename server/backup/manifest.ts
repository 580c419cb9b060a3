import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod/mini';
import { codeOf, ServerFault } from '../core/server-fault.ts';

/** The name of the file that says what a backup holds. It is written last: a folder without it is not a backup. */
export const manifestName = 'manifest.json';

/** The database in a data folder and in its backup. */
export const databaseName = 'vitrine.sqlite';

/** A path inside the folder: no step up, no absolute one, nothing hidden from who lists it. */
const InnerPath = z
  .string()
  .check(z.regex(/^(?!\.{1,2}(?:\/|$))[^/\\\0]+(?:\/(?!\.{1,2}(?:\/|$))[^/\\\0]+)*$/));

/** What a backup holds, each file with its checksum. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  /** Of the program that made it. */
  version: z.string(),
  /** The newest migration of the database in it. */
  schemaVersion: z.int().check(z.positive()),
  createdAtMs: z.int().check(z.nonnegative()),
  files: z.array(
    z.strictObject({
      path: InnerPath,
      bytes: z.int().check(z.nonnegative()),
      sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** The SHA-256 of a file, in hexadecimal. */
export async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Every file below a folder, by its path inside, in order; and what is neither file nor folder. */
export async function filesBelow(folder: string): Promise<{ files: string[]; others: string[] }> {
  const files: string[] = [];
  const others: string[] = [];
  const walk = async (inner: string) => {
    const entries = await readdir(join(folder, inner), { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      // A link to a file is what it leads to: a secret that an orchestrator mounts is one.
      else if (await leadsToFile(join(folder, path))) files.push(path);
      else others.push(path);
    }
  };
  await walk('');
  return { files, others };
}

async function leadsToFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT' && (await lstat(path)).isSymbolicLink()) return false;
    throw fault;
  }
}

/** The fault for a backup that cannot be trusted. */
export function backupBroken(message: string, cause?: unknown): ServerFault {
  return new ServerFault(
    'backup-broken',
    message,
    'Nothing was restored. Take another backup; what is not whole may hide what is missing.',
    { cause },
  );
}

/**
 * Reads a backup's manifest and holds every file against it.
 *
 * @throws {ServerFault} `backup-broken`
 */
export async function verifyBackup(folder: string): Promise<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(folder, manifestName), 'utf8'));
  } catch (fault) {
    throw backupBroken(`${folder} is not a backup: it has no ${manifestName} that can be read.`, fault);
  }
  const parsed = z.safeParse(Manifest, json);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw backupBroken(`The ${manifestName} of ${folder} has another form (see: ${where || 'the whole'}).`);
  }
  const manifest = parsed.data;
  const { files, others } = await filesBelow(folder);
  const named = new Set(manifest.files.map(({ path }) => path));
  const extra = [...files, ...others].find((path) => path !== manifestName && !named.has(path));
  if (extra !== undefined)
    throw backupBroken(`${folder} holds ${extra}, of which its manifest knows nothing.`);
  for (const { path, bytes, sha256 } of manifest.files) {
    if (!files.includes(path)) throw backupBroken(`${path} is missing from ${folder}.`);
    const { size } = await stat(join(folder, path));
    if (size !== bytes || (await checksumOf(join(folder, path))) !== sha256) {
      throw backupBroken(`${path} in ${folder} is not as it was written.`);
    }
  }
  if (!named.has(databaseName)) throw backupBroken(`${folder} holds no ${databaseName}.`);
  return manifest;
}
