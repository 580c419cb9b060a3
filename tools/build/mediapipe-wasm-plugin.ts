import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

/** One variant only: the module build with SIMD, which every browser we support runs in a module worker. */
export const wasmFiles = ['vision_wasm_module_internal.js', 'vision_wasm_module_internal.wasm'] as const;

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Where the tracker's wasm lies in `node_modules`. */
function wasmFile(name: string): string {
  return createRequire(import.meta.url).resolve(`@mediapipe/tasks-vision/${name}`);
}

/** Serves the tracker's wasm at `/mediapipe/` while developing, and writes it to `mediapipe/` when building. */
export function mediapipeWasm(): Plugin {
  return {
    name: 'vitrine-mediapipe-wasm',
    configureServer(server) {
      server.middlewares.use('/mediapipe', (request, response, next) => {
        const name = wasmFiles.find((file) => request.url?.split('?')[0] === `/${file}`);
        if (!name) return next();
        response.setHeader('content-type', types[path.extname(name)] ?? 'application/octet-stream');
        createReadStream(wasmFile(name)).on('error', next).pipe(response);
      });
    },
    async generateBundle() {
      if (this.environment.name !== 'client') return;
      for (const name of wasmFiles) {
        this.emitFile({
          type: 'asset',
          fileName: `mediapipe/${name}`,
          source: await readFile(wasmFile(name)),
        });
      }
    },
  };
}
