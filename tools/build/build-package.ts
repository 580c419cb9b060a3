import { execFileSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { rootDir } from '../support/paths.ts';
import { wasmFiles } from './mediapipe-wasm-plugin.ts';

/** The published entries: the source of each in this repository. Node refuses `.ts` below node_modules, so all is built. */
const entries = {
  '.': 'sdk/index.ts',
  './element': 'scenes/entry-element.ts',
  './boutique': 'sdk/activation/boutique-element.ts',
  './scenes': 'scenes/index.ts',
  './protocol': 'protocol/index.ts',
  './connector': 'protocol/connector/index.ts',
} as const;

/** What a consumer installs along with the package; the tracker and its wasm travel inside it. */
const peers = new Set(['react', 'react-dom', 'three', '@react-three/fiber']);

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Builds what is published into `outDir`: JavaScript, declarations, the wasm, and a manifest of its own. */
export async function buildPackage(outDir: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(rootDir, 'package.json'), 'utf8')) as Manifest;
  const imported = await buildScripts(outDir, Object.keys(manifest.dependencies));
  buildDeclarations(outDir);
  for (const name of wasmFiles) {
    await cp(
      path.join(rootDir, 'node_modules/@mediapipe/tasks-vision/wasm', name),
      path.join(outDir, 'mediapipe', name),
    );
  }
  await writeFile(
    path.join(outDir, 'package.json'),
    `${JSON.stringify(published(manifest, imported), null, 2)}\n`,
  );
  await cp(path.join(rootDir, 'README.md'), path.join(outDir, 'README.md'));
}

/** Bundles our own modules per entry, leaves libraries to the consumer. Returns the libraries that are imported. */
async function buildScripts(outDir: string, dependencies: readonly string[]): Promise<ReadonlySet<string>> {
  const imported = new Set<string>();
  const libraryOf = (id: string) => dependencies.find((name) => id === name || id.startsWith(`${name}/`));
  await build({
    configFile: false,
    root: rootDir,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      target: 'es2023',
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.values(entries).map((file) => [entryName(file), path.join(rootDir, file)]),
        ),
        preserveEntrySignatures: 'strict',
        external: (id) => {
          const library = libraryOf(id);
          if (library) imported.add(library);
          return library !== undefined;
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
        },
      },
    },
  });
  return imported;
}

function buildDeclarations(outDir: string): void {
  const tsc = path.join(rootDir, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', 'false', '--emitDeclarationOnly', '--declaration', '--rootDir', rootDir];
  execFileSync(
    process.execPath,
    [tsc, '-p', 'tools/build/tsconfig.declarations.json', ...options, '--outDir', path.join(outDir, 'types')],
    {
      cwd: rootDir,
      stdio: 'inherit',
    },
  );
}

function entryName(file: string): string {
  return file.replace(/\.tsx?$/, '');
}

function published(manifest: Manifest, imported: ReadonlySet<string>): object {
  const pick = (wanted: (name: string) => boolean) =>
    Object.fromEntries(
      Object.entries(manifest.dependencies).filter(([name]) => imported.has(name) && wanted(name)),
    );
  return {
    name: 'vitrine',
    version: manifest.version,
    description: manifest.description,
    license: manifest.license,
    type: 'module',
    sideEffects: ['./scenes/entry-element.js', './sdk/activation/boutique-element.js'],
    exports: Object.fromEntries(
      Object.entries(entries).map(([name, file]) => [
        name,
        { types: `./types/${entryName(file)}.d.ts`, default: `./${entryName(file)}.js` },
      ]),
    ),
    dependencies: pick((name) => !peers.has(name)),
    peerDependencies: pick((name) => peers.has(name)),
  };
}
