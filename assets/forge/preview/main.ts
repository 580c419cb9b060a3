/**
 * Renders the forged pieces to PNG files, to be looked at while a piece is authored.
 * `node assets/forge/preview/main.ts OUT_FOLDER [piece filter] [views, comma separated] [lod1]`
 */
import { createReadStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

const port = 8131;
const here = import.meta.dirname;
const collections = path.join(here, '..', '..', 'collections');
const three = path.join(here, '..', '..', '..', 'node_modules', 'three');

const pieces = ['norde/pieces/fjord-51.glb', 'norde/pieces/meridian-58.glb', 'aurelle/pieces/halo-54.glb'];
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

const [, , out = 'preview', pieceFilter = '', viewFilter = '', level = 'full'] = process.argv;
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
  server.listen(port, '127.0.0.1', resolve);
});

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
    for (const variant of [0, 1]) {
      for (const [view, camera] of Object.entries(views).filter(([name]) =>
        viewFilter.split(',').some((f) => name.includes(f)),
      )) {
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
