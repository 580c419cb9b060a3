import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { startHouse } from '../../tests/support/running-house.ts';
import { buildAll } from '../build/build-all.ts';
import { ensureChromium } from '../support/chromium.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir, shortPath } from '../support/paths.ts';

const portrait = { width: 1080, height: 1920 } as const;
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
      const page = await browser.newPage({ viewport: portrait, locale: 'en-GB' });
      await page.goto(await house.link('kiosk', maisonId));
      // A house greets in its own language; the picture is for readers of English.
      await page.getByRole('button', { name: /Touch to begin|Touchez pour commencer/ }).click();
      await page.getByRole('radio', { name: 'English' }).click();
      await page.getByRole('button', { name: 'Look without a camera' }).click();
      await page.getByRole('button', { name: /^Chapter 1/ }).click();
      await page
        .getByRole('button', { name: /See it worn/ })
        .first()
        .click();
      await page.locator('[data-stage="shown"]').waitFor({ timeout: 120_000 });
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
