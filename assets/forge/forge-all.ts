import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PieceSpec } from './document/piece-spec.ts';
import { bothy } from './pieces/bothy.ts';
import { aube } from './pieces/aube.ts';
import { aubeEmeraude } from './pieces/aube-emeraude.ts';
import { aubePave } from './pieces/aube-pave.ts';
import { fjord51 } from './pieces/fjord-51.ts';
import { cascade } from './pieces/cascade.ts';
import { fil } from './pieces/fil.ts';
import { halo54 } from './pieces/halo-54.ts';
import { maille } from './pieces/maille.ts';
import { lueur } from './pieces/lueur.ts';
import { meridian58 } from './pieces/meridian-58.ts';
import { orbe } from './pieces/orbe.ts';
import { onde } from './pieces/onde.ts';
import { rouge } from './pieces/rouge.ts';
import { teintJoue, teintPaupiere } from './pieces/teint.ts';
import { lund } from './pieces/lund.ts';
import { skive } from './pieces/skive.ts';
import { strand } from './pieces/strand.ts';
import { heure31 } from './pieces/heure-31.ts';
import { nord39 } from './pieces/nord-39.ts';
import { writePiece } from './document/write-piece.ts';

/** Where to forge to, and whom to tell. */
export interface ForgeOptions {
  /** The collections folder: pieces land in `<outDir>/<maison>/pieces/`. */
  readonly outDir: string;
  readonly log: (line: string) => void;
  /** Forge even when nothing changed. */
  readonly force?: boolean;
  /** Every piece of the demo Maisons unless told. */
  readonly pieces?: readonly (() => PieceSpec)[];
}

/** What the forge did. */
export interface ForgeReport {
  readonly status: 'forged' | 'fresh';
  /** Paths of every file, relative to `outDir`. */
  readonly files: readonly string[];
}

const forgeDir = import.meta.dirname;
const repositoryDir = path.join(forgeDir, '..', '..');
const stampName = '.forge-stamp.json';

/** The pieces of the demo Maisons, each a function because authoring one costs a second. */
export const pieces: readonly (() => PieceSpec)[] = [
  fjord51,
  meridian58,
  halo54,
  orbe,
  fil,
  cascade,
  onde,
  maille,
  bothy,
  skive,
  lund,
  strand,
  aube,
  lueur,
  aubePave,
  aubeEmeraude,
  nord39,
  heure31,
  rouge,
  teintJoue,
  teintPaupiere,
];

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  const names = await readdir(forgeDir, { recursive: true });
  for (const name of names.toSorted()) {
    if (name.endsWith('.ts') && !name.endsWith('.test.ts') && !/^(preview|mannequin|visitor)\b/.test(name)) {
      hash.update(name).update(await readFile(path.join(forgeDir, name)));
    }
  }
  hash.update(await readFile(path.join(repositoryDir, 'protocol', 'piece-extras.ts')));
  // A newer encoder or simplifier may write other bytes, so exact versions are part of the recipe.
  const manifest: unknown = JSON.parse(await readFile(path.join(repositoryDir, 'package.json'), 'utf8'));
  const dependencies =
    typeof manifest === 'object' && manifest !== null && 'devDependencies' in manifest
      ? manifest.devDependencies
      : {};
  for (const [name, version] of Object.entries(dependencies ?? {})) {
    if (/^(@gltf-transform\/|meshoptimizer$|sharp$)/.test(name)) {
      hash.update(`${name}@${String(version)}`);
    }
  }
  return hash.digest('hex');
}

async function freshFiles(outDir: string, hash: string): Promise<readonly string[] | null> {
  try {
    const stamp: unknown = JSON.parse(await readFile(path.join(outDir, stampName), 'utf8'));
    if (typeof stamp !== 'object' || stamp === null || !('hash' in stamp) || !('files' in stamp)) {
      return null;
    }
    if (stamp.hash !== hash || typeof stamp.files !== 'object' || stamp.files === null) {
      return null;
    }
    for (const [file, bytes] of Object.entries(stamp.files)) {
      if ((await stat(path.join(outDir, file))).size !== bytes) {
        return null;
      }
    }
    return Object.keys(stamp.files);
  } catch {
    // No stamp, an unreadable one, or a missing piece all mean the same: forge.
    return null;
  }
}

/**
 * Authors every piece and its second level of detail as GLB files. Skips the work when neither the forge's source nor
 * the tools that encode changed and all files are in place. Deterministic: equal sources give equal bytes.
 */
export async function forgeAll(options: ForgeOptions): Promise<ForgeReport> {
  const hash = await sourceHash();
  const fresh = options.force === true ? null : await freshFiles(options.outDir, hash);
  if (fresh !== null) {
    options.log(`forge: ${fresh.length} files are fresh`);
    return { status: 'fresh', files: fresh };
  }
  const written: Record<string, number> = {};
  for (const piece of options.pieces ?? pieces) {
    const spec = piece();
    const folder = path.join(spec.maison, 'pieces');
    await mkdir(path.join(options.outDir, folder), { recursive: true });
    for (const level of ['full', 'lod1'] as const) {
      const bytes = await writePiece(spec, level);
      const file = path.join(folder, level === 'full' ? `${spec.id}.glb` : `${spec.id}.lod1.glb`);
      await writeFile(path.join(options.outDir, file), bytes);
      written[file] = bytes.byteLength;
      options.log(`forge: ${file} ${(bytes.byteLength / 1024).toFixed(0)} KiB`);
    }
  }
  await writeFile(
    path.join(options.outDir, stampName),
    `${JSON.stringify({ hash, files: written }, null, 2)}\n`,
  );
  return { status: 'forged', files: Object.keys(written) };
}
