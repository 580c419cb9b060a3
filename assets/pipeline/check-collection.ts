import path from 'node:path';
import * as z from 'zod/mini';
import type { Piece } from '../../protocol/product.ts';
import { pathsOf } from '../../protocol/catalogue-faults.ts';
import { Catalogue } from '../../protocol/product.ts';
import { faultLine, schemaFaults } from '../../protocol/schema-fault.ts';
import { checkGlb, type CheckedGlb } from './check-glb.ts';
import { checkLod } from './check-lod.ts';
import type { ReadModel } from './check-piece-file.ts';
import { pictureFault } from './check-pictures.ts';
import { storyFaults } from './check-stories.ts';

/** As much of a catalogue as names its pieces and stories, also of one that is refused. */
const Listing = z.looseObject({});
const Listed = z.array(z.object({ id: z.optional(z.string()) }));

/** As much of what a demo house's own system holds as names its boutiques. */
const Seed = z.object({ stores: z.array(z.object({ id: z.string() })) });

/**
 * Holds a house's folder against its catalogue: every file that is named is there, every model passes the pipeline, a second level can
 * stand in for its first, what the catalogue tells clients of a piece is what its model is, and its stories can be told. Gives one line
 * for each fault, with its key.
 */
export async function checkCollection(
  folder: string,
  read: ReadModel,
  exists: (file: string) => boolean,
): Promise<readonly string[]> {
  const catalogue = await readJson(path.join(folder, 'catalogue.json'), read);
  if ('fault' in catalogue) return [`catalogue.json cannot be read: ${catalogue.fault}`];
  const { raw } = catalogue;
  const parsed = Catalogue.safeParse(raw);
  if (!parsed.success)
    return schemaFaults(parsed.error, raw).map((fault) => faultLine(fault, named(fault.at, raw)));
  const faults: string[] = [...sharedGtins(parsed.data.pieces)];
  const absent = new Set<string>();
  const looked = new Set<string>();
  for (const [key, file] of pathsOf(parsed.data)) {
    const where = named(key.join('.'), raw);
    if (!exists(path.join(folder, file))) {
      absent.add(file);
      faults.push(`${where}: there is no ${file}`);
      continue;
    }
    const kind = pictureKind(key.at(-1), key[0]);
    if (kind === null || looked.has(file)) continue;
    looked.add(file);
    const fault = await pictureFault(new Uint8Array(await read(path.join(folder, file))), kind);
    if (fault !== null) faults.push(`${where}: ${file}: ${fault}`);
  }
  const boutiques = await boutiquesOf(folder, read, exists);
  faults.push(...boutiques.faults);
  for (const fault of storyFaults(parsed.data.stories, boutiques.ids))
    faults.push(`${named(fault.path.join('.'), raw)}: ${fault.message}`);
  for (const [at, piece] of parsed.data.pieces.entries()) {
    const fine = await checkModel(piece, piece.modelPath);
    const { modelLodPath } = piece;
    if (modelLodPath === undefined) continue;
    if (path.normalize(modelLodPath) === path.normalize(piece.modelPath)) {
      const key = named(`pieces.${at}.modelLodPath`, raw);
      faults.push(`${key}: this is the model itself; name its second level, or leave the key out`);
      continue;
    }
    const coarse = await checkModel(piece, modelLodPath);
    if (fine === null || coarse === null) continue;
    const pair = checkLod(fine, coarse);
    if (!pair.ok) faults.push(`${modelLodPath}: ${pair.error.code}. ${pair.error.message}`);
  }
  return faults;

  async function checkModel(piece: Piece, file: string): Promise<CheckedGlb | null> {
    if (absent.has(file)) return null;
    const checked = await checkGlb(new Uint8Array(await read(path.join(folder, file))));
    if (checked.ok) faults.push(...disagreements(piece, file, checked.value));
    else faults.push(`${file}: ${checked.error.code}. ${checked.error.message}`);
    return checked.ok ? checked.value : null;
  }
}

/** What a path leads to, by its key; null where it is no picture. */
function pictureKind(key: string | number | undefined, list: string | number | undefined) {
  if (key === 'posterPath') return 'poster';
  return list === 'stories' ? 'story' : null;
}

async function readJson(
  file: string,
  read: ReadModel,
): Promise<{ readonly raw: unknown } | { readonly fault: string }> {
  try {
    return { raw: JSON.parse(new TextDecoder().decode(await read(file))) as unknown };
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** The boutiques of a house that brings its own stock; `ids` is null where they stand in another system. */
async function boutiquesOf(
  folder: string,
  read: ReadModel,
  exists: (file: string) => boolean,
): Promise<{ readonly ids: readonly string[] | null; readonly faults: readonly string[] }> {
  const name = 'oms-seed.json';
  const file = path.join(folder, name);
  if (!exists(file)) return { ids: null, faults: [] };
  const seed = await readJson(file, read);
  if ('fault' in seed) return { ids: null, faults: [`${name} cannot be read: ${seed.fault}`] };
  const parsed = Seed.safeParse(seed.raw);
  if (parsed.success) return { ids: parsed.data.stores.map(({ id }) => id), faults: [] };
  const lines = schemaFaults(parsed.error, seed.raw).map((fault) => `${name}: ${faultLine(fault)}`);
  return { ids: null, faults: lines };
}

/** A key of the catalogue, and of a piece or a story which one it is: nobody counts to the fifteenth. */
function named(key: string, catalogue: unknown): string {
  const [, list, index, rest] = /^(pieces|stories)\.(\d+)(.*)$/s.exec(key) ?? [];
  if (list === undefined || index === undefined) return key;
  const id = Listed.safeParse(Listing.safeParse(catalogue).data?.[list]).data?.[Number(index)]?.id;
  return id === undefined ? key : `${list}.${index} (${id})${rest ?? ''}`;
}

/** A number that a till reads stands for one article only. */
function sharedGtins(pieces: readonly Piece[]): string[] {
  const first = new Map<string, string>();
  return pieces.flatMap((piece) =>
    piece.variants.flatMap(({ id, gtin }) => {
      const article = `${piece.id}.${id}`;
      const other = first.get(gtin);
      if (other === undefined) first.set(gtin, article);
      return other === undefined ? [] : `${article}: its GTIN ${gtin} is that of ${other} too`;
    }),
  );
}

/** Where a catalogue says of a piece what its model does not. */
function disagreements(piece: Piece, file: string, { extras, variants }: CheckedGlb): string[] {
  if (extras.category !== piece.category)
    return [`${piece.id}: the catalogue says ${piece.category}, ${file} says ${extras.category}`];
  const fit: Readonly<Record<string, unknown>> = extras.fit;
  const region = piece.category === 'makeup' ? piece.region : undefined;
  return [
    ...(region === undefined || fit['region'] === region
      ? []
      : [`${piece.id}: region is ${region} in the catalogue, ${String(fit['region'])} in ${file}`]),
    ...Object.entries(piece.dimensions)
      .filter(([name, mm]) => Object.hasOwn(fit, name) && fit[name] !== mm)
      .map(([name, mm]) => `${piece.id}: ${name} is ${mm} in the catalogue, ${String(fit[name])} in ${file}`),
    ...piece.variants
      .filter(({ modelVariant }) => !variants.includes(modelVariant))
      .map(({ id, modelVariant }) => `${piece.id}.${id}: ${file} has no finish ${modelVariant}`),
  ];
}
