import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root. */
export const rootDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What `npm run build` writes for the server to serve. */
export const webDir = path.join(rootDir, 'dist/web');

/** The demo collections: catalogues, themes, seeds, and the forged models. */
export const collectionsDir = path.join(rootDir, 'assets/collections');

/** A path for people: relative to the checkout where it lies inside it. */
export function shortPath(file: string): string {
  const relative = path.relative(rootDir, file);
  return relative.startsWith('..') ? file : relative;
}
