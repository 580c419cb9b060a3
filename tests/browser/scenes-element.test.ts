import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Catalogue } from '../../protocol/product.ts';
import type { Theme } from '../../protocol/theme.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { serveBundledModule, type ServedPage } from '../support/page-server.ts';
import { plainFrameGlb } from './scenes-fixtures.ts';

const words = { en: 'A plain frame.', fr: 'Une monture simple.' };
const variant = (piece: string, id: string): Catalogue['pieces'][number]['variants'][number] => ({
  id,
  sku: `${piece}.${id}`,
  gtin: '4006381333931',
  name: words,
  modelVariant: id,
  swatch: ['#c8a24a'],
});
const piece = (id: string, modelPath: string): Catalogue['pieces'][number] => ({
  id,
  category: 'eyewear',
  name: 'Plain',
  line: words,
  story: words,
  materials: words,
  care: words,
  price: { amountMinor: 10_000, currency: 'EUR' },
  dimensions: {
    lensWidthMm: 51,
    lensHeightMm: 38,
    bridgeWidthMm: 19,
    templeLengthMm: 145,
    frameWidthMm: 136,
  },
  modelPath,
  variants: [variant(id, 'gold'), variant(id, 'signal')],
});
const picture = { path: 'stories/one.webp', alt: words };
const catalogue: Catalogue = {
  schemaVersion: 1,
  maisonId: 'testhouse',
  maisonName: 'Test House',
  stories: [
    {
      id: 'story',
      title: words,
      mood: words,
      words,
      cover: picture,
      chapters: [
        { id: 'one', title: words, words, picture, pieces: [{ pieceId: 'plain', variantId: 'gold' }] },
      ],
    },
  ],
  pieces: [piece('plain', 'pieces/plain.glb'), piece('cut', 'pieces/cut.glb')],
};
const theme: Theme = {
  schemaVersion: 1,
  maisonId: 'testhouse',
  fonts: { display: 'hanken-grotesk', text: 'hanken-grotesk' },
  colours: {
    ground: '#d8d2c8',
    surface: '#ffffff',
    ink: '#111111',
    inkQuiet: '#444444',
    accent: '#7a1f2b',
    onAccent: '#ffffff',
    onMirror: '#ffffff',
  },
  cornerMm: 0,
  label: { trackingEm: 0.08, capitals: true },
  motion: { durationMs: 300, easing: 'ease' },
};

interface Heard {
  readonly type: string;
  readonly detail: Record<string, unknown>;
}

