import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A page server for browser tests, and how to end it. */
export interface PageServer {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves the repository's modules to a browser, an empty page at `/`, and `files` by their path. `entry` is what the page
 * will import, so that its dependencies are bundled before the first test.
 */
export async function startPageServer(
  port: number,
  entry: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<PageServer> {
  const server: ViteDevServer = await createServer({
    configFile: false,
    root: repositoryRoot,
    appType: 'custom',
    logLevel: 'error',
    cacheDir: `${tmpdir()}/vitrine-page-server-${port}`,
    server: { host: '127.0.0.1', port, strictPort: true, hmr: false, watch: null },
    optimizeDeps: { entries: [entry] },
    plugins: [
      {
        name: 'vitrine-test-files',
        configureServer: ({ middlewares }) => {
          middlewares.use((request, response, next) => {
            const path = new URL(request.url ?? '/', 'http://localhost').pathname;
            const file = files.get(path);
            if (path === '/') {
              response.setHeader('content-type', 'text/html');
              response.end('<!doctype html><title>Stage</title><style>body{margin:0}</style>');
            } else if (file) {
              response.setHeader('content-length', file.byteLength);
              response.end(file);
            } else {
              next();
            }
          });
        },
      },
    ],
  });
  await server.listen();
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
