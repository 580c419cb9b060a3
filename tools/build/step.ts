import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { forgeMannequin } from '../../assets/forge/mannequin/mannequin.ts';
import { forgeVisitor } from '../../assets/forge/visitor/visitor.ts';
import { forgeAll } from '../../assets/forge/forge-all.ts';
import { collectionsDir, rootDir } from '../support/paths.ts';
import { buildPackage } from './build-package.ts';
import { buildServiceWorker } from './build-service-worker.ts';
import { buildWeb } from './build-web.ts';

// One step of the build, or a part of one, in a process of its own (see build-all.ts).
switch (process.argv[2]) {
  case 'models':
    await forgeAll({ outDir: collectionsDir, log: console.log });
    await writeFile(path.join(collectionsDir, 'shared/mannequin.glb'), await forgeMannequin());
    break;
  case 'visitor':
    await mkdir(path.join(collectionsDir, 'shared'), { recursive: true });
    await writeFile(path.join(collectionsDir, 'shared/visitor.glb'), await forgeVisitor());
    break;
  case 'web':
    await buildWeb();
    await buildServiceWorker();
    break;
  case 'package':
    await rm(path.join(rootDir, 'dist/package'), { recursive: true, force: true });
    await buildPackage(path.join(rootDir, 'dist/package'));
    break;
  default:
    throw new Error('Usage: step.ts models|visitor|web|package');
}
