import { readFile, mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { mannequinAnchors } from '../mannequin-anchors.ts';

// Pictures of the forged mannequin: node assets/forge/mannequin/preview/preview.ts <folder for PNGs> [view …]
// CHROME_PATH names the browser; the mannequin must have been forged. WORN names a piece's GLB to put on it.
const views = {
  front: 'yaw=0',
  'three-quarter': 'yaw=-38',
  'three-quarter-left': 'yaw=40&pitch=4',
  profile: 'yaw=-90',
  back: 'yaw=150',
  below: 'yaw=-25&pitch=-28',
  eyes: 'yaw=-20&at=18,22,40&span=90',
  mouth: 'yaw=-25&at=5,-32,50&span=110',
  nose: 'yaw=-15&pitch=-35&at=0,-12,62&span=70',
  chin: 'yaw=-10&at=0,-70,50&span=90',
  temple: 'yaw=-50&at=55,35,10&span=130',
  ear: 'yaw=-75&at=80,10,-60&span=110',
} as const;

const folder = process.argv[2] ?? 'dist/mannequin-preview';
const wanted = process.argv.slice(3);
await mkdir(folder, { recursive: true });
const worn = process.env['WORN'];
const bridge = worn === undefined ? '' : `&wear=${mannequinAnchors.noseBridge.join(',')}`;
const glb = new URL('../../../collections/shared/mannequin.glb', import.meta.url);

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  root: import.meta.dirname,
  server: { port: 8141, fs: { strict: false } },
  plugins: [
    {
      name: 'mannequin',
      configureServer(vite) {
        vite.middlewares.use('/mannequin.glb', (_request, response) => {
          void readFile(glb).then((bytes) => response.end(bytes));
        });
        vite.middlewares.use('/worn.glb', (_request, response) => {
          if (worn === undefined) response.writeHead(404).end();
          else void readFile(worn).then((bytes) => response.end(bytes));
        });
      },
    },
  ],
});
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
try {
  const page = await browser.newPage({ viewport: { width: 640, height: 860 } });
  page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  for (const [name, query] of Object.entries(views)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await page.goto(`http://localhost:8141/?${query}${bridge}`);
    await page.waitForFunction(() => document.title === 'ready');
    await page.screenshot({ path: `${folder}/${name}.png` });
  }
} finally {
  await browser.close();
  await server.close();
}
