import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { CommandError } from '../support/command-error.ts';
import { rootDir } from '../support/paths.ts';
import { listingOf, makeIfStale, stampOf } from './stamp.ts';

/** What is built, by which processes at once, from what, and what it writes. Later steps may read what earlier ones wrote. */
const steps = [
  {
    name: 'models',
    processes: ['models', 'visitor'],
    says: 'Forging the pieces',
    sources: ['assets/forge', 'package-lock.json'],
    outputs: { dir: 'assets/collections', files: /\.glb$/, sign: 'shared/visitor.glb' },
  },
  {
    name: 'web',
    processes: ['web'],
    says: 'Building the pages',
    sources: [
      'protocol',
      'sdk',
      'scenes',
      'kiosk',
      'advisor',
      'phone',
      'console',
      'embed',
      'gallery',
      'assets/collections',
      'tools/build',
      'vite.config.ts',
      'package-lock.json',
    ],
    outputs: { dir: 'dist/web', files: /./, sign: 'kiosk-sw.js' },
  },
  {
    name: 'package',
    processes: ['package'],
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
    outputs: { dir: 'dist/package', files: /./, sign: 'package.json' },
  },
] as const;

/** How to build. */
export interface BuildOptions {
  readonly log: (line: string) => void;
  /** Whether `dist/web` is wanted; while developing, Vite serves the pages from their sources. Taken as wanted. */
  readonly withPages?: boolean;
  /** Whether `dist/package` is wanted too; serving does not need it. */
  readonly withPackage: boolean;
  /** Builds what is fresh, too. */
  readonly force?: boolean;
}

/**
 * Builds what is stale: the forged models, the pages with the embed and the service worker, and the package.
 *
 * @throws {CommandError} `build-failed`; what was not built stays stale
 */
export async function buildAll(options: BuildOptions): Promise<void> {
  const { log, withPages = true, withPackage, force = false } = options;
  for (const { name, processes, says, sources, outputs } of steps) {
    if (name === 'web' && !withPages) continue;
    if (name === 'package' && !withPackage) continue;
    const stampFile = path.join(rootDir, `dist/.stamps/${name}`);
    const { sign } = outputs;
    const dir = path.join(rootDir, outputs.dir);
    if (force || !existsSync(path.join(dir, sign))) await rm(stampFile, { force: true });
    const startedAt = performance.now();
    const ran = await makeIfStale({
      stampFile,
      stamp: () => `${stampOf(rootDir, sources)} ${listingOf(dir, outputs.files)}`,
      make: async () => {
        log(`${says} …`);
        // All are waited for, also when one fails: none may write on into the next attempt.
        const ends = await Promise.allSettled(processes.map(inOwnProcess));
        const failed = ends.find((end) => end.status === 'rejected');
        if (failed) throw failed.reason;
      },
    });
    if (ran) log(`${says}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

/** Each step runs in a process of its own, or several at once: bundlers and geometry leave a server's memory larger than it needs to be. */
function inOwnProcess(step: string): Promise<void> {
  const child = spawn(process.execPath, [path.join(rootDir, 'tools/build/step.ts'), step], {
    cwd: rootDir,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(buildFailed(step))));
  });
}

function buildFailed(step: string): CommandError {
  return new CommandError(
    'build-failed',
    `Building ${step} failed; the lines above say why.`,
    'Mend the source, or run npm ci if a dependency is missing, and start again.',
  );
}
