import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import sharp from 'sharp';
import { Catalogue } from '../../protocol/product.ts';
import { startHouse } from '../../tests/support/running-house.ts';
import { buildAll } from '../build/build-all.ts';
import {
  pairsOf,
  referencesDir,
  referenceQueries,
  referenceWebp,
  takeShots,
} from '../gallery/reference-shots.ts';
import { ensureChromium } from '../support/chromium.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir, shortPath } from '../support/paths.ts';

const maisons = ['norde', 'aurelle'] as const;
/** Without a GPU a ring takes a minute. */
const patienceMs = 600_000;

/**
 * `npm run gallery [-- PIECE …]`: every piece, or those whose id contains a word given, on its turntable and worn by the kit's visitor at
 * fixed poses, as PNG below `data/gallery/`. With `--references` the small pictures against which `tests/browser/gallery.test.ts` holds
 * every piece are taken anew instead.
 */
export async function run(args: readonly string[]): Promise<number> {
  const renews = args.includes('--references');
  const words = args.filter((arg) => arg !== '--references');
  const found = ensureChromium(console.log);
  if (!found.ok) throw new CommandError('no-chromium', 'The gallery needs Chromium.', found.advice);
  await buildAll({ log: console.log, withPackage: false });
  const house = await startHouse();
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-quic', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    const wanted = await piecesOf(house.server.url, words);
    if (renews) await renewReferences(browser, house.server.url, wanted);
    for (const [at, piece] of renews ? [] : wanted.entries()) {
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

/** Takes the reference pictures of these pieces anew, and drops those of pieces and views that are no longer. */
async function renewReferences(browser: Browser, server: string, wanted: readonly string[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  page.setDefaultTimeout(patienceMs);
  await mkdir(referencesDir, { recursive: true });
  const taken = new Set<string>();
  for (const query of referenceQueries) {
    for (const { name, png } of pairsOf(await takeShots(page, server, query))) {
      const file = `${name}.webp`;
      taken.add(file);
      if (!wanted.some((piece) => name.startsWith(`${piece}.`))) continue;
      await sharp(png).webp(referenceWebp).toFile(path.join(referencesDir, file));
      console.log(`  ${shortPath(path.join(referencesDir, file))}`);
    }
  }
  for (const file of await readdir(referencesDir)) {
    if (!taken.has(file)) await rm(path.join(referencesDir, file));
  }
  await page.close();
}

async function takePiece(browser: Browser, server: string, piece: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  page.setDefaultTimeout(patienceMs);
  const shots = await takeShots(page, server, `piece==${piece}`);
  const folder = path.join(rootDir, 'data/gallery');
  await mkdir(folder, { recursive: true });
  for (const { name, png } of shots) {
    const file = path.join(folder, `${name}.png`);
    await writeFile(file, png);
    console.log(`  ${shortPath(file)}`);
  }
  await page.close();
}
