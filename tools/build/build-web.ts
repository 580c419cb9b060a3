import path from 'node:path';
import { build } from 'vite';
import { leanThree } from './lean-three/lean-three-plugin.ts';
import { rootDir, webDir } from '../support/paths.ts';

/** Builds every page into `dist/web`, then the one-file embed into `dist/web/sdk`. */
export async function buildWeb(): Promise<void> {
  await build({ configFile: path.join(rootDir, 'vite.config.ts'), logLevel: 'warn' });
  await buildEmbed(path.join(webDir, 'sdk'), 'vitrine', 'scenes/entry-element.ts');
  await buildEmbed(path.join(webDir, 'sdk'), 'boutique', 'sdk/activation/boutique-element.ts');
}

/**
 * Each element is built apart from the pages and from the other, with addresses relative to itself: whatever page includes
 * it, it fetches only from where the script came from. The first one empties the folder.
 */
async function buildEmbed(outDir: string, name: 'vitrine' | 'boutique', source: string): Promise<void> {
  await build({
    configFile: false,
    root: rootDir,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [leanThree()],
    worker: { format: 'es', rolldownOptions: { output: { entryFileNames: '[name]-[hash].js' } } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: name === 'vitrine',
      manifest: name === 'vitrine' ? 'manifest.json' : false,
      assetsInlineLimit: 0,
      modulePreload: false,
      target: 'es2023',
      chunkSizeWarningLimit: 900,
      rolldownOptions: {
        input: { [name]: path.join(rootDir, source) },
        preserveEntrySignatures: 'strict',
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          assetFileNames: 'chunks/[name]-[hash][extname]',
        },
      },
    },
  });
}
