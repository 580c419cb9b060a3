import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { leanThree } from '../../tools/build/lean-three/lean-three-plugin.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.css': 'text/css',
  '.json': 'application/json',
  '.glb': 'model/gltf-binary',
  '.webp': 'image/webp',
};

/** A folder, or one file, and the address below which it is served. */
export interface Mount {
  readonly at: string;
  readonly path: string;
}

/** The wasm files that `@mediapipe/tasks-vision` brings along. */
export const wasmFolder = resolve(import.meta.dirname, '../../node_modules/@mediapipe/tasks-vision/wasm');

/** A page bundled as a product's would be, served on this computer only. */
export interface ServedPage {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Bundles the page in `root` into a temporary folder and serves it with the mounts beside it. */
export async function serveBundledPage(
  root: string,
  port: number,
  mounts: readonly Mount[],
): Promise<ServedPage> {
  const outDir = mkdtempSync(join(tmpdir(), 'vitrine-page-'));
  await build({ ...asBundled, root, build: { ...asBundled.build, outDir } });
  return serveFolder(outDir, port, mounts);
}

/**
 * Bundles one module and serves it as `/entry.js`, beside an empty page at `/` and `files` by their path.
 */
export async function serveBundledModule(
  entry: string,
  port: number,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<ServedPage> {
  const outDir = mkdtempSync(join(tmpdir(), 'vitrine-page-'));
  await build({
    ...asBundled,
    build: {
      ...asBundled.build,
      outDir,
      rolldownOptions: {
        input: { entry },
        output: { entryFileNames: '[name].js' },
        preserveEntrySignatures: 'strict',
      },
    },
  });
  writeFileSync(
    join(outDir, 'index.html'),
    '<!doctype html><title>Stage</title><style>body{margin:0}</style>',
  );
  for (const [path, bytes] of files) {
    const file = join(outDir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return serveFolder(outDir, port, []);
}

/** As the product's own pages are built, but for reading: nothing is renamed or joined. */
const asBundled = {
  configFile: false,
  logLevel: 'error',
  base: './',
  plugins: [leanThree()],
  worker: { format: 'es' },
  build: { emptyOutDir: true, target: 'esnext', minify: false },
} satisfies InlineConfig;

/** Serves a folder with the mounts beside it, and removes it in the end. */
async function serveFolder(outDir: string, port: number, mounts: readonly Mount[]): Promise<ServedPage> {
  const server = await listen([...mounts, { at: '/', path: outDir }], port);
  return {
    origin: `http://localhost:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

function listen(mounts: readonly Mount[], port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = mounts.map((mount) => fileOf(mount, path)).find((found) => found !== null) ?? null;
    if (file === null) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((done) => {
    server.listen(port, () => done(server));
  });
}

function fileOf({ at, path }: Mount, requested: string): string | null {
  if (!requested.startsWith(at)) return null;
  const rest = requested.slice(at.length);
  const file =
    rest === '' && statSync(path).isFile() ? path : resolve(path, rest === '' ? 'index.html' : rest);
  const inside = file === path || file.startsWith(path + sep);
  return inside && existsSync(file) && statSync(file).isFile() ? file : null;
}
