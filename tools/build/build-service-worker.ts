import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { build } from 'vite';
import { contentSecurityPolicy } from '../../server/http/security-headers.ts';
import { collectionsDir, rootDir, webDir } from '../support/paths.ts';
import { filesOfPage } from './files-of-page.ts';
import { wasmFiles } from './mediapipe-wasm-plugin.ts';

/** One file that the kiosk keeps: its address, and a hash that changes when it must be fetched again. */
export interface KeptFile {
  readonly url: string;
  readonly revision: string;
}

/** Which languages' letters the kiosk's fonts are kept for; the others are fetched when they are first needed. */
const keptFonts = /-latin(?:-ext)?-(?!standard)[a-z]+-normal-[\w-]+\.woff2$/;

/** What of the collections a mirror shows: models in both levels, and posters. The drawn visitor is for demos. */
const keptPieces = /^(?!shared\/visitor)[\w/.-]+\.(?:glb|webp)$/;

/**
 * Builds the kiosk's and the tablet's service workers, each with the list of what it keeps, and the manifests and icons of both once
 * they are installed. Needs the pages to be built. Returns what the kiosk keeps.
 */
export async function buildServiceWorker(): Promise<readonly KeptFile[]> {
  await writeIcons();
  await writeFile(path.join(webDir, 'manifest.webmanifest'), JSON.stringify(manifest));
  const tablet = path.join(webDir, 'advisor');
  await writeFile(path.join(tablet, 'manifest.webmanifest'), JSON.stringify(tabletManifest));
  const kept = await listKeptFiles();
  await bundle('kiosk/service-worker/service-worker.ts', path.join(webDir, 'kiosk-sw.js'), {
    kioskFiles: kept,
  });
  await bundle('advisor/service-worker/service-worker.ts', path.join(tablet, 'service-worker.js'), {
    tabletFiles: await listTabletFiles(),
  });
  return kept;
}

async function bundle(
  entry: string,
  file: string,
  lists: Readonly<Record<string, readonly KeptFile[]>>,
): Promise<void> {
  const defined = Object.entries(lists).map(([name, files]) => [name, JSON.stringify(files)]);
  await build({
    configFile: false,
    root: rootDir,
    publicDir: false,
    logLevel: 'warn',
    define: { ...Object.fromEntries(defined), 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: path.dirname(file),
      emptyOutDir: false,
      target: 'es2023',
      modulePreload: false,
      lib: {
        entry: path.join(rootDir, entry),
        formats: ['iife'],
        name: 'serviceWorker',
        fileName: () => path.basename(file),
      },
    },
  });
}

/** What the tablet needs to open without a network: its page and what that names. Pieces in 3D are drawn with the line only. */
async function listTabletFiles(): Promise<readonly KeptFile[]> {
  const page = await filesOfPage(webDir, 'advisor/index.html');
  const files = page.filter((file) => !file.endsWith('.woff2') || keptFonts.test(file));
  return [
    await keptFile('/advisor/', path.join(webDir, 'advisor/index.html')),
    ...(await Promise.all(
      [...files, 'icons/icon.svg'].map((file) => keptFile(`/${file}`, path.join(webDir, file))),
    )),
  ];
}

async function listKeptFiles(): Promise<readonly KeptFile[]> {
  const pageFiles = await filesOfPage(webDir, 'kiosk/index.html');
  const assets = pageFiles.filter((file) => !file.endsWith('.woff2') || keptFonts.test(file));
  const web = [...assets, ...wasmFiles.map((name) => `mediapipe/${name}`), 'manifest.webmanifest'];
  const icons = (await readdir(path.join(webDir, 'icons'))).map((name) => `icons/${name}`);
  const pieces = (await readdir(collectionsDir, { recursive: true }))
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => keptPieces.test(file));
  return [
    await keptFile('/', path.join(webDir, 'kiosk/index.html')),
    ...(await Promise.all([...web, ...icons].map((file) => keptFile(`/${file}`, path.join(webDir, file))))),
    ...(await Promise.all(
      pieces.map((file) => keptFile(`/collections/${file}`, path.join(collectionsDir, file))),
    )),
  ];
}

/** A kept response keeps its headers too: the revision covers the policy, so that a new policy reaches kept scripts. */
async function keptFile(url: string, file: string): Promise<KeptFile> {
  const hash = createHash('sha256')
    .update(contentSecurityPolicy)
    .update(await readFile(file));
  return { url, revision: hash.digest('hex').slice(0, 16) };
}

const manifest = {
  id: '/',
  name: 'Vitrine',
  short_name: 'Vitrine',
  description: 'A mirror that wears what the house makes.',
  start_url: '/',
  scope: '/',
  display: 'fullscreen',
  display_override: ['fullscreen', 'standalone'],
  background_color: '#0c0c0b',
  theme_color: '#0c0c0b',
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};

const tabletManifest = {
  ...manifest,
  id: '/advisor/',
  name: 'Vitrine Advisor',
  short_name: 'Advisor',
  description: 'The advisor’s side of the mirror.',
  start_url: '/advisor/',
  scope: '/advisor/',
  display: 'standalone',
  display_override: ['standalone'],
  orientation: 'any',
};

/** Two lenses and a bridge in one line; `inset` leaves room for a mask, in hundredths. */
function iconSvg(inset: number): string {
  const scale = 1 - (2 * inset) / 100;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">',
    '<rect width="100" height="100" fill="#0c0c0b"/>',
    `<g transform="translate(50 50) scale(${scale})" fill="none" stroke="#efebe2" stroke-width="3.4">`,
    '<circle cx="-21" cy="0" r="17"/><circle cx="21" cy="0" r="17"/>',
    '<path d="M-5.2-6.5Q0-10.5 5.2-6.5" stroke-linecap="round"/></g></svg>',
  ].join('');
}

async function writeIcons(): Promise<void> {
  const folder = path.join(webDir, 'icons');
  await mkdir(folder, { recursive: true });
  const plain = iconSvg(2);
  await writeFile(path.join(folder, 'icon.svg'), plain);
  const draw = (svg: string, sizePx: number, name: string) =>
    sharp(Buffer.from(svg), { density: 600 }).resize(sizePx).png().toFile(path.join(folder, name));
  await Promise.all([
    draw(plain, 192, 'icon-192.png'),
    draw(plain, 512, 'icon-512.png'),
    draw(iconSvg(12), 512, 'icon-maskable-512.png'),
  ]);
}
