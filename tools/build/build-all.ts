import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { rootDir } from '../support/paths.ts';
import { makeIfStale, stampOf } from './stamp.ts';

/** What is built, from what, and a file by which its absence shows. Later steps may read what earlier ones wrote. */
const steps = [
  {
    name: 'models',
    says: 'Forging the pieces',
    sources: ['assets/forge', 'package-lock.json'],
    sign: 'assets/collections/shared/mannequin.glb',
  },
  {
    name: 'web',
    says: 'Building the pages',
    sources: [
      'protocol',
      'sdk',
      'scenes',
      'kiosk',
      'advisor',
      'console',
      'embed',
      'assets/collections',
      'tools/build',
      'vite.config.ts',
      'package-lock.json',
    ],
    sign: 'dist/web/kiosk-sw.js',
  },
  {
    name: 'package',
    says: 'Building the package',
    sources: [
      'protocol',
      'sdk',
      'scenes',
      'tools/build',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
    ],
    sign: 'dist/package/package.json',
  },
] as const;

/** How to build. */
export interface BuildOptions {
  readonly log: (line: string) => void;
  /** Whether `dist/package` is wanted too; serving does not need it. */
  readonly withPackage: boolean;
  /** Builds what is fresh, too. */
  readonly force?: boolean;
}

/** Builds what is stale: the forged models, the pages with the embed and the service worker, and the package. */
export async function buildAll({ log, withPackage, force = false }: BuildOptions): Promise<void> {
  for (const { name, says, sources, sign } of steps) {
    if (name === 'package' && !withPackage) continue;
    const stampFile = path.join(rootDir, `dist/.stamps/${name}`);
    if (force || !existsSync(path.join(rootDir, sign))) await rm(stampFile, { force: true });
    const startedAt = performance.now();
    const ran = await makeIfStale(stampFile, stampOf(rootDir, sources), async () => {
      log(`${says} …`);
      await inOwnProcess(name);
    });
    if (ran) log(`${says}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

/** Each step runs in a process of its own: bundlers and geometry leave a server's memory larger than it needs to be. */
function inOwnProcess(step: string): Promise<void> {
  const child = spawn(process.execPath, [path.join(rootDir, 'tools/build/step.ts'), step], {
    cwd: rootDir,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`Building ${step} failed.`))));
  });
}
