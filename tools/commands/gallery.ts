import { chromium } from 'playwright-core';
import { Catalogue } from '../../protocol/product.ts';
import { startHouse } from '../../tests/support/running-house.ts';
import { buildAll } from '../build/build-all.ts';
import { renewReferences, takePosters, takeWorn, type TakePictures } from '../gallery/take-pictures.ts';
import { ensureChromium } from '../support/chromium.ts';
import { CommandError } from '../support/command-error.ts';
import { takeStories } from './gallery-stories.ts';

const maisons = ['norde', 'aurelle'] as const;
const flags: Readonly<Record<string, TakePictures>> = {
  '--posters': takePosters,
  '--references': renewReferences,
};
const storiesFlag = '--stories';

/**
 * `npm run gallery [-- PIECE …]`: every piece, or those whose id contains a word given, on its turntable and worn by the kit's visitor at
 * fixed poses, as PNG below `data/gallery/`. Instead of these: with `--posters` the pieces' posters anew, into the collections; with
 * `--references` the small pictures against which `tests/browser/gallery.test.ts` holds every piece; with `--stories [NAME …]` the pictures
 * of the stories.
 */
export async function run(args: readonly string[]): Promise<number> {
  const words = args.filter((word) => !word.startsWith('--'));
  const unknown = args.find(
    (word) => word.startsWith('--') && word !== storiesFlag && !Object.hasOwn(flags, word),
  );
  if (unknown !== undefined)
    throw new CommandError(
      'unknown-option',
      `The gallery has no option "${unknown}".`,
      `It has: ${[...Object.keys(flags), storiesFlag].join(', ')}.`,
    );
  const found = ensureChromium(console.log);
  if (!found.ok) throw new CommandError('no-chromium', 'The gallery needs Chromium.', found.advice);
  await buildAll({ log: console.log, withPackage: false });
  const house = await startHouse();
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-quic', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    const { url } = house.server;
    if (args.includes(storiesFlag)) await takeStories(browser, url, maisons, words);
    else await takenBy(args)(browser, url, await piecesOf(url, words));
  } finally {
    await browser.close();
    await house.stop();
  }
  return 0;
}

function takenBy(args: readonly string[]): TakePictures {
  const flag = args.find((word) => Object.hasOwn(flags, word));
  return (flag === undefined ? undefined : flags[flag]) ?? takeWorn;
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
