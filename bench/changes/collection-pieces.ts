import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Catalogue, type Category } from '../../protocol/product.ts';
import type { ChangedPiece } from './page/main.ts';

/** Where the collections lie, and where pages find them. */
export const collections = {
  at: '/collections/',
  path: resolve(import.meta.dirname, '../../assets/collections'),
};

/** The pieces of both demo houses by category. */
export function piecesByCategory(): ReadonlyMap<Category, readonly ChangedPiece[]> {
  const found = new Map<Category, ChangedPiece[]>();
  for (const maison of ['norde', 'aurelle']) {
    const file = resolve(collections.path, maison, 'catalogue.json');
    for (const piece of Catalogue.parse(JSON.parse(readFileSync(file, 'utf8'))).pieces) {
      const base = `${collections.at}${maison}/`;
      const changed = {
        url: `${base}${piece.modelPath}`,
        farUrl: `${base}${piece.modelLodPath ?? piece.modelPath}`,
        variants: piece.variants.map(({ modelVariant }) => modelVariant),
      };
      found.set(piece.category, [...(found.get(piece.category) ?? []), changed]);
    }
  }
  return found;
}
