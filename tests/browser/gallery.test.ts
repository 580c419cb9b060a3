import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  pairsOf,
  referenceQueries,
  referencesDir,
  takeShots,
  type ShotPair,
} from '../../tools/gallery/reference-shots.ts';
import { collectionsDir, rootDir } from '../../tools/support/paths.ts';
import { launchChromium } from '../support/chromium.ts';
import { recoloured, shifted, withoutPart } from '../support/faulty-glb.ts';
import { describeOnHost } from '../support/host.ts';
import { allowed, comparePictures, type PictureDifference } from '../support/picture-difference.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

/** All pictures are taken in one go, each by software where there is no GPU. */
const patienceMs = 1_200_000;
const differencesDir = path.join(rootDir, 'data/gallery-differences');
const references = readdirSync(referencesDir).map((file) => file.replace(/\.webp$/, ''));

const against = (name: string, { png, bare }: ShotPair): Promise<PictureDifference> =>
  comparePictures(png, readFileSync(path.join(referencesDir, `${name}.webp`)), bare);

/** Leaves the picture and its difference for a person to look at, and says what to do. */
async function tell(name: string, { png }: ShotPair, { map, worstAtPx }: PictureDifference): Promise<string> {
  await mkdir(differencesDir, { recursive: true });
  await writeFile(path.join(differencesDir, `${name}.actual.png`), png);
  await writeFile(path.join(differencesDir, `${name}.difference.png`), map);
  return (
    `${name} is not what it was, most of all at ${worstAtPx.join(', ')}: see data/gallery-differences/. ` +
    `If it is meant so: npm run gallery -- --references ${name.split('.')[0]}`
  );
}

describeOnHost('the gallery', ['face-model', 'chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;
  let page: Page;

  const take = async (query: string): Promise<ShotPair> => {
    const [pair] = pairsOf(await takeShots(page, house.server.url, query));
    if (pair === undefined) throw new Error(`The gallery shows nothing for ${query}.`);
    return pair;
  };

  beforeAll(async () => {
    [browser, house] = await Promise.all([launchChromium(), startHouse()]);
    page = await browser.newPage({ viewport: { width: 400, height: 300 } });
    page.setDefaultTimeout(patienceMs);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  describe('every piece looks as it was approved', () => {
    const taken = new Map<string, ShotPair>();
    beforeAll(async () => {
      for (const query of referenceQueries) {
        const shots = await takeShots(page, house.server.url, query);
        for (const pair of pairsOf(shots)) taken.set(pair.name, pair);
      }
    }, patienceMs);

    it('has a reference of every picture, and no other', () => {
      expect([...taken.keys()].toSorted(), 'npm run gallery -- --references').toEqual(references.toSorted());
    });

    it.each(references)('%s', async (name) => {
      const pair = taken.get(name);
      if (pair === undefined) throw new Error('The gallery did not take it.');
      const difference = await against(name, pair);
      const isSame = difference.colour <= allowed.colour && difference.outline >= allowed.outline;
      const words = isSame ? name : await tell(name, pair, difference);
      expect(difference.colour, words).toBeLessThanOrEqual(allowed.colour);
      expect(difference.outline, words).toBeGreaterThanOrEqual(allowed.outline);
    });
  });

  // What the two numbers are for: each fault is made in a real model and taken as every piece is.
  const withFault = async (
    piece: string,
    view: string,
    spoil: (glb: Buffer) => Buffer,
  ): Promise<PictureDifference> => {
    const address = `**/pieces/${piece}.glb`;
    const [file] = readdirSync(collectionsDir, { recursive: true, encoding: 'utf8' }).filter((found) =>
      found.endsWith(`pieces/${piece}.glb`),
    );
    if (file === undefined) throw new Error(`There is no model of ${piece}.`);
    const body = spoil(readFileSync(path.join(collectionsDir, file)));
    await page.route(address, (route) => route.fulfill({ body, contentType: 'model/gltf-binary' }));
    try {
      const pair = await take(`size=tiny&bare&piece==${piece}&view==${view}`);
      return await against(pair.name, pair);
    } finally {
      await page.unroute(address);
    }
  };

  it(
    'sees that a watch has lost its minute hand',
    async () => {
      const { colour } = await withFault('nord-39', 'studio', (glb) => withoutPart(glb, 'hand_minute'));
      expect(colour).toBeGreaterThan(allowed.colour);
    },
    patienceMs,
  );

  it(
    'sees that a watch is worn three millimetres off, 3 % of the picture',
    async () => {
      const { outline } = await withFault('nord-39', 'near', (glb) => shifted(glb, 3));
      expect(outline).toBeLessThan(allowed.outline);
    },
    patienceMs,
  );

  it(
    'sees that gold is of another alloy',
    async () => {
      const { colour } = await withFault('orbe', 'studio', (glb) =>
        recoloured(glb, 'polished gold', [0.96, 0.68, 0.55]),
      );
      expect(colour).toBeGreaterThan(allowed.colour);
    },
    patienceMs,
  );
});
