import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { startHouse } from '../../tests/support/running-house.ts';
import { buildAll } from '../build/build-all.ts';
import { ensureChromium } from '../support/chromium.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir, shortPath } from '../support/paths.ts';

/** A portrait panel; all sizes on it are millimetres of the panel, so that fewer pixels show the same page. */
const portrait = { width: 720, height: 1280 } as const;
/** Without a GPU a frame takes its time. */
const patienceMs = 300_000;
const pictureWidthPx = 640;

/** `npm run picture`: the README's picture, taken of the running product: each house's mirror, its piece on the mannequin. */
export async function run(): Promise<number> {
  const found = ensureChromium(console.log);
  if (!found.ok) throw new CommandError('no-chromium', 'The picture needs Chromium.', found.advice);
  await buildAll({ log: console.log, withPackage: false });
  const house = await startHouse();
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-quic', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    const shots: Buffer[] = [];
    for (const maisonId of ['norde', 'aurelle']) {
      const page = await browser.newPage({ viewport: portrait, locale: 'en-GB', reducedMotion: 'reduce' });
      page.setDefaultTimeout(patienceMs);
      const press = (role: 'button' | 'radio', name: string | RegExp) =>
        page.getByRole(role, { name }).first().click({ force: true });
      const link = new URL(await house.link('kiosk', maisonId));
      link.searchParams.set('quality', 'full');
      await page.goto(link.href);
      // Both boutiques speak French until a client chooses: choosing opens the welcome.
      await press('radio', 'English');
      await press('button', 'Look without a camera');
      // Which stories are told depends on the day; where there is one only, it is open already.
      await page.locator('.covers, .contents').waitFor();
      if ((await page.locator('.cover').count()) > 0)
        await page.locator('.cover').last().click({ force: true });
      await press('button', /^Chapter 1/);
      await press('button', /See it worn/);
      await page.locator('.stage[data-scene="wear"][data-state="shown"]').waitFor();
      shots.push(await page.screenshot());
      await page.close();
    }
    const file = path.join(rootDir, 'docs/pictures/mirror.png');
    await mkdir(path.dirname(file), { recursive: true });
    const small = await Promise.all(
      shots.map((shot) => sharp(shot).resize({ width: pictureWidthPx }).toBuffer()),
    );
    const gapPx = 32;
    const heightPx = Math.round((pictureWidthPx * portrait.height) / portrait.width);
    await sharp({
      create: {
        width: pictureWidthPx * small.length + gapPx * (small.length - 1),
        height: heightPx,
        channels: 4,
        background: '#00000000',
      },
    })
      .composite(small.map((input, index) => ({ input, left: index * (pictureWidthPx + gapPx), top: 0 })))
      .png({ palette: true, quality: 92 })
      .toFile(file);
    console.log(`Taken: ${shortPath(file)}`);
  } finally {
    await browser.close();
    await house.stop();
  }
  return 0;
}
