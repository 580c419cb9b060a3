import path from 'node:path';
import * as z from 'zod/mini';
import type { Piece } from '../../protocol/product.ts';
import { pathsOf } from '../../protocol/catalogue-faults.ts';
import { Catalogue } from '../../protocol/product.ts';
import { faultLine, schemaFaults } from '../../protocol/schema-fault.ts';
import { checkGlb, type CheckedGlb } from './check-glb.ts';
import type { ReadModel } from './check-piece-file.ts';

/** As much of a catalogue as names its pieces, also of one that is refused. */
const Listing = z.object({
  pieces: z.array(z.object({ id: z.optional(z.string()) })),
});

/**
 * Holds a house's folder against its catalogue: every file that is named is there, every model passes the pipeline, and what the catalogue
 * tells clients of a piece is what its model is. Gives one line for each fault, with its key.
 */
export async function checkCollection(
  folder: string,
  read: ReadModel,
  exists: (file: string) => boolean,
): Promise<readonly string[]> {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder().decode(await read(path.join(folder, 'catalogue.json'))));
  } catch (fault) {
    return [`catalogue.json cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`];
  }
  const parsed = Catalogue.safeParse(raw);
  if (!parsed.success)
    return schemaFaults(parsed.error, raw).map((fault) => faultLine(fault, named(fault.at, raw)));
  const faults: string[] = [...sharedGtins(parsed.data.pieces)];
  const absent = new Set<string>();
  for (const [key, file] of pathsOf(parsed.data)) {
    if (exists(path.join(folder, file))) continue;
    absent.add(file);
    faults.push(`${named(key.join('.'), raw)}: there is no ${file}`);
  }
  for (const piece of parsed.data.pieces) {
    for (const file of [piece.modelPath, piece.modelLodPath ?? []].flat()) {
      if (absent.has(file)) continue;
      const checked = await checkGlb(new Uint8Array(await read(path.join(folder, file))));
      if (checked.ok) faults.push(...disagreements(piece, file, checked.value));
      else faults.push(`${file}: ${checked.error.code}. ${checked.error.message}`);
    }
  }
  return faults;
}

/** A key of the catalogue, and of a piece which one it is: nobody counts to the fifteenth. */
function named(key: string, catalogue: unknown): string {
  const [, index, rest] = /^pieces\.(\d+)(.*)$/s.exec(key) ?? [];
  const id = Listing.safeParse(catalogue).data?.pieces[Number(index)]?.id;
  return index === undefined || id === undefined ? key : `pieces.${index} (${id})${rest ?? ''}`;
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
