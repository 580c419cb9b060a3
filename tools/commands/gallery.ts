import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { Catalogue } from '../../protocol/product.ts';
import { startHouse } from '../../tests/support/running-house.ts';
import { buildAll } from '../build/build-all.ts';
import { ensureChromium } from '../support/chromium.ts';
import { CommandError } from '../support/command-error.ts';
import { takeStories } from './gallery-stories.ts';
import { rootDir, shortPath } from '../support/paths.ts';

const maisons = ['norde', 'aurelle'] as const;
/** Without a GPU a ring takes a minute. */
const patienceMs = 600_000;

/**
 * `npm run gallery [-- PIECE …]`: every piece, or those whose id contains a word given, worn by the kit's visitor at fixed poses, as PNG
 * below `data/gallery/`. `npm run gallery -- --stories [NAME …]`: the pictures of the stories, anew, into the collections.
 */
export async function run(args: readonly string[]): Promise<number> {
  const stories = args.includes('--stories');
  const words = args.filter((word) => word !== '--stories');
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
      await takePiece(browser, house.server.url, piece);
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

async function takePiece(browser: Browser, server: string, piece: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${server}/gallery/?piece==${piece}`);
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
  const folder = path.join(rootDir, 'data/gallery');
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of shots) {
    const file = path.join(folder, `${name}.png`);
    await writeFile(file, Uint8Array.from(bytes));
    console.log(`  ${shortPath(file)}`);
  }
  await page.close();
}
