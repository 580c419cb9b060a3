import react from '@vitejs/plugin-react';
import { createReadStream, existsSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { createServer, type Plugin, type ViteDevServer } from 'vite';

const repository = join(import.meta.dirname, '../../..');
const collections = join(repository, 'assets/collections');

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  glb: 'model/gltf-binary',
  webp: 'image/webp',
};

/** Serves the collections under the address that the server gives them. */
const serveCollections: Plugin = {
  name: 'collections',
  configureServer(server) {
    server.middlewares.use('/collections', (request, response, next) => {
      const path = normalize(join(collections, new URL(request.url ?? '/', 'http://x').pathname));
      if (!path.startsWith(collections + sep) || !existsSync(path)) return next();
      response.setHeader('content-type', types[path.split('.').pop() ?? ''] ?? 'application/octet-stream');
      createReadStream(path).pipe(response);
    });
  },
};

/** A development server with the kiosk's gallery at `/tests/browser/kiosk-gallery/`. */
export async function startGallery(port: number): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server: ViteDevServer = await createServer({
    root: repository,
    configFile: false,
    logLevel: 'error',
    cacheDir: join(repository, 'dist/.vite-gallery'),
    plugins: [react(), serveCollections],
    appType: 'mpa',
    server: { port, strictPort: true, host: '127.0.0.1', hmr: false, watch: null, fs: { strict: false } },
    optimizeDeps: { entries: ['tests/browser/kiosk-gallery/index.html'] },
  });
  await server.listen();
  return {
    url: `http://127.0.0.1:${port}/tests/browser/kiosk-gallery/`,
    stop: () => server.close(),
  };
}
