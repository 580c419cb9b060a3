import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { leanThree } from './tools/build/lean-three/lean-three-plugin.ts';
import { mediapipeWasm } from './tools/build/mediapipe-wasm-plugin.ts';
import { pageAddresses } from './tools/build/page-addresses-plugin.ts';

const rootDir = import.meta.dirname;

/** The pages by their public address; one build, so that they share what they share. */
export const pages = {
  '/': 'kiosk/index.html',
  '/advisor/': 'advisor/index.html',
  '/me/': 'phone/index.html',
  '/oms/': 'console/oms/index.html',
  '/console/': 'console/index.html',
  '/console/calibrate/': 'console/calibrate/index.html',
  '/embed/': 'embed/index.html',
  '/gallery/': 'gallery/index.html',
} as const;

const config = defineConfig({
  root: rootDir,
  publicDir: false,
  appType: 'mpa',
  plugins: [react(), leanThree(), mediapipeWasm(), pageAddresses(pages)],
  worker: { format: 'es' },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Pages are served under a policy without inline data for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: Object.values(pages).map((page) => path.join(rootDir, page)) },
  },
});

// Vite reads its configuration from the default export.
// oxlint-disable-next-line import/no-default-export
export default config;
