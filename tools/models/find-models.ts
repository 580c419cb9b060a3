import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadModel } from './download-model.ts';
import type { ModelSpec } from './model-specs.ts';

/** A model file whose checksum was found right. */
export interface FoundModel {
  readonly spec: ModelSpec;
  readonly path: string;
  readonly sha256: string;
  readonly standIn: boolean;
  readonly from: 'VITRINE_MODELS_DIR' | 'shared/models' | 'cache' | 'download';
}

/** What was found, and in plain sentences what was not, or not as published. */
export interface ModelSearch {
  readonly found: readonly FoundModel[];
  readonly notes: readonly string[];
}

/** Where to look and what to tell; everything of the host is passed in. */
export interface FindModelsOptions {
  readonly specs: readonly ModelSpec[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The checkout; `../shared/models` beside it serves air-gapped installs. */
  readonly rootDir: string;
  readonly fetch: typeof fetch;
  /** Told now and then how far a download is; `totalBytes` is null where the server does not say. */
  readonly onProgress: (fileName: string, doneBytes: number, totalBytes: number | null) => void;
}

interface Place {
  readonly from: 'VITRINE_MODELS_DIR' | 'shared/models' | 'cache';
  readonly dir: string;
}

/** The user's cache folder for models, by the XDG base directory specification. */
export function modelCacheDir(env: Readonly<Record<string, string | undefined>>): string {
  const base = env['XDG_CACHE_HOME'] || path.join(env['HOME'] || os.homedir(), '.cache');
  return path.join(base, 'vitrine/models');
}

/** SHA-256 of a file, as lower-case hexadecimal. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Finds every model: a folder named by `VITRINE_MODELS_DIR`, `shared/models` beside the checkout, the user's cache, and
 * for those this version needs a download from the official address. A file with a wrong checksum is never used, and
 * named in the notes; a stand-in is used only where no official file was found, and named too.
 */
export async function findModels(options: FindModelsOptions): Promise<ModelSearch> {
  const named = options.env['VITRINE_MODELS_DIR'];
  const places: Place[] = [
    ...(named ? [{ from: 'VITRINE_MODELS_DIR', dir: path.resolve(named) } as const] : []),
    { from: 'shared/models', dir: path.resolve(options.rootDir, '../shared/models') },
    { from: 'cache', dir: modelCacheDir(options.env) },
  ];
  const notes: string[] = [];
  if (named && !existsSync(path.resolve(named)))
    notes.push(`VITRINE_MODELS_DIR names ${named}, which is not there.`);
  const found: FoundModel[] = [];
  for (const spec of options.specs) {
    const model =
      (await findOfficial(spec, places, notes)) ??
      (spec.needed ? await download(spec, options, notes) : undefined) ??
      (await findStandIn(spec, places, notes));
    if (model) found.push(model);
  }
  return { found, notes };
}

async function findOfficial(
  spec: ModelSpec,
  places: readonly Place[],
  notes: string[],
): Promise<FoundModel | undefined> {
  return findIn(places, spec, spec.fileName, spec.sha256, false, notes);
}

async function findStandIn(
  spec: ModelSpec,
  places: readonly Place[],
  notes: string[],
): Promise<FoundModel | undefined> {
  if (!spec.standIn) return undefined;
  const model = await findIn(places, spec, spec.standIn.fileName, spec.standIn.sha256, true, notes);
  if (model) notes.push(`${spec.fileName} was not found; ${spec.standIn.says}.`);
  return model;
}

async function findIn(
  places: readonly Place[],
  spec: ModelSpec,
  fileName: string,
  sha256: string,
  standIn: boolean,
  notes: string[],
): Promise<FoundModel | undefined> {
  for (const { from, dir } of places) {
    const file = path.join(dir, fileName);
    if (!existsSync(file)) continue;
    if ((await sha256OfFile(file)) === sha256) return { spec, path: file, sha256, standIn, from };
    notes.push(`${file} does not have the published checksum and is not used; delete it or replace it.`);
  }
  return undefined;
}

async function download(
  spec: ModelSpec,
  options: FindModelsOptions,
  notes: string[],
): Promise<FoundModel | undefined> {
  const outcome = await downloadModel(spec, modelCacheDir(options.env), options.fetch, options.onProgress);
  if (outcome.ok) return { spec, path: outcome.value, sha256: spec.sha256, standIn: false, from: 'download' };
  notes.push(
    `${spec.fileName} could not be downloaded (${outcome.error}). Put it into a folder, name that folder in ` +
      `VITRINE_MODELS_DIR, and start again; its address is ${spec.officialUrl}.`,
  );
  return undefined;
}
