import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Shot } from '../../gallery/shot.ts';
import { rootDir } from '../support/paths.ts';

/** Where the reference pictures are kept, and how they are encoded: a few kilobytes each. */
export const referencesDir = path.join(rootDir, 'tests/browser/gallery-references');
export const referenceWebp = { quality: 92, effort: 6, smartSubsample: true } as const;

/** A piece of every category, worn: the earrings that swing, the ring with the stone. */
const worn = ['fjord-51', 'skive', 'cascade', 'fil', 'aube', 'onde', 'nord-39', 'lund', 'rouge'] as const;

/**
 * The gallery's queries that give the reference pictures: every piece on the turntable, and one of each category worn, near where there
 * is such a view. Each comes with what is seen without the piece.
 */
export const referenceQueries: readonly string[] = [
  'size=tiny&bare&view==studio',
  `size=tiny&bare&view==front,=near&piece=${worn.map((id) => `=${id}`).join(',')}`,
];

/** One picture of the gallery. */
export interface TakenShot {
  /** Piece, variant and view; the variant `bare` is the picture without a piece. */
  readonly name: string;
  readonly png: Buffer;
}

/** Opens the gallery with a query and takes what it shows. */
export async function takeShots(page: Page, server: string, query: string): Promise<readonly TakenShot[]> {
  await page.goto(`${server}/gallery/?${query}`);
  await page.waitForFunction(() => 'lookBook' in globalThis);
  const shots = await page.evaluate(async () => {
    const base64 = async (blob: Blob): Promise<string> => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
    };
    const taken: readonly Shot[] = (await globalThis.window.lookBook?.shots) ?? [];
    return Promise.all(taken.map(async ({ name, png }) => ({ name, png: await base64(png) })));
  });
  return shots.map(({ name, png }) => ({ name, png: Buffer.from(png, 'base64') }));
}

/** A shot with the one of the same view that shows no piece. */
export interface ShotPair extends TakenShot {
  readonly bare: Buffer;
}

/** Pairs each shot of a piece with its bare view. @throws Error when a view was not taken bare */
export function pairsOf(shots: readonly TakenShot[]): readonly ShotPair[] {
  const bare = new Map(shots.filter(({ name }) => name.split('.')[1] === 'bare').map((s) => [s.name, s.png]));
  return shots.flatMap(({ name, png }) => {
    const [piece, variant, view] = name.split('.');
    if (variant === 'bare') return [];
    const own = bare.get(view === 'studio' ? 'table.bare.studio' : `${piece}.bare.${view}`);
    if (own === undefined) throw new Error(`The gallery took ${name} without its bare view.`);
    return [{ name, png, bare: own }];
  });
}
