import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { collectionsDir, rootDir, shortPath } from '../support/paths.ts';
import { pairsOf, referenceQueries, referencesDir, referenceWebp, takeShots } from './reference-shots.ts';

/** Without a GPU a ring takes a minute. */
const patienceMs = 600_000;
const poster = { sizePx: 512, quality: 82, alphaQuality: 90 } as const;

/** Takes pictures of these pieces and writes them where they belong, saying which. `server` has the gallery. */
export type TakePictures = (browser: Browser, server: string, pieces: readonly string[]) => Promise<void>;

/** Every piece on its turntable and worn at fixed poses, as PNG below `data/gallery/`. */
export const takeWorn: TakePictures = (browser, server, pieces) =>
  onPage(browser, async (page) => {
    for (const [at, piece] of pieces.entries()) {
      console.log(`${piece} (${at + 1} of ${pieces.length}) …`);
      for (const { name, png } of await takeShots(page, server, `piece==${piece}`))
        await keep(path.join(rootDir, 'data/gallery', `${name}.png`), png);
    }
  });

/** The posters of these pieces, anew, into the collections. */
export const takePosters: TakePictures = (browser, server, pieces) =>
  onPage(browser, async (page) => {
    for (const [at, piece] of pieces.entries()) {
      console.log(`${piece} (${at + 1} of ${pieces.length}) …`);
      for (const { name, png } of await takeShots(page, server, `posters&piece==${piece}`)) {
        const { sizePx, quality, alphaQuality } = poster;
        const picture = await sharp(png).resize(sizePx).webp({ quality, alphaQuality, effort: 6 }).toBuffer();
        await keep(path.join(collectionsDir, name), picture);
      }
    }
  });

/** The small pictures against which a test holds every piece, anew; those of pieces and views that are no longer are dropped. */
export const renewReferences: TakePictures = (browser, server, pieces) =>
  onPage(browser, async (page) => {
    await mkdir(referencesDir, { recursive: true });
    const taken = new Set<string>();
    for (const query of referenceQueries) {
      for (const { name, png } of pairsOf(await takeShots(page, server, query))) {
        const file = `${name}.webp`;
        taken.add(file);
        if (!pieces.some((piece) => name.startsWith(`${piece}.`))) continue;
        await keep(path.join(referencesDir, file), await sharp(png).webp(referenceWebp).toBuffer());
      }
    }
    for (const file of await readdir(referencesDir)) {
      if (!taken.has(file)) await rm(path.join(referencesDir, file));
    }
  });

async function onPage(browser: Browser, take: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  page.setDefaultTimeout(patienceMs);
  await take(page);
  await page.close();
}

async function keep(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  console.log(`  ${shortPath(file)}`);
}
