/**
 * Renders the forged pieces to PNG files, to be looked at while a piece is authored.
 * `node assets/forge/preview/main.ts OUT_FOLDER [piece filter] [views, comma separated, or from=x,y,z&near=share&at=x,y,z] [full|lod1] [variants]`
 */
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const collections = path.join(here, '..', '..', 'collections');
const three = path.join(here, '..', '..', '..', 'node_modules', 'three');

const pieces = (await readdir(collections, { recursive: true }))
  .filter((name) => /^[a-z]+[\\/]pieces[\\/][a-z0-9-]+\.glb$/.test(name))
  .map((name) => name.split(path.sep).join('/'))
  .toSorted();
const views: Readonly<Record<string, string>> = {
  front: 'eye=0,-6,520&look=0,-8,-10&fov=16',
  three: 'eye=-260,90,400&look=4,-8,-48&fov=18',
  hinge: 'eye=150,40,-10&look=62,2,-8&fov=22',
  detail: 'eye=95,30,120&look=50,0,0&fov=24',
  macro: 'eye=86,16,92&look=59.5,5,2&fov=10',
  bridge: 'eye=30,40,120&look=0,0,0&fov=24',
  back: 'eye=-60,70,-330&look=0,-5,-20&fov=24',
  pads: 'eye=-12,12,-110&look=0,-6,0&fov=16',
  side: 'eye=520,10,-70&look=0,-12,-70&fov=19',
};

/**
 * Views of pieces that are no spectacles: from where (a direction), how near (shares of the piece's largest extent) and at what, in
 * shares of its box from its middle.
 */
const boxViews: Readonly<Record<string, string>> = {
  front: 'from=0,0.12,1&near=1',
  three: 'from=-0.6,0.5,0.9&near=1',
  side: 'from=1,0.15,0.1&near=1',
  top: 'from=0.02,1,0.15&near=1',
  back: 'from=0.3,0.3,-1&near=1',
  below: 'from=0.2,-1,0.4&near=1',
  macro: 'from=-0.35,0.6,0.8&near=0.38&at=0,0.3,0.25',
};

/** A view's query: a named one, or `from=…&near=…&at=…` as it is. */
function viewsOf(piece: string, filter: string): (readonly [string, string])[] {
  if (filter.includes('=')) return [['own', filter]];
  const known = /fjord|meridian|halo/.test(piece) ? views : boxViews;
  return Object.entries(known).filter(([name]) => filter.split(',').some((part) => name.includes(part)));
}

const [, , out = 'preview', pieceFilter = '', viewFilter = '', level = 'full', variantCount = '2'] =
  process.argv;
await mkdir(out, { recursive: true });

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const file = pathname.startsWith('/three/')
    ? path.join(three, path.normalize(pathname.slice(6)))
    : pathname === '/'
      ? path.join(here, 'index.html')
      : path.join(collections, path.normalize(pathname));
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});

const address = server.address();
if (address === null || typeof address === 'string') throw new Error('the preview has no port');
const { port } = address;

const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-background-networking',
  ],
});
try {
  const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  page.on('pageerror', (error) => {
    console.error(error.message);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') {
      console.error(message.text());
    }
  });
  for (const piece of pieces.filter((name) => name.includes(pieceFilter))) {
    const file = level === 'lod1' ? piece.replace('.glb', '.lod1.glb') : piece;
    for (let variant = 0; variant < Number(variantCount); variant += 1) {
      for (const [view, camera] of viewsOf(piece, viewFilter)) {
        await page.goto(`http://127.0.0.1:${port}/?file=/${file}&variant=${variant}&${camera}`);
        await page.waitForFunction(() => document.title.startsWith('ready'), undefined, { timeout: 60_000 });
        const name = `${path.basename(file, '.glb')}-${variant}-${view}.png`;
        await page.screenshot({ path: path.join(out, name) });
        console.log(name, await page.title());
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
