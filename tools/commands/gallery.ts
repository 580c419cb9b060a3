import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import sharp from 'sharp';
import { Catalogue } from '../../protocol/product.ts';
import { startHouse } from '../../tests/support/running-house.ts';
import { buildAll } from '../build/build-all.ts';
import { ensureChromium } from '../support/chromium.ts';
import { CommandError } from '../support/command-error.ts';
import { takeStories } from './gallery-stories.ts';
import { collectionsDir, rootDir, shortPath } from '../support/paths.ts';

const maisons = ['norde', 'aurelle'] as const;
/** Without a GPU a ring takes a minute. */
const patienceMs = 600_000;
const postersFlag = '--posters';
const poster = { sizePx: 512, quality: 82, alphaQuality: 90 } as const;

/**
 * `npm run gallery [-- PIECE …]`: every piece, or those whose id contains a word given, worn by the kit's visitor at fixed poses, as PNG
 * below `data/gallery/`. With `--posters` the posters of these pieces are drawn anew instead, into `assets/collections/`;
 * `npm run gallery -- --stories [NAME …]`: the pictures of the stories, anew, into the collections.
 */
export async function run(args: readonly string[]): Promise<number> {
  const stories = args.includes('--stories');
  const words = args.filter((word) => word !== postersFlag && word !== '--stories');
  const take = args.includes(postersFlag) ? takePosters : takePictures;
  const found = ensureChromium(console.log);
  if (!found.ok) throw new CommandError('no-chromium', 'The gallery needs Chromium.', found.advice);
  await buildAll({ log: console.log, withPackage: false });
  const house = await startHouse();
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-quic', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    if (stories) {
      await takeStories(browser, house.server.url, maisons, words);
      return 0;
    }
    const wanted = await piecesOf(house.server.url, words);
    for (const [at, piece] of wanted.entries()) {
      console.log(`${piece} (${at + 1} of ${wanted.length}) …`);
      await take(browser, house.server.url, piece);
    }
  } finally {
    await browser.close();
    await house.stop();
  }
  return 0;
}

async function piecesOf(server: string, words: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const maison of maisons) {
    const response = await fetch(`${server}/collections/${maison}/catalogue.json`);
    ids.push(...Catalogue.parse(await response.json()).pieces.map(({ id }) => id));
  }
  const wanted = words.length === 0 ? ids : ids.filter((id) => words.some((word) => id.includes(word)));
  if (wanted.length > 0) return wanted;
  throw new CommandError(
    'unknown-piece',
    `No piece is called "${words.join(' ')}".`,
    `There are: ${ids.join(', ')}.`,
  );
}

async function takePictures(browser: Browser, server: string, piece: string): Promise<void> {
  for (const { name, bytes } of await shotsOf(browser, `${server}/gallery/?piece==${piece}`)) {
    await keep(path.join(rootDir, 'data/gallery', `${name}.png`), bytes);
  }
}

async function takePosters(browser: Browser, server: string, piece: string): Promise<void> {
  for (const { name, bytes } of await shotsOf(browser, `${server}/gallery/?posters&piece==${piece}`)) {
    const { sizePx, quality, alphaQuality } = poster;
    const picture = await sharp(bytes).resize(sizePx).webp({ quality, alphaQuality, effort: 6 }).toBuffer();
    await keep(path.join(collectionsDir, name), picture);
  }
}

async function shotsOf(browser: Browser, address: string): Promise<{ name: string; bytes: Uint8Array }[]> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  page.setDefaultTimeout(patienceMs);
  await page.goto(address);
  await page.waitForFunction(() => 'lookBook' in globalThis);
  const shots = await page.evaluate(async () => {
    const taken = (await globalThis.window.lookBook?.shots) ?? [];
    return Promise.all(
      taken.map(async ({ name, png }) => ({
        name,
        bytes: Array.from(new Uint8Array(await png.arrayBuffer())),
      })),
    );
  });
  await page.close();
  return shots.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) }));
}

async function keep(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  console.log(`  ${shortPath(file)}`);
}
