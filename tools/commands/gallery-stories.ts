import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { collectionsDir, shortPath } from '../support/paths.ts';

/** Upright, four to five: a portrait mirror's width at the top, half of a wide one. */
const widthPx = 1080;
const heightPx = 1350;
/** More make softer shadows and a finer blur, and take as much longer. */
const samples = 24;
const mostBytes = 118_000;
/** Without a GPU a picture takes minutes. */
const patienceMs = 1_200_000;

/** Takes the pictures of every house's stories whose name contains a word given, and puts them into its collection. */
export async function takeStories(
  browser: Browser,
  server: string,
  maisons: readonly string[],
  words: readonly string[],
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${server}/gallery/?stories`);
  await page.waitForFunction(() => globalThis.window.storyBook !== undefined);
  for (const maison of maisons) {
    const names = await page.evaluate((house) => globalThis.window.storyBook?.names(house) ?? [], maison);
    const wanted = names.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
    for (const name of wanted) {
      const file = path.join(collectionsDir, maison, 'stories', `${name}.webp`);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, await withinBudget(await takeStill(page, maison, name)));
      console.log(`  ${shortPath(file)}`);
    }
  }
  await page.close();
}

async function takeStill(page: Page, maison: string, name: string): Promise<Uint8Array> {
  const bytes = await page.evaluate(
    async ({ maison, name, options }) => {
      const png = await globalThis.window.storyBook?.take(maison, name, options);
      return png ? Array.from(new Uint8Array(await png.arrayBuffer())) : [];
    },
    { maison, name, options: { widthPx, heightPx, samples } },
  );
  return Uint8Array.from(bytes);
}

/** As good as the bytes allow. */
async function withinBudget(png: Uint8Array): Promise<Uint8Array> {
  for (let quality = 88; ; quality -= 4) {
    const webp = await sharp(png).webp({ quality, effort: 6 }).toBuffer();
    if (webp.byteLength <= mostBytes || quality <= 40) return webp;
  }
}