describeOnHost('the try-on element on a page', ['chromium'], () => {
  let server: ServedPage;
  let browser: Browser;
  let page: Page;
  const foreign: string[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    const frame = await plainFrameGlb();
    const json = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
    server = await serveBundledModule(
      'scenes/entry-element.ts',
      8166,
      new Map([
        ['/collections/testhouse/catalogue.json', json(catalogue)],
        ['/collections/testhouse/theme.json', json(theme)],
        ['/collections/testhouse/pieces/plain.glb', frame],
        ['/collections/testhouse/pieces/cut.glb', frame.subarray(0, 2_000)],
        ['/collections/shared/mannequin.glb', frame],
      ]),
    );
    browser = await launchChromium({ extraFlags: ['--use-fake-device-for-media-stream'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 300, height: 400 } });
    page.setDefaultTimeout(120_000);
    page.on('request', (request) => {
      if (!request.url().startsWith(server.origin) && !request.url().startsWith('blob:')) {
        foreign.push(request.url());
      }
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(server.origin);
    await page.evaluate(() => {
      const scope = globalThis as unknown as { heard: Heard[]; asked: number };
      scope.heard = [];
      scope.asked = 0;
      navigator.mediaDevices.getUserMedia = () => {
        scope.asked += 1;
        return Promise.reject(new DOMException('No.', 'NotAllowedError'));
      };
      for (const type of ['ready', 'tracking', 'piece-change', 'error']) {
        document.addEventListener(
          type,
          (event) => {
            if (event instanceof CustomEvent)
              scope.heard.push({ type, detail: event.detail as Heard['detail'] });
          },
          true,
        );
      }
      document.body.innerHTML =
        '<vitrine-try-on maison="testhouse" piece="plain" style="width:240px"></vitrine-try-on>';
    });
    await page.addScriptTag({ type: 'module', url: '/entry.js' });
  });
  afterEach(async () => {
    await page.close();
    expect(foreign).toEqual([]);
    expect(faults).toEqual([]);
  });

  const heard = (): Promise<Heard[]> =>
    page.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard);
  const until = async (type: string, count = 1): Promise<Heard> => {
    await page.waitForFunction(
      ([type, count]) =>
        (globalThis as unknown as { heard: Heard[] }).heard.filter((event) => event.type === type).length >=
        count,
      [type, count] as const,
    );
    const event = (await heard()).findLast((candidate) => candidate.type === type);
    if (!event) throw new Error(`No ${type} was heard.`);
    return event;
  };
  const asked = (): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { asked: number }).asked);
  const set = (attributes: Record<string, string>): Promise<void> =>
    page.evaluate((attributes) => {
      const element = document.querySelector('vitrine-try-on');
      for (const [name, value] of Object.entries(attributes)) element?.setAttribute(name, value);
    }, attributes);

  it('shows the piece, says so, and asks before it would open any camera', async () => {
    expect((await until('ready')).detail).toEqual({ maison: 'testhouse', piece: 'plain', variant: 'gold' });
    await page.getByRole('heading', { name: 'See it on you' }).waitFor();
    await page.getByRole('button', { name: 'Look without a camera' }).click();
    expect(await page.getByRole('heading', { name: 'See it on you' }).count()).toBe(0);
    expect(await asked()).toBe(0);
    expect(await page.locator('canvas').count()).toBe(1);
  });

  it('follows its attributes, all set together taken as one change', async () => {
    await until('ready');
    await set({ piece: 'plain', variant: 'signal', lang: 'fr' });
    expect((await until('piece-change', 2)).detail).toEqual({
      maison: 'testhouse',
      piece: 'plain',
      variant: 'signal',
    });
    expect((await heard()).filter(({ type }) => type === 'piece-change')).toHaveLength(2);
    await page.getByRole('button', { name: 'Utiliser la caméra' }).waitFor();
  });

  it.each([
    [{ piece: 'nothing' }, 'piece-unknown'],
    [{ variant: 'nothing' }, 'piece-unknown'],
    [{ piece: 'cut' }, 'piece-truncated'],
    [{ maison: 'elsewhere' }, 'collection-unreachable'],
  ] as const)(
    'tells what is wrong with %j, in a code for the page and a sentence for the client',
    async (wrong, code) => {
      await until('ready');
      await set(wrong);
      expect((await until('error')).detail).toMatchObject({ code });
      await page.getByText('This piece cannot be shown at the moment.').waitFor();
      await set({ maison: 'testhouse', piece: 'plain', variant: 'signal' });
      expect((await until('piece-change', 2)).detail).toMatchObject({ piece: 'plain', variant: 'signal' });
    },
  );

  it('falls back to the mannequin with a plain sentence where there is no tracking to be had', async () => {
    await until('ready');
    await page.getByRole('button', { name: 'Use the camera' }).click();
    expect((await until('error')).detail).toMatchObject({ code: 'tracking-unavailable' });
    await page.getByText('The mirror is not ready here.').waitFor();
    expect(await asked()).toBe(0);
    // Whoever tries again reads the notice again.
    await page.getByRole('button', { name: 'See it on you' }).click();
    await page.getByRole('button', { name: 'Use the camera' }).waitFor();
  });

  it('forgets the camera that was on its way when the client turns it off', async () => {
    await until('ready');
    let answer = (): void => undefined;
    const held = new Promise<void>((done) => (answer = done));
    await page.route('**/api/config', async (route) => {
      await held;
      await route.fulfill({ status: 404, body: '' });
    });
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.getByRole('button', { name: 'Turn the camera off' }).click();
    const answered = page.waitForResponse('**/api/config');
    answer();
    await answered;
    await set({ variant: 'signal' });
    await until('piece-change', 2);
    expect((await heard()).filter(({ type }) => type === 'error')).toEqual([]);
    expect(await page.getByText('The mirror is not ready here.').count()).toBe(0);
    await page.getByRole('button', { name: 'See it on you' }).waitFor();
  });

  it('leaves nothing behind when it is taken off the page', async () => {
    await until('ready');
    const left = await page.evaluate(() => {
      const element = document.querySelector('vitrine-try-on');
      element?.remove();
      return element?.shadowRoot?.childElementCount;
    });
    expect(left).toBe(0);
  });
});
