import path from 'node:path';
import type { Piece } from '../../protocol/product.ts';
import { pathsOf } from '../../protocol/catalogue-faults.ts';
import { Catalogue } from '../../protocol/product.ts';
import { schemaFaults } from '../../protocol/schema-fault.ts';
import { checkGlb, type CheckedGlb } from './check-glb.ts';
import type { ReadModel } from './check-piece-file.ts';

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
  if (!parsed.success) return schemaFaults(parsed.error).map(({ at, message }) => `${at}: ${message}`);
  const faults: string[] = [];
  const absent = new Set<string>();
  for (const [key, file] of pathsOf(parsed.data)) {
    if (exists(path.join(folder, file))) continue;
    absent.add(file);
    faults.push(`${key.join('.')}: there is no ${file}`);
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

/** Where a catalogue says of a piece what its model does not. */
function disagreements(piece: Piece, file: string, { extras, variants }: CheckedGlb): string[] {
  if (extras.category !== piece.category)
    return [`${piece.id}: the catalogue says ${piece.category}, ${file} says ${extras.category}`];
  const fit: Readonly<Record<string, unknown>> = extras.fit;
  return [
    ...Object.entries(piece.dimensions)
      .filter(([name, mm]) => Object.hasOwn(fit, name) && fit[name] !== mm)
      .map(([name, mm]) => `${piece.id}: ${name} is ${mm} in the catalogue, ${String(fit[name])} in ${file}`),
    ...piece.variants
      .filter(({ modelVariant }) => !variants.includes(modelVariant))
      .map(({ id, modelVariant }) => `${piece.id}.${id}: ${file} has no finish ${modelVariant}`),
  ];
}
